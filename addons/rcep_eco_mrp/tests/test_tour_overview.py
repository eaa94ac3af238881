"""The engineer in a browser: from the product to its overview, a level unfolded, a price tried."""

from odoo.tests import HttpCase, tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestTourOverview(MadeCommon, HttpCase):
    def test_the_engineer_looks_at_a_motor(self):
        engineer = self.person("engineer")
        board = self.make_good("Board", "BOARD", hs_code="85371000", list_price=20.0)
        self.make_bom(board, (self.make_material("Chip", "854231", "us", 8.0), 1))
        self.make_bom(self.motor, (board, 1), (self.make_material("Small motor", "850110", "de", 55.0), 1))
        self.motor.action_rcep_determine()
        address = f"/odoo/product.product/{self.motor.id}"
        self.start_tour(address, "rcep_eco_origin_overview", login=engineer.login)

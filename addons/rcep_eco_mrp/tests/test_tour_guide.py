"""The guide in the browser: a cost engineer takes a product with nothing to its verdict."""

from odoo.tests import HttpCase, tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestTourGuide(MadeCommon, HttpCase):
    def test_from_a_product_with_nothing_to_its_verdict(self):
        knob = self.make_good("Drawer knob", "KNOB", hs_code=False, list_price=0)
        rod = self.make_material("Brass rod", False, "kr", 6.0)
        engineer = self.person("engineer")
        engineer.group_ids |= self.env.ref("product.group_product_manager") | self.env.ref("mrp.group_mrp_manager")
        self.start_tour("/odoo/origin-guide", "rcep_eco_origin_guide", login=engineer.login)
        self.assertEqual((knob.hs_code, knob.rcep_obtained, knob.lst_price), ("83024200", "no", 9.5))
        self.assertEqual((knob.bom_ids.bom_line_ids.product_id, rod.hs_code), (rod, "740721"))
        self.assertEqual(self.determine(knob, fob="9.5").verdict, "originating")

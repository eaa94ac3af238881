"""The board in the browser: from a missing fact to the product that lacks it, and back to a verdict on its way."""

from odoo.tests import HttpCase, tagged

from .test_board import BoardCommon


@tagged("post_install", "-at_install")
class TestTourBoard(BoardCommon, HttpCase):
    def test_from_a_missing_fact_to_a_verdict(self):
        glue = self.make_material("Glue", False, "de", 65.0)
        self.make_bom(self.motor, (glue, 1))
        self.make_invoice((self.motor, 10, 100.0))
        self.env["rcep.origin"]._mark_what_changed()
        self.env["rcep.origin"]._recompute_batch()
        self.start_tour("/odoo/origin-board", "rcep_eco_catalogue_board", login=self.engineer.login)
        self.assertEqual(glue.hs_code, "350610")
        self.assertTrue(self.motor.rcep_origin_id.stale)

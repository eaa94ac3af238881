"""What an order's verdict is to another system of the firm."""

import json

from odoo.addons.rcep_eco_api.models.rcep_change import RcepChange
from odoo.tests import tagged
from odoo.tools import SQL

from .common import MesCommon, item


@tagged("post_install", "-at_install")
class TestChanges(MesCommon):
    def order_told(self):
        self.patch(RcepChange, "_settled", lambda _self: SQL("TRUE"))  # all is one transaction here
        self.env.flush_all()
        changes = self.env["rcep.change"]
        changes._note(self.exporter)
        found = changes._read_after(self.exporter, None, 1000)[0]
        (order,) = [each for each in found if each["kind"] == "order" and each["reference"] == self.made.name]
        return order

    def test_an_order_is_told_with_its_verdict_and_no_cost(self):
        verdict = self.verdict(self.made)
        told = self.order_told()
        self.assertEqual((told["product"], told["verdict"]), ("MOTOR", "originating"))
        self.assertEqual(told["criterion"], verdict.criterion)
        self.assertEqual((told["dossier"], told["finished_on"]), (verdict.dossier_sha256, str(verdict.date)))
        self.assertNotIn(verdict.rvc, json.dumps(told))
        self.assertNotIn("MAGNET", json.dumps(told))

    def test_an_order_with_an_open_report_is_no_yes(self):
        self.verdict(self.made)
        self.assertEqual(self.order_told()["verdict"], "originating")
        self.apply(self.told("R-1", item("consumed", "GHOST", "1")))
        self.assertIsNone(self.order_told()["verdict"])
        self.verdict(self.made)
        self.assertIsNone(self.order_told()["verdict"])

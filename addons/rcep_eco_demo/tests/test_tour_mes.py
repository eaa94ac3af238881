"""An engineer and the MES: a report that matches nothing is read, the master data mended, and it is replayed."""

from odoo.addons.rcep_eco.tests.common import CallsPlatform
from odoo.tests import HttpCase, tagged

from ..models.mes import FROM_OUTSIDE, LOT, MADE, UNKNOWN
from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourMes(DemoCommon, CallsPlatform, HttpCase):
    def report(self, number):
        return self.env["rcep.production.report"].search([("report_id", "=", number)])

    def test_the_correction_decides_what_the_order_made(self):
        first, mended, other = (self.report(number) for number in ("MES-2611-0055", "MES-2611-0056", UNKNOWN))
        self.assertEqual([each.state for each in (first, mended, other)], ["corrected", "applied", "unmatched"])
        self.assertEqual((first.corrected_by_id, mended.production_id.product_qty), (mended, MADE))
        self.assertIn("WH/MO/20931", other.problem)
        outside = mended.line_ids.filtered(lambda line: line.product_id.default_code == "M-3020")
        self.assertEqual(outside.mapped("quantity"), [str(FROM_OUTSIDE)])
        lot = self.env["stock.lot"].search([("name", "=", LOT)])
        self.assertEqual(mended.line_ids.filtered(lambda line: line.use == "produced").lot_id, lot)

    def test_unmatched_mended_replayed_applied(self):
        self.start_tour("/odoo/action-rcep_eco_mes.action_production_report", "rcep_eco_mes_upload",
                        login=self.engineer.login)  # fmt: skip
        self.run_job("_cron_apply", "rcep.production.report")
        report = self.report("MES-2611-0060")
        self.assertEqual(report.state, "unmatched")
        self.start_tour("/odoo/action-rcep_eco_mes.action_production_report", "rcep_eco_mes_unmatched",
                        login=self.engineer.login)  # fmt: skip
        kilogram = self.env.ref("uom.product_uom_kgm").id
        grease = {"name": "Gear grease", "default_code": "GREASE-7", "uom_id": kilogram, "company_id": self.company.id}
        self.env["product.product"].create({**grease, "rcep_role": "indirect"})
        self.start_tour(f"/odoo/action-rcep_eco_mes.action_production_report/{report.id}", "rcep_eco_mes_replay",
                        login=self.engineer.login)  # fmt: skip
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((report.state, report.problem), ("applied", False))

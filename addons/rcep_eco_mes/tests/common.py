"""A motor whose consumption an MES reports: its rotor and magnets come in lots."""

import copy
import pathlib

from odoo.addons.rcep_eco_mrp.tests.consumed import ConsumedCommon

from ..reports import canonical

SAMPLES = pathlib.Path(__file__).parent / "samples"
MOMENT = "2026-11-20T09:30:00+08:00"


def item(use, product, quantity, lot="", uom="C62"):
    said = {"use": use, "product": product, "quantity": quantity, "uom": uom}
    return {**said, "lot": lot} if lot else said


class MesCommon(ConsumedCommon):
    """Order ``self.made`` is done: 10 motors, of 10 rotors and 20 magnets as its moves say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["rcep.production.report"]
        cls.of_demo = cls.reports.search([])
        cls.made = cls.finish(cls.order())
        cls.usual = [
            item("consumed", "SMALL MOTOR", "10"),
            item("consumed", "MAGNET", "20"),
            item("produced", "MOTOR", "10"),
        ]

    @classmethod
    def told(cls, report_id, *items, order=None, **values):
        """A report as JSON."""
        name = (order or cls.made).name
        head = {"report_id": report_id, "kind": "report", "order": name, "produced_at": MOMENT}
        return {**head, **values, "items": copy.deepcopy(list(items or cls.usual))}

    def apply(self, *told):
        """Reports that came and were applied by the job."""
        came = self.reports.union(*(self.receive_report(data) for data in told))
        self.run_job("_cron_apply", "rcep.production.report")
        return came

    def receive_report(self, data):
        return self.reports._receive(self.exporter, canonical.read(data), data, "http")[0]

    def unbuild(self, order, quantity, lot=None):
        values = {"mo_id": order.id, "product_id": order.product_id.id, "product_qty": quantity}
        lot_id = lot.id if lot else False
        self.env["mrp.unbuild"].create({**values, "lot_id": lot_id, "company_id": self.exporter.id}).action_unbuild()

    def came(self):
        """What has come since the test began."""
        return self.reports.search([("id", "not in", self.of_demo.ids)], order="id")

    def codes(self, report):
        return [each["code"] for each in report.problems or ()]

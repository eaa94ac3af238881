"""The same production told in four forms is one and the same record of what the order consumed."""

from odoo.addons.rcep_eco.values import spreadsheets
from odoo.addons.rcep_eco_mrp.bills import stock_moves
from odoo.tests import tagged

from ..reports import reading, sheet
from .common import SAMPLES, MesCommon

FORMS = ("canonical_report.json", "epcis_transformation.json", "b2mml_production_performance.xml", "table.csv")


@tagged("post_install", "-at_install")
class TestSamples(MesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.controller = cls.make_good("Controller", "CTRL-1", hs_code="85371011", list_price=30.0)
        cls.board = cls.make_material("Board", "853400", "tw", 9.0, barcode="9501101020917")
        cls.case = cls.make_material("Case", "392690", "cn", 3.0, barcode="9501101020924")
        cls.flux = cls.make_material("Flux", "381010", "de", 7.0, uom_id=cls.env.ref("uom.product_uom_kgm").id)
        cls.controller.barcode = "9501101020931"
        cls.board.default_code, cls.case.default_code = "PCB-100", "CASE-ABS"
        cls.track(cls.controller, cls.board, cls.case)
        cls.made_lot = cls.lot(cls.controller, "CTRL-2611-20")
        cls.board_lots = cls.lot(cls.board, "PCB-2611-07") | cls.lot(cls.board, "PCB-2611-08")
        cls.case_lot = cls.lot(cls.case, "ABS-26-118")
        cls.make_bom(cls.controller, (cls.board, 1), (cls.case, 1))

    def controllers(self):
        order = self.order(self.controller, 500, lot=self.made_lot)
        order.name = "WH/MO/00042"
        self.consume(order, self.board, 500, (self.board_lots[0], 500))
        self.consume(order, self.case, 500, (self.case_lot, 500))
        return self.finish(order)

    def said(self, report):
        """Materials and goods of a report, without what some forms do not tell."""
        return {
            (line.use, line.product_id, line.lot_id, line.own_quantity)
            for line in report.line_ids
            if line.use in ("consumed", "produced")
        }

    def take(self, name):
        content = (SAMPLES / name).read_bytes()
        found = reading.read(content, lambda table: sheet.read(spreadsheets.read(table, sheet.COLUMNS)))
        ((report, came),) = found
        record = self.reports._receive(self.exporter, report, came, "hand")[0]
        self.run_job("_cron_apply", "rcep.production.report")
        return record

    def test_four_forms_are_one_result(self):
        order = self.controllers()
        results = []
        for name in FORMS:
            with self.subTest(name), self.env.cr.savepoint() as point:
                record = self.take(name)
                self.assertFalse(record.problem)
                self.assertEqual((record.state, record.production_id), ("applied", order))
                verdict = self.verdict(order)
                self.assertFalse(verdict.problem)
                results.append((self.said(record), verdict.verdict, verdict.rvc, verdict.dossier_sha256))
                point.rollback()
                self.env.invalidate_all()
        self.assertEqual(len(results), 4)
        self.assertEqual(results[0][0], {
            ("consumed", self.board, self.board_lots[0], "500"), ("consumed", self.case, self.case_lot, "502"),
            ("produced", self.controller, self.made_lot, "500"),
        })  # fmt: skip
        self.assertTrue(all(each[:3] == results[0][:3] for each in results))

    def test_the_correction_replaces_the_report_and_both_are_kept(self):
        self.controllers()
        first, second = self.take("canonical_report.json"), self.take("canonical_correction.json")
        self.assertEqual((first.state, first.corrected_by_id, second.state), ("corrected", second, "applied"))
        self.assertIn("PCB-2611-07", first.body)
        used = self.made._rcep_reported(*self.by_moves(second.production_id))[1]
        lots = {each.lot_id for each in used[second.production_id.id]}
        self.assertEqual(lots, {self.board_lots[1].id, self.case_lot.id})

    def by_moves(self, order):
        self.env.flush_all()
        orders = stock_moves.orders(self.env, order.ids)
        return orders, stock_moves.used(self.env, orders)

"""Bills of materials of another ERP, and what a firm without any other data of its own has determined by them."""

from odoo.addons.rcep_eco_erp.tests.common import SheetCommon, table
from odoo.exceptions import AccessError
from odoo.tests import tagged

HEAD = (
    "bill,item,quantity,unit,component,component_quantity,component_unit,loss_percent,operation,work_centre,"
    "minutes,kind_of_work"
)
STEEL = "B-1,MOTOR,1,C62,STEEL,2,KGM,1.5,,,,"
MAGNET = "B-1,MOTOR,1,C62,MAGNET,4,C62,,,,,"
WORK = "B-1,MOTOR,1,C62,,,,,Assembling,WC-1,3.5,manufacturing"
ITEMS = table(
    "code,name,hs_code,unit,sold,list_price,currency",
    "MOTOR,Motor,85013100,C62,yes,100,CNY", "STEEL,Steel,722519,KGM,no,,", "MAGNET,Rotor magnet,850110,C62,no,,",
)  # fmt: skip
PRICES = table(
    "item,supplier,price,currency,unit,from,document",
    "STEEL,V-1,10,CNY,KGM,2026-01-01,PO-1", "MAGNET,V-1,STEP,CNY,C62,2026-01-01,PO-2",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestBills(SheetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer.group_ids += cls.env.ref("mrp.group_mrp_manager")
        cls.centre = cls.env["mrp.workcenter"].create(
            {"name": "Assembly", "code": "WC-1", "costs_hour": 60.0, "company_id": cls.exporter.id}
        )

    def setUp(self):
        super().setUp()
        self.apply("items", ITEMS)
        self.bills = self.env["mrp.bom"]

    def bill(self):
        return self.bills.search([("code", "=", "B-1"), ("company_id", "=", self.exporter.id)])

    def test_a_bill_comes_in_with_its_components_and_work(self):
        sheet = self.apply("bills", table(HEAD, STEEL, MAGNET, WORK))
        bill = self.bill()
        self.assertEqual(self.counts(sheet), (4, 0, 0))
        self.assertEqual((bill.product_tmpl_id, bill.product_qty), (self.item("MOTOR").product_tmpl_id, 1))
        told = [(line.product_id.default_code, line.product_qty, line.product_uom_id.name, line.rcep_loss_percent)
                for line in bill.bom_line_ids]  # fmt: skip
        self.assertEqual(told, [("STEEL", 2, "kg", 1.5), ("MAGNET", 4, "Units", 0)])
        work = bill.operation_ids
        self.assertEqual((work.workcenter_id, work.time_cycle_manual), (self.centre, 3.5))
        self.assertEqual(work.rcep_kind, "manufacturing")
        self.assertEqual(self.counts(self.apply("bills", table(HEAD, STEEL, MAGNET, WORK))), (0, 0, 4))

    def test_what_changes_is_shown_and_its_verdict_is_determined_anew(self):
        self.apply("bills", table(HEAD, STEEL, MAGNET, WORK))
        self.env.cr.precommit.run()
        self.item("MOTOR")._rcep_refresh_verdicts(self.exporter)
        sheet = self.apply("bills", table(HEAD, STEEL.replace("2,KGM", "3,KGM"), MAGNET, WORK))
        self.assertEqual(sheet.changes, [[2, "B-1 · STEEL", "changed", [["component_quantity", "2", "3"]]]])
        self.env.cr.precommit.run()
        self.assertTrue(self.item("MOTOR").rcep_origin_id.stale)

    def test_sheets_alone_decide_a_good_by_its_regional_value_either_way(self):
        """One material is of the good's own heading: the tariff change fails, and 40 per cent decide."""
        self.apply("bills", table(HEAD, STEEL, MAGNET, WORK))
        for price, verdict, criterion in ((b"5", "originating", "RVC"), (b"25", "not_originating", False)):
            self.apply("prices", PRICES.replace(b"STEP", price))
            motor = self.item("MOTOR")
            motor._rcep_refresh_verdicts(self.exporter)
            self.assertEqual((motor.rcep_verdict, motor.rcep_origin_id.criterion), (verdict, criterion))

    def test_a_component_that_is_left_out_is_a_fault(self):
        self.apply("bills", table(HEAD, STEEL, MAGNET, WORK))
        self.assertEqual(self.codes("bills", table(HEAD, STEEL, WORK)), [(2, "bill", "left_out")])
        self.assertEqual(self.codes("bills", table(HEAD, STEEL, MAGNET)), [(2, "bill", "left_out")])
        self.assertEqual(len(self.bill().bom_line_ids), 2)

    def test_each_fault_names_its_line_and_column(self):
        for line, column, code in (
            (MAGNET.replace("MAGNET", "NONE"), "component", "item_unknown"),
            (MAGNET.replace("4,C62", "4,KGM"), "component_unit", "unit_other"),
            (MAGNET.replace("4,C62", ",C62"), "component_quantity", "missing"),
            (MAGNET.replace("4,C62", "4.123,C62"), "component_quantity", "places"),
            (MAGNET.replace("1,C62,", "2,C62,", 1), "quantity", "bill_head"),
            (MAGNET.replace("MAGNET", "MOTOR"), "component", "of_itself"),
            (STEEL, "", "twice"),
            ("B-1,MOTOR,1,C62,,,,,,,,", "component", "component_or_operation"),
            (MAGNET.replace(",,,,,", ",,Glueing,,,"), "component", "component_or_operation"),
            (MAGNET[:-2] + "WC-1,,", "work_centre", "not_of_this_line"),
            (WORK.replace("WC-1", "WC-9"), "work_centre", "centre_unknown"),
            (WORK.replace(",manufacturing", ","), "kind_of_work", "missing"),
            (WORK.replace("manufacturing", "magic"), "kind_of_work", "not_among"),
        ):
            with self.subTest(line):
                self.assertEqual(self.codes("bills", table(HEAD, STEEL, line)), [(3, column, code)])
        self.assertEqual(self.codes("bills", table(HEAD, WORK)), [(2, "bill", "without_components")])

    def test_a_bill_of_another_good_keeps_it(self):
        self.apply("bills", table(HEAD, STEEL, MAGNET, WORK))
        other = table(HEAD, "B-1,LAMP,1,C62,STEEL,2,KGM,,,,,")
        self.assertEqual(self.codes("bills", other), [(2, "item", "bill_of_another")])

    def test_without_the_rights_of_manufacturing_no_bill_is_written(self):
        self.engineer.group_ids -= self.env.ref("mrp.group_mrp_manager")
        with self.assertRaises(AccessError):
            self.keep("bills", table(HEAD, STEEL))

    def test_many_lines_are_no_more_queries(self):
        def measure(count):
            lines = [f"B-{number},MOTOR,1,C62,STEEL,2,KGM,,,,," for number in range(count)]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.keep("bills", table(HEAD, *lines))
            return self.env.cr.sql_log_count - before

        measure(5)
        self.assertLessEqual(measure(300), measure(5) + 4)

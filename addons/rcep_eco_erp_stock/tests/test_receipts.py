"""Receipts of another ERP: booked as if a person had received the goods, once."""

import datetime

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco_erp.tests.common import SheetCommon, table
from odoo.exceptions import AccessError
from odoo.tests import tagged

HEAD = "document,supplier,day,item,quantity,unit,lot"


@tagged("post_install", "-at_install")
class TestReceipts(SheetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer.group_ids += cls.env.ref("stock.group_stock_user")
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.exporter.id)]) or cls.env[
            "stock.warehouse"
        ].create({"name": "Plant", "code": "WH1", "company_id": cls.exporter.id})
        cls.steel = cls.make_good("Steel", "STEEL", is_storable=True, tracking="lot")
        cls.screw = cls.make_good("Screw", "SCREW", is_storable=True)
        cls.day = cls.today - datetime.timedelta(days=9)
        cls.first = f"GR-1,V-1,{cls.day},STEEL,500,C62,L-77"
        cls.second = f"GR-1,V-1,{cls.day},STEEL,20,C62,L-78"
        cls.third = f"GR-1,V-1,{cls.day},SCREW,1000,C62,"
        cls.pickings = cls.env["stock.picking"]

    def received(self):
        return self.pickings.search([("company_id", "=", self.exporter.id), ("picking_type_code", "=", "incoming")])

    def test_goods_come_in_with_their_lots_on_their_day(self):
        sheet = self.apply("receipts", table(HEAD, self.first, self.second, self.third))
        self.assertEqual(self.counts(sheet), (3, 0, 0))
        picking = self.received()
        self.assertEqual((picking.state, picking.partner_id, picking.origin, picking.rcep_sheet_id),
                         ("done", self.supplier, "GR-1", sheet))  # fmt: skip
        told = sorted((each.product_id.default_code, each.lot_id.name, each.quantity)
                      for each in picking.move_line_ids)  # fmt: skip
        self.assertEqual(told, [("SCREW", False, 1000), ("STEEL", "L-77", 500), ("STEEL", "L-78", 20)])
        self.assertEqual({amounts.issuing_day(each.date) for each in picking.move_line_ids}, {self.day})
        self.assertEqual({amounts.issuing_day(each.date) for each in picking.move_ids}, {self.day})
        self.assertEqual((self.steel.qty_available, self.screw.qty_available), (520, 1000))
        self.assertEqual(picking.create_uid, self.engineer)

    def test_the_same_again_changes_nothing(self):
        whole = table(HEAD, self.first, self.second, self.third)
        self.apply("receipts", whole)
        self.assertEqual(self.counts(self.apply("receipts", whole)), (0, 0, 3))
        self.assertEqual((len(self.received()), self.steel.qty_available), (1, 520))

    def test_what_came_later_on_the_same_document_is_received_beside(self):
        self.apply("receipts", table(HEAD, self.first))
        self.assertEqual(self.counts(self.apply("receipts", table(HEAD, self.first, self.second))), (1, 0, 1))
        self.assertEqual((len(self.received()), self.steel.qty_available), (2, 520))

    def test_a_document_spelled_otherwise_is_no_other(self):
        self.apply("receipts", table(HEAD, self.first))
        alike, unusual = ("gr-1", "GR -1"), ("ＧＲ-1", "GR-1\u0301")
        for document in alike + unusual:
            code = "receipt_alike" if document in alike else "number_unusual"
            with self.subTest(document):
                sheet = table(HEAD, self.second.replace("GR-1", document))
                self.assertEqual(self.codes("receipts", sheet), [(2, "document", code)])
        both = table(HEAD, self.first.replace("GR-1", "GR-2"), self.second.replace("GR-1", "gr-2"))
        self.assertEqual(self.codes("receipts", both), [(3, "document", "receipt_alike")])
        self.assertEqual(self.steel.qty_available, 500)

    def test_what_was_received_is_not_changed(self):
        self.apply("receipts", table(HEAD, self.first, self.third))
        for line, column, code in (
            (self.first.replace("500", "600"), "quantity", "receipt_done"),
            (self.first.replace(str(self.day), str(self.today)), "day", "receipt_other_day"),
            (self.first.replace("V-1", "V-2"), "supplier", "receipt_of_another"),
        ):
            self.make_customer("Other works", "cn").ref = "V-2"
            with self.subTest(line):
                self.assertEqual(self.codes("receipts", table(HEAD, line)), [(2, column, code)])
            self.env["res.partner"].search([("ref", "=", "V-2")]).ref = False
        self.assertEqual(self.steel.qty_available, 500)

    def test_a_receipt_that_a_person_has_open_is_theirs(self):
        kind = self.warehouse.in_type_id
        self.pickings.create({"picking_type_id": kind.id, "origin": "GR-1", "partner_id": self.supplier.id,
                              "location_id": self.env.ref("stock.stock_location_suppliers").id})  # fmt: skip
        self.assertEqual(self.codes("receipts", table(HEAD, self.first)), [(2, "document", "receipt_open")])

    def test_each_fault_names_its_line_and_column(self):
        self.make_good("Work", "WORK", type="service")
        self.make_good("Press", "PRESS", is_storable=True, tracking="serial")
        tomorrow = str(self.today + datetime.timedelta(days=1))
        good = f"GR-9,V-1,{self.day},SCREW,1,C62,"
        for line, column, code in (
            (good.replace("SCREW", "NONE"), "item", "item_unknown"),
            (good.replace("SCREW", "WORK"), "item", "item_not_received"),
            (good.replace("V-1", "V-9"), "supplier", "supplier_unknown"),
            (good.replace("C62", "KGM"), "unit", "unit_other"),
            (good.replace(",1,", ",0,"), "quantity", "zero"),
            (good.replace(",1,", ",0.00001,"), "quantity", "places"),
            (good.replace(str(self.day), tomorrow), "day", "receipt_ahead"),
            (good + "L-1", "lot", "lot_not_tracked"),
            (self.first.replace("L-77", ""), "lot", "lot_missing"),
            (good.replace("SCREW,1", "PRESS,2") + "S-1", "quantity", "serial_of_one"),
        ):
            with self.subTest(line):
                self.assertEqual(self.codes("receipts", table(HEAD, line)), [(2, column, code)])
        two = table(HEAD, self.first, self.third.replace(str(self.day), str(self.today)))
        self.assertEqual(self.codes("receipts", two), [(3, "day", "receipt_head")])
        self.assertFalse(self.received())

    def test_of_two_warehouses_one_is_named(self):
        self.env["stock.warehouse"].create({"name": "Second", "code": "WH2", "company_id": self.exporter.id})
        self.assertEqual(self.codes("receipts", table(HEAD, self.first)), [(2, "warehouse", "warehouse_which")])
        head = f"{HEAD},warehouse"
        self.assertEqual(self.codes("receipts", table(head, f"{self.first},WH9")),
                         [(2, "warehouse", "warehouse_unknown")])  # fmt: skip
        self.apply("receipts", table(head, f"{self.first},WH2"))
        self.assertEqual(self.received().picking_type_id.warehouse_id.code, "WH2")

    def test_without_the_rights_of_stock_nothing_is_received(self):
        self.engineer.group_ids -= self.env.ref("stock.group_stock_user")
        with self.assertRaises(AccessError):
            self.keep("receipts", table(HEAD, self.first))

    def test_another_company_s_lots_and_receipts_are_its_own(self):
        self.apply("receipts", table(HEAD, self.first))
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        stranger = self.person("engineer", other)
        self.assertFalse(self.at(other)["rcep.sheet"].with_user(stranger).search([]))

    def test_many_lines_are_no_more_queries(self):
        def measure(count):
            lines = [f"GR-{number},V-1,{self.day},SCREW,1,C62," for number in range(count)]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.keep("receipts", table(HEAD, *lines))
            return self.env.cr.sql_log_count - before

        measure(5)
        self.assertLessEqual(measure(300), measure(5) + 4)

"""Items of another ERP become products, once each."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.fields import Command
from odoo.tests import tagged

from .common import SheetCommon, table

HEAD = "code,name,hs_code,unit,country_of_origin,role,weight_kg,sold,list_price,currency"
MOTOR = "MOTOR,Motor 40 mm,85011000,C62,CN,,0.5,no,38.5,CNY"


@tagged("post_install", "-at_install")
class TestItems(SheetCommon):
    def test_a_new_item_is_a_product_of_the_company(self):
        sheet = self.apply("items", table(HEAD, MOTOR))
        motor = self.item("MOTOR")
        self.assertEqual(self.counts(sheet), (1, 0, 0))
        self.assertEqual((motor.name, motor.hs_code), ("Motor 40 mm", "85011000"))
        self.assertEqual(motor.uom_id, self.env.ref("uom.product_uom_unit"))
        self.assertEqual((motor.country_of_origin.code, motor.weight, motor.list_price), ("CN", 0.5, 38.5))
        self.assertEqual((motor.sale_ok, motor.type, motor.create_uid), (False, "consu", self.engineer))
        self.assertFalse(motor.rcep_obtained)

    def test_the_same_sheet_again_changes_nothing_and_says_so(self):
        self.apply("items", table(HEAD, MOTOR))
        motor = self.item("MOTOR")
        before = motor.write_date
        again = self.apply("items", table(HEAD, MOTOR))
        self.assertEqual(self.counts(again), (0, 0, 1))
        self.assertEqual((self.item("MOTOR"), motor.write_date), (motor, before))
        self.assertFalse(again.changes)

    def test_what_changes_is_shown_from_what_to_what_before_it_does(self):
        self.apply("items", table(HEAD, MOTOR))
        sheet, _plan = self.keep("items", table("code,name,hs_code", "MOTOR,Motor 41 mm,", "LAMP,LED lamp,94051900"))
        self.assertEqual(sheet.changes, [
            [2, "MOTOR", "changed", [["name", "Motor 40 mm", "Motor 41 mm"]]],
            [3, "LAMP", "changed", [["hs_code", "94051100", "94051900"]]],
        ])  # fmt: skip
        self.assertEqual((self.item("MOTOR").name, self.lamp.hs_code), ("Motor 40 mm", "94051100"))
        self.assertIn("94051100 → 94051900", sheet.change_list)

    def test_a_verdict_that_rests_on_what_changed_is_determined_anew(self):
        self.lamp._rcep_refresh_verdicts(self.exporter)
        self.assertFalse(self.lamp.rcep_origin_id.stale)
        self.apply("items", table("code,hs_code", "LAMP,94051900"))
        self.env.cr.precommit.run()
        self.assertTrue(self.lamp.rcep_origin_id.stale)

    def test_each_fault_names_its_line_and_column(self):
        self.make_good("Shared", "SHARED", company_id=False)
        self.make_good("Old", "OLD", active=False)
        self.make_good("Twice", "TWICE")
        self.make_good("Twice", "TWICE")
        for line, column, code in (
            ("NEW,,850110,C62,,,,,,", "name", "needed_when_new"),
            ("NEW,New,850110,,,,,,,", "unit", "needed_when_new"),
            ("NEW,New,850110,HANDFUL,,,,,,", "unit", "unit_unknown"),
            ("LAMP,,,KGM,,,,,,", "unit", "unit_changed"),
            ("LAMP,,8501,,,,,,,", "hs_code", "hs_code"),
            ("LAMP,,8501101,,,,,,,", "hs_code", "hs_code"),
            ("LAMP,,999999,,,,,,,", "hs_code", "hs_code"),
            ("LAMP,,,,China,,,,,", "country_of_origin", "country_unknown"),
            ("LAMP,,,,,magic,,,,", "role", "not_among"),
            ("LAMP,,,,,,0.123,,,", "weight_kg", "places"),
            ("LAMP,,,,,,,,12,", "currency", "missing"),
            ("LAMP,,,,,,,,12,USD", "currency", "currency_other"),
            ("SHARED,Other name,,,,,,,,", "code", "item_shared"),
            ("OLD,Other name,,,,,,,,", "code", "item_archived"),
            ("TWICE,Other name,,,,,,,,", "code", "item_several"),
        ):
            with self.subTest(line):
                self.assertEqual(self.codes("items", table(HEAD, MOTOR, line)), [(3, column, code)])

    def test_one_of_several_variants_is_left_to_a_person(self):
        attribute = self.env["product.attribute"].create({"name": "Colour"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("red", "blue")]
        )
        lines = [Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(values.ids)]})]
        lamp = self.env["product.template"].create(
            {"name": "Lamp", "company_id": self.exporter.id, "attribute_line_ids": lines}
        )
        lamp.product_variant_ids[0].default_code = "LAMP-R"
        self.assertEqual(self.codes("items", table("code,name", "LAMP-R,Red")), [(2, "code", "item_variant")])

    def test_no_column_says_that_a_good_originates(self):
        fields = self.sheets._kinds()["items"].columns
        for word in ("origin", "obtained", "verdict", "criterion", "answer", "declaration"):
            self.assertFalse([name for name in fields if word in name and name != "country_of_origin"])
        bolt = self.make_good("Bolt", "BOLT", hs_code="731815")
        self.apply("items", table("code,country_of_origin", "BOLT,CN"))
        self.assertIn("neither a bill of materials nor", bolt._rcep_forecast(self.exporter, self.today).problem)

    def test_another_company_s_item_is_not_there(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        theirs = self.make_good("Their motor", "MOTOR", company_id=other.id)
        self.apply("items", table(HEAD, MOTOR))
        self.assertEqual((theirs.name, len(self.item("MOTOR"))), ("Their motor", 1))

    def test_five_thousand_lines_are_no_more_queries(self):
        def measure(count, name):
            lines = [f"I-{number},{name} {number},850110,C62,,,,,," for number in range(count)]
            before = self.env.cr.sql_log_count
            self.keep("items", table(HEAD, *lines))
            return self.env.cr.sql_log_count - before

        measure(10, "Item")
        self.assertLessEqual(measure(2000, "Item"), measure(10, "Item") + 4)

    def test_taking_over_is_odoo_s_own_work_line_by_line_and_nothing_else_is(self):
        def measure(count, name):
            lines = [f"I-{number},{name} {number},850110,C62,,,,,," for number in range(count)]
            sheet, plan = self.keep("items", table(HEAD, *lines))
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            plan.apply(sheet)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        measure(300, "Item")
        self.assertLess(measure(300, "Other"), 300 * 5)

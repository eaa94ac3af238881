"""The working grid: many materials edited in one place, by hand or by a sheet, with the engineer's own rights."""

import base64
import io

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MadeCommon


class GridCommon(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_bom(cls.motor, (cls.steel, 1), (cls.magnet, 1))
        cls.engineer = cls.person("engineer")
        cls.engineer.group_ids += cls.env.ref("product.group_product_manager") + cls.env.ref("mrp.group_mrp_user")
        cls.rival = cls.env["res.partner"].create({"name": "Ōsaka Steel", "country_id": cls.env.ref("base.jp").id})

    def mine(self, record):
        return record.with_user(self.engineer).with_context(allowed_company_ids=self.exporter.ids)


@tagged("post_install", "-at_install")
class TestMaterialGrid(GridCommon):
    def test_the_grid_shows_the_price_line_that_counts(self):
        steel = self.mine(self.steel)
        self.assertEqual(steel.rcep_grid_hs, "722519")
        self.assertEqual((steel.rcep_grid_partner_id, steel.rcep_grid_price), (self.supplier, 20.0))
        self.assertEqual((steel.rcep_grid_currency_id, steel.rcep_grid_counts), (self.cny, "supplier_price"))

    def test_a_price_edited_in_the_grid_turns_the_verdict(self):
        self.motor.action_rcep_determine()
        self.assertEqual(self.motor.rcep_verdict, "originating")
        self.env.cr.precommit.run()
        self.mine(self.steel).write({"rcep_grid_price": 95.0, "rcep_grid_hs": "850132"})
        self.env.cr.precommit.run()
        self.assertTrue(self.motor.rcep_origin_id.stale)
        self.assertEqual(self.steel.seller_ids.price, 95.0)
        self.motor.action_rcep_determine()
        self.assertNotEqual(self.motor.rcep_verdict, "originating")
        self.assertEqual(self.mine(self.steel).rcep_grid_failing, 1)

    def test_another_supplier_becomes_the_first_and_the_old_price_stays(self):
        steel = self.mine(self.steel)
        steel.write({"rcep_grid_partner_id": self.rival.id, "rcep_grid_price": 17.5})
        lines = steel.seller_ids.sorted("sequence")
        self.assertEqual(
            [(line.partner_id.name, line.price) for line in lines], [("Ōsaka Steel", 17.5), (self.supplier.name, 20.0)]
        )
        self.assertEqual(self.production().materials[0].supplier, "Ōsaka Steel")
        steel.rcep_grid_partner_id = self.supplier
        self.assertEqual(len(steel.seller_ids), 2, "no third line: the first of old is first again")
        self.assertEqual(steel.rcep_grid_price, 20.0, "at its own price")
        self.assertEqual(self.production().materials[0].supplier, self.supplier.name)

    def test_a_price_without_a_supplier_is_refused_in_words(self):
        bare = self.make_material("Bare wire", "740811", "cn", 0)
        self.make_bom(self.make_good("Coil", "COIL", hs_code="850450"), (bare, 1))
        with self.assertRaisesRegex(UserError, "Bare wire: choose a supplier"):
            self.mine(bare).rcep_grid_price = 5.0
        self.mine(bare).write({"rcep_grid_price": 5.0, "rcep_grid_partner_id": self.rival.id})
        self.assertEqual(bare.seller_ids.price, 5.0)

    def test_a_code_of_one_of_several_variants_is_that_variants_own(self):
        attribute = self.env["product.attribute"].create(
            {"name": "Power", "value_ids": [Command.create({"name": "40 W"}), Command.create({"name": "1000 W"})]}
        )
        made = self.make_good("Engine", "ENG", hs_code="850110").product_tmpl_id
        # A product that was just created keeps a context in which its template makes no variants.
        template = self.env["product.template"].browse(made.id)
        template.attribute_line_ids = [
            Command.create({"attribute_id": attribute.id, "value_ids": [Command.set(attribute.value_ids.ids)]})
        ]
        small, large = template.product_variant_ids
        self.mine(large).rcep_grid_hs = "850131"
        self.assertEqual((small._rcep_code(), large._rcep_code(), template.hs_code), ("850110", "850131", "850110"))

    def test_whoever_keeps_no_costs_sees_and_writes_none_of_it(self):
        clerk = self.person("clerk")
        with self.assertRaises(AccessError):
            self.steel.with_user(clerk).read(["rcep_grid_price"])
        with self.assertRaises(AccessError):
            self.steel.with_user(clerk).write({"rcep_grid_price": 1.0})
        with self.assertRaises(AccessError):
            self.env["rcep.material.sheet"].with_user(clerk).create({})

    def test_an_engineer_who_may_not_edit_products_is_refused(self):
        self.engineer.group_ids -= self.env.ref("product.group_product_manager")
        with self.assertRaises(AccessError):
            self.mine(self.steel).rcep_grid_price = 1.0

    def test_a_hundred_materials_take_as_many_queries_as_ten(self):
        def queries(count):
            made = self.env["product.product"].union(
                *(self.make_material(f"Part {count}-{n}", "722519", "cn", 1.0 + n) for n in range(count))
            )
            names = [name for name in made._fields if name.startswith("rcep_grid_")]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.mine(made).read(names)
            return self.env.cr.sql_log_count - before

        queries(2)  # what is read once is read now
        self.assertLessEqual(queries(30), queries(10) + 2)


@tagged("post_install", "-at_install")
class TestMaterialSheet(GridCommon):
    def sheet_of(self, *rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        return self.sheet(file.getvalue())

    def sheet(self, content):
        return self.mine(self.env["rcep.material.sheet"]).create({"file": base64.b64encode(content)})

    def test_what_is_taken_out_and_in_again_changes_nothing(self):
        action = self.mine(self.steel | self.magnet).action_rcep_material_sheet()
        sheet = self.mine(self.env[action["res_model"]]).browse(action["res_id"])
        content = base64.b64decode(sheet.sheet)
        head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        self.assertEqual(head[:3], ("reference", "name", "hs_code"))
        self.assertEqual([row[0] for row in rows], ["STEEL SHEET", "MAGNET"])
        again = self.sheet(content)
        self.assertFalse(again.is_ready)
        with self.assertRaisesRegex(UserError, "Nothing in this sheet differs"):
            again.action_load()

    def test_a_name_is_no_formula_that_a_spreadsheet_runs(self):
        self.steel.name = "=HYPERLINK(\"https://evil.example\")\x0b"
        action = self.mine(self.steel).action_rcep_material_sheet()
        content = base64.b64decode(self.mine(self.env[action["res_model"]]).browse(action["res_id"]).sheet)
        name = openpyxl.load_workbook(io.BytesIO(content)).active["B2"]
        self.assertEqual((name.data_type, name.value), ("s", '=HYPERLINK("https://evil.example")'))
        self.assertFalse(self.sheet(content).is_ready)

    def test_a_sheet_is_shown_before_it_is_taken_over(self):
        sheet = self.sheet_of(
            [
                "reference",
                "hs_code",
                "origin",
                "supplier",
                "price",
                "currency",
                "price_term",
                "freight_percent",
                "role",
            ],
            ["STEEL SHEET", "7225.11.00", "JP", "Ōsaka Steel", 17.5, "CNY", "FOB", 4, None],
            ["MAGNET", None, None, None, None, None, None, None, "indirect"],
        )
        self.assertTrue(sheet.is_ready, sheet.preview)
        for part in ("722519 → 7225.11.00", "→ Ōsaka Steel", "20.0 → 17.5", "2 materials change"):
            self.assertIn(part, sheet.preview)
        self.assertEqual(self.steel.hs_code, "722519", "nothing is written yet")
        sheet.action_load()
        first = self.steel.seller_ids.sorted("sequence")[0]
        self.assertEqual((self.steel.hs_code, self.steel.country_of_origin.code), ("7225.11.00", "JP"))
        self.assertEqual((first.partner_id, first.price, first.rcep_freight_percent), (self.rival, 17.5, 4.0))
        self.assertEqual((self.magnet.rcep_role, self.magnet.seller_ids.price), ("indirect", 10.0))

    def test_one_bad_line_keeps_all_out_and_every_bad_line_is_named(self):
        cases = {
            ("NOBODY", "722519"): "there is no product with the reference “NOBODY”",
            ("", "722519"): "the reference is missing",
            ("MAGNET", "9011100"): "09011100",
            ("STEEL SHEET", "123456"): "not a subheading of HS 2022",
        }
        sheet = self.sheet_of(["reference", "hs_code"], *cases, ["STEEL SHEET", "722511"])
        self.assertFalse(sheet.is_ready)
        for part in (*cases.values(), "stands in line 5 already", "Line 2:", "Line 6:"):
            self.assertIn(part, sheet.preview)
        with self.assertRaises(UserError):
            sheet.action_load()
        self.assertEqual(self.steel.hs_code, "722519")

    def test_a_cell_that_is_none_of_its_kind_is_named(self):
        for column, text, reason in (
            ("price", "cheap", "is no number"), ("price", "-1", "is no number of zero or more"),
            ("origin", "Atlantis", "is no country"), ("currency", "XYZ", "is no active currency"),
            ("supplier", "Nobody & Sons", "is no contact"), ("role", "decoration", "is no role"),
            ("price_term", "XXX", "is no price term"), ("freight_percent", "NaN", "is no number"),
            *(("price", odd, "is no number") for odd in ("1E999", "1_000", "\u0664", "4\u00b2", "inf", "9" * 400)),
        ):  # fmt: skip
            with self.subTest(column=column, text=text):
                sheet = self.sheet_of(["reference", column], ["STEEL SHEET", text])
                self.assertIn(reason, sheet.preview)
                self.assertFalse(sheet.is_ready)

    def test_a_sheet_saved_by_a_chinese_spreadsheet_is_read(self):
        self.rival.name = "大阪钢铁"
        sheet = self.sheet("reference,supplier,price\nSTEEL SHEET,大阪钢铁,16.5\n".encode("gb18030"))
        self.assertTrue(sheet.is_ready, sheet.preview)
        sheet.action_load()
        self.assertEqual(self.steel.seller_ids.sorted("sequence")[0].partner_id, self.rival)

    def test_the_form_says_at_once_what_is_wrong(self):
        form = Form(self.mine(self.env["rcep.material.sheet"]))
        form.file = base64.b64encode(b"name\nSteel\n")
        self.assertIn("reference is missing", form.preview)

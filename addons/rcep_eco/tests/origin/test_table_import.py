"""Newer rules and tariff-differential lists from files: a preview, errors by line, all or nothing."""

import base64
import datetime
import io
import zipfile

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...values import spreadsheets
from ..common import EcoCommon

RULES = """hs_code,rule,question,rule_if_yes
01,WO,,
8302,CTSH OR RVC40,,
3808,RVC40,active_ingredient_half_originating,CTH
"""
WRONG = """83025,CTH,,
8501,CTX,,
8302,CC,,
8502,CTH,weather,CC
8503,CTH,carp,
8504,,,
"""


@tagged("post_install", "-at_install")
class TestTableImport(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer, cls.clerk = cls.person("engineer"), cls.person("clerk")

    def wizard(self, text, **values):
        content = text if isinstance(text, bytes) else text.encode()
        values = {"file": base64.b64encode(content), "file_name": "table.csv", **values}
        return self.env["rcep.table.import"].with_user(self.engineer).create(values)

    def rules(self, text=RULES, **values):
        return self.wizard(
            text, edition_name="HS2028", valid_from=datetime.date(2028, 1, 1), source="Announcement 1/2028", **values
        )

    def differentials(self, text, party="vn"):
        return self.wizard(text, kind="differentials", party_id=self.env.ref(f"rcep_eco.party_{party}").id)

    # --- rules -------------------------------------------------------------------------------------------
    def test_a_preview_says_what_would_change(self):
        wizard = self.rules()
        self.assertTrue(wizard.is_ready)
        self.assertIn("3 lines: ", wizard.preview)
        self.assertIn("± 8302 CTH OR RVC40 → CTSH OR RVC40", wizard.preview)

    def test_a_newer_edition_begins_and_the_old_one_stays_until_the_day_before(self):
        old = self.env["rcep.rule.edition"]._on(self.today)
        self.rules().action_load()
        new = self.env["rcep.rule.edition"]._on(datetime.date(2028, 1, 1))
        self.assertEqual((new.name, len(new.rule_ids), old.valid_to), ("HS2028", 3, datetime.date(2027, 12, 31)))
        self.assertEqual(self.env["rcep.rule.edition"]._on(datetime.date(2027, 12, 31)), old)
        self.assertEqual(len(old.rule_ids), 2189)

    def test_each_wrong_line_is_named_and_nothing_is_loaded(self):
        wizard = self.rules(RULES + WRONG)
        self.assertFalse(wizard.is_ready)
        for result in (
            "Line 5: “83025” is no HS code",
            "Line 6: the rule 'CTX' has an alternative that is not known",
            "Line 7: 8302 stands in line 3 already",
            "Line 8: “weather” is no known question",
            "Line 9: a question and the rule that holds where it is so belong together",
            "Line 10: the rule is missing",
        ):
            self.assertIn(result, wizard.preview.unescape())
        with self.assertRaisesRegex(UserError, "Line 5: .*\nLine 6: "):
            wizard.action_load()
        self.assertFalse(self.env["rcep.rule.edition"].search([("name", "=", "HS2028")]))

    def test_a_spreadsheet_does_as_well(self):
        book = openpyxl.Workbook()
        for row in (["hs_code", "rule"], ["8302", "CTSH"], [850440, "CC"], [None, None]):
            book.active.append(row)
        content = io.BytesIO()
        book.save(content)
        wizard = self.rules(content.getvalue())
        self.assertIn("2 lines: ", wizard.preview)
        wizard.action_load()
        new = self.env["rcep.rule.edition"]._on(datetime.date(2028, 1, 1))
        self.assertEqual(new.rule_ids.mapped("hs_code"), ["8302", "850440"])

    def test_what_is_no_table_is_reported_in_a_sentence(self):
        for content, result in (
            (b"", "The file is empty"),
            (b"\xff\xfe\x00", "neither XLSX nor CSV in UTF-8"),
            (b"PK\x03\x04 torn", "cannot be read as XLSX"),
            (b"code,rule\n8302,CC\n", "hs_code is missing"),
        ):
            with self.subTest(result):
                wizard = self.rules(content or b" ")
                if content:
                    self.assertIn(result, wizard.preview)
                self.assertFalse(wizard.is_ready)
                with self.assertRaises(UserError):
                    wizard.action_load()

    def book(self, sheet):
        """A workbook whose only sheet is this XML."""
        made, out = io.BytesIO(), io.BytesIO()
        openpyxl.Workbook().save(made)
        with zipfile.ZipFile(made) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
            for name in whole.namelist():
                parts.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else whole.read(name))
        return out.getvalue()

    def test_a_hostile_workbook_is_reported_in_a_sentence_and_costs_little(self):
        start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        end = "</sheetData></worksheet>"
        head = '<row r="1"><c r="A1" t="inlineStr"><is><t>hs_code</t></is></c></row>'
        laughs = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
        entity = f'<row r="2"><c r="A2" t="inlineStr"><is><t>&j;</t></is></c></row>{end}'
        outside = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
        for sheet, result in (
            ("<worksheet><row", "cannot be read as XLSX"),
            (f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{laughs}]>{start}{head}{entity}', "cannot be read as XLSX"),
            (f"{outside}{start}{head}{entity}", "cannot be read as XLSX"),
            (f"{start}{head}{' ' * (65 << 20)}{end}", "unpacks to more than 64 MB"),
        ):
            with self.subTest(result):
                wizard = self.rules(self.book(sheet))
                self.assertIn(result, wizard.preview)
                self.assertNotIn("root:", wizard.preview)

    def test_a_text_longer_than_any_rule_is_refused(self):
        self.assertIn("Line 2 holds a text", self.rules(b"hs_code,rule\n8302," + b"C" * 3000).preview)

    def test_lines_below_the_last_that_is_read_are_not_left_out_in_silence(self):
        wizard = self.rules(b"hs_code,rule\n" + b"," * 3 + b"\n" * (spreadsheets.MOST_ROWS + 5) + b"8302,CC\n")
        self.assertIn("more than 50000 lines", wizard.preview)

    def test_only_a_cost_engineer_loads_rules(self):
        with self.assertRaises(AccessError):
            self.env["rcep.table.import"].with_user(self.clerk).create({"kind": "rules"})

    # --- differentials -----------------------------------------------------------------------------------
    def certificate_for(self, text):
        self.differentials(text).action_load()
        certificate = self.certify((self.lamp, 10, 80.0))
        certificate.action_check()
        return certificate

    def test_without_a_list_box_11_is_not_checked(self):
        certificate = self.certify((self.lamp, 10, 80.0))
        self.assertEqual(certificate.line_ids.appendix, "unchecked")

    def test_a_good_that_no_line_names_is_not_in_the_appendix(self):
        line = self.certificate_for("code\n02011000\n").line_ids
        self.assertEqual((line.appendix, line.in_appendix, line._verdict_problem()), ("no", False, None))

    def test_a_line_of_the_same_six_digits_only_asks(self):
        hs6 = self.lamp.product_tmpl_id._rcep_hs6()
        line = self.certificate_for(f"code,valid_from\n{hs6}1010,2022-01-01\n").line_ids
        self.assertEqual((line.appendix, line.appendix_lines), ("perhaps", f"{hs6}1010"))
        self.assertIn(f"names {hs6}1010, which begin like the good's HS code", line._verdict_problem())
        line.in_appendix = "no"
        self.assertIsNone(line._verdict_problem())

    def test_a_newer_list_takes_the_place_of_the_old_one(self):
        self.differentials("code\n02011000\n02012000\n").action_load()
        wizard = self.differentials("code\n02012000\n02013000\n")
        self.assertIn("2 lines: 1 new, 0 changed, 1 no longer there.", wizard.preview)
        wizard.action_load()
        lines = self.env["rcep.tariff.differential"].search([])
        self.assertEqual(lines.mapped("code"), ["02012000", "02013000"])

    def test_a_wrong_tariff_line_or_date_is_named(self):
        wizard = self.differentials("code,valid_from\n0201,\n02011000,soon\n")
        self.assertIn("Line 2: “0201” is no tariff line of 6 to 10 digits", wizard.preview)
        self.assertIn("Line 3: “soon” is no date", wizard.preview)

"""A sheet is kept as it came, and taken over as a whole or not at all."""

import base64
import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SheetCommon, table

GOOD, BAD = "NEW-1,First,,C62", "NEW-2,Second,,HANDFUL"
HEAD = "code,name,hs_code,unit"


@tagged("post_install", "-at_install")
class TestSheet(SheetCommon):
    def upload(self, content, kind="items", person=None):
        uploads = self.env["rcep.sheet.upload"].with_user(person or self.engineer)
        upload = uploads.create({"kind": kind, "file": base64.b64encode(content), "file_name": "items.csv"})
        return self.sheets.browse(upload.action_check()["res_id"])

    def test_of_a_sheet_with_one_wrong_line_nothing_is_taken_over(self):
        content = table(HEAD, GOOD, BAD)
        sheet = self.upload(content)
        self.assertEqual((sheet.state, sheet.user_id, sheet.source), ("refused", self.engineer, "hand"))
        self.assertEqual(sheet.digest, hashlib.sha256(content).hexdigest())
        self.assertEqual(base64.b64decode(sheet.file), content)
        self.assertIn("Line 3, unit: No unit is called “HANDFUL”", sheet.problem_list)
        with self.assertRaises(UserError):
            sheet.with_user(self.engineer).action_apply()
        self.assertFalse(self.item("NEW-1"))

    def test_it_is_looked_at_again_before_it_is_taken_over(self):
        sheet = self.upload(table(HEAD, GOOD))
        self.make_good("Typed meanwhile", "NEW-1", company_id=self.exporter.id)
        self.make_good("Typed meanwhile", "NEW-1", company_id=self.exporter.id)
        with self.assertRaises(UserError) as caught:
            sheet.with_user(self.engineer).action_apply()
        self.assertIn("Line 2, code: Several products", str(caught.exception))
        self.assertEqual(sheet.state, "checked")

    def test_it_is_taken_over_once(self):
        sheet = self.upload(table(HEAD, GOOD))
        sheet.with_user(self.engineer).action_apply()
        self.assertEqual((sheet.state, sheet.applied_by_id), ("applied", self.engineer))
        with self.assertRaises(UserError):
            sheet.with_user(self.engineer).action_apply()
        self.assertEqual(len(self.item("NEW-1")), 1)

    def test_each_template_can_be_handed_in(self):
        for code, name in (("ROTOR-40", "Rotor"), ("MAGNET-3", "Magnet")):
            self.make_good(name, code)
        for number in (1001, 2002):
            self.env["res.partner"].create({"name": f"Firm {number}", "ref": f"V-{number}"})
        for kind in ("items", "prices"):
            upload = self.env["rcep.sheet.upload"].with_user(self.engineer).create({"kind": kind})
            self.assertEqual(self.upload(base64.b64decode(upload.template), kind).state, "checked", kind)

    def test_what_is_kept_is_written_and_deleted_by_nobody(self):
        sheet = self.upload(table(HEAD, GOOD))
        for values in ({"state": "applied"}, {"file": False}, {"digest": "0"}, {"problems": []}):
            with self.assertRaises(UserError):
                sheet.sudo().write(values)
        with self.assertRaises(UserError):
            sheet.sudo().unlink()

    def test_markup_in_a_sheet_stays_text(self):
        sheet = self.upload(table(HEAD, "NEW-1,<script>alert(1)</script>,,C62"))
        self.assertIn("&lt;script&gt;", sheet.change_list)
        self.assertNotIn("<script>", sheet.change_list)

    def test_a_person_s_own_rights_count(self):
        poor = self.person("engineer", login="poor")
        poor.group_ids -= self.env.ref("product.group_product_manager")
        with self.assertRaises(AccessError):
            self.upload(table(HEAD, GOOD), person=poor)
        with self.assertRaises(AccessError):
            self.upload(table(HEAD, GOOD), person=self.person("clerk"))

    def test_a_file_that_is_none_is_kept_as_refused(self):
        for content in (b"", b"\xff\xff\xff", b"PK\x03\x04"):
            if content:
                self.assertEqual(self.upload(content).state, "refused")
        self.assertIn("This is a workbook", self.upload(b"PK\x03\x04").problem_list)

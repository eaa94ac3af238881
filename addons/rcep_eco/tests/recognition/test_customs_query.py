"""A query of foreign customs: its deadline, the papers from what was sealed, what is secret, who lets it leave."""

import base64
import datetime
import hashlib
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader

from ..common import place
from .recognition_common import RecognitionCommon

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestCustomsQuery(RecognitionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.query = cls.env["rcep.customs.query"].with_user(cls.clerk).create(
            {"certificate_id": cls.certificate.id, "office": "Cục Hải quan TP.HCM", "reference": "1234/HQHCM"}
        )

    def gathered(self):
        self.query.with_user(self.clerk).action_gather()
        return self.query.with_user(self.manager)

    def released(self):
        query = self.gathered()
        query.action_confirm()
        query.action_release()
        return query

    def paper(self, key):
        return self.query.sudo().paper_ids.filtered(lambda paper: paper.key == key)

    # --- the case ----------------------------------------------------------------------------------------
    def test_without_a_day_in_the_letter_the_shortest_time_of_the_treaty_counts(self):
        self.assertEqual(self.query.deadline, self.today + datetime.timedelta(days=30))
        self.assertEqual((self.query.days_left, self.query.company_id), (30, self.exporter))
        self.query.deadline = self.today + datetime.timedelta(days=90)
        self.assertEqual(self.query.days_left, 90)

    def test_no_letter_gives_more_than_the_treaty_or_comes_tomorrow(self):
        for values in ({"deadline": self.today + datetime.timedelta(days=91)},
                       {"deadline": self.today - datetime.timedelta(days=1)},
                       {"received_on": self.today + datetime.timedelta(days=1)}):  # fmt: skip
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, "Art. 3.24.4 gives at most 90 days"),
                self.env.cr.savepoint(),
            ):
                self.query.write(values)
            self.env.invalidate_all()

    def test_the_task_is_due_before_the_deadline_and_follows_it(self):
        self.assertEqual(self.query.activity_ids.date_deadline, self.today + datetime.timedelta(days=23))
        self.query.deadline = self.today + datetime.timedelta(days=60)
        self.assertEqual(self.query.activity_ids.mapped("date_deadline"), [self.today + datetime.timedelta(days=53)])
        self.assertEqual(self.query.activity_ids.user_id, self.clerk)

    def test_nobody_asks_about_what_was_never_issued(self):
        with self.assertRaisesRegex(ValidationError, "was never issued"):
            self.env["rcep.customs.query"].create({"certificate_id": self.certify().id})

    def test_nobody_writes_the_state_or_what_left(self):
        for values in ({"state": "answered"}, {"package_pdf_sha256": "x"}, {"confirmed_list": "x"}):
            with self.subTest(values), self.assertRaises(UserError):
                self.query.write(values)

    # --- the papers --------------------------------------------------------------------------------------
    def test_the_list_names_each_paper_and_what_is_secret_in_it(self):
        self.gathered()
        listed = {paper.key: paper.secret for paper in self.query.paper_ids}
        self.assertEqual(self.query.state, "gathered")
        self.assertFalse(listed["certificate"])
        self.assertEqual(listed["application"], "prices")
        self.assertEqual(listed["determination-1"], "costs, names of suppliers, prices")
        self.assertEqual(listed[f"declaration-{self.declaration.id}"], "names of suppliers")
        self.assertLessEqual({"invoice", "packing", "origin"}, {key.split("-")[0] for key in listed} | {
            {"commercial-invoice": "invoice", "packing-list": "packing", "origin-summary": "origin"}.get(key)
            for key in listed})  # fmt: skip

    def test_each_reads_the_list_in_its_own_language_and_one_confirmation_holds_for_all(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        query = self.gathered().with_context(lang="zh_CN")
        self.assertEqual(query.paper_ids.filtered(lambda paper: paper.key == "certificate").name, "证书")
        query.action_confirm()
        self.assertTrue(query.with_context(lang="en_US").is_confirmed)

    def test_nothing_leaves_before_a_manager_has_confirmed_the_list(self):
        query = self.gathered()
        with self.assertRaisesRegex(UserError, "nobody has confirmed this list"):
            query.action_release()
        for user in (self.clerk, self.signer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                query.with_user(user).action_confirm()
        query.action_confirm()
        with self.assertRaises(AccessError):
            query.with_user(self.clerk).action_release()
        self.assertFalse(query.released_on)

    def test_whatever_changes_the_list_takes_the_confirmation_away(self):
        query = self.gathered()
        query.action_confirm()
        self.paper("application").with_user(self.clerk).included = False
        self.assertFalse(query.is_confirmed)
        with self.assertRaisesRegex(UserError, "or it has changed since"):
            query.action_release()

    def test_what_left_is_kept_with_its_hash(self):
        query = self.released()
        pdf, archive = base64.b64decode(query.package_pdf), base64.b64decode(query.package_zip)
        self.assertEqual(query.package_pdf_sha256, hashlib.sha256(pdf).hexdigest())
        self.assertEqual(query.package_zip_sha256, hashlib.sha256(archive).hexdigest())
        with zipfile.ZipFile(io.BytesIO(archive)) as folder:
            names = folder.namelist()
            index = folder.read("index.txt").decode()
            for paper in query.paper_ids:
                name = next(each for each in names if each.split("-", 1)[-1].rsplit(".", 1)[0] == paper.key)
                self.assertEqual(hashlib.sha256(folder.read(name)).hexdigest(), paper.sha256)
                self.assertIn(f"{paper.sha256}  {name}", index)
        self.assertEqual((query.state, query.released_by), ("answered", self.manager))
        self.assertFalse(query.activity_ids)

    def test_the_pdf_has_the_determination_in_sentences_and_the_seal(self):
        pdf = base64.b64decode(self.released().package_pdf)
        text = " ".join(page.extract_text() for page in OdooPdfFileReader(io.BytesIO(pdf), strict=False).pages)
        line = self.certificate.line_ids
        for words in (line.dossier_sha256, "Determination of item 1", "26C3302A0001/00042", "D-LAMP"):
            self.assertIn(words, text.replace("\n", ""))

    def test_what_was_left_off_does_not_leave(self):
        query = self.gathered()
        self.paper("application").with_user(self.clerk).included = False
        query.action_gather()
        self.assertFalse(self.paper("application").included)
        query.action_confirm()
        query.action_release()
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(query.package_zip))) as folder:
            self.assertFalse([name for name in folder.namelist() if "application" in name])
        self.assertFalse(self.paper("application").sha256)

    def test_a_dossier_that_is_not_the_sealed_one_stops_everything(self):
        line = self.certificate.line_ids.sudo()
        query = self.gathered()
        query.action_confirm()
        facts = json.loads(line.dossier)
        facts["format"] = 1
        self.cr.execute("UPDATE rcep_certificate_line SET dossier = %s WHERE id = %s", (json.dumps(facts), line.id))
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "not the one that was sealed"):
            query.action_release()
        self.assertEqual(query.state, "gathered")

    def test_a_supplier_s_picture_is_a_page_and_a_broken_file_is_named(self):
        pages = {}
        for kind, content in (("png", PNG), ("pdf", b"%PDF-1.7 broken"), ("xls", b"\xd0\xcf no pdf")):
            pdf = self.query.sudo()._as_pdf(f"1-x.{kind}", content)
            sheets = OdooPdfFileReader(io.BytesIO(pdf), strict=False).pages
            pages[kind] = (len(sheets), sheets[0].extract_text())
        self.assertEqual(pages["png"][0], 1)
        for kind in ("pdf", "xls"):
            self.assertIn("it is in the ZIP alone", pages[kind][1].replace("\n", " "))

    def test_only_cost_engineers_and_managers_read_what_left(self):
        query = self.released()
        for user in (self.clerk, self.signer, self.person("auditor")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                query.with_user(user).read(["package_pdf"])
        self.assertTrue(query.with_user(self.engineer).read(["package_pdf"])[0]["package_pdf"])

    def test_nobody_renames_a_paper_or_its_secret_or_changes_it_afterwards(self):
        self.gathered()
        paper = self.paper("application").with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "is set by its list"):
            paper.secret = False
        query = self.query.with_user(self.manager)
        query.action_confirm()
        query.action_release()
        with self.assertRaises(UserError):
            paper.included = False
        with self.assertRaisesRegex(UserError, "a new letter is a new case"):
            query.question = "Another one"

    # --- the end -----------------------------------------------------------------------------------------
    def test_what_customs_decide_in_the_end_is_the_certificate_s_outcome(self):
        self.released().with_user(self.clerk).action_close_recognised()
        self.assertEqual(self.certificate.recognition, "after_query")
        self.assertIn("1234/HQHCM", self.certificate.recognition_id.words)
        with self.assertRaises(UserError):
            self.query.with_user(self.manager).action_close_refused()

    def test_a_case_of_a_certificate_that_was_replaced_ends_without_an_outcome(self):
        query = self.released()
        place(self.certificate, state="replaced")
        query.action_close_refused()
        self.assertEqual((query.state, self.certificate.recognition), ("closed", "unknown"))

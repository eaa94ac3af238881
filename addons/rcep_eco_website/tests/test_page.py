"""The page behind a QR code: what anyone sees, and nothing else."""

import datetime
import secrets

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PublicCommon


@tagged("post_install", "-at_install")
class TestPage(PublicCommon):
    def open(self, token=None):
        return self.url_open(f"/eco/{token or self.page.token}")

    def test_a_page_comes_with_the_submission_and_its_address_is_hard_to_guess(self):
        self.assertEqual(len(self.page), 1)
        self.assertRegex(self.page.token, r"^[A-Za-z0-9_-]{22}$")
        self.assertTrue(self.certificate.verification_url.endswith(f"/eco/{self.page.token}"))
        self.assertEqual(self.certificate._application().verify_url, self.certificate.verification_url)

    def test_a_draft_has_no_page(self):
        draft = self.certify()
        self.assertFalse(draft.verification_ids)
        self.assertEqual(draft._get_verification_url(), "")

    def test_the_page_stays_the_same_over_revisions(self):
        token = self.page.token
        place(self.certificate, state="returned")
        signed = self.certificate.with_user(self.signer)
        signed.action_draft()
        self.submitted(self.certificate)
        self.assertEqual(self.certificate.verification_ids.token, token)

    def test_a_specimen_is_called_so(self):
        self.issue()
        reply = self.open()
        self.assertEqual(reply.status_code, 200)
        self.assertIn('data-state="specimen"', reply.text)
        self.assertIn("<strong>SPECIMEN</strong>", reply.text)
        self.assertNotIn("Valid until", reply.text)

    def test_the_facts_of_the_certificate_stand_on_it(self):
        self.issue()
        text = self.open().text
        for result in (
            "26C3302B0007/00031",
            "NINGBO BRIGHT LAMP CO., LTD.",
            "宁波明灯有限公司",
            "2026-05-01",
            "VIET NAM",
            "LED lamp",
            "940511",
            "100 PCS",
            "CTC",
            'href="https://check.example/c/1"',
        ):
            self.assertIn(result, text)

    def test_countries_are_read_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for code, name in (("VN", "越南"), ("CN", "中国")):
            self.env.ref(f"base.{code.lower()}").with_context(lang="zh_CN").name = name
        self.issue()
        for english in ("VN", "VIET NAM"):  # as it is published now, and as older pages have it
            with self.subTest(english):
                self.page.facts = {**self.page.facts, "importing_party": english}
                read = self.page.with_context(lang="zh_CN")._facts_read()
                self.assertEqual(read["importing_party"], "越南")
                self.assertEqual(read["goods"][0]["origin"], "中国")
                self.assertEqual(self.page.with_context(lang="en_US")._facts_read()["importing_party"], "VIET NAM")
        self.assertIn("VIET NAM", self.open().text)

    def test_every_digit_and_the_issuing_bodys_day_stand_on_it(self):
        self.certificate = self.submitted(self.certify((self.lamp, 1234567, 0.01)))
        self.page = self.certificate.verification_ids
        self.issue()
        place(self.certificate, issued_at="2026-05-01 18:30:00")
        self.assertEqual(self.page.facts["goods"][0]["quantity"], "1234567 PCS")
        self.assertEqual(self.page.facts["issued_on"], "2026-05-02")

    def test_the_link_to_the_issuing_body_leads_to_the_web_only(self):
        self.issue()
        place(self.certificate, issuer_check_url="javascript:alert(1)")
        self.assertNotIn("javascript:alert", self.open().text)

    def test_no_price_customer_supplier_or_invoice_stands_on_it(self):
        self.issue()
        text = self.open().text
        secret = (
            "5,000", "5000", "50.00", self.customer.name, self.supplier.name, self.certificate.invoice_ids.name,
            self.certificate.name, self.certificate.client_ref, self.certificate.line_ids.dossier_sha256,
            self.signer.rcep_name_en, self.declaration.name,
        )  # fmt: skip
        for word in secret:
            with self.subTest(word):
                self.assertNotIn(word, text)
                self.assertNotIn(word, str(self.page.facts))

    def test_unknown_and_not_public_look_the_same(self):
        self.issue()
        place(self.certificate, state="rejected")
        unknown = self.open(secrets.token_urlsafe(16))
        hidden = self.open()
        self.assertEqual((unknown.status_code, hidden.status_code), (404, 404))
        sentences = [self.stable(page).replace(page.url.rpartition("/")[2], "") for page in (unknown, hidden)]
        self.assertEqual(*sentences)
        self.assertIn("No certificate is published under this address", unknown.text)
        self.assertNotIn("26C3302B0007", hidden.text)

    def test_nothing_is_public_before_it_is_issued(self):
        for state in ("draft", "ready", "submitted", "under_review", "returned", "rejected", "withdrawn"):
            place(self.certificate, state=state)
            with self.subTest(state):
                self.assertEqual(self.open().status_code, 404)
                self.assertFalse(self.page.facts or self.page.certificate_no or self.page.invoice_digests)

    def test_what_is_no_token_is_unknown(self):
        for token in ("x", "a" * 23, "%27%20OR%201=1--", "%00", "None", "%E2%80%8B" * 22):
            with self.subTest(token):
                self.assertEqual(self.open(token).status_code, 404)

    def test_each_state_is_reported_in_its_own_words(self):
        past = self.today - datetime.timedelta(days=1)
        self.issue(environment="production")
        for values, state, result in (
            ({}, "valid", "Valid until"),
            ({"valid_until": past}, "expired", "Expired on"),
            ({"state": "cancelled"}, "cancelled", "Cancelled: no longer valid"),
            ({"state": "replaced"}, "replaced", "Replaced by another certificate"),
        ):
            place(self.certificate, **values)
            with self.subTest(state):
                text = self.open().text
                self.assertIn(f'data-state="{state}"', text)
                self.assertIn(result, text)
                self.assertNotIn("SPECIMEN", text)

    def test_a_page_expires_without_anybody_writing_it(self):
        self.issue(environment="production")
        self.page.valid_until = self.today - datetime.timedelta(days=1)
        self.assertEqual(self.page.state, "valid")
        self.assertIn('data-state="expired"', self.open().text)

    def test_pages_are_kept_a_minute_and_out_of_search_engines(self):
        self.issue()
        headers = self.open().headers
        self.assertEqual(headers["Cache-Control"], "public, max-age=60")
        self.assertEqual(headers["X-Robots-Tag"], "noindex")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["Content-Security-Policy"], "frame-ancestors 'self'")  # nobody's page around ours
        self.assertNotIn("session_id", headers.get("Set-Cookie", ""))  # what is kept for all holds nobody's session

    def test_that_a_page_is_unknown_is_kept_by_nobody(self):
        reply = self.open("A" * 22)
        self.assertEqual((reply.status_code, reply.headers["Cache-Control"]), (404, "no-store"))

    def test_a_page_for_somebody_who_is_logged_in_is_kept_for_nobody_else(self):
        self.issue()
        self.authenticate(self.signer.login, self.signer.password or self.signer.login)
        self.assertEqual(self.open().headers["Cache-Control"], "private, max-age=60")

    def test_what_is_not_there_is_not_kept(self):
        self.assertNotIn("public", self.open("a" * 22).headers.get("Cache-Control", ""))

    def test_names_with_markup_stay_text(self):
        place(self.certificate, state="draft", application=False)
        self.certificate.line_ids.description = '<img src=x onerror="alert(1)">'
        self.issue()
        self.assertNotIn("<img src=x", self.open().text)
        self.assertIn("&lt;img src=x", self.open().text)

    def test_a_page_is_read_without_touching_invoices_or_costs(self):
        self.issue()
        self.open()
        self.env.cr.execute(
            "UPDATE account_move SET name = 'CHANGED' WHERE id = %s", (self.certificate.invoice_ids.id,)
        )
        self.env.cr.execute("UPDATE rcep_certificate_line SET description = 'CHANGED'")
        self.assertNotIn("CHANGED", self.open().text)

    def test_the_staff_see_the_address_only_once_there_is_a_page(self):
        draft = self.certify()
        with self.assertRaisesRegex(UserError, f"Certificate {draft.name} has no page yet"):
            draft.action_open_verification()
        self.issue()
        self.assertEqual(self.certificate.action_open_verification()["url"], self.certificate.verification_url)

    def test_published_records_are_read_by_staff_and_written_by_nobody(self):
        self.issue()
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        people = {name: self.person(name) for name in ("employee", "auditor", "clerk", "engineer", "manager")}
        people |= {"signer": self.signer, "public": self.env.ref("base.public_user")}
        for name, user in people.items():
            page = self.page.with_user(user)
            with self.subTest(name):
                self.assertEqual(page.has_access("read"), name not in ("employee", "public"))
                self.assertFalse(any(map(page.has_access, ("write", "create", "unlink"))))
        stranger = self.page.with_env(self.env(user=self.person("clerk", company=other), context={}))
        self.assertFalse(stranger.search([("id", "=", self.page.id)]))
        with self.assertRaises(AccessError):
            stranger.read(["facts"])

    def test_the_qr_code_on_the_form_leads_to_the_page(self):
        self.assertIsNone(self.certificate._qr_image())
        self.issue()
        self.assertTrue(self.certificate._form_boxes()["qr"].startswith("data:image/png;base64,"))

"""The page behind a QR code: what anyone sees, and nothing else."""

import base64
import datetime
import secrets
from unittest import mock

import requests.utils
from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import verification_page
from .common import PublicCommon

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPage(PublicCommon):
    def open(self, token=None):
        return self.url_open(f"/eco/{token or self.page.token}")

    def test_the_website_of_another_firm_says_so_and_leads_to_the_exporters_own_page(self):
        self.issue()
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        other.rcep_name_en = "NINGBO OTHER CO., LTD."
        self.env["website"].search([]).company_id = other
        urls = {self.exporter: "https://lamps.example", other: "https://other.example"}
        self.patch(type(other), "_rcep_base_url", lambda company: urls[company])
        page = self.url_open(f"/eco/{self.page.token}").text
        self.assertIn("the website of NINGBO OTHER CO., LTD. and not that of the exporter", page)
        self.assertIn(f'href="https://lamps.example/eco/{self.page.token}"', page)
        urls[other] = urls[self.exporter]
        self.assertNotIn("not that of the exporter", self.url_open(f"/eco/{self.page.token}").text)

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

    def test_a_specimen_says_how_it_would_have_ended(self):
        self.issue()
        machine = f"/eco/{self.page.token}.json"
        self.assertNotIn("this one would read", self.open().text)
        self.assertNotIn("would_read", self.url_open(machine).json())
        place(self.certificate, state="cancelled")
        self.assertIn("SPECIMEN · this one would read: Cancelled: no longer valid", self.open().text)
        self.assertEqual(self.url_open(machine).json()["would_read"], "cancelled")
        place(self.certificate, state="issued", valid_until=self.today - datetime.timedelta(days=1))
        self.assertEqual(self.url_open(machine).json()["would_read"], "expired")
        self.assertIn('data-state="specimen"', self.open().text)

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
        self.issue()
        for english in ("VN", "VIET NAM"):  # as it is published now, and as older pages have it
            with self.subTest(english):
                self.page.facts = {**self.page.facts, "importing_party": english}
                facts = self.page._facts_read("zh")
                self.assertEqual(facts["importing_party"], "越南")
                self.assertEqual(facts["goods"][0]["origin"], "中国")
                self.assertEqual(self.page._facts_read("en")["importing_party"], "VIET NAM")
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
        sentences = [page.text.replace(page.url.rpartition("/")[2], "") for page in (unknown, hidden)]
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

    def test_pages_are_kept_by_no_browser_and_out_of_search_engines(self):
        self.issue()
        headers = self.open().headers
        self.assertEqual(headers["Cache-Control"], "no-store")  # going back would show a state that holds no more
        machines = self.url_open(f"/eco/{self.page.token}.json").headers
        self.assertEqual(machines["Cache-Control"], "public, max-age=60")
        self.assertEqual(self.url_open(f"/eco/{'a' * 22}.json").headers["Cache-Control"], "no-store")
        self.assertEqual(headers["X-Robots-Tag"], "noindex")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])  # nobody's page around ours
        self.assertNotIn("Set-Cookie", headers)  # what is kept for all holds nobody's session

    def test_who_has_a_page_already_gets_no_bytes(self):
        self.issue()
        for path in (f"/eco/{self.page.token}", f"/eco/{self.page.token}.json"):
            first = self.url_open(path)
            again = self.url_open(path, headers={"If-None-Match": first.headers["ETag"]})
            self.assertEqual((again.status_code, again.content), (304, b""))
        place(self.certificate, state="cancelled")
        changed = self.url_open(path, headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((changed.status_code, changed.json()["would_read"]), (200, "cancelled"))

    def test_a_page_is_made_once_for_a_state_and_a_language(self):
        self.issue()
        with mock.patch.object(type(self.page), "_render_page", side_effect=["one", "two", "three"]) as render:
            for headers in ({}, {}, {"Accept-Language": "vi"}, {"Accept-Language": "vi-VN,en;q=0.5"}):
                self.url_open(f"/eco/{self.page.token}", headers=headers)
            self.assertEqual([call.args[0] for call in render.call_args_list], ["en", "vi"])
            place(self.certificate, state="cancelled")
            self.assertEqual(self.open().text, "three")

    def test_the_page_bears_the_brand_of_its_certificate_s_company(self):
        self.issue()
        self.exporter.logo = base64.b64encode(PIXEL)
        verification_page.forget()
        self.assertNotEqual(self.env["website"].get_current_website().company_id, self.exporter)
        text = self.open().text
        self.assertIn(f'<img alt="" src="/eco/logo/{self.exporter.id}.png"', text)
        self.assertIn(f'href="{self.exporter._rcep_base_url()}/"', text)
        logo = self.url_open(f"/eco/logo/{self.exporter.id}.png")
        self.assertEqual((logo.status_code, logo.headers["Content-Type"]), (200, "image/png"))

    def test_a_firm_that_has_no_pages_shows_no_logo_by_ours(self):
        self.exporter.logo = base64.b64encode(PIXEL)
        for company in (self.exporter.id, 0, 2**31 - 1):
            self.assertEqual(self.url_open(f"/eco/logo/{company}.png").status_code, 404)

    def test_page_and_json_lead_to_each_other_and_to_their_description(self):
        self.issue()
        page, told = self.open(), self.url_open(f"/eco/{self.page.token}.json")
        for reply, other in ((page, f"/eco/{self.page.token}.json"), (told, f"/eco/{self.page.token}")):
            links = {each["rel"]: each["url"] for each in requests.utils.parse_header_links(reply.headers["Link"])}
            self.assertEqual(links, {"alternate": other, "service-desc": "/eco/openapi.json",
                                     "describedby": "/.well-known/rcep-eco/jwks.json"})  # fmt: skip
            for address in links.values():
                self.assertEqual(self.url_open(address).status_code, 200)
        self.assertEqual(told.headers["Access-Control-Expose-Headers"], "ETag, Link")
        self.assertEqual(page.headers["Vary"], "Accept-Language")

    def test_that_a_page_is_unknown_is_kept_by_nobody(self):
        reply = self.open("A" * 22)
        self.assertEqual((reply.status_code, reply.headers["Cache-Control"]), (404, "no-store"))

    def test_a_page_is_the_same_for_somebody_who_is_logged_in(self):
        self.issue()
        before = self.open().text
        self.authenticate(self.signer.login, self.signer.password or self.signer.login)
        self.opener.headers["Accept-Language"] = "en"
        self.assertEqual(self.open().text, before)

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

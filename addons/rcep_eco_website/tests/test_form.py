"""The form at /eco for who has only the numbers: both must match, and nothing is learnt from a wrong one."""

import lxml.html
from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import tagged

from .common import PublicCommon


@tagged("post_install", "-at_install")
class TestForm(PublicCommon):
    def setUp(self):
        super().setUp()
        self.issue()
        self.invoice_no = self.certificate.invoice_ids.name

    def ask(self, certificate_no, invoice_no, path="/eco", **more):
        """Fill in the form, as its page asks to."""
        page = self.url_open(path)
        self.assertIn(page.status_code, (200, 404))
        self.assertNotIn("Set-Cookie", page.headers)
        (form,) = lxml.html.fromstring(page.content).forms
        self.assertEqual(set(form.fields), {"certificate_no", "invoice_no"})
        numbers = {"certificate_no": certificate_no, "invoice_no": invoice_no, **more}
        return self.url_open(form.action, data=numbers, allow_redirects=False)

    def test_both_numbers_lead_to_the_page(self):
        reply = self.ask("26C3302B0007/00031", self.invoice_no)
        self.assertEqual(reply.status_code, 303)
        self.assertTrue(reply.headers["Location"].endswith(f"/eco/{self.page.token}"))

    def test_who_comes_from_the_websites_menu_reads_the_websites_language(self):
        self.opener.cookies.set("frontend_lang", "zh_CN")
        for path in ("/eco", "/eco/goods"):
            self.assertIn('<html lang="zh-CN">', self.url_open(path).text, "and not the browser's, English")
        self.assertIn('<html lang="vi">', self.url_open("/eco?lang=vi").text)

    def test_the_form_under_an_unknown_address_works_too(self):
        reply = self.ask("26C3302B0007/00031", self.invoice_no, path=f"/eco/{'a' * 22}")
        self.assertEqual(reply.status_code, 303)

    def test_people_type_small_letters_and_spaces(self):
        reply = self.ask("  26c3302b0007/00031 ", f" {self.invoice_no.lower()} ")
        self.assertEqual(reply.status_code, 303)

    def test_what_people_type_for_a_number_is_forgiven(self):
        for number in (
            "２６Ｃ３３０２Ｂ０００７／０００３１", "26C3302B0007-00031", "26C 3302 B0007 / 00031",
            "26C33O2BOOO7/OOO31", "26c3302b0007\u201300031", "26C3302B0007\u200b/00031",
        ):  # fmt: skip
            with self.subTest(number):
                self.assertEqual(self.ask(number, self.invoice_no).status_code, 303)
        for number in ("26C3302B0007/00032", "26C3302B000700031", "26C3302B0007/0003I"):
            with self.subTest(number):
                self.assertEqual(self.ask(number, self.invoice_no).status_code, 200)
        with_dashes = self.invoice_no.replace("/", "-")
        self.assertEqual(self.ask("26C3302B0007/00031", with_dashes).status_code, 303)

    def test_a_number_with_small_letters_is_found(self):
        place(self.certificate, certificate_no="26c33-b/31")
        self.assertEqual(self.ask("26c33-b/31", self.invoice_no).status_code, 303)

    def test_two_certificates_may_have_the_same_number(self):
        other = self.submitted(self.certify())
        place(other, state="issued", certificate_no="26C3302B0007/00031")
        for certificate in (self.certificate, other):
            reply = self.ask("26C3302B0007/00031", certificate.invoice_ids.name)
            self.assertEqual(reply.status_code, 303)
            self.assertTrue(reply.headers["Location"].endswith(certificate.verification_ids.token))

    def test_what_is_no_text_is_just_not_found(self):
        self.assertEqual(self.ask("26C3\0", "\0").status_code, 200)
        numbers = {"invoice_no": self.invoice_no}
        reply = self.url_open("/eco", data=numbers, files={"certificate_no": ("a.txt", b"26C3302B0007/00031")})
        self.assertEqual(reply.status_code, 200)
        self.assertIn("No certificate is published under these two numbers", reply.text)

    def test_a_wrong_and_an_unknown_number_get_the_same_answer(self):
        wrong = self.ask("26C3302B0007/00031", "INV/2000/00001")
        unknown = self.ask("26C9999X9999/99999", self.invoice_no)
        self.assertEqual((wrong.status_code, unknown.status_code), (200, 200))
        first = wrong.text.replace("26C3302B0007/00031", "C").replace("INV/2000/00001", "I")
        second = unknown.text.replace("26C9999X9999/99999", "C").replace(self.invoice_no, "I")
        self.assertEqual(first.replace('value="C"', ""), second.replace('value="C"', ""))
        self.assertIn("No certificate is published under these two numbers", wrong.text)

    def test_a_certificate_that_is_not_public_is_unknown(self):
        place(self.certificate, state="rejected")
        self.assertIn("No certificate is published", self.ask("26C3302B0007/00031", self.invoice_no).text)

    def test_empty_numbers_find_nothing(self):
        place(self.certificate, certificate_no=False)
        for numbers in (("", ""), ("", self.invoice_no), ("26C3302B0007/00031", "")):
            with self.subTest(numbers):
                self.assertEqual(self.ask(*numbers).status_code, 200)

    def test_any_invoice_of_the_certificate_will_do(self):
        second = self.make_invoice((self.lamp, 1, 50.0))
        place(self.certificate, state="draft")
        self.certificate.invoice_ids += second
        self.issue()
        for number in (self.invoice_no, second.name):
            with self.subTest(number):
                self.assertEqual(self.ask("26C3302B0007/00031", number).status_code, 303)

    def test_the_invoice_numbers_themselves_are_not_kept_in_public_records(self):
        self.assertNotIn(self.invoice_no, str(self.page.invoice_digests))
        self.assertEqual(len(self.page.invoice_digests[0]), 64)

    def test_what_was_typed_comes_back_as_text(self):
        reply = self.ask('"><script>alert(1)</script>', "x" * 500)
        self.assertNotIn("<script>alert(1)", reply.text)
        self.assertNotIn("x" * 81, reply.text)

    def test_whoever_is_logged_in_is_nobody_here(self):
        self.authenticate(self.signer.login, self.signer.login)
        self.assertEqual(self.ask("26C3302B0007/00031", self.invoice_no).status_code, 303)

    def test_the_language_that_was_chosen_stays(self):
        reply = self.ask("26C3302B0007/00031", "INV/2000/00001", path="/eco?lang=km")
        self.assertIn('<html lang="km"', reply.text)
        self.assertIn("គ្មានវិញ្ញាបនបត្រ", reply.text)
        found = self.ask("26C3302B0007/00031", self.invoice_no, path="/eco?lang=km")
        self.assertTrue(found.headers["Location"].endswith(f"/eco/{self.page.token}?lang=km"))
        for odd in ("en&x=<b>", "en\r\nSet-Cookie: a=b", "en/../x"):
            found = self.url_open("/eco", data={"lang": odd, "certificate_no": "26C3302B0007/00031",
                                                "invoice_no": self.invoice_no}, allow_redirects=False)  # fmt: skip
            self.assertEqual(found.status_code, 303)
            self.assertTrue(found.headers["Location"].endswith(f"/eco/{self.page.token}"))

    def test_an_unknown_field_does_no_harm(self):
        self.assertEqual(self.ask("26C3302B0007/00031", self.invoice_no, token="x", sudo="1").status_code, 303)

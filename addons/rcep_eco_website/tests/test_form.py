"""The form at /eco for who has only the numbers: both must match, and nothing is learnt from a wrong one."""

import re

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
        form = self.url_open(path)
        self.assertIn(form.status_code, (200, 404))
        token = re.search(r'name="csrf_token" value="([^"]+)"', form.text).group(1)
        numbers = {"csrf_token": token, "certificate_no": certificate_no, "invoice_no": invoice_no, **more}
        return self.url_open("/eco", data=numbers, allow_redirects=False)

    def test_both_numbers_lead_to_the_page(self):
        reply = self.ask("26C3302B0007/00031", self.invoice_no)
        self.assertEqual(reply.status_code, 303)
        self.assertTrue(reply.headers["Location"].endswith(f"/eco/{self.page.token}"))

    def test_the_form_under_an_unknown_address_works_too(self):
        reply = self.ask("26C3302B0007/00031", self.invoice_no, path=f"/eco/{'a' * 22}")
        self.assertEqual(reply.status_code, 303)

    def test_people_type_small_letters_and_spaces(self):
        reply = self.ask("  26c3302b0007/00031 ", f" {self.invoice_no.lower()} ")
        self.assertEqual(reply.status_code, 303)

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
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open("/eco").text).group(1)
        numbers = {"csrf_token": token, "invoice_no": self.invoice_no}
        reply = self.url_open("/eco", data=numbers, files={"certificate_no": ("a.txt", b"26C3302B0007/00031")})
        self.assertEqual(reply.status_code, 200)
        self.assertIn("No certificate is published under these two numbers", reply.text)

    def test_a_wrong_and_an_unknown_number_get_the_same_answer(self):
        wrong = self.ask("26C3302B0007/00031", "INV/2000/00001")
        unknown = self.ask("26C9999X9999/99999", self.invoice_no)
        self.assertEqual((wrong.status_code, unknown.status_code), (200, 200))
        first = self.stable(wrong).replace("26C3302B0007/00031", "C").replace("INV/2000/00001", "I")
        second = self.stable(unknown).replace("26C9999X9999/99999", "C").replace(self.invoice_no, "I")
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

    def test_a_form_of_another_site_is_refused(self):
        numbers = {"certificate_no": "26C3302B0007/00031", "invoice_no": self.invoice_no}
        for forged in (numbers, {**numbers, "csrf_token": "0" * 40}):
            with self.subTest(forged):
                reply = self.url_open("/eco", data=forged, allow_redirects=False)
                self.assertEqual(reply.status_code, 400)

    def test_an_unknown_field_does_no_harm(self):
        self.assertEqual(self.ask("26C3302B0007/00031", self.invoice_no, token="x", sudo="1").status_code, 303)

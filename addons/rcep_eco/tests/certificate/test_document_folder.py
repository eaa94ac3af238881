"""The office's printed PDFs in a folder: the right one is taken in by itself, any other is a person's."""

import io
import os
import time
from unittest import mock

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from reportlab.pdfgen import canvas

from ...models.certificate.customer_documents import PAPERS
from ..platform.folder_common import FolderCase, office_pdf, receipt

MINUTE_AGO = 60
TITLE = "CERTIFICATE OF ORIGIN REGIONAL COMPREHENSIVE ECONOMIC PARTNERSHIP AGREEMENT"


def drawn(*lines):
    """A PDF of a page with these lines."""
    file = io.BytesIO()
    page = canvas.Canvas(file)
    for place, line in enumerate(lines):
        page.drawString(50, 800 - 14 * place, line)
    page.showPage()
    page.save()
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestDocumentFolder(FolderCase):
    def setUp(self):
        super().setUp()
        self.folder = self.root / "PDF"
        self.folder.mkdir(exist_ok=True)
        for file in self.folder.iterdir():
            file.unlink()
        self.platform.document_folder = "PDF"

    def save(self, name, content, age=MINUTE_AGO):
        path = self.folder / name
        path.write_bytes(content)
        then = time.time() - age
        os.utime(path, (then, then))
        self.run_job("_cron_follow", "rcep.platform.event")

    def reported(self, certificate):
        return self.env["rcep.platform.event"].search(
            [("certificate_id", "=", certificate.id), ("handling", "=", "odd")]
        )

    def test_the_right_one_is_taken_in(self):
        certificate = self.issued()
        pdf = office_pdf(certificate)
        self.save("printed.PDF", pdf)
        self.assertEqual(certificate._certificate_pdf(), pdf)
        self.assertTrue(certificate.document)
        self.assertEqual(certificate.print_state, "printed")
        self.assertIn("printed.PDF", certificate.message_ids[0].body)
        self.assertFalse(self.reported(certificate))
        self.assertTrue((self.folder / "printed.PDF").exists())

    def test_one_that_says_something_else_is_for_a_person(self):
        certificate = self.issued()
        self.save("printed.pdf", drawn(f"Certificate No. {certificate.certificate_no}", "ANOTHER CONSIGNEE"))
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertFalse(certificate.document)
        self.assertIn("does not say all", self.reported(certificate).why)
        self.assertEqual(len(self.platform.activity_ids), 1)

    def test_pictures_are_compared_by_eye(self):
        certificate = self.issued()
        self.save("IMG.pdf", drawn())
        self.assertFalse(self.reported(certificate))
        self.save(f"{certificate.certificate_no}.pdf", drawn())
        self.assertFalse(certificate.document)
        self.assertIn("holds no text", self.reported(certificate).why)

    def test_one_file_of_two_certificates_is_neithers(self):
        first, second = self.issued(), self.issued()
        self.save("both.pdf", drawn(first.certificate_no, second.certificate_no))
        self.assertFalse(first.document or second.document)
        self.assertIn("one file for each", (self.reported(first) | self.reported(second)).why)

    def test_what_is_saved_before_the_receipt_waits_for_it(self):
        certificate = self.sent()
        number = certificate.application_no
        self.save("early.pdf", drawn(number))
        self.assertFalse(self.reported(certificate))
        self.reply(receipt(number, kind="5"))
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertTrue(self.reported(certificate))

    def test_half_of_one_and_what_is_none_change_nothing(self):
        certificate = self.issued()
        pdf = office_pdf(certificate)
        self.save("half.pdf", pdf[: len(pdf) // 2])
        self.save("letter.txt", certificate.certificate_no.encode())
        self.save("fresh.pdf", pdf, age=0)
        self.assertFalse(certificate.document or self.reported(certificate))

    def test_a_folder_that_vanished_holds_up_no_reply(self):
        self.platform.document_folder = "Nowhere"
        certificate = self.issued()
        self.assertEqual(certificate.state, "issued")
        self.assertIn("Nowhere", self.platform.findings)

    def test_it_lies_below_the_clients_folder(self):
        for name in ("/etc", "../elsewhere", "a/../../b", "C:\\x"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "no folder below"):
                self.platform.document_folder = name

    # --- what is not the office's document
    def test_our_own_print_is_not_the_offices(self):
        certificate = self.issued()
        self.save("ours.pdf", certificate._form_pdf())
        self.assertFalse(certificate.document)
        self.assertTrue(self.reported(certificate))

    def test_our_papers_are_not_the_offices(self):
        certificate = self.issued()
        for kind in PAPERS:
            with self.subTest(kind):
                self.save(f"{kind}.pdf", certificate._paper_pdf(kind))
                self.assertFalse(certificate.document)

    def test_that_of_its_successor_is_not_its_own(self):
        """Reissued, it says the same, and names the older one; here the older one still counts."""
        older = self.issued()
        successor = older.with_user(self.person("clerk"))._replacement("reissued", "LOST").sudo()
        successor.with_user(self.signer).action_approve()
        successor.with_user(self.signer).action_submit()
        self.deliver()
        lines = [successor.application_no, older.certificate_no, TITLE]
        application = older._application()
        lines += [
            application.exporter.name_en,
            application.consignee.name_en,
            *(each.number for each in application.invoices),
        ]
        for item in application.items:
            lines += [item.description, item.hs6, f"{item.quantity:f}"]
        self.save("new.pdf", drawn(*lines))
        self.assertFalse(older.document)
        self.assertTrue(self.reported(older))
        self.reply(receipt(successor.application_no, kind="5"), "new.xml")
        self.assertEqual((older.state, successor.state), ("replaced", "issued"))

    def test_a_quantity_is_no_part_of_a_longer_one(self):
        certificate = self.issued()
        application = certificate._application()
        lines = [certificate.certificate_no, TITLE, application.exporter.name_en, application.consignee.name_en]
        lines += [application.invoices[0].number, application.items[0].description, application.items[0].hs6]
        for quantity in ("1000 PIECES", "2100 PIECES", "100.5 PIECES", "1,100 PIECES"):
            with self.subTest(quantity):
                self.save(f"{quantity}.pdf", drawn(*lines, quantity))
                self.assertFalse(certificate.document)
        self.save("right.pdf", drawn(*lines, "100.00 PIECES"))
        self.assertTrue(certificate.document)

    def test_what_is_kept_is_what_was_compared(self):
        """Somebody saves another file under the name between the list and the reading."""
        certificate = self.sent()
        number = certificate.application_no
        with mock.patch.object(type(certificate), "_is_named_in", lambda *_told: False):
            self.reply(receipt(number, kind="5"))
            self.save("p.pdf", office_pdf(certificate))
        other = drawn("SOMETHING ELSE")
        place = type(self.platform)._document_place
        fetched = mock.Mock(side_effect=lambda *_told: other)

        def changed(platform):
            found = place(platform)
            found.fetch = fetched
            return found

        with mock.patch.object(type(self.platform), "_document_place", changed):
            self.run_job("_cron_follow", "rcep.platform.event")
        self.assertTrue(fetched.called)
        self.assertFalse(certificate.document)

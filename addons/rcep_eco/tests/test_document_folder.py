"""The office's printed PDFs in a folder: the right one is taken in by itself, any other is a person's."""

import io
import os
import time

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from reportlab.pdfgen import canvas

from .folder_common import FolderCase, receipt

MINUTE_AGO = 60


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

    def told(self, certificate):
        return self.env["rcep.platform.event"].search(
            [("certificate_id", "=", certificate.id), ("handling", "=", "odd")]
        )

    def test_the_right_one_is_taken_in(self):
        certificate = self.issued()
        pdf = certificate._form_pdf()
        self.save("printed.PDF", pdf)
        self.assertEqual(certificate._certificate_pdf(), pdf)
        self.assertTrue(certificate.document)
        self.assertEqual(certificate.print_state, "printed")
        self.assertIn("printed.PDF", certificate.message_ids[0].body)
        self.assertFalse(self.told(certificate))
        self.assertTrue((self.folder / "printed.PDF").exists())

    def test_one_that_says_something_else_is_for_a_person(self):
        certificate = self.issued()
        self.save("printed.pdf", drawn(f"Certificate No. {certificate.certificate_no}", "ANOTHER CONSIGNEE"))
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertFalse(certificate.document)
        self.assertIn("does not say all", self.told(certificate).said)
        self.assertEqual(len(self.platform.activity_ids), 1)

    def test_pictures_are_compared_by_eye(self):
        certificate = self.issued()
        self.save("IMG.pdf", drawn())
        self.assertFalse(self.told(certificate))
        self.save(f"{certificate.certificate_no}.pdf", drawn())
        self.assertFalse(certificate.document)
        self.assertIn("holds no text", self.told(certificate).said)

    def test_one_file_of_two_certificates_is_neithers(self):
        first, second = self.issued(), self.issued()
        self.save("both.pdf", drawn(first.certificate_no, second.certificate_no))
        self.assertFalse(first.document or second.document)
        self.assertIn("one file for each", (self.told(first) | self.told(second)).said)

    def test_what_is_saved_before_the_receipt_waits_for_it(self):
        certificate = self.sent()
        number = certificate.application_no
        self.save("early.pdf", drawn(number))
        self.assertFalse(self.told(certificate))
        self.reply(receipt(number, kind="5"))
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertTrue(self.told(certificate))

    def test_half_of_one_and_what_is_none_change_nothing(self):
        certificate = self.issued()
        pdf = certificate._form_pdf()
        self.save("half.pdf", pdf[: len(pdf) // 2])
        self.save("letter.txt", certificate.certificate_no.encode())
        self.save("fresh.pdf", pdf, age=0)
        self.assertFalse(certificate.document or self.told(certificate))

    def test_a_folder_that_vanished_holds_up_no_reply(self):
        self.platform.document_folder = "Nowhere"
        certificate = self.issued()
        self.assertEqual(certificate.state, "issued")
        self.assertIn("Nowhere", self.platform.findings)

    def test_it_lies_below_the_clients_folder(self):
        for name in ("/etc", "../elsewhere", "a/../../b", "C:\\x"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "no folder below"):
                self.platform.document_folder = name

"""What a QR code holds, read in the clerk's own browser: from a picture, and from a PDF."""

import io

import qrcode
from odoo.tests import HttpCase, tagged
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from .common import LedgerCommon

IN_PICTURE, IN_PDF = (f"https://anna.example/eco/AbCdEfGhIjKlMnOpQrStUv#{number}" for number in (1, 2))


@tagged("post_install", "-at_install")
class TestScannedCode(LedgerCommon, HttpCase):
    def code(self, text):
        picture = io.BytesIO()
        qrcode.make(text).save(picture)
        return picture

    def paper(self):
        """A PDF of two pages, with a code of 25 mm on the second."""
        content = io.BytesIO()
        pdf = canvas.Canvas(content, pagesize=(595, 842))
        pdf.drawString(72, 760, "Certificate of origin")
        pdf.showPage()
        pdf.drawImage(ImageReader(self.code(IN_PDF)), 450, 60, 71, 71)
        pdf.save()
        return content.getvalue()

    def test_a_picture_and_a_pdf_are_read(self):
        for name, content in (("code.png", self.code(IN_PICTURE).getvalue()), ("paper.pdf", self.paper())):
            self.env["ir.attachment"].create(
                {"name": name, "url": f"/rcep_eco_ledger/{name}", "raw": content, "public": True}
            )
        self.start_tour("/odoo/action-rcep_eco_ledger.action_received_read", "rcep_eco_scanned_code",
                        login=self.clerk.login)  # fmt: skip

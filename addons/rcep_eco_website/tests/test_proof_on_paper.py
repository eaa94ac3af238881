"""The code as it lies on paper: each PDF that bears it, drawn at 300 dpi, measured, treated badly and read."""

import random

import pypdfium2
import zxingcpp
from odoo.addons.rcep_eco.models.certificate.customer_documents import PAPERS
from odoo.addons.rcep_eco.values import qr_code
from odoo.tests import tagged
from PIL import Image, ImageChops, ImageFilter

from .common import ProofCommon

DPI, INCH = 300, 25.4
LEAST_MODULE = 0.33  # mm: what a phone tells apart
PHOTO, BLUR, NOISE = 240, 0.8, 12  # points of the code's side in the picture, and how bad it is
PICTURES, READ = 40, 0.95


@tagged("post_install", "-at_install")
class TestProofOnPaper(ProofCommon):
    def papers(self):
        """{name: PDF} of everything that is printed with the code."""
        reports = self.env["ir.actions.report"].with_user(self.signer).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            form, kind = reports._render_qweb_pdf("rcep_eco.form_rcep", self.certificate.ids)
        self.assertEqual(kind, "pdf")
        papers = {"form": form}
        for paper in PAPERS:
            papers[paper] = self.certificate.with_user(self.signer)._paper_pdf(paper)
        return papers

    def code_on(self, pdf):
        """The code of a PDF's first sheet with its quiet zone, and the side of the code alone in points."""
        sheet = pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72).to_pil().convert("L")
        text = self.certificate._qr_text()
        (found,) = (each for each in zxingcpp.read_barcodes(sheet) if each.text == text)
        corners = [getattr(found.position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")]
        left, right = min(each.x for each in corners), max(each.x for each in corners)
        top, bottom = min(each.y for each in corners), max(each.y for each in corners)
        quiet = (right - left) // 20
        return sheet.crop((left - quiet, top - quiet, right + quiet, bottom + quiet)), right - left

    def test_its_modules_are_not_smaller_than_a_phone_tells_apart(self):
        modules = 17 + 4 * qr_code.version(self.certificate._qr_text())
        for name, pdf in self.papers().items():
            with self.subTest(name):
                _picture, side = self.code_on(pdf)
                self.assertGreaterEqual(round(side / DPI * INCH / modules, 2), LEAST_MODULE)

    def test_a_bad_picture_of_each_is_read(self):
        """Turned, out of square, blurred and noisy, in a picture of 240 points."""
        for name, pdf in self.papers().items():
            with self.subTest(name):
                picture, _side = self.code_on(pdf)
                chance = random.Random(25)
                read = sum(self.reads(treated_badly(picture, chance)) for _each in range(PICTURES))
                self.assertGreaterEqual(read / PICTURES, READ)

    def reads(self, picture):
        return [each.text for each in zxingcpp.read_barcodes(picture)] == [self.certificate._qr_text()]


def treated_badly(code, chance):
    """What a phone makes of it, held in the hand."""
    side = code.width + 80
    sheet = Image.new("L", (side, side), 255)
    sheet.paste(code, (40, 40))
    sheet = sheet.rotate(chance.uniform(-12, 12), Image.Resampling.BICUBIC, fillcolor=255)
    corners = [value + chance.uniform(-8, 8) for value in (0, 0, 0, side, side, side, side, 0)]
    sheet = sheet.transform(sheet.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255)
    picture = sheet.resize((PHOTO * side // code.width,) * 2, Image.Resampling.LANCZOS)
    picture = picture.filter(ImageFilter.GaussianBlur(BLUR))
    return ImageChops.add(picture, Image.effect_noise(picture.size, NOISE), scale=1, offset=-128)

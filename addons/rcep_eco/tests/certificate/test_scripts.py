"""A consignee whose name is in Khmer, Lao, Thai or Vietnamese: letters on every print, and no boxes."""

import io
from unittest import mock

from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ...tools import machine_fonts
from ..common import EcoCommon

NAMES = {
    "km": "ក្រុមហ៊ុន ភ្លើងភ្នំពេញ",
    "lo": "ບໍລິສັດ ແສງວຽງຈັນ",
    "th": "บริษัท กรุงเทพไลท์ จำกัด",
    "vi": "CÔNG TY ÁNH SÁNG SÀI GÒN, Đường Nguyễn Huệ",
}
FONTS = {"km": "KhmerOS", "lo": "Phetsarath", "th": "Loma", "vi": "Sans"}


def fonts_of(pdf):
    """The names of all fonts that a PDF has with it."""
    names = set()
    for page in PdfFileReader(io.BytesIO(pdf)).pages:
        names |= {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    return " ".join(sorted(names))


def letters_of(pdf):
    """The letters of a PDF, without spaces."""
    text = "".join(page.extract_text() for page in PdfFileReader(io.BytesIO(pdf)).pages)
    return "".join(text.split())


@tagged("post_install", "-at_install")
class TestScripts(EcoCommon):
    def named(self, language):
        """A certificate for a firm that has its name in its own letters alone."""
        partner = self.make_customer(NAMES[language], "vn")
        partner.write({"street": NAMES[language], "rcep_name_en": False})
        return self.certify(partner_id=partner.id)

    def test_the_form_has_the_letters_of_each_script(self):
        for language in NAMES:
            with self.subTest(language):
                pdf = self.named(language)._form_pdf()
                self.assertIn(FONTS[language], fonts_of(pdf))
                self.assertNotIn("??", letters_of(pdf))
                if language in ("th", "vi"):  # of the others a reader of PDF does not find each letter again
                    self.assertIn("".join(NAMES[language].split())[:12], letters_of(pdf))

    def test_the_html_printer_has_them_too(self):
        words = "".join(f"<p>{name}</p>" for name in NAMES.values())
        body = f'<html><head><meta charset="utf-8"/></head><body style="font-family: Arial">{words}</body></html>'
        pdf = self.env["ir.actions.report"]._run_wkhtmltopdf([body])
        found = fonts_of(pdf)
        for language in ("km", "th"):
            self.assertIn(FONTS[language], found)
        self.assertTrue("Phetsarath" in found or "DejaVu" in found)  # both have Lao letters

    def test_khmer_letters_stack(self):
        self.assertTrue(machine_fonts.stacks_khmer())

    def test_health_names_the_packages_of_scripts_that_this_machine_lacks(self):
        platform = self.env["rcep.platform"].create({"company_id": self.exporter.id})
        lacking = list(machine_fonts.SCRIPTS)
        with mock.patch.object(machine_fonts, "missing", lambda: lacking):
            found = " ".join(platform._font_findings())
            self.assertIn("fonts-noto-cjk", found)
            self.assertNotIn("fonts-khmeros", found)  # nothing goes to Cambodia
            self.certify(partner_id=self.make_customer("Phnom Penh Light", "kh").id)
            found = " ".join(platform._font_findings())
        self.assertIn("Names in Chinese, Khmer print as boxes: install the packages fonts-noto-cjk, fonts-k", found)
        with mock.patch.object(machine_fonts, "stacks_khmer", lambda: False):
            self.assertIn("uharfbuzz", " ".join(platform._font_findings()))
        self.assertFalse([*platform._font_findings()])

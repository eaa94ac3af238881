"""The papers beside a certificate lead to its public page, and only once there is something on it."""

import io

from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from .common import PublicCommon

KINDS = ("invoice", "packing", "origin")


@tagged("post_install", "-at_install")
class TestPapers(PublicCommon):
    def text(self, kind):
        pages = PdfFileReader(io.BytesIO(self.certificate._paper_pdf(kind)), strict=False).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    def test_each_bears_the_page_and_the_way_to_the_issuing_body(self):
        for kind in KINDS:
            self.assertNotIn(self.page.token, self.text(kind))
        self.issue()
        for kind in KINDS:
            self.assertIn(self.page._url(), self.text(kind))
            self.assertIn("https://check.example/c/1", self.text(kind))
            self.assertEqual(self.certificate.with_context(lang="en_US")._paper_beside().url, self.page._url())

    def test_nothing_of_prices_or_papers_is_on_the_public_page(self):
        self.issue()
        page = self.url_open(f"/eco/{self.page.token}").text
        for words in ("5,000.00", "5000.00", "/my/certificates", "unit_price"):
            self.assertNotIn(words, page)

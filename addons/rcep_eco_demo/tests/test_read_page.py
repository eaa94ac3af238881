"""What one firm's website says of a certificate, another firm's Odoo reads: both ends of it are ours."""

from odoo.addons.rcep_eco_ledger.reading import public_record
from odoo.addons.rcep_eco_website.tests.common import PublicCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReadPage(PublicCommon):
    def test_the_page_s_own_data_are_read_as_they_stand_on_the_certificate(self):
        self.issue()
        address = self.page._url()
        self.assertEqual(public_record.page_of(f"{address}#0123456789"), address)
        page = public_record.record_of(self.url_open(f"/eco/{self.page.token}.json").content)
        certificate = self.certificate
        self.assertEqual(
            (page.state, page.number, page.issued_on, page.valid_until, page.importing_party, page.is_back_to_back),
            ("specimen", certificate.certificate_no, certificate._issued_on(), certificate.valid_until,
             certificate.importing_party_id.code, False),
        )  # fmt: skip
        for good, line in zip(page.goods, certificate._goods(), strict=True):
            self.assertEqual(
                (good.number, good.hs6, float(good.quantity), good.criterion, good.origin),
                (line.number, line.hs6, line.quantity, line.criterion, "CN"),
            )

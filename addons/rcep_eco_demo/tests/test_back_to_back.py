"""Converter modules from Viet Nam go on to Malaysia as they came: over a real platform, to the print and the page."""

import base64

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import WithPlatform

GOODS = (("M-4001", 2000, 2.9),)
ORIGINAL = "VN-CN 26/02/00117"
REASON = "Stood in our bonded warehouse 2 in their cartons; looked at by Wang Fang"


@tagged("post_install", "-at_install")
class TestBackToBack(WithPlatform, HttpCase):
    def carry(self, goods=GOODS):
        """A draft of the clerk that rests on the original, with what a signer states."""
        certificate = self.prepare(goods, "my")
        drafted = certificate.with_user(self.clerk)
        drafted.write({"port_discharge": "PORT KLANG", "flow_reason": REASON})
        drafted.action_draw_from_originals()
        drafted.line_ids.write({"producer_id": self.of("supplier_power").id, "packages_count": 20})
        certificate.with_user(self.signer).action_state_flow()
        return certificate

    def test_two_partial_shipments_from_the_draw_to_the_print_and_the_page(self):
        original = self.of("received_acdc_item")
        certificate, rest = self.carry(), self.carry((("M-4001", 10000, 2.9),))
        self.assertEqual((original.drawn, original.left), (12000, 0))
        self.issue(certificate)
        self.assertEqual(certificate.public_state, "specimen")
        self.assertLessEqual(certificate.valid_until, original.certificate_id.valid_until)
        good = certificate.line_ids
        self.assertEqual((good.verdict, good.origin_country_code), ("originating", "VN"))
        self.until(lambda: certificate.document, self.follow)
        self.assertTrue(base64.b64decode(certificate.document).startswith(b"%PDF-"))
        report = self.env["ir.actions.report"].with_user(self.clerk)
        printed = report._render_qweb_html("rcep_eco.form_rcep", certificate.ids)[0].decode()
        for words in (ORIGINAL, "ISSUED IN VIET NAM", "VIET NAM", "Hai Duong Power Technology", "850440"):
            self.assertIn(words.upper(), printed.upper())
        self.assertIn("[✓] Back-to-back Certificate of Origin", printed)
        page = self.url_open(f"/eco/{certificate.page_token}?lang=en").text
        self.assertIn(certificate.certificate_no, page)
        self.assertIn("VIET NAM", page.upper())
        self.assertNotIn("bonded warehouse", page)
        self.submit(rest)  # the second shipment takes what is left, and not one more
        more = self.prepare(GOODS, "my").with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "No certificate received has goods"):
            more.action_draw_from_originals()

    def test_what_is_filed_names_the_maker_abroad_and_its_original_and_nothing_that_we_make(self):
        certificate = self.carry()
        self.issue(certificate)
        filing = self.env["rcep.filing"].search([("product_id", "=", certificate.line_ids.product_id.id)])
        self.assertEqual(filing.state, "accepted")
        filed = filing._filing(certificate.line_ids)
        self.assertEqual((filed.hs6, filed.criterion), ("850440", "CTC"))
        self.assertEqual([(each.origin_country, each.originating_value == each.unit_price) for each in filed.materials],
                         [("VN", True)])  # fmt: skip
        self.assertEqual([(each.country, ORIGINAL in each.name_en) for each in filed.processes], [("VN", True)])
        self.assertEqual(filed.profit + filed.materials[0].unit_price, filed.fob)

"""Certificates received, at the screen: goods go on upon their original; what was certified is shared among buyers."""

from odoo.tests import HttpCase, tagged

from .common import WithPlatform


@tagged("post_install", "-at_install")
class TestTourOriginals(WithPlatform, HttpCase):
    def page(self, certificate):
        return f"/odoo/action-rcep_eco.action_certificate/{certificate.id}"

    def test_goods_go_on_upon_the_original_that_a_clerk_draws_and_a_signer_states(self):
        certificate = self.prepare((("M-4001", 2000, 2.9),), "my")
        certificate.with_user(self.clerk).port_discharge = "PORT KLANG"
        self.start_tour(self.page(certificate), "rcep_eco_originals_drawn", login=self.clerk.login)
        self.assertTrue(certificate.back_to_back)
        certificate.line_ids.write({"producer_id": self.of("supplier_power").id, "packages_count": 20})
        self.start_tour(self.page(certificate), "rcep_eco_originals_stated", login=self.signer.login)
        self.assertEqual((certificate.state, certificate.flow_stated_by_id), ("ready", self.signer))
        certificate.with_user(self.signer).action_submit()
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)

    def test_a_buyer_gets_its_share_and_sees_no_other(self):
        certificate = self.prepare((("YJ-H110", 8000, 0.74),))
        self.issue(certificate)
        self.start_tour(self.page(certificate), "rcep_eco_share_given", login=self.clerk.login)
        share = self.env["rcep.share"].search([("certificate_id", "=", certificate.id)])
        self.assertEqual(share.line_ids.quantity, 3000)
        page = self.url_open(f"/rcep/share/{share._token()}?lang=en").text
        self.assertIn("Chao Phraya", page)
        self.assertRegex(page, r"3,?000")
        self.assertNotRegex(page, r"8,?000")

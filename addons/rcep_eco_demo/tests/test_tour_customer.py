"""The customer abroad at the screen: its certificate in the portal, with all papers in one ZIP."""

from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import HttpCase, new_test_user, tagged

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourCustomer(DemoCommon, HttpCase):
    def test_the_customer_opens_the_portal_and_its_zip(self):
        certificate = self.prepare()
        certificate.with_user(self.signer).action_approve()
        place(certificate, state="issued", environment="sandbox", certificate_no="26C3302A0001/00042",
              issued_at="2026-05-01 08:00:00", valid_until="2027-05-01")  # fmt: skip
        buyer = new_test_user(self.env, "tour.buyer", "base.group_portal", password="tour.buyer", lang="en_US")
        buyer.partner_id.parent_id = certificate.partner_id.commercial_partner_id
        self.env.flush_all()
        self.start_tour("/my", "rcep_eco_customer", login="tour.buyer")

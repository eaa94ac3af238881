"""The clerk at the screen: from an invoice to a checked certificate, and why a good originates."""

from odoo.tests import HttpCase, tagged

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourClerk(DemoCommon, HttpCase):
    def test_the_clerk_prepares_a_certificate(self):
        invoice = self.sell()
        path = f"/odoo/action-account.action_move_out_invoice_type/{invoice.id}"
        self.start_tour(path, "rcep_eco_clerk", login=self.clerk.login)
        certificate = invoice.rcep_certificate_ids
        self.assertEqual(len(certificate), 1)
        self.assertEqual((certificate.state, certificate.create_uid), ("draft", self.clerk))
        self.assertEqual((certificate.vessel, certificate.port_discharge), ("EVER GIVEN 021E", "HAI PHONG"))
        self.assertEqual(set(certificate.line_ids.mapped("verdict")), {"originating"})
        self.assertEqual(certificate._problems(), [])
        self.assertEqual(certificate.sudo().activity_ids.user_id, self.signer)

    def test_the_clerk_updates_from_the_invoice_leaves_a_good_off_and_asks(self):
        certificate = self.prepare()
        invoice = certificate.invoice_ids
        invoice.button_draft()
        invoice.invoice_line_ids[0].quantity = 7000
        invoice.action_post()
        self.env.flush_all()
        path = f"/odoo/certificates-of-origin/{certificate.id}"
        self.start_tour(path, "rcep_eco_clerk_updates", login=self.clerk.login)
        self.assertEqual(certificate._goods()[0].quantity, 7000)
        self.assertEqual((certificate.line_ids - certificate._goods()).left_off_reason, "Goes with the next shipment")
        self.assertEqual(certificate._problems(), [])
        self.assertEqual(certificate.sudo().activity_ids.user_id, self.signer)

"""What somebody tries who calls the server directly, past the screens."""

from odoo.tests import tagged

from .common import EcoCommon


@tagged("post_install", "-at_install")
class TestForgery(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.signer, cls.auditor = cls.person("clerk"), cls.person("signer"), cls.person("auditor")
        cls.bookkeeper, cls.employee = cls.person("bookkeeper"), cls.person("employee")

    def asked(self, user, records):
        """The records as a new request of this user gets them: nothing read before, nothing of this test's context."""
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_env(self.env(user=user, context={"lang": "en_US"}))

    # --- people without rights to certificates -----------------------------------------------------------
    def test_who_sees_no_certificates_can_reset_and_cancel_invoices(self):
        invoice = self.make_invoice()
        self.asked(self.bookkeeper, invoice).button_draft()
        self.asked(self.bookkeeper, invoice).button_cancel()
        self.assertEqual(invoice.state, "cancel")

    def test_who_sees_no_certificates_can_read_all_of_invoices_and_products(self):
        invoice = self.certify().invoice_ids
        self.lamp.action_rcep_determine()
        ours = {"rcep_certificate_ids", "rcep_certificate_state", "rcep_can_certify", "rcep_verdict", "rcep_origin_ids"}
        for records in (invoice, self.lamp, self.lamp.product_tmpl_id):
            with self.subTest(records._name):
                asked = self.asked(self.bookkeeper, records)
                names = [name for name in asked.fields_get() if name.startswith("rcep_")]
                self.assertFalse(ours & set(names))
                asked.read(["display_name", *names])

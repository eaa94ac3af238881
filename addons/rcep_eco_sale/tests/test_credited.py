"""A credit note that was made from the order, and names no invoice, lowers what may be certified all the same."""

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.tests import tagged

from . import test_quotation


@tagged("post_install", "-at_install")
class TestCredited(EcoCommon):
    quote = classmethod(test_quotation.TestQuotation.quote.__func__)

    def test_what_the_order_credits_is_not_certified(self):
        self.lamp.invoice_policy = "delivery"
        order = self.quote((self.lamp, 100, 50.0))
        order.action_confirm()
        order.order_line.qty_delivered = 100
        invoice = order._create_invoices()
        invoice.write({"invoice_date": self.today, "invoice_incoterm_id": self.env.ref("account.incoterm_FOB").id})
        invoice.action_post()
        certificate = self.certificate_of(invoice)
        certificate.with_user(self.person("signer")).action_approve()
        order.order_line.qty_delivered = 60  # forty came back
        note = order._create_invoices(final=True)
        self.assertEqual((note.move_type, note.reversed_entry_id.id), ("out_refund", False))
        note.invoice_date = self.today
        note.action_post()
        self.assertIn("was credited by", certificate.warnings)
        self.assertTrue(certificate.activity_ids.filtered(lambda each: each.summary == "Invoice credited"))
        self.assertEqual(invoice.invoice_line_ids._rcep_certifiable(self.env["rcep.certificate"]), 0)
        certificate.with_user(self.person("clerk")).action_draft()
        self.assertIn("only 60 are left", " ".join(certificate._problems()))

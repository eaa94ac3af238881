"""What somebody tries who calls the server directly, past the screens."""

from odoo.exceptions import UserError
from odoo.fields import Command
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

    # --- by way of the invoice ---------------------------------------------------------------------------
    def test_no_certificate_is_changed_from_the_side_of_the_invoice(self):
        certificate, other = self.certify(), self.make_invoice()
        certificate._write_moved(state="issued")
        invoice = certificate.invoice_ids
        for records, command in ((other, Command.link(certificate.id)), (invoice, Command.unlink(certificate.id))):
            asked = self.asked(self.clerk, records)
            with self.subTest(command), self.assertRaisesRegex(UserError, "none is added or taken away afterwards"):
                asked.write({"rcep_certificate_ids": [command]})
        draft = {"move_type": "out_invoice", "partner_id": self.customer.id}
        moves = self.asked(self.clerk, self.env["account.move"])
        born = moves.with_context(default_rcep_certificate_ids=certificate.ids).create(draft)
        self.assertFalse(born.rcep_certificate_ids)
        self.assertEqual(certificate.invoice_ids, invoice)

    def test_what_a_certificate_tells_of_its_invoice_stays(self):
        certificate = self.certify()
        invoice, sold = certificate.invoice_ids, certificate.line_ids.invoice_line_id
        certificate._write_moved(state="submitted")
        for records, values in (
            (invoice, {"state": "draft"}),
            (invoice, {"state": "cancel"}),
            (invoice, {"name": "INV/FORGED"}),
            (sold, {"quantity": 7}),
            (sold, {"price_unit": 7}),
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, f"is on certificate {certificate.name}"):
                self.asked(self.clerk, records).write(values)
        self.asked(self.clerk, invoice).write({"name": invoice.name})

    def test_the_issuing_bodys_document_cannot_be_exchanged(self):
        certificate = self.certify()
        certificate._write_moved(state="issued", document="JVBERi0=")
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "rcep.certificate"), ("res_id", "=", certificate.id), ("res_field", "=", "document")]
        )
        self.assertFalse(kept)
        self.assertEqual(certificate.document, b"JVBERi0=")

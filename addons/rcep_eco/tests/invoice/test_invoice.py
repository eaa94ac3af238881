"""From the invoice to the certificate and back: what may be certified, and what a certified invoice may no more."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestInvoice(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.bookkeeper = cls.person("clerk"), cls.person("bookkeeper")

    def credit(self, invoice, user=None):
        """Credit the whole invoice, as the accountant's wizard does."""
        wizard = self.env["account.move.reversal"].with_user(user or self.env.user).with_company(self.exporter)
        values = {"reason": "wrong goods", "journal_id": invoice.journal_id.id}
        reversal = wizard.with_context(active_model="account.move", active_ids=invoice.ids).create(values)
        note = self.env["account.move"].browse(reversal.refund_moves()["res_id"])
        note.with_user(user or self.env.user).action_post()
        return note

    # --- the button --------------------------------------------------------------------------------------
    def test_what_a_line_is_worth_is_nobodys_to_write(self):
        """A forged amount would raise the FOB value, and a good would originate by it."""
        invoice = self.make_invoice((self.lamp, 10, 5.0))
        line = invoice.invoice_line_ids
        line.write({"price_subtotal": 5000.0, "price_total": 5000.0})
        line.invalidate_recordset()
        self.assertEqual((line.price_subtotal, line.price_total), (50, 50))

    def test_the_clerk_makes_a_certificate_of_a_posted_invoice(self):
        invoice = self.make_invoice().with_user(self.clerk)
        self.assertTrue(invoice.rcep_can_certify)
        action = invoice.action_create_rcep_certificate()
        certificate = self.env["rcep.certificate"].browse(action["res_id"])
        self.assertEqual(certificate.invoice_ids, invoice)
        self.assertEqual(certificate.create_uid, self.clerk)
        self.assertEqual(certificate.importing_party_id.code, "VN")
        self.assertEqual(certificate.line_ids.verdict, "originating")
        self.assertEqual((invoice.rcep_certificate_count, invoice.rcep_certificate_state), (1, "draft"))

    def test_the_button_stands_only_where_it_works(self):
        for label, invoice in (
            ("draft", self.make_invoice(post=False)),
            ("home", self.make_invoice(partner_id=self.make_customer("Hangzhou Lamps", "cn").id)),
            ("no Party", self.make_invoice(partner_id=self.make_customer("Rhein Licht", "de").id)),
            ("no country", self.make_invoice(partner_id=self.make_customer("Somewhere", None).id)),
            ("services", self.make_invoice((self.freight, 1, 100.0))),
            ("certified", self.certify().invoice_ids),
        ):
            with self.subTest(label):
                self.assertFalse(invoice.rcep_can_certify)

    def test_a_form_of_the_invoice_opens_for_the_clerk_and_for_who_sees_no_certificates(self):
        invoice = self.certify().invoice_ids
        with Form(invoice.with_user(self.clerk)) as form:
            self.assertEqual(form.rcep_certificate_count, 1)
        self.assertNotIn("rcep_certificate_count", Form(invoice.with_user(self.bookkeeper))._view["fields"])

    def test_goods_go_where_they_are_shipped(self):
        delivery = self.make_customer("Penang warehouse", "my")
        certificate = self.certify(partner_shipping_id=delivery.id)
        self.assertEqual(certificate.importing_party_id.code, "MY")
        self.assertEqual(certificate.partner_id, delivery)

    def test_a_rejected_certificate_makes_way_for_another(self):
        first = self.certify()
        invoice = first.invoice_ids
        place(first, state="rejected")
        self.assertTrue(invoice.rcep_can_certify)
        second = self.certificate_of(invoice)
        self.assertEqual(invoice.rcep_certificate_ids, first | second)
        self.assertEqual(invoice.rcep_certificate_state, "draft")

    def test_a_deleted_draft_makes_way_for_another(self):
        certificate = self.certify()
        invoice = certificate.invoice_ids
        certificate.unlink()
        self.assertTrue(invoice.rcep_can_certify)

    def test_a_duplicated_invoice_is_on_no_certificate(self):
        self.assertFalse(self.certify().invoice_ids.copy().rcep_certificate_ids)

    # --- what a certified invoice may no more ------------------------------------------------------------
    def test_an_invoice_with_the_platform_cannot_be_reset_or_cancelled(self):
        certificate = self.certify()
        invoice = certificate.invoice_ids
        for state in ("ready", "submitted", "under_review", "returned", "issued"):
            place(certificate, state=state)
            for reset in (invoice.button_draft, invoice.button_cancel):
                with (
                    self.subTest(state),
                    self.assertRaisesRegex(
                        UserError,
                        f"{invoice.name} is on certificate {certificate.name}, which is .*: take that back first",
                    ),
                ):
                    reset()
        self.assertEqual(invoice.state, "posted")

    def test_who_sees_no_certificates_cannot_reset_it_either(self):
        certificate = self.certify()
        place(certificate, state="issued")
        with self.assertRaisesRegex(UserError, f"is on certificate {certificate.name}"):
            certificate.invoice_ids.with_user(self.bookkeeper).button_draft()

    def test_who_sees_no_certificates_can_still_keep_the_books(self):
        invoice = self.make_invoice(post=False).with_user(self.bookkeeper)
        invoice.action_post()
        invoice.button_draft()
        self.assertEqual(invoice.state, "draft")

    def test_an_invoice_of_a_draft_can_be_reset_and_is_then_reported_wrong(self):
        certificate = self.certify()
        certificate.invoice_ids.button_draft()
        self.assertIn("is not confirmed", "\n".join(certificate._problems()))

    def test_an_invoice_that_was_credited_in_full_has_nothing_to_certify(self):
        certificate = self.certify()
        self.credit(certificate.invoice_ids)
        certificate.invoice_ids.payment_state = "reversed"
        self.assertIn("was credited in full", "\n".join(certificate._problems()))

    # --- credited ----------------------------------------------------------------------------------------
    def test_a_credit_note_after_submission_warns_the_signer(self):
        certificate = self.certify()
        signer = self.person("signer")
        place(certificate, state="submitted", signer_id=signer.id)
        note = self.credit(certificate.invoice_ids)
        self.assertEqual(certificate.activity_ids.user_id, signer)
        self.assertIn(f"was credited by {note.name}", certificate.activity_ids.note)
        for part in (certificate.invoice_ids.name, note.name, "ask the issuing body to take the certificate back"):
            self.assertIn(part, certificate.warnings)

    def test_who_credits_need_not_see_certificates(self):
        certificate = self.certify()
        place(certificate, state="issued")
        note = self.credit(certificate.invoice_ids, self.bookkeeper)
        self.assertEqual(note.state, "posted")
        self.assertIn(note.name, certificate.activity_ids.note)

    def test_a_draft_credit_note_warns_nobody(self):
        certificate = self.certify()
        self.assertFalse(certificate.warnings)
        certificate.invoice_ids._reverse_moves()
        certificate.invalidate_recordset(["warnings"])
        self.assertFalse(certificate.warnings)

"""A certificate is sent to the customer in one mail with its papers; what does not arrive is a task."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestSending(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_platform()
        cls.env["ir.mail_server"].create({"name": "The firm's", "smtp_host": "mail.firm.example"})
        cls.clerk = cls.person("clerk", email="clerk@firm.example")
        cls.signer = cls.person("signer", email="signer@firm.example")
        cls.customer.email = "buyer@saigon.example"
        cls.certificate = cls.certify()
        cls.certificate.with_user(cls.signer).action_approve()
        place(cls.certificate, state="issued", environment="production", certificate_no="26C3/1",
              issued_at="2026-05-01 08:00:00", valid_until="2027-05-01",
              document=base64.b64encode(b"%PDF of the issuing body"),
              issuer_check_url="https://check.example/26C3")  # fmt: skip

    def compose(self, user=None):
        action = self.certificate.with_user(user or self.clerk).action_send()
        return Form(self.env["mail.compose.message"].with_user(user or self.clerk).with_context(**action["context"]))

    def sent(self, user=None):
        """The message that the composer leaves on the certificate."""
        self.compose(user).save()._action_send_mail()
        return self.certificate.message_ids.filtered(lambda each: each.message_type == "comment")[:1]

    def test_one_mail_brings_document_and_papers_to_the_consignee(self):
        message = self.sent()
        self.assertEqual(message.partner_ids, self.customer)
        self.assertIn("26C3/1", message.subject)
        self.assertIn("https://check.example/26C3", str(message.body))
        names = sorted(message.attachment_ids.mapped("name"))
        papers = ["commercial-invoice", "origin-summary", "packing-list"]
        self.assertEqual(names, [*(f"26C3-1-{name}.pdf" for name in papers), "26C3-1.pdf"])
        document = message.attachment_ids.filtered(lambda each: each.name == "26C3-1.pdf")
        self.assertEqual(document.raw, b"%PDF of the issuing body")

    def test_it_is_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "rcep_eco")])._update_translations(["zh_CN"])
        self.customer.lang = "zh_CN"
        message = self.sent()
        self.assertIn("原产地证书", str(message.body))
        self.assertIn("原产地证书", message.subject)

    def test_a_specimen_says_so_in_its_subject(self):
        place(self.certificate, environment="sandbox")
        self.assertTrue(self.sent().subject.startswith("SPECIMEN: "))

    def test_the_task_to_send_it_ends_with_the_mail(self):
        self.certificate.activity_schedule("rcep_eco.activity_issued", user_id=self.signer.id)
        self.sent()
        self.assertFalse(self.certificate.activity_ids)

    def test_who_receives_the_goods_is_not_shown_the_prices_of_another_firms_invoice(self):
        trader = self.make_customer("Kowloon Trading Ltd.", "hk")
        self.certificate = self.certify(partner_id=trader.id, partner_shipping_id=self.customer.id)
        self.certificate.invoice_issuer = "exporter"
        self.certificate.with_user(self.signer).action_approve()
        place(self.certificate, state="issued", environment="production", certificate_no="26C3/2")
        names = sorted(self.sent().attachment_ids.mapped("name"))
        self.assertEqual(names, ["26C3-2-origin-summary.pdf", "26C3-2-packing-list.pdf", "26C3-2.pdf"])

    def test_only_what_is_issued_is_sent_and_only_by_who_may_change_it(self):
        with self.assertRaises(AccessError):
            self.certificate.with_user(self.person("auditor")).action_send()
        place(self.certificate, state="cancelled")
        with self.assertRaisesRegex(UserError, "Cancelled"):
            self.certificate.with_user(self.clerk).action_send()

    def test_a_customer_without_an_address_is_asked_for_one(self):
        self.customer.email = False
        with self.assertRaisesRegex(UserError, "No mail address: Saigon Light JSC"):
            self.certificate.with_user(self.clerk).action_send()

    def test_who_sends_without_a_server_is_advised(self):
        sentences = []
        self.patch(type(self.env["res.users"]), "_bus_send", lambda _user, *message, **_more: sentences.append(message))
        self.certificate.with_user(self.clerk).action_send()
        self.assertFalse(sentences)
        self.env["ir.mail_server"].search([]).active = False
        self.certificate.with_user(self.clerk).action_send()
        ((kind, what),) = sentences
        self.assertEqual(kind, "simple_notification")
        self.assertIn("Outgoing Mail Servers", what["message"])

    # --- what does not arrive ----------------------------------------------------------------------------
    def mail(self, partners):
        return self.env["mail.mail"].create(
            {"model": "rcep.certificate", "res_id": self.certificate.id, "subject": "x",
             "recipient_ids": [(6, 0, partners.ids)]}
        )  # fmt: skip

    def failures(self):
        return self.certificate.activity_ids.filtered(lambda each: each.summary == "The customer did not get the mail")

    def test_a_mail_that_no_server_took_is_a_task_of_who_signed(self):
        self.mail(self.customer)._postprocess_sent_message([], [], failure_reason="said no", failure_type="mail_smtp")
        task = self.failures()
        self.assertEqual(task.user_id, self.signer)
        self.assertIn("said no", str(task.note))
        self.assertIn("buyer@saigon.example", str(task.note))

    def test_a_mail_that_came_back_is_one_too(self):
        self.certificate._message_receive_bounce("buyer@saigon.example", self.customer)
        self.assertIn("came back", str(self.failures().note))

    def test_a_mail_that_arrived_and_one_to_a_colleague_are_none(self):
        self.mail(self.customer)._postprocess_sent_message(self.customer.ids, [], failure_type=None)
        self.mail(self.clerk.partner_id)._postprocess_sent_message([], [], failure_type="mail_smtp")
        self.assertFalse(self.failures())

"""A working day: the clerk asks for approval, the signer approves and submits many, news come as tasks."""

import datetime
import types

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import link
from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestWorkingDay(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_platform()
        cls.clerk, cls.signer = cls.person("clerk"), cls.person("signer")

    def made(self, number=1):
        return self.env["rcep.certificate"].union(
            *(self.certificate_of(self.make_invoice().with_user(self.clerk)) for _each in range(number))
        )

    def tasks(self, certificate, user):
        own = certificate.sudo().activity_ids.filtered(lambda each: each.user_id == user)
        return own.mapped("activity_type_id.name")

    # --- asking ------------------------------------------------------------------------------------------
    def test_asking_for_approval_is_a_task_of_the_signer_that_ends_with_the_approval(self):
        certificate = self.made()
        result = certificate.with_user(self.clerk).action_ask_approval()
        self.assertIn("All is well", result["params"]["message"])
        self.assertEqual(self.tasks(certificate, self.signer), ["Approve certificate"])
        certificate.with_user(self.clerk).action_ask_approval()
        self.assertEqual(self.tasks(certificate, self.signer), ["Approve certificate"])
        certificate.with_user(self.signer).action_approve()
        self.assertEqual(self.tasks(certificate, self.signer), [])

    def test_what_is_not_complete_is_not_asked_for(self):
        certificate = self.made()
        certificate.line_ids.packages_count = 0
        with self.assertRaisesRegex(UserError, "number of packages is missing"):
            certificate.with_user(self.clerk).action_ask_approval()
        self.assertEqual(self.tasks(certificate, self.signer), [])

    # --- many at once ------------------------------------------------------------------------------------
    def test_one_bad_one_keeps_no_other(self):
        three = self.made(3)
        bad = three[1]
        bad.line_ids.packages_count = 0
        result = three.with_user(self.signer).action_approve_each()["params"]
        self.assertEqual(three.mapped("state"), ["ready", "draft", "ready"])
        self.assertIn(f"Approved: {three[0].name}, {three[2].name}.", result["message"])
        self.assertIn(f"{bad.name}: Certificate {bad.name} is not complete", result["message"])
        self.assertEqual((result["type"], result["sticky"]), ("warning", True))
        result = three.with_user(self.signer).action_submit_each()["params"]
        self.assertEqual(three.mapped("state"), ["submitted", "draft", "submitted"])
        self.assertIn("Draft", result["message"])

    def test_a_clerk_approves_none(self):
        two = self.made(2)
        two.with_user(self.clerk).action_approve_each()
        self.assertEqual(two.mapped("state"), ["draft", "draft"])

    # --- news --------------------------------------------------------------------------------------------
    def reported(self, certificate, state, sequence):
        nothing = dict.fromkeys(
            ("certificate_no", "certificate_id", "issued_at", "valid_until", "issuer_check_url", "print_state")
        )
        nothing |= {"revision": certificate.revision, "content_digest": "", "errors": ()}
        if state == "issued":
            nothing["certificate_no"] = "26C1/00001"
        return types.SimpleNamespace(**{**nothing, "state": state, "sequence": sequence})

    def test_returned_and_issued_are_tasks_and_open_forms_are_notified(self):
        certificate = self.made().with_user(self.signer)
        certificate.action_approve()
        certificate.action_submit()
        sent = []
        self.patch(type(self.env["res.users"]), "_bus_send", lambda user, *data, **_more: sent.append((user, *data)))
        certificate.sudo()._apply(self.reported(certificate, "returned", 1))
        self.assertEqual(self.tasks(certificate, self.signer), ["Certificate sent back"])
        self.assertIn((self.signer, "rcep_eco.certificate", {"id": certificate.id, "state": "returned"}), sent)
        self.assertIn(self.clerk, [user for user, *_told in sent])
        certificate.action_draft()
        self.assertEqual(self.tasks(certificate, self.signer), [])
        certificate.action_approve()
        certificate.action_submit()
        certificate.sudo()._apply(self.reported(certificate, "issued", 2))
        self.assertEqual(self.tasks(certificate, self.signer), ["Certificate issued"])

    def issued(self):
        certificate = self.made().with_user(self.signer)
        certificate.action_approve()
        certificate.action_submit()
        certificate.sudo()._apply(self.reported(certificate, "issued", 1))
        return certificate

    def test_what_the_issuing_body_ends_by_itself_is_a_task_with_its_reason_and_nothing_is_sent_any_more(self):
        certificate = self.issued()
        ended = self.reported(certificate, "cancelled", 2)
        ended.errors = (link.record.FieldError(path="", code="", message="The goods are not of China."),)
        certificate.sudo()._apply(ended)
        self.assertEqual(self.tasks(certificate, self.signer), ["Exception"])
        task = certificate.activity_ids
        self.assertEqual(task.summary, "Cancelled by the issuing body: tell the customer")
        self.assertIn("The goods are not of China.", task.note)
        self.assertIn("The goods are not of China.", certificate.platform_errors)

    def test_what_was_asked_for_is_no_news_to_whoever_asked(self):
        certificate = self.issued()
        certificate._request("cancellation", "The order fell through")
        certificate.sudo()._apply(self.reported(certificate, "cancelled", 2))
        self.assertEqual(self.tasks(certificate, self.signer), [])

    def test_a_refusal_says_why(self):
        certificate = self.made().with_user(self.signer)
        certificate.action_approve()
        certificate.action_submit()
        refused = self.reported(certificate, "rejected", 1)
        refused.errors = (link.record.FieldError(path="", code="", message="No such firm."),)
        certificate.sudo()._apply(refused)
        self.assertIn("No such firm.", certificate.platform_errors)

    # --- invoices to certify -----------------------------------------------------------------------------
    def to_do(self):
        return self.env["account.move"].with_user(self.clerk).search([("rcep_can_certify", "=", True)])

    def test_invoices_to_certify_are_those_to_a_party_without_a_whole_certificate(self):
        germany = self.make_invoice(partner_id=self.make_customer("Hamburg GmbH", "de").id)
        draft, old = self.make_invoice(post=False), self.make_invoice(invoice_date=datetime.date(2024, 5, 1))
        wanted, part = self.make_invoice(), self.make_invoice()
        whole = self.make_invoice()
        self.certificate_of(whole)
        self.certificate_of(part).line_ids.quantity = 60
        found = self.to_do()
        for invoice in (wanted, part):
            self.assertIn(invoice, found)
        for invoice in (germany, draft, old, whole):
            self.assertNotIn(invoice, found)

    def test_each_says_its_party_its_last_day_and_what_is_missing(self):
        invoice = self.make_invoice(invoice_incoterm_id=False, invoice_date=datetime.date(2026, 5, 1))
        self.lamp.hs_code = False
        seen = invoice.with_user(self.clerk)
        self.assertEqual(seen.rcep_party_id.code, "VN")
        self.assertEqual(seen.rcep_latest, datetime.date(2027, 5, 1))
        self.assertEqual(seen.rcep_missing, "price term, HS code of [LAMP] LED lamp")

    def test_many_invoices_become_a_certificate_each(self):
        two = self.make_invoice() | self.make_invoice()
        gone = self.make_invoice(partner_id=self.make_customer("Hamburg GmbH", "de").id)
        action = (two | gone).with_user(self.clerk).action_create_rcep_certificates()
        self.assertEqual(len(two.rcep_certificate_ids), 2)
        self.assertFalse(gone.rcep_certificate_ids)
        self.assertEqual(action["res_model"], "rcep.certificate")

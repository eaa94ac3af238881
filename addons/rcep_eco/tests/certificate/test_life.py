"""After the submission: taken back, cancelled, replaced, expired; what was sent back stands at its field."""

import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ... import link
from ..common import OutboxCommon, place


@tagged("post_install", "-at_install")
class TestLife(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.person("clerk")
        cls.submit()
        place(cls.env["rcep.filing"].search([("company_id", "=", cls.exporter.id)]), state="accepted")

    def issue(self):
        """The certificate as it is once it was issued."""
        self.arrived()
        place(
            self.certificate,
            state="issued",
            certificate_no="26C3/1",
            certificate_ref="c-1",
            sequence=5,
            issued_at=self.env.cr.now(),
            valid_until=self.today + datetime.timedelta(days=300),
        )

    def arrived(self):
        self.messages().write({"state": "delivered"})

    def ask(self, action, reason="Wrong goods", user=None):
        """What the signer does in the dialogue."""
        dialogue = getattr(self.certificate.with_user(user or self.signer), action)()
        wizard = self.env[dialogue["res_model"]].with_user(user or self.signer).with_context(**dialogue["context"])
        facts = {"wrong": "text", "at_hand": "yes", "presented": "no"} if action == "action_replace" else {}
        return wizard.create({"reason": reason, **facts})

    # --- taken back --------------------------------------------------------------------------------------
    def test_a_withdrawal_waits_for_what_was_sent_before(self):
        self.ask("action_withdraw").action_request()
        self.assertEqual((self.certificate.state, self.certificate.pending_request), ("submitted", "withdrawal"))
        client = self.answering(submit=link.errors.Busy(60))
        self.run_job()
        client.withdraw.assert_not_called()

    def test_it_is_withdrawn_when_the_platform_says_so(self):
        self.arrived()
        self.ask("action_withdraw").action_request()
        client = self.answering(withdraw=self.answer("withdrawn"))
        self.run_job()
        self.assertEqual((self.certificate.state, self.certificate.pending_request), ("withdrawn", False))
        reference, body, _key = client.withdraw.call_args.args
        self.assertEqual((reference, body), (self.certificate.client_ref, b'{"reason":"Wrong goods"}'))

    def test_what_the_platform_never_held_is_withdrawn_here(self):
        self.arrived()
        place(self.certificate, state="returned")
        self.ask("action_withdraw").action_request()
        self.answering(withdraw=link.errors.NotFound(404, "not_found", "Never received."))
        self.run_job()
        self.assertEqual(self.certificate.state, "withdrawn")

    def test_what_was_issued_meanwhile_stays_issued_and_the_signer_is_notified(self):
        self.arrived()
        self.ask("action_withdraw").action_request()
        self.certificate._apply(self.reported("issued", 6, certificate_no="26C3/1"))
        self.answering(withdraw=link.errors.Conflict(409, "not_editable", "It is issued."))
        self.run_job()
        self.assertEqual((self.certificate.state, self.certificate.pending_request), ("issued", False))
        refused = self.certificate.activity_ids.filtered("note")
        self.assertEqual(refused.user_id, self.signer)
        self.assertIn("It is issued", refused.note)

    # --- cancelled ---------------------------------------------------------------------------------------
    def test_a_cancellation_is_asked_for_by_the_issuing_bodys_own_identity(self):
        self.issue()
        self.ask("action_cancel").action_request()
        client = self.answering(cancel=self.answer("cancelled"))
        self.run_job()
        self.assertEqual(client.cancel.call_args.args[0], "c-1")
        self.assertEqual(self.certificate.state, "cancelled")

    def test_a_lost_answer_to_a_cancellation_is_asked_for(self):
        self.issue()
        self.ask("action_cancel").action_request()
        message = self.certificate.message_line_ids.filtered(lambda each: each.kind == "cancellation")
        self.answering(cancel=link.errors.UnknownOutcome("no answer"))
        self.run_job()
        self.assertEqual(message.state, "unknown")
        message.next_try = self.env.cr.now()
        self.platform.paused_until = False
        client = self.answering(status=self.answer("cancelled"))
        self.run_job()
        client.cancel.assert_not_called()
        self.assertEqual((message.state, self.certificate.state), ("delivered", "cancelled"))

    def test_only_a_signer_asks_only_where_it_can_be_and_once(self):
        with self.assertRaisesRegex(UserError, "is Submitted: this step is not possible"):
            self.certificate.with_user(self.signer).action_cancel()
        with self.assertRaisesRegex(AccessError, "Only a signer may take back or cancel"):
            self.certificate.with_user(self.clerk).action_withdraw()
        self.ask("action_withdraw").action_request()
        with self.assertRaisesRegex(UserError, "was asked for .* already"):
            self.certificate.with_user(self.signer).action_withdraw()

    # --- replaced ----------------------------------------------------------------------------------------
    def test_an_issued_certificate_is_replaced_by_a_corrected_one(self):
        self.issue()
        wizard = self.ask("action_replace", "Another address", self.clerk)
        new = self.env["rcep.certificate"].browse(wizard.action_replace()["res_id"])
        self.assertEqual((new.state, new.kind, new.old_certificate_id), ("draft", "amended", self.certificate))
        self.assertEqual(new.line_ids.invoice_line_id, self.certificate.line_ids.invoice_line_id)
        new.with_user(self.clerk).remarks = "CORRECTED"
        new.with_user(self.signer).action_approve()
        application = new._application()
        changed = "Another address BOX 14: WAS -, IS CORRECTED"
        self.assertEqual(
            (application.kind, application.old.number, application.old.reason), ("amended", "26C3/1", changed)
        )
        self.certificate._apply(self.reported("replaced"))
        self.assertEqual((self.certificate.state, self.certificate.successor_ids), ("replaced", new))

    def test_no_clerk_says_by_hand_that_it_takes_anothers_place(self):
        other = self.certify()
        for values in ({"kind": "amended"}, {"old_certificate_id": self.certificate.id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "is set by its own steps"):
                other.with_user(self.clerk).write(values)

    def test_nothing_takes_the_place_of_what_is_no_longer_issued(self):
        self.issue()
        new = self.env["rcep.certificate"].browse(
            self.ask("action_replace", user=self.clerk).action_replace()["res_id"]
        )
        place(self.certificate, state="cancelled")
        with self.assertRaisesRegex(UserError, "is Cancelled, so nothing can take its place"):
            new.with_user(self.signer).action_approve()

    def test_one_certificate_takes_its_place_at_a_time(self):
        self.issue()
        self.ask("action_replace", user=self.clerk).action_replace()
        with self.assertRaisesRegex(UserError, "is to take the place of .* already"):
            self.certificate.with_user(self.clerk).action_replace()

    def test_what_is_not_issued_cannot_be_replaced(self):
        with self.assertRaisesRegex(UserError, "only an issued one can be replaced"):
            self.certificate.with_user(self.clerk).action_replace()

    # --- expired -----------------------------------------------------------------------------------------
    def test_after_its_last_day_it_is_found_among_the_expired(self):
        self.issue()
        find = self.env["rcep.certificate"].search
        self.assertNotIn(self.certificate, find([("is_expired", "=", True)]))
        place(self.certificate, valid_until=self.today - datetime.timedelta(days=1))
        self.assertTrue(self.certificate.is_expired)
        self.assertIn(self.certificate, find([("is_expired", "=", True)]))
        self.assertNotIn(self.certificate, find([("is_expired", "=", False)]))

    # --- sent back ---------------------------------------------------------------------------------------
    def test_what_was_sent_back_stands_at_its_field(self):
        errors = (
            link.record.FieldError(path="transport.vessel", code="reviewer", message="No such vessel."),
            link.record.FieldError(path="items.0.marks", code="marks_abroad", message="MADE IN KOREA"),
        )
        self.certificate._apply(self.reported("returned", errors=errors))
        self.assertEqual(list(self.certificate.returned_fields), ["vessel"])
        self.assertIn("No such vessel", self.certificate.returned_fields["vessel"])
        self.assertIn("Correct the marks in box 7", self.certificate.line_ids.platform_error)

    def test_they_stay_while_it_is_corrected_and_go_when_it_is_submitted_again(self):
        error = link.record.FieldError(path="transport.vessel", code="reviewer", message="No such vessel.")
        self.certificate._apply(self.reported("returned", errors=(error,)))
        signed = self.certificate.with_user(self.signer)
        signed.action_draft()
        self.assertTrue(self.certificate.returned_fields)
        signed.action_approve()
        signed.action_submit()
        self.assertFalse(self.certificate.returned_fields or self.certificate.platform_errors)

    # --- kept --------------------------------------------------------------------------------------------
    def test_a_connection_that_was_used_is_kept(self):
        with self.assertRaisesRegex(UserError, "has carried messages"):
            self.platform.with_user(self.person("manager")).unlink()

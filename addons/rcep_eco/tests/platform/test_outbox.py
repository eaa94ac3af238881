"""The outbox when nobody answers: what was sent, what was not, and when it is tried again."""

import datetime
from unittest import mock

from odoo.exceptions import LockError, UserError
from odoo.fields import Command, Datetime
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import link
from ...texts import coded_messages
from ..common import OutboxCommon, place


@tagged("post_install", "-at_install")
class TestOutbox(OutboxCommon):
    def test_a_submission_wakes_the_job(self):
        cron = self.env.ref("rcep_eco.ir_cron_outbox")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.submit()
        self.assertGreater(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before)

    def test_with_the_platform_down_nothing_is_lost_and_it_is_reported(self):
        filing = self.submit().filtered(lambda message: message.kind == "filing")
        self.run_job()
        self.assertEqual((filing.state, filing.attempts), ("queued", 1))
        self.assertIn("could not be reached", filing.error)
        self.assertIn("It is safe to send again", filing.error)
        self.assertIn("could not be reached", self.platform.last_error)
        self.assertEqual(self.certificate.state, "submitted")

    def test_an_application_waits_for_its_filing(self):
        application = self.submit().filtered(lambda message: message.kind == "application")
        self.run_job()
        self.assertEqual((application.state, application.attempts), ("queued", 0))

    def test_each_further_try_waits_longer_but_never_more_than_an_hour(self):
        filing = self.submit().filtered(lambda message: message.kind == "filing")
        pauses = []
        for _try in range(12):
            now = self.env.cr.now()
            filing.next_try = now
            self.platform.paused_until = False
            self.run_job()
            pauses.append((filing.next_try - now).total_seconds())
        self.assertEqual(filing.attempts, 12)
        self.assertLess(pauses[0], pauses[3])
        self.assertLessEqual(max(pauses), 3600 + 60)
        self.assertGreaterEqual(pauses[-1], 3600)

    def test_what_is_not_due_is_left_alone(self):
        messages = self.submit()
        messages.next_try = self.env.cr.now() + datetime.timedelta(hours=1)
        self.run_job()
        self.assertEqual(set(messages.mapped("attempts")), {0})

    def test_the_job_is_called_when_the_next_message_is_due(self):
        self.submit()
        self.run_job()
        cron = self.env.ref("rcep_eco.ir_cron_outbox")
        due = self.env["rcep.platform.message"].search([("state", "=", "queued")]).mapped("next_try")
        calls = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).mapped("call_at")
        self.assertIn(min(due), calls)

    def test_a_filing_that_was_sent_back_sends_the_application_back(self):
        application = self.submit().filtered(lambda message: message.kind == "application")
        filing = self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)])
        place(
            filing, state="returned", returned_coded=coded_messages.stored("materials: what it is made of is missing")
        )
        self.run_job()
        self.assertEqual(application.state, "failed")
        self.assertEqual(self.certificate.state, "returned")
        self.assertIn("LED lamp", self.certificate.platform_errors)
        self.assertIn("what it is made of is missing", self.certificate.platform_errors)

    def test_what_a_dead_process_left_is_asked_for_before_it_is_sent(self):
        filing = self.submit().filtered(lambda message: message.kind == "filing")
        filing.state = "sending"
        self.run_job()
        self.assertEqual(filing.state, "unknown")

    def test_accepted_content_is_not_filed_twice(self):
        self.submit()
        filing = self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)])
        place(filing, state="accepted")
        other = self.certify()
        self.env["rcep.filing"]._ensure(self.platform, other.line_ids)
        self.assertEqual((filing.state, len(filing.message_line_ids)), ("accepted", 1))

    def test_a_filing_is_of_the_products_own_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        certificate = self.certify((self.lamp, 2, 600.0, {"product_uom_id": dozen.id}))
        filing = self.submit(certificate).filtered(lambda message: message.kind == "filing")
        result = self.platform._profile().read_filing_body(filing.body.encode())
        self.assertEqual((result.unit, result.fob), ("PCS", 50))

    def test_a_filing_says_where_in_china_a_bought_good_was_made_and_which_variant_it_is(self):
        self.supplier.state_id = self.env["res.country.state"].create(
            {"name": "Zhejiang", "code": "ZJ-EN", "country_id": self.supplier.country_id.id}
        )
        colours = [Command.create({"name": name}) for name in ("Red", "Blue")]
        colour = self.env["product.attribute"].create({"name": "Colour", "value_ids": colours})
        line = {"attribute_id": colour.id, "value_ids": [Command.set(colour.value_ids.ids)]}
        lamps = self.env["product.template"].create(
            {"name": "LED lamp in colours", "hs_code": "94051100", "weight": 0.5, "rcep_package_qty": 20,
             "attribute_line_ids": [Command.create(line)]}
        )  # fmt: skip
        red = lamps.product_variant_ids[0]
        red.write({"default_code": "LAMP-RED", "weight": 0.5, "rcep_package_qty": 20})
        self.declare(red)
        filing = self.submit(self.certify((red, 2, 50.0, {}))).filtered(lambda message: message.kind == "filing")
        result = self.platform._profile().read_filing_body(filing.body.encode())
        self.assertEqual(result.specification, "Red")
        self.assertEqual([material.origin_province for material in result.materials], ["Zhejiang"])

    def test_a_changed_good_is_filed_anew(self):
        self.submit()
        filing = self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)])
        place(filing, state="accepted")
        self.lamp.name = "LED lamp, dimmable"
        other = self.certify()
        self.env["rcep.filing"]._ensure(self.platform, other.line_ids)
        self.assertEqual((filing.state, len(filing.message_line_ids)), ("pending", 2))

    def test_a_filing_that_ran_out_is_renewed(self):
        self.submit()
        filing = self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)])
        place(filing, state="accepted", valid_until=self.today - datetime.timedelta(days=1))
        self.env["rcep.filing"]._ensure(self.platform, self.certify().line_ids)
        self.assertEqual(filing.state, "pending")

    # --- what must not leave -----------------------------------------------------------------------------
    def unknown(self, kind="application"):
        """A message of which it is not known whether it arrived."""
        messages = self.submit()
        place(self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)]), state="accepted")
        messages.state = "delivered"
        message = messages.filtered(lambda each: each.kind == kind)
        message.state = "unknown"
        return message

    def test_an_unknown_message_stays_unknown_while_the_platform_is_busy(self):
        message = self.unknown()
        client = self.answering(status=link.errors.Busy(30))
        self.run_job()
        self.assertEqual(message.state, "unknown")
        client.submit.assert_not_called()

    def test_a_refused_question_does_not_send_the_certificate_back(self):
        message = self.unknown()
        self.answering(status=link.errors.Unauthorised(401, "bad_token", "The token is not known."))
        self.run_job()
        self.assertEqual((message.state, self.certificate.state), ("unknown", "submitted"))
        self.assertIn("bad_token", message.error)

    def test_an_old_revision_does_not_leave_once_the_certificate_was_taken_back(self):
        message = self.unknown()
        message.state = "failed"
        place(self.certificate, state="returned")
        self.certificate.with_user(self.signer).action_draft()
        self.certificate.remarks = "changed"
        message.with_user(self.person("manager")).action_retry()
        client = self.answering(status=link.errors.NotFound(404, "not_found", "Never received."))
        self.run_job()
        client.submit.assert_not_called()
        self.assertEqual((message.state, self.certificate.state), ("failed", "draft"))
        self.assertIn("was changed meanwhile", message.error)

    def test_an_old_filing_does_not_replace_a_later_one(self):
        old = self.unknown("filing")
        self.lamp.name = "LED lamp, dimmable"
        self.env["rcep.filing"]._ensure(self.platform, self.certify().line_ids)
        new = old.filing_id.message_line_ids - old
        new.state = "delivered"
        existing = mock.Mock(content_digest=new.digest, state="accepted", valid_until=None, errors=())
        client = self.answering(filing_status=lambda _ref: existing)
        self.run_job()
        client.file_product.assert_not_called()
        self.assertEqual(old.state, "failed")

    def test_what_may_have_left_is_never_queued_again_when_our_key_fails(self):
        message = self.unknown()
        message.write({"state": "sending", "lease_until": self.env.cr.now() - datetime.timedelta(minutes=1)})
        self.platform.private_key_id = False
        self.run_job()
        self.assertEqual(message.state, "unknown")
        self.assertIn("has no key", message.error)

    def test_a_push_that_comes_before_the_answer_settles_the_message(self):
        message = self.unknown()
        self.certificate._apply(self.reported("under_review", 2, content_digest=message.digest))
        self.assertEqual(message.state, "delivered")

    def test_a_push_while_the_answer_is_written_down_wins(self):
        message = self.unknown()
        self.answering(status=link.errors.UnknownOutcome("no answer"))

        def overtaken(message, _told):
            message._to("delivered")
            message.env.cr.commit()
            raise LockError("The certificate is being worked on.")

        self.patch(self.registry["rcep.platform.message"], "_conclude", overtaken)
        self.run_job()
        self.assertEqual(message.state, "delivered")

    def test_an_answer_that_meets_somebody_elses_change_is_written_down_all_the_same(self):
        message = self.unknown()
        self.answering(status=self.answer("issued", content_digest=message.digest))
        conclude, met = type(message)._conclude, []

        def met_once(message, data):
            if not met:
                met.append(message)
                raise LockError("Another sender writes to it.")
            conclude(message, data)

        self.patch(self.registry["rcep.platform.message"], "_conclude", met_once)
        self.run_job()
        self.assertEqual((message.state, self.certificate.state), ("delivered", "issued"))

    def test_an_answer_that_cannot_be_taken_over_holds_up_no_other(self):
        message = self.unknown()
        self.answering(status=self.answer("issued", content_digest=message.digest))
        apply = mock.Mock(side_effect=KeyError("a mistake"))
        self.patch(self.registry["rcep.certificate"], "_apply", lambda _certificate, _told: apply())
        with mute_logger("odoo.addons.rcep_eco.tools.isolated"):
            self.run_job()
        apply.assert_called_once()
        self.assertEqual(message.state, "unknown")
        self.assertIn("the server's log says why", message.error)

    def test_a_message_that_is_on_its_way_is_left_to_its_sender(self):
        message = self.unknown()
        message.lease_until = self.env.cr.now() + datetime.timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "is on its way just now"):
            message.with_user(self.person("manager")).action_retry()

    # --- an end to it ------------------------------------------------------------------------------------
    def test_after_a_day_a_message_becomes_its_signers_task(self):
        message = self.unknown()
        message.give_up_at = self.env.cr.now()
        self.answering(status=link.errors.UnknownOutcome("no answer"))
        self.run_job()
        self.assertEqual((message.state, message.waits_for_person), ("unknown", True))
        self.assertEqual(self.certificate.activity_ids.user_id, self.signer)
        self.assertIn("not known whether it arrived", self.certificate.activity_ids.note)
        self.platform.paused_until = False
        message.next_try = self.env.cr.now()
        self.run_job()
        self.assertEqual(message.attempts, 1)

    def test_a_stuck_filing_is_the_connection_managers_task(self):
        manager = self.person("manager")
        filing = self.submit().filtered(lambda message: message.kind == "filing")
        filing.give_up_at = self.env.cr.now()
        self.run_job()
        self.assertTrue(filing.waits_for_person)
        self.assertEqual(self.platform.activity_ids.user_id, manager)

    def test_a_manager_hands_a_message_over_and_has_it_asked_for_again(self):
        message = self.unknown().with_user(self.person("manager"))
        message.action_hand_over()
        self.assertTrue(message.waits_for_person)
        message.action_retry()
        self.assertEqual((message.state, message.waits_for_person), ("unknown", False))

    # --- pauses ------------------------------------------------------------------------------------------
    def test_a_pause_that_was_asked_for_outlives_another_answer(self):
        message = self.unknown()
        self.answering(status=link.errors.Busy(600), events=link.event.EventPage(events=(), cursor=""))
        now = self.env.cr.now()
        self.run_job()
        self.platform._note_contact()
        self.assertGreaterEqual((self.platform.paused_until - now).total_seconds(), 599)
        self.assertFalse(message.waits_for_person)

    def test_a_manager_who_sees_that_it_answers_ends_the_pause(self):
        self.unknown()
        self.answering(status=link.errors.Busy(600), connect=[None]).skew = 2.0
        self.run_job()
        self.assertTrue(self.platform.paused_until)
        self.platform.with_user(self.person("manager")).action_test()
        self.assertEqual((self.platform.paused_until, self.platform.troubles), (False, 0))

    def test_a_key_that_is_not_accepted_does_not_send_the_certificate_back(self):
        message = self.unknown()
        message.state = "queued"
        self.answering(submit=link.errors.Unauthorised(401, "signature", "The key is not known."))
        self.run_job()
        self.assertEqual((message.state, self.certificate.state), ("queued", "submitted"))

    # --- the connection leads elsewhere ------------------------------------------------------------------
    def go_into_production(self):
        """As it is once the conformance run was passed."""
        passed = {"environment": "sandbox", "profile": self.platform.profile, "state": "passed"}
        self.env["rcep.conformance.run"].create({"platform_id": self.platform.id, **passed})
        self.platform.environment = "production"

    def test_a_database_that_may_forget_what_it_confirmed_is_reported_in_production(self):
        self.go_into_production()
        for setting, is_said in (("on", False), ("off", True)):
            with self.subTest(setting):
                self.env.cr.execute(f"SET LOCAL synchronous_commit = {setting}")  # one of two words of this test
                self.platform.invalidate_recordset(["findings"])
                self.assertEqual("synchronous_commit" in (self.platform.findings or ""), is_said)

    def test_what_somebody_else_holds_is_looked_at_a_moment_later(self):
        """Else the job is called again at once, and again, as long as the other holds it."""
        self.submit()
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        now = Datetime.now()
        self.env["rcep.platform.message"]._wake_when_due()
        calls = triggers.search([]).mapped("call_at")
        self.assertTrue(calls)
        self.assertGreater(min(calls), now)

    def test_nothing_that_was_written_for_the_sandbox_leaves_for_production(self):
        messages = self.submit()
        self.go_into_production()
        client = self.answering()
        self.run_job()
        client.submit.assert_not_called()
        client.file_product.assert_not_called()
        self.assertEqual(set(messages.mapped("state")), {"failed"})
        self.assertEqual(self.certificate.state, "returned")
        self.assertIn("It has not left", self.certificate.platform_errors)

    def test_what_may_have_left_for_the_old_place_is_for_a_person(self):
        message = self.unknown()
        self.go_into_production()
        client = self.answering()
        self.run_job()
        client.status.assert_not_called()
        self.assertEqual((message.state, message.waits_for_person), ("unknown", True))

    def test_at_another_address_the_feed_begins_anew(self):
        self.platform.events_cursor = "17"
        self.platform.base_url = "https://elsewhere.example"
        self.assertFalse(self.platform.events_cursor)

    def test_every_message_has_its_own_key_for_life(self):
        messages = self.submit()
        keys = messages.mapped("message_uuid")
        self.assertEqual(len(set(keys)), 2)
        self.run_job()
        self.assertEqual(messages.mapped("message_uuid"), keys)

    def test_the_manager_retries_what_failed_by_asking_first(self):
        filing = self.submit().filtered(lambda message: message.kind == "filing")
        filing.write({"state": "failed", "error": "no"})
        filing.with_user(self.person("manager")).action_retry()
        self.assertEqual((filing.state, filing.error), ("unknown", False))

    def test_an_unreachable_platform_is_reported_to_who_tests_the_connection(self):
        manager = self.platform.with_user(self.person("manager"))
        result = manager.action_test()["params"]
        self.assertEqual((result["type"], result["sticky"]), ("danger", True))
        self.assertRegex(result["message"], f"{self.exporter.name} could not connect. .*could not be reached")
        self.assertIn("could not be reached", manager.findings)
        self.assertFalse(manager.paused_until)  # what waits is not held up by a try

    def test_a_feed_that_cannot_be_read_is_noted(self):
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertIn("could not be reached", self.platform.last_error)

    def test_a_neutralised_copy_neither_speaks_nor_signs(self):
        earlier = self.platform.private_key_id
        self.platform.action_generate_key()
        keys = earlier | self.platform.private_key_id
        self.assertEqual([bool(key.pem_key) for key in keys], [True, True])
        self.env.flush_all()
        for query in get_neutralization_queries(["rcep_eco"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(self.platform.client_secret or self.platform.private_key_id)
        self.assertEqual(self.platform.base_url, "https://neutralized.invalid")
        self.assertEqual(self.platform.environment, "sandbox")
        self.assertFalse(any(key.content or key.pem_key for key in keys))

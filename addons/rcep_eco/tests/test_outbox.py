"""The outbox when nobody answers: what was sent, what was not, and when it is tried again."""

import datetime
from unittest import mock

from odoo.addons.rcep_eco import link
from odoo.exceptions import UserError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from .common import EcoCommon


@tagged("post_install", "-at_install")
class TestOutbox(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.make_platform()
        cls.signer = cls.person("signer")
        cls.certificate = cls.certify()

    def submit(self):
        signer = self.certificate.with_user(self.signer)
        signer.action_approve()
        signer.action_submit()
        return self.env["rcep.platform.message"].search([("company_id", "=", self.exporter.id)])

    def test_a_submission_wakes_the_job(self):
        cron = self.env.ref("rcep_eco.ir_cron_outbox")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.submit()
        self.assertGreater(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before)

    def test_with_the_platform_down_nothing_is_lost_and_it_is_told(self):
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
            filing.write({"next_try": now, "waits_for_person": False})
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
        filing.write({"state": "returned", "platform_errors": "materials: what it is made of is missing"})
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
        filing.write({"state": "accepted"})
        other = self.certify()
        self.env["rcep.filing"]._ensure(self.platform, other.line_ids)
        self.assertEqual((filing.state, len(filing.message_line_ids)), ("accepted", 1))

    def test_a_filing_is_of_the_products_own_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.certificate = self.certify((self.lamp, 2, 600.0, {"product_uom_id": dozen.id}))
        filing = self.submit().filtered(lambda message: message.kind == "filing")
        told = self.platform._profile().read_filing_body(filing.body.encode())
        self.assertEqual((told.unit, told.fob), ("PCS", 50))

    def test_a_changed_good_is_filed_anew(self):
        self.submit()
        filing = self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)])
        filing.write({"state": "accepted"})
        self.lamp.name = "LED lamp, dimmable"
        other = self.certify()
        self.env["rcep.filing"]._ensure(self.platform, other.line_ids)
        self.assertEqual((filing.state, len(filing.message_line_ids)), ("pending", 2))

    def test_a_filing_that_ran_out_is_renewed(self):
        self.submit()
        filing = self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)])
        filing.write({"state": "accepted", "valid_until": self.today - datetime.timedelta(days=1)})
        self.env["rcep.filing"]._ensure(self.platform, self.certify().line_ids)
        self.assertEqual(filing.state, "pending")

    # --- what must not leave -----------------------------------------------------------------------------
    def answering(self, **answers):
        """A platform that answers each call as told, in place of the wire; what was called stands on the mock."""
        client = mock.Mock(**{f"{call}.side_effect": answer for call, answer in answers.items()})
        self.patch(self.registry["rcep.platform"], "_client", lambda _platform: client)
        return client

    def unknown(self, kind="application"):
        """A message of which it is not known whether it arrived."""
        messages = self.submit()
        self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)]).state = "accepted"
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
        self.certificate._write_moved(state="returned")
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
        held = mock.Mock(content_digest=new.digest, state="accepted", valid_until=None, errors=())
        client = self.answering(filing_status=lambda _ref: held)
        self.run_job()
        client.file_product.assert_not_called()
        self.assertEqual(old.state, "failed")

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

    def test_an_unreachable_platform_is_told_to_who_tests_the_connection(self):
        manager = self.platform.with_user(self.person("manager"))
        with self.assertRaisesRegex(UserError, f"{self.exporter.name} could not connect. .*could not be reached"):
            manager.action_test()

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

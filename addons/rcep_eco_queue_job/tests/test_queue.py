"""Where queue_job is installed, messages leave by its workers: woken once each, and each message sent once."""

import datetime

from odoo.addons.queue_job.job import Job
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import OutboxCommon, place
from odoo.tests import tagged

from ..models.rcep_platform_message import SENDERS


@tagged("post_install", "-at_install")
class TestQueue(OutboxCommon):
    def jobs(self):
        return self.env["queue.job"].search([("method_name", "=", "_cron_deliver"), ("state", "=", "pending")])

    def test_a_submission_wakes_each_sender_once(self):
        self.submit()
        self.env["rcep.platform.message"]._wake_senders()
        self.assertEqual(len(self.jobs()), SENDERS)
        self.assertEqual(set(self.jobs().mapped("channel")), {"root.rcep_eco"})

    def test_what_is_due_later_does_not_keep_what_is_due_now(self):
        outbox = self.env["rcep.platform.message"]
        outbox._wake_senders(self.env.cr.now() + datetime.timedelta(hours=1))
        outbox._wake_senders()
        jobs = self.jobs()
        self.assertEqual(len(jobs), 2 * SENDERS)
        self.assertEqual(len(jobs.filtered("eta")), SENDERS)

    def test_a_signer_wakes_them_without_rights_to_the_queue(self):
        self.certificate.with_user(self.signer).action_approve()
        self.certificate.with_user(self.signer).action_submit()
        self.assertEqual(set(self.jobs().mapped("user_id")), {self.signer})

    def test_the_jobs_deliver_each_message_once(self):
        messages = self.submit()
        place(self.env["rcep.filing"].search([("company_id", "=", self.exporter.id)]), state="accepted")
        client = self.answering(
            file_product=lambda reference, *_call: link.event.FilingOutcome(client_ref=reference, state="accepted"),
            submit=lambda *_call: self.reported("submitted"),
        )
        uuids = self.jobs().mapped("uuid")
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            for each in uuids:
                Job.load(self.env(cr=cr), each).perform()
        self.env.invalidate_all()
        self.assertEqual(set(messages.mapped("state")), {"delivered"})
        self.assertEqual((client.submit.call_count, client.file_product.call_count), (1, 1))

    def test_what_changed_is_recomputed_by_one_job(self):
        waiting = [("method_name", "=", "_cron_recompute"), ("state", "=", "pending")]
        verdicts = self.env["rcep.origin"].sudo()
        verdicts._trigger_recompute()
        verdicts._trigger_recompute()
        jobs = self.env["queue.job"].search(waiting)
        self.assertEqual((len(jobs), jobs.channel), (1, "root.rcep_eco_recompute"))
        self.env["rcep.origin"].search([]).stale = True
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            Job.load(self.env(cr=cr), jobs.uuid).perform()
        self.env.invalidate_all()
        self.assertEqual(verdicts.search_count([("stale", "=", True)]), 0)

"""The nightly comparison: what the platform knows later is taken over, what contradicts is a person's task."""

from odoo.tests import tagged

from ... import link
from ..common import OutboxCommon, place


@tagged("post_install", "-at_install")
class TestReconciliation(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.submit()

    def compare(self, answer, delivered=True):
        """One night, with a platform that answers the question for the certificate as told."""
        if delivered:
            self.messages().write({"state": "delivered"})
        client = self.answering(status=answer)
        self.run_job("_cron_reconcile", "rcep.platform")
        return client, self.platform.reconciled

    def held(self, state="issued", sequence=4, **facts):
        """A platform that holds what was sent, in a state."""
        facts = {"content_digest": self.messages("application").digest, **facts}
        return self.answer(state, sequence, **facts)

    def assert_counted(self, counts, **expected):
        self.assertEqual({name: count for name, count in counts.items() if count}, expected)

    def test_a_missed_issue_is_repaired(self):
        _client, counts = self.compare(self.held(certificate_no="26C3/1"))
        self.assert_counted(counts, repaired=1)
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), ("issued", "26C3/1"))

    def test_what_agrees_is_left_alone(self):
        place(self.certificate, sequence=1)
        _client, counts = self.compare(self.held("submitted", 1))
        self.assert_counted(counts, same=1)
        self.assertFalse(self.certificate.activity_ids)

    def test_what_the_platform_lost_is_reported_to_whoever_signed(self):
        _client, counts = self.compare(link.errors.NotFound(404, "not_found", "Never received."))
        self.assert_counted(counts, reported=1)
        self.assertEqual(self.certificate.activity_ids.user_id, self.signer)
        self.assertIn("does not know certificate", self.certificate.activity_ids.note)

    def test_other_content_under_our_revision_is_reported_and_not_adopted(self):
        _client, counts = self.compare(self.held(content_digest="0" * 64, certificate_no="26C3/1"))
        self.assert_counted(counts, reported=1)
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), ("submitted", False))

    def test_another_state_under_the_same_number_is_reported(self):
        place(self.certificate, sequence=4)
        _client, counts = self.compare(self.held("rejected", 4))
        self.assert_counted(counts, reported=1)
        self.assertIn("says “Rejected” of certificate", self.certificate.activity_ids.note)

    def test_a_platform_that_does_not_answer_changes_nothing(self):
        _client, counts = self.compare(link.errors.UnknownOutcome("no answer"))
        self.assert_counted(counts, unanswered=1)
        self.assertEqual(self.certificate.state, "submitted")

    def test_what_is_on_its_way_is_the_senders(self):
        client, counts = self.compare(self.held(), delivered=False)
        client.status.assert_not_called()
        self.assert_counted(counts)

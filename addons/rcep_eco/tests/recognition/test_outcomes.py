"""What customs decided: each report stays, the latest counts, and what cannot have been decided is refused."""

import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import place
from .recognition_common import RecognitionCommon


@tagged("post_install", "-at_install")
class TestOutcomes(RecognitionCommon):
    def test_what_nobody_reported_is_not_known(self):
        self.assertEqual(self.certificate.recognition, "unknown")

    def test_the_latest_report_counts_and_the_earlier_one_stays(self):
        self.report("recognised")
        later = self.report("refused", cause_id=self.cause("not_found").id, words="Không tìm thấy C/O",
                            duty_amount=12500000, currency_id=self.env.ref("base.VND").id)  # fmt: skip
        self.assertEqual((self.certificate.recognition, self.certificate.recognition_id), ("refused", later.sudo()))
        self.certificate.invalidate_recordset()  # as the next request reads it
        self.assertEqual(self.certificate.recognition_ids.mapped("outcome"), ["refused", "recognised"])
        self.assertEqual(self.certificate.recognition_ids.mapped("counts"), [True, False])
        self.assertEqual(later.market_id, self.vietnam)

    def test_whoever_was_wrong_reports_anew_that_nothing_is_known(self):
        self.report("recognised")
        self.report("unknown")
        self.assertEqual(self.certificate.recognition, "unknown")

    def test_the_certificate_s_history_has_each_report(self):
        self.report("refused", cause_id=self.cause("hs").id, words="HS 8302.10")
        said = self.certificate.message_ids.mapped("body")
        self.assertTrue(any("Refused" in body and "HS 8302.10" in body for body in said))

    def test_a_certificate_that_ended_takes_no_outcome(self):
        for state in ("draft", "submitted", "cancelled", "replaced"):
            place(self.certificate, state=state)
            with (
                self.subTest(state),
                self.assertRaisesRegex(ValidationError, "is issued and in force"),
                self.env.cr.savepoint(),
            ):
                self.report("recognised")
        self.env.invalidate_all()
        self.assertFalse(self.certificate.recognition_ids)

    def test_nobody_decides_before_the_issue_or_tomorrow(self):
        for days in (-1, 1):
            with self.subTest(days), self.assertRaisesRegex(ValidationError, "enter a day from its issue"):
                self.report("recognised", decided_on=self.today + datetime.timedelta(days=days))

    def test_duty_is_paid_only_where_the_rate_was_not_applied(self):
        for outcome, amount in (("recognised", 10), ("after_query", 10), ("refused", -10)):
            with self.subTest(outcome, amount=amount), self.assertRaisesRegex(ValidationError, "duty that was paid"):
                self.report(outcome, duty_amount=amount)

    def test_a_cause_belongs_to_a_query_or_a_refusal(self):
        with self.assertRaisesRegex(ValidationError, "a cause belongs to a query or a refusal"):
            self.report("recognised", cause_id=self.cause("value").id)

    def test_nobody_rewrites_or_deletes_a_report_or_says_that_another_made_it(self):
        report = self.report("recognised", source="authority", reported_at="2026-01-01 00:00:00")
        self.assertEqual((report.source, report.user_id), ("user", self.clerk))
        self.assertGreater(report.reported_at.date(), datetime.date(2026, 1, 1))
        for act in (lambda: report.write({"outcome": "refused"}), report.unlink):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(UserError):
            self.certificate.with_user(self.clerk).recognition = "recognised"

    def test_the_button_opens_a_report_of_this_certificate(self):
        action = self.certificate.with_user(self.manager).action_record_outcome()
        self.assertEqual(action["context"], {"default_certificate_id": self.certificate.id})
        place(self.certificate, state="replaced")
        with self.assertRaisesRegex(ValidationError, "if another took its place, record it there"):
            self.certificate.with_user(self.clerk).action_record_outcome()

    def test_an_authority_reports_by_the_number(self):
        reports = self.env["rcep.recognition"].sudo()
        report = reports._from_authority(self.exporter, "26C3302A0001/00042", "refused", words="not found")
        self.assertEqual((report.source, self.certificate.recognition), ("authority", "refused"))
        self.assertEqual(self.certificate.activity_ids.filtered(lambda task: "Refused" in task.summary).user_id,
                         self.signer)  # fmt: skip
        with self.assertRaisesRegex(ValidationError, "has no certificate 99"):
            reports._from_authority(self.exporter, "99", "recognised")

    def test_somebody_else_who_reports_otherwise_is_a_task_so_that_no_refusal_turns_unseen(self):
        self.report("refused")
        reports = self.env["rcep.recognition"].sudo()
        reports._from_authority(self.exporter, "26C3302A0001/00042", "recognised")
        tasks = self.certificate.activity_ids.filtered(lambda task: "Recognised by itself" in (task.summary or ""))
        self.assertEqual(len(tasks), 1)
        reports._from_authority(self.exporter, "26C3302A0001/00042", "recognised")
        self.assertEqual(len(self.certificate.activity_ids & tasks), 1)
        self.assertEqual(
            len(self.certificate.activity_ids.filtered(lambda task: "by itself" in (task.summary or ""))), 1
        )

    def test_a_mass_of_certificates_reads_its_outcomes_at_once(self):
        certificates = self.certificate | self.issued(self.certify(), "26C3302A0001/00043")
        self.report("recognised", certificates[0])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            certificates.mapped("recognition")
            certificates.recognition_ids.mapped("counts")

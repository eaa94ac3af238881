"""Warnings are accepted by somebody, with a reason, for the text that stood there, before a signer approves."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestAcceptance(EcoCommon):
    """The clerk sends lamps whose marks only say *as per invoice*."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_platform()
        cls.clerk, cls.signer = cls.person("clerk"), cls.person("signer")
        cls.certificate = cls.certify().with_user(cls.clerk)
        cls.certificate.line_ids.marks = "AS PER INVOICE"

    def accept(self, reason="The buyer asked for it"):
        """What the clerk does in the dialog."""
        action = self.certificate.action_accept_warnings()
        dialog = self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])
        dialog.line_ids.reason = reason
        return dialog.action_accept()

    def test_a_warning_stops_the_approval_until_somebody_accepts_it(self):
        self.assertIn("says “AS PER INVOICE” instead of the marks", self.certificate.advice)
        with self.assertRaisesRegex(UserError, "accept each with a reason:\n.*AS PER INVOICE"):
            self.certificate.with_user(self.signer).action_approve()
        self.accept()
        self.assertFalse(self.certificate.advice)
        self.certificate.with_user(self.signer).action_approve()
        self.assertEqual(self.certificate.state, "ready")

    def test_who_when_and_why_stay_with_the_certificate(self):
        self.accept()
        stored = self.certificate.with_user(self.signer).acceptance_ids
        self.assertEqual(
            (stored.user_id, stored.reason, stored.code), (self.clerk, "The buyer asked for it", "no_marks")
        )
        self.assertIn("AS PER INVOICE", stored.sentence)
        self.assertTrue(stored.accepted_on and stored.holds)
        self.assertIn("The buyer asked for it", self.certificate.message_ids[0].body)

    def test_another_text_is_accepted_anew(self):
        self.accept()
        self.certificate.line_ids.marks = "SEE INVOICE"
        self.assertIn("SEE INVOICE", self.certificate.advice)
        self.assertFalse(self.certificate.acceptance_ids.holds)
        self.certificate.line_ids.marks = "AS PER INVOICE AND CONTRACT"
        self.assertTrue(self.certificate.advice)

    def test_without_a_reason_nothing_is_accepted(self):
        with self.assertRaisesRegex(UserError, "Enter a reason"):
            self.accept("  ")
        self.assertFalse(self.certificate.acceptance_ids)

    def test_nobody_writes_an_acceptance_by_hand_nor_after_the_approval(self):
        values = {"certificate_id": self.certificate.id, "code": "no_marks", "path": "items.0.marks", "reason": "x"}
        acceptances = self.env["rcep.certificate.acceptance"].with_user(self.signer)
        with self.assertRaises(AccessError):
            acceptances.create({**values, "fingerprint": "x", "user_id": self.signer.id, "accepted_on": self.today})
        self.accept()
        self.certificate.with_user(self.signer).action_approve()
        with self.assertRaisesRegex(UserError, "not possible from there"):
            self.certificate.action_accept_warnings()
        with self.assertRaises(AccessError):
            self.certificate.acceptance_ids.reason = "something else"

    def test_an_auditor_accepts_nothing(self):
        with self.assertRaises(AccessError):
            self.certificate.with_user(self.person("auditor")).action_accept_warnings()

    def test_customs_without_electronic_certificates_are_reported_before_anything_is_sent(self):
        customer = self.make_customer("Osaka Light KK", "jp")
        certificate = self.certify(partner_id=customer.id)
        self.assertIn("take no electronic certificates", "\n".join(certificate._problems()))

    # --- what needs nobody's reason, since its meaning does not change ----------------------------------
    def test_normalise_is_offered_where_it_mends_something_and_mends_all_of_it(self):
        self.certificate.line_ids.marks = "N/M"
        self.assertFalse(self.certificate.can_normalise)
        self.certificate.vessel = "ＣＯＳＣＯ\u200b ROSE –  V.032S"
        self.certificate.line_ids.description = "LED desk\nlamp"
        self.assertTrue(self.certificate.can_normalise)
        self.assertIn("press Normalise", self.certificate.problems)
        self.certificate.action_normalise()
        self.assertEqual(self.certificate.vessel, "COSCO ROSE - V.032S")
        self.assertEqual(self.certificate.line_ids.description, "LED desk lamp")
        self.assertFalse(self.certificate.can_normalise)
        self.assertNotIn("press Normalise", self.certificate.problems or "")

    def test_what_was_approved_is_not_normalised(self):
        self.certificate.line_ids.marks = "N/M"
        self.certificate.with_user(self.signer).action_approve()
        before = self.certificate.application
        self.certificate.action_normalise()
        self.assertEqual(self.certificate.application, before)

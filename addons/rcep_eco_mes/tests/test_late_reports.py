"""A report that comes after a certificate was made of its order's goods: the certificate is looked at again."""

import datetime

from odoo.addons.rcep_eco.models.certificate.determination import RcepCertificateLine
from odoo.addons.rcep_eco.tests.common import place
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MesCommon, item


@tagged("post_install", "-at_install")
class TestLateReports(MesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.track(cls.motor)
        cls.shipped = cls.lot(cls.motor, "M-1")
        cls.made = cls.finish(cls.order(lot=cls.shipped))
        cls.usual[2] = item("produced", "MOTOR", "10", lot="M-1")
        lots, company = cls.shipped, cls.exporter
        # As a bridge to deliveries tells it: the goods of this line are of lot M-1.
        cls.classPatch(RcepCertificateLine, "_rcep_shipped", lambda _line: lots._rcep_made(company))

    def setUp(self):
        super().setUp()
        self.apply(self.told("R-1"))
        self.certificate = self.certify((self.motor, 6, 100.0))
        until = self.today + datetime.timedelta(days=300)
        place(self.certificate, state="issued", valid_until=until)
        self.assertEqual(self.certificate.line_ids.verdict, "originating")
        self.look_again()
        self.assertFalse(self.certificate.at_risk)

    def look_again(self):
        self.env.cr.precommit.run()
        self.run_job("_cron_determine", "rcep.production.origin")
        self.run_job("_cron_look_again", "rcep.drift")

    def test_a_correction_that_turns_the_verdict_puts_the_certificate_at_risk(self):
        told = [item("consumed", "SMALL MOTOR", "14"), *self.usual[1:]]
        self.apply(self.told("R-2", *told, kind="correction", corrects="R-1"))
        self.assertTrue(self.made.rcep_origin_id.stale)
        self.look_again()
        self.assertTrue(self.certificate.at_risk)
        self.assertEqual(self.certificate.drift_ids.risks[0][0], "verdict")

    def test_a_late_report_that_nobody_can_read_puts_it_at_risk_and_says_why(self):
        late = self.apply(self.told("R-2", item("consumed", "GHOST", "1")))
        self.look_again()
        self.assertTrue(self.certificate.at_risk)
        self.assertIn("Production report R-2 of order", self.certificate.drift_ids.problem)
        late.with_user(self.person("engineer")).action_set_aside()
        self.look_again()
        self.assertFalse(self.certificate.at_risk)

    def test_nobody_approves_while_a_report_is_not_applied_yet(self):
        draft = self.certify((self.motor, 4, 100.0))
        self.receive_report(self.told("R-2", item("consumed", "SMALL MOTOR", "4")))
        with self.assertRaisesRegex(UserError, "Production report R-2 of order .* came in and is not applied yet"):
            draft.with_user(self.person("signer")).action_approve()

    def test_a_correction_that_changes_nothing_that_counts_leaves_it(self):
        told = [*self.usual, item("consumable", "MAGNET", "1")]
        self.apply(self.told("R-2", *told, kind="correction", corrects="R-1"))
        self.look_again()
        self.assertFalse(self.certificate.at_risk)

"""A certificate whose good would be decided otherwise today is at risk; what was sealed stays as it is."""

import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OutboxCommon, place

ISSUED = {"state": "issued", "environment": "production", "certificate_no": "26C3302000012345/00001"}


@tagged("post_install", "-at_install")
class TestDrift(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate.with_user(cls.signer).action_approve()
        cls.issue(cls.certificate)
        cls.env.cr.precommit.run()
        cls.env["rcep.drift"].search([]).unlink()  # what was marked while all this was made
        cls.line = cls.certificate.line_ids

    @classmethod
    def issue(cls, certificates):
        until = cls.today + datetime.timedelta(days=300)
        issued_at = datetime.datetime.combine(cls.today, datetime.time())
        place(certificates, **ISSUED, valid_until=until, issued_at=issued_at)

    def drifts(self):
        self.env.cr.precommit.run()
        self.run_job("_cron_look_again", "rcep.drift")
        return self.env["rcep.drift"].search([("company_id", "=", self.exporter.id)])

    def test_a_revoked_declaration_puts_the_certificates_that_rest_on_it_at_risk(self):
        sealed = self.line.dossier
        self.declaration.action_revoke()
        drift = self.drifts()
        self.assertEqual(drift.line_id, self.line)
        self.assertTrue(drift.at_risk)
        self.assertIn("cannot be determined", drift.risk)
        self.assertIn("What happened?", drift.proposal)
        self.assertTrue(self.certificate.at_risk)
        self.assertIn(self.certificate, self.certificate.search([("at_risk", "=", True)]))
        self.assertNotIn(self.certificate, self.certificate.search([("at_risk", "=", False)]))
        self.assertEqual(
            (self.certificate.state, self.line.verdict, self.line.dossier), ("issued", "originating", sealed)
        )
        task = self.certificate.activity_ids.filtered(
            lambda each: each.activity_type_id == self.env.ref("rcep_eco.activity_at_risk")
        )
        self.assertEqual(task.user_id, self.signer)

    def test_a_declaration_that_says_another_criterion_makes_box_10_another(self):
        self.declaration.action_revoke()
        self.declare(self.lamp, criterion="RVC", name="D-2")
        drift = self.drifts()
        self.assertEqual([code for code, _facts in drift.risks], ["criterion"])
        self.assertIn("Box 10 says CTC", drift.risk)
        self.assertIn("D-LAMP", drift.difference)
        self.assertIn("The declared criterion was CTC and is now RVC.", drift.difference)

    def test_what_is_as_it_was_again_is_at_risk_no_more_and_its_task_is_gone(self):
        self.declaration.action_revoke()
        self.drifts()
        self.declare(self.lamp, name="D-LAMP")
        drift = self.drifts()
        self.assertFalse(drift.at_risk)
        self.assertFalse(drift.dossier)
        self.assertFalse(self.certificate.at_risk)
        self.assertFalse(self.certificate.activity_ids.filtered(
            lambda each: each.activity_type_id == self.env.ref("rcep_eco.activity_at_risk")))

    def test_what_is_over_is_not_looked_at(self):
        others = {state: self.certify((self.lamp, 1, 50.0)) for state in ("draft", "rejected", "cancelled", "replaced")}
        expired = self.certify((self.lamp, 1, 50.0))
        for certificate in (*others.values(), expired):
            certificate.action_check()
        for state, certificate in others.items():
            place(certificate, state=state)
        self.issue(expired)
        place(expired, valid_until=self.today - datetime.timedelta(days=1))
        self.declaration.action_revoke()
        self.assertEqual(self.drifts().certificate_id, self.certificate)

    def test_goods_that_do_not_rest_on_what_changed_are_not_looked_at(self):
        other = self.make_good("Lantern", "LANTERN", hs_code="94051100", rcep_package_qty=20, weight=0.5)
        declaration = self.declare(other)
        of_other = self.certify((other, 1, 50.0))
        of_other.with_user(self.signer).action_approve()
        declaration.action_revoke()
        self.assertEqual(self.drifts().certificate_id, of_other)

    def test_a_good_that_was_left_off_is_not_looked_at(self):
        both = self.certify((self.lamp, 1, 50.0), (self.lamp, 2, 50.0))
        both.action_check()
        both.line_ids[1].sudo().write({"left_off": True, "left_off_reason": "goes later"})
        place(both, state="submitted")
        self.declaration.action_revoke()
        self.assertEqual(self.drifts().line_id, both.line_ids[0] | self.line)

    def test_a_changed_rule_puts_the_goods_of_its_code_at_risk(self):
        rule = self.env["rcep.rule"].search([("hs_code", "=", "94")])
        self.env["rcep.rule"].create({"edition_id": rule.edition_id.id, "hs_code": "940511", "rule": "WO"})
        drift = self.drifts()
        self.assertEqual([code for code, _facts in drift.risks], ["verdict"])
        self.assertIn("not originating", drift.risk.lower())
        self.assertIn("The rule was CTH OR RVC40", drift.difference)

    def test_in_every_state_in_which_a_good_may_be_at_risk_something_is_proposed_and_one_button_does_it(self):
        self.declaration.action_revoke()
        drift = self.drifts()
        after = {}
        for state in ("ready", "returned", "submitted", "under_review", "issued"):
            place(self.certificate, state=state)
            self.assertTrue(drift.proposal, state)
            with self.env.cr.savepoint() as undo:
                action = drift.with_user(self.signer).action_follow()
                after[state] = action["res_model"], self.certificate.state
                undo.rollback()
                self.env.invalidate_all()
        draft = "rcep.certificate", "draft"
        self.assertEqual(after, {
            "ready": draft,
            "returned": draft,
            "submitted": ("rcep.certificate.request", "submitted"),
            "under_review": ("rcep.certificate.request", "under_review"),
            "issued": ("rcep.certificate.replace", "issued"),
        })  # fmt: skip

    def test_what_is_at_risk_no_more_is_left_alone(self):
        self.declaration.action_revoke()
        drift = self.drifts()
        place(self.certificate, state="cancelled")
        with self.assertRaisesRegex(UserError, f"{self.certificate.name} is not at risk any more"):
            drift.with_user(self.signer).action_follow()
        self.assertEqual(self.certificate.state, "cancelled")

    def test_who_may_only_read_certificates_may_not_do_what_is_proposed(self):
        self.declaration.action_revoke()
        drift = self.drifts()
        place(self.certificate, state="ready")
        with self.assertRaises(AccessError):
            drift.with_user(self.person("engineer")).action_follow()

    def test_the_supplier_of_a_good_that_rests_on_a_declaration_is_asked_anew(self):
        self.declaration.action_revoke()
        drift = self.drifts().with_user(self.person("engineer"))
        self.assertTrue(drift.rests_on_declaration)
        self.supplier.email = "lamps@example.com"
        action = drift.action_ask_supplier()
        asked = self.env["rcep.supplier.declaration"].browse(action["res_id"])
        self.assertEqual((asked.product_id, asked.state), (self.lamp, "requested"))

    def test_each_sees_of_it_what_is_his(self):
        self.declaration.action_revoke()
        self.declare(self.lamp, criterion="RVC", name="D-2")
        drift = self.drifts()
        clerk, engineer = self.person("clerk"), self.person("engineer")
        self.assertIn("Box 10", drift.with_user(clerk).risk)
        self.assertNotIn("difference", drift.with_user(clerk).fields_get())
        self.assertIn("declared", drift.with_user(engineer).difference)
        drift.with_user(clerk).action_look_again()
        self.assertTrue(drift.at_risk)
        self.assertEqual(self.certificate.with_user(clerk).action_open_risks()["res_model"], "rcep.drift")

    def test_what_goes_wrong_with_one_good_is_a_risk_that_says_so_and_holds_up_no_other(self):
        other = self.certify((self.lamp, 7, 50.0))
        other.action_check()
        place(other, state="submitted")
        self.declaration.action_revoke()
        determined = type(self.line)._determined

        def broken(line):
            if line == self.line:
                raise ValueError("a fault of the program")
            return determined(line)

        self.patch(type(self.line), "_determined", broken)
        with mute_logger("odoo.addons.rcep_eco.models.drift.rcep_drift"):
            drifts = self.drifts()
        self.assertEqual(drifts.mapped("at_risk"), [True, True])
        self.assertFalse(any(drifts.mapped("stale")))
        self.assertIn("tell the administrator", drifts.filtered(lambda each: each.line_id == self.line).risk)

    def test_taken_back_to_draft_it_is_forgotten_since_it_will_be_determined(self):
        ready = self.certify((self.lamp, 3, 50.0))
        ready.with_user(self.signer).action_approve()
        self.declaration.action_revoke()
        self.drifts()
        self.assertTrue(ready.at_risk)
        ready.action_draft()
        self.assertFalse(ready.drift_ids)

    def test_a_hundred_certificates_of_one_good_read_its_facts_once(self):
        """Queries grow with what is written, not with what is read again and again."""
        invoices = [self.make_invoice((self.lamp, 1, 50.0)) for _each in range(12)]
        certificates = self.env["rcep.certificate"].union(*map(self.certificate_of, invoices))
        certificates.action_check()
        place(certificates, state="submitted")
        self.declaration.action_revoke()
        self.env.cr.precommit.run()
        waiting = self.env["rcep.drift"].search([("stale", "=", True)])
        self.assertEqual(len(waiting), 13)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        waiting[:1]._look_again()
        one = self.env.cr.sql_log_count - before
        before = self.env.cr.sql_log_count
        waiting[1:]._look_again()
        self.assertLess(self.env.cr.sql_log_count - before, 12 * one)

"""What if, without a bill of materials: what is bought cannot be changed, what is wholly obtained can."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestScenario(EcoCommon):
    def orange(self):
        return self.make_good("Orange", "ORANGE", hs_code="080510", rcep_obtained="yes")

    def test_what_is_bought_is_decided_by_its_supplier_and_says_so(self):
        with self.assertRaisesRegex(UserError, "LED lamp is bought: its supplier's declaration decides"):
            self.lamp.action_rcep_what_if()

    def test_what_was_archived_is_not_asked_about(self):
        self.lamp.active = False
        with self.assertRaisesRegex(UserError, "is archived"):
            self.lamp.action_rcep_what_if()

    def test_a_code_that_is_none_and_a_price_of_nothing_are_refused(self):
        scenario = self.env["rcep.scenario"].browse(self.orange().action_rcep_what_if()["res_id"])
        found = scenario.today_verdict, scenario.verdict, scenario.criterion
        self.assertEqual(found, ("originating", "originating", "WO"))
        with self.assertRaisesRegex(ValidationError, "000000"):
            scenario.hs_code = "000000"
        with self.assertRaisesRegex(ValidationError, "above zero"):
            scenario.fob = 0

    def test_costs_are_the_engineers_alone(self):
        orange = self.orange()
        for name in ("clerk", "signer", "auditor", "manager"):
            with self.assertRaises(AccessError):
                orange.with_user(self.person(name)).action_rcep_what_if()
        engineer = self.person("engineer")
        self.assertTrue(orange.with_user(engineer).action_rcep_what_if()["res_id"])

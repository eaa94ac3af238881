"""What if, in duty: what is paid and saved on a unit today and then; an unknown rate is never a zero."""

import dataclasses
from unittest.mock import patch

from odoo.addons.rcep_eco.origin.verdict import CountryOfOrigin
from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.tests import tagged

from ..rates.common import a_line, load


@tagged("post_install", "-at_install")
class TestScenarioDuty(EcoCommon):
    """Oranges that are wholly obtained, at 50 yuan, asked for Thailand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orange = cls.make_good("Orange", "ORANGE", hs_code="080510", rcep_obtained="yes", list_price=50.0)
        cls.thailand = cls.env.ref("rcep_eco.party_th")
        cls.scenario = cls.env["rcep.scenario"].browse(cls.orange.action_rcep_what_if()["res_id"])
        cls.scenario.importing_party_id = cls.thailand

    def rates(self, mfn=None, rcep=None, code="080510", **doubt):
        lines = [a_line(code, rate, **({"agreement": name, "origin": "CN"} if name else {}), **doubt)
                 for name, rate in ((None, mfn), ("RCEP", rcep)) if rate is not None]  # fmt: skip
        load(self.env, *lines)
        self.env.invalidate_all()

    def then(self):
        return self.scenario.duty, self.scenario.saving

    def today_said(self):
        return self.scenario.today_duty, self.scenario.today_saving

    def test_another_price_pays_another_duty(self):
        self.rates("10", "2")
        self.scenario.fob = 100
        self.assertEqual(self.today_said(), ("1.00 CNY", "4.00 CNY"))
        self.assertEqual(self.then(), ("2.00 CNY", "8.00 CNY"))
        self.assertIn("customs count on CIF", self.scenario.duty_note)

    def test_without_a_party_there_is_no_duty_and_it_says_why(self):
        self.rates("10", "2")
        self.scenario.importing_party_id = False
        self.assertEqual(self.then(), (False, False))
        self.assertIn("Choose the importing Party", self.scenario.duty_note)

    def test_a_rate_that_nobody_knows_is_never_a_zero(self):
        self.assertEqual(self.then(), ("not known", "not known"))
        self.rates("10")
        self.assertEqual(self.then(), ("not known", "not known"))
        self.assertIn("no rate is loaded", self.scenario.preference)

    def test_without_mfn_the_duty_is_known_and_the_saving_is_not(self):
        self.rates(rcep="2")
        self.assertEqual(self.then(), ("1.00 CNY", "not known"))

    def test_where_mfn_is_zero_nothing_is_saved_and_no_certificate_needed(self):
        self.rates("0", "0")
        self.assertEqual(self.scenario.duty, "0.00 CNY")
        self.assertIn("no certificate is needed", self.scenario.saving)

    def test_where_mfn_is_zero_and_the_agreement_is_not_known_the_duty_is_still_zero(self):
        self.rates("0")
        self.assertEqual(self.scenario.duty, "0.00 CNY")

    def test_a_rate_above_mfn_is_not_paid(self):
        self.rates("5", "8")
        self.assertEqual(self.then(), ("2.50 CNY", "nothing: MFN is no higher"))

    def test_what_does_not_originate_pays_mfn_and_what_is_open_is_not_known(self):
        self.rates("10", "2")
        model = type(self.scenario)
        decide = model._verdict_of
        for verdict, said in (
            ("not_originating", ("5.00 CNY", "nothing: it does not originate")),
            ("unresolved", ("not known: its origin is open",) * 2),
        ):

            def decided(scenario, case, rulebook, verdict=verdict):
                return dataclasses.replace(decide(scenario, case, rulebook), verdict=verdict)

            with self.subTest(verdict), patch.object(model, "_verdict_of", decided):
                self.env.invalidate_all()
                self.assertEqual(self.then(), said)

    def test_where_box_11_is_open_so_is_the_rate(self):
        self.rates("10", "2")
        model = type(self.scenario)
        decide = model._verdict_of

        def decided(scenario, case, rulebook):
            return dataclasses.replace(decide(scenario, case, rulebook), country_of_origin=CountryOfOrigin(None))

        with patch.object(model, "_verdict_of", decided):
            self.env.invalidate_all()
            self.assertIn("box 11 is open", self.scenario.duty)
            self.assertIn("box 11 is open", self.scenario.saving)

    def test_another_code_has_rates_of_its_own(self):
        self.rates("10", "2")
        self.scenario.hs_code = "080521"
        self.assertEqual(self.scenario.saving, "not known")  # the rates of oranges are none of mandarins
        self.assertEqual(self.scenario.today_saving, "4.00 CNY")

    def test_a_doubt_is_said_beside_the_amount(self):
        self.rates("10", "2", confidence="one_reading")
        self.assertEqual(self.then(), ("1.00 CNY, to be checked", "4.00 CNY, to be checked"))
        self.assertIn("read once only", self.scenario.duty_note)

    def test_under_another_agreement_its_rate_counts_then(self):
        self.rates("10", "2")
        load(self.env, a_line("080510", "0", agreement="ACFTA", origin="CN"))
        self.scenario.agreement_id = self.env.ref("rcep_eco_agreements.agreement_acfta")
        self.env.invalidate_all()
        self.assertEqual(self.today_said(), ("1.00 CNY", "4.00 CNY"))
        self.assertEqual(self.then(), ("0.00 CNY", "5.00 CNY"))

    def test_many_scenarios_ask_for_their_rates_once(self):
        self.rates("10", "2")

        def queries(scenarios):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            scenarios.mapped("saving")
            return self.env.cr.sql_log_count - before

        queries(self.scenario)
        one = queries(self.scenario)
        many = self.scenario.union(*(self.scenario.copy({"fob": 60 + each}) for each in range(15)))
        self.assertLess(queries(many), one + 10)
        self.assertEqual(len(set(many.mapped("saving"))), 16)

    def test_it_is_printed(self):
        self.rates("10", "2")
        html = self.env["ir.actions.report"]._render_qweb_html("rcep_eco.report_scenario", self.scenario.ids)[0]
        self.assertIn("Saved against MFN", html.decode())
        self.assertIn("4.00 CNY", html.decode())

"""The same good under RCEP, ACFTA and China–Cambodia: one engine, agreements as records, and never a wrong yes."""

import base64
from decimal import Decimal

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.agreement.decided_under import Sale


@tagged("post_install", "-at_install")
class TestAgreements(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rcep, cls.acfta, cls.ccfta = (
            cls.env.ref(f"rcep_eco_agreements.agreement_{code}") for code in ("rcep", "acfta", "ccfta")
        )
        cls.vietnam, cls.japan, cls.cambodia = (cls.env.ref(f"base.{code}") for code in ("vn", "jp", "kh"))
        cls.orange = cls.make_good("Orange", "ORANGE", hs_code="080510", rcep_obtained="yes")

    def decide(self, agreement, product=None, country=None, fob=50):
        good = product or self.lamp
        return agreement._decide(good, Sale(self.exporter, Decimal(fob), self.today, country or self.vietnam))

    def load(self, text, **values):
        wizard = self.env["rcep.table.import"].create(
            {"kind": "product_list", "agreement_id": self.acfta.id, "source": "MITI, 2024", "file_name": "list.csv",
             "file": base64.b64encode(text.encode()), **values}
        )  # fmt: skip
        wizard.action_load()
        return wizard

    def test_three_agreements_are_shipped_with_their_forms(self):
        shipped = self.env["rcep.agreement"].search([])
        self.assertEqual(shipped.mapped("code"), ["RCEP", "ACFTA", "CCFTA"])
        self.assertEqual(shipped.mapped("form_name")[:2], ["Form RCEP", "Form E"])
        self.assertEqual((len(self.acfta.party_ids), len(self.acfta.rule_ids)), (11, 105))

    def test_rcep_is_decided_as_ever(self):
        answer = self.decide(self.rcep)
        self.assertEqual((answer.verdict, answer.criterion), ("originating", "CTC"))
        verdict, _dossier = self.lamp._rcep_determine(
            self.exporter, Decimal(50), self.today, importing_party=self.env.ref("rcep_eco.party_vn")
        )
        self.assertEqual(answer.decided, verdict)

    def test_a_declaration_for_rcep_is_none_for_form_e(self):
        answer = self.decide(self.acfta)
        self.assertEqual(answer.verdict, "unresolved")
        self.assertIn("no supplier declares that it originates under ASEAN–China", answer.missing)

    def test_a_declaration_that_also_holds_under_it_waits_for_the_list_and_is_decided_by_it(self):
        self.declaration.action_revoke()
        declaration = self.declare(self.lamp, name="D-E", verified=False, other_agreement_ids=self.acfta.ids)
        declaration.action_verify()
        answer = self.decide(self.acfta)
        self.assertEqual(answer.verdict, "unresolved")
        self.assertIn("product list", answer.missing)
        self.load("hs_code,rule\n940511,CTH\n")
        self.assertEqual(self.decide(self.acfta)[:2], ("originating", "PSR"))
        with self.assertRaisesRegex(UserError, "is decided"):
            declaration.other_agreement_ids = False

    def test_what_if_it_went_by_form_e(self):
        scenario = self.env["rcep.scenario"].browse(self.orange.action_rcep_what_if()["res_id"])
        scenario.write({"agreement_id": self.acfta.id, "importing_party_id": self.env.ref("rcep_eco.party_vn").id})
        self.assertEqual((scenario.today_verdict, scenario.verdict), ("originating", "originating"))
        self.assertIn("6", scenario.explanation)
        self.assertEqual(scenario._asked_for()[0], self.acfta.display_name)
        scenario.importing_party_id = self.env.ref("rcep_eco.party_jp")
        self.assertIn("no Party", scenario.problem)
        self.assertFalse(scenario.verdict)

    def test_what_is_wholly_obtained_needs_no_list(self):
        self.assertEqual(self.decide(self.acfta, self.orange)[:2], ("originating", "WO"))
        self.assertEqual(self.decide(self.ccfta, self.orange, self.cambodia)[:2], ("originating", "WO"))

    def test_who_is_no_party_gives_no_rate(self):
        for agreement, country in (
            (self.acfta, self.japan),
            (self.ccfta, self.vietnam),
            (self.rcep, self.env.ref("base.de")),
        ):
            answer = self.decide(agreement, self.orange, country)
            self.assertEqual(answer.verdict, "not_originating")
            self.assertIn("no Party", answer.missing)

    def test_only_a_whole_list_lets_the_general_rule_decide(self):
        declared = {"verified": False, "other_agreement_ids": self.acfta.ids}
        self.declaration.action_revoke()
        self.declare(self.lamp, name="D-E", **declared).action_verify()
        self.load("hs_code,rule\n8504,RVC40\n")
        self.assertEqual(self.decide(self.acfta).verdict, "unresolved")
        self.load("hs_code,rule\n8504,RVC40\n", is_whole_list=True)
        self.assertEqual(self.decide(self.acfta)[:2], ("originating", "CTH"))

    def test_a_rule_with_a_condition_decides_nothing(self):
        self.declaration.action_revoke()
        declaration = self.declare(self.lamp, name="D-E", verified=False, other_agreement_ids=self.acfta.ids)
        declaration.action_verify()
        self.load("hs_code,rule,condition\n9405,CTH,except of plastic\n", is_whole_list=True)
        self.assertEqual(self.decide(self.acfta).verdict, "unresolved")

    def test_the_firms_own_word_on_a_code_goes_before_the_list_and_is_no_other_firms(self):
        self.declaration.action_revoke()
        declaration = self.declare(self.lamp, name="D-E", verified=False, other_agreement_ids=self.acfta.ids)
        declaration.action_verify()
        other = self.make_company("另一公司", "91330200MA00000012")
        own = {"agreement_id": self.acfta.id, "hs_code": "940511", "rule": "CTH", "source": "letter of MITI"}
        self.env["rcep.agreement.rule"].create({**own, "company_id": other.id})
        self.assertEqual(self.decide(self.acfta).verdict, "unresolved")
        self.env["rcep.agreement.rule"].create({**own, "company_id": self.exporter.id})
        self.assertEqual(self.decide(self.acfta).verdict, "originating")

    def test_a_list_that_cannot_be_is_refused_line_by_line_and_nothing_is_loaded(self):
        before = len(self.acfta.rule_ids)
        for text, message in (
            ("hs_code,rule\n852580,RVC40\n", "852580 is no code of HS 2022"),  # of HS 2017
            ("hs_code,rule\n8504,RVC45\n", "RVC45"),
            ("hs_code,rule\n8504,CTH\n8504,RVC40\n", "stands in line 2 already"),
            ("hs_code,rule\n8504,\n", "Line 2"),
            ("rule\nCTH\n", "hs_code is missing"),
        ):
            with self.subTest(text), self.assertRaisesRegex(UserError, message):
                self.load(text)
        self.assertEqual(len(self.acfta.rule_ids), before)

    def test_an_agreement_that_cannot_be_applied_is_refused_with_its_name(self):
        for values in ({"minimal_operations": "painting"}, {"deductions": "freight"}, {"regional_value": 0}):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, "ASEAN–China"):
                self.acfta.write(values)

    def test_a_new_agreement_is_a_record_and_no_code(self):
        new = self.env["rcep.agreement"].create(
            {"code": "CNVN", "name": "China–Test", "form_name": "Form T", "valid_from": "2020-01-01", "has_list": False,
             "source": "test", "regional_value": 60,
             "party_ids": [(0, 0, {"country_id": self.env.ref(f"base.{code}").id, "in_force": "2020-01-01"})
                           for code in ("cn", "vn")],
             "rule_ids": [(0, 0, {"hs_code": "94", "rule": "RVC40", "kind": "general"})]}
        )  # fmt: skip
        self.declaration.action_revoke()
        declaration = self.declare(self.lamp, "RVC", name="D-T", verified=False, other_agreement_ids=new.ids)
        declaration.action_verify()
        answer = self.decide(new)
        self.assertEqual(answer.verdict, "not_originating")  # 45.5 per cent are declared, 60 asked for
        new.regional_value = 45
        self.assertEqual(self.decide(new)[:2], ("originating", "RVC"))

    def test_a_declaration_of_a_country_that_is_no_party_cannot_hold_under_it(self):
        with self.assertRaisesRegex(ValidationError, "no Party of ASEAN–China"):
            self.declare(self.lamp, party="jp", verified=False, name="D-J", other_agreement_ids=self.acfta.ids)

    def test_who_may_see_and_who_may_change(self):
        clerk, engineer = self.person("clerk"), self.person("engineer")
        self.assertTrue(self.acfta.with_user(clerk).name)
        with self.assertRaises(AccessError):
            self.acfta.with_user(clerk).regional_value = 10
        self.acfta.with_user(engineer).note = "read again"
        self.assertEqual(
            self.acfta.with_user(clerk).action_open_rules()["domain"], [("agreement_id", "=", self.acfta.id)]
        )

"""A bought-in good: its supplier's declaration decides, for as long as it is verified and holds."""

import datetime
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import OTHER_USCC, EcoCommon


@tagged("post_install", "-at_install")
class TestVerdict(EcoCommon):
    def determine(self, good=None, fob=50, date=None):
        return (good or self.lamp)._rcep_determine(self.exporter, Decimal(fob), date or self.today)[0]

    # --- what a declaration carries ----------------------------------------------------------------------
    def test_a_verified_declaration_makes_the_good_originate(self):
        verdict = self.determine()
        self.assertEqual(verdict.verdict, "originating")
        self.assertEqual(verdict.criterion, "CTC")
        self.assertEqual(verdict.country_of_origin.party, "CN")

    def test_a_criterion_that_the_goods_rule_does_not_offer_proves_nothing(self):
        shrimp = self.make_good("Frozen fish", "FISH", hs_code="030311")  # the rule: CC
        self.declare(shrimp, criterion="RVC")
        self.assertEqual(self.determine(shrimp).verdict, "not_originating")

    def test_goods_of_another_party_need_a_back_to_back_certificate(self):
        thai = self.make_good("Thai lamp", "THAI", hs_code="940511")
        self.declare(thai, party="th")
        verdict = self.determine(thai)
        self.assertEqual(verdict.verdict, "not_originating")
        self.assertIn("evidence_party", [step.code for step in verdict.trace if step.result is False])

    def test_a_declaration_counts_only_while_it_holds(self):
        self.assertEqual(self.determine(date=self.declaration.date_to).verdict, "originating")
        with self.assertRaisesRegex(UserError, "neither a bill of materials nor a verified supplier declaration"):
            self.determine(date=self.declaration.date_to + datetime.timedelta(days=1))

    def test_an_unread_declaration_does_not_count(self):
        lamp = self.make_good("Desk lamp", "DESK", hs_code="940521")
        self.declare(lamp, verified=False)
        with self.assertRaisesRegex(UserError, "Desk lamp has neither"):
            self.determine(lamp)

    def test_a_revoked_declaration_counts_no_more(self):
        self.declaration.action_revoke()
        with self.assertRaisesRegex(UserError, "LED lamp has neither"):
            self.determine()

    def test_of_several_declarations_the_one_that_holds_longest_counts(self):
        longer = self.declaration.date_to + datetime.timedelta(days=30)
        self.declare(self.lamp, name="LONG", criterion="RVC", date_to=longer)
        self.assertEqual(self.determine().criterion, "RVC")

    def test_what_is_wholly_obtained_needs_no_paper(self):
        trout = self.make_good("Live trout", "TROUT", hs_code="030191", rcep_wholly_obtained=True)
        verdict = self.determine(trout)
        self.assertEqual((verdict.verdict, verdict.criterion), ("originating", "WO"))

    def test_no_edition_held_before_2023(self):
        with self.assertRaisesRegex(UserError, "No edition of the rules holds on 2022-12-31: load one"):
            self.determine(date=datetime.date(2022, 12, 31))

    def test_another_companys_declaration_is_not_ours(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        with self.assertRaisesRegex(UserError, "LED lamp has neither"):
            self.lamp._rcep_determine(other, Decimal(50), self.today)

    # --- stored ------------------------------------------------------------------------------------------
    def test_the_forecast_is_at_list_price_and_is_kept(self):
        self.lamp.action_rcep_determine()
        verdict = self.lamp.rcep_origin_id
        self.assertEqual((verdict.verdict, verdict.criterion, verdict.fob), ("originating", "CTC", 50.0))
        self.assertEqual(verdict.date, self.today)
        self.assertEqual(verdict.summary, "Originating by CTC.")
        self.assertEqual(len(verdict.dossier_sha256), 64)

    def test_a_new_forecast_takes_the_place_of_the_old_one(self):
        self.lamp.action_rcep_determine()
        first = self.lamp.rcep_origin_id
        self.declaration.action_revoke()
        self.declare(self.lamp, name="D-2", criterion="RVC")
        self.lamp.action_rcep_determine()
        self.assertEqual(self.lamp.rcep_origin_id, first)
        self.assertEqual(first.criterion, "RVC")

    def test_a_dossier_of_rules_that_are_gone_says_so(self):
        self.lamp.action_rcep_determine()
        self.env["rcep.rule.edition"]._on(self.today).name = "<b>other</b>"
        verdict = self.lamp.rcep_origin_id
        verdict.invalidate_recordset(["explanation"])
        self.assertIn("HS2022, are not here any more", verdict.explanation)

    def test_a_verdict_is_of_one_company(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        self.lamp.company_id = False  # sold by both; its list price is then in the main company's currency
        self.env["res.currency.rate"].create(self.rate_values(self.lamp.currency_id, 0.2, other))
        self.declare(self.lamp, company_id=other.id, criterion="RVC")
        self.lamp._rcep_refresh_verdicts(self.exporter)
        self.lamp._rcep_refresh_verdicts(other)
        self.assertEqual(self.lamp.with_company(self.exporter).rcep_origin_id.criterion, "CTC")
        self.assertEqual(self.lamp.with_company(other).rcep_origin_id.criterion, "RVC")

    def test_the_reasons_are_reported_in_sentences(self):
        self.lamp.action_rcep_determine()
        result = self.lamp.rcep_origin_id.explanation
        self.assertIn("The rule for 940511 (row 94) is: CTH OR RVC40.", result)
        self.assertIn("Declaration D-LAMP states criterion CTC", result)

    def test_a_price_floor_names_its_currency(self):
        verdict = self.env["rcep.origin"].new({"company_id": self.exporter.id, "fob_floor": "1234.5"})
        self.assertEqual(verdict.fob_floor_text, f"1,234.50 {self.exporter.currency_id.name}")
        self.assertFalse(self.env["rcep.origin"].new({"company_id": self.exporter.id}).fob_floor_text)

    def test_several_products_are_determined_at_once(self):
        desk = self.make_good("Desk lamp", "DESK", hs_code="940521")
        self.declare(desk)
        (self.lamp | desk).action_rcep_determine()
        self.assertEqual((self.lamp | desk).mapped("rcep_verdict"), ["originating", "originating"])

    # --- the papers themselves ---------------------------------------------------------------------------
    def test_a_declaration_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "D-LAMP ends before it begins"):
            self.declare(self.lamp, date_to=datetime.date(2025, 12, 31))

    def test_what_is_verified_is_not_changed(self):
        with self.assertRaisesRegex(UserError, "D-LAMP is Verified and cannot be changed: revoke it"):
            self.declaration.criterion = "PE"

    def test_regional_value_needs_its_percentage(self):
        with self.assertRaisesRegex(ValidationError, "D-LAMP rests on regional value: enter its percentage"):
            self.declare(self.lamp, criterion="RVC", rvc=0)

    def test_a_declaration_from_before_the_agreement_is_refused(self):
        with self.assertRaisesRegex(
            ValidationError, "before the agreement entered into force in Indonesia on 2023-01-02"
        ):
            self.declare(self.lamp, name="D-ID", party="id", date_from=datetime.date(2022, 6, 1))

    def test_a_revoked_declaration_cannot_be_verified_again(self):
        self.declaration.action_revoke()
        with self.assertRaisesRegex(UserError, "D-LAMP is Revoked"):
            self.declaration.action_verify()

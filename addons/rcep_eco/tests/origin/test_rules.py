"""The law as it is loaded: every row, every Party, and which edition holds when."""

import csv
import datetime

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open, mute_logger
from psycopg2 import IntegrityError

from ...texts import explanations
from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestRules(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.edition = cls.env.ref("rcep_eco.edition_hs2022")
        cls.rulebook = cls.edition._rulebook()

    def setUp(self):
        super().setUp()
        self.edition._rulebook()  # caches are emptied between tests; what follows must empty this one

    def test_every_row_of_the_annex_is_loaded(self):
        with file_open("rcep_eco/data/rcep.rule.csv") as file:
            shipped = {row["hs_code"]: row["rule"] for row in csv.DictReader(file)}
        loaded = {rule.hs_code: rule.rule for rule in self.edition.rule_ids}
        self.assertEqual(len(loaded), 2189)
        self.assertEqual(loaded, shipped)

    def test_each_subheading_of_the_nomenclature_has_a_rule(self):
        self.assertGreater(len(self.rulebook.subheadings), 5000)
        without = [code for code in self.rulebook.subheadings if self.rulebook.row_for(code) is None]
        self.assertEqual(without, [])

    def test_the_nearest_row_wins_over_that_of_its_chapter(self):
        self.assertEqual(self.rulebook.row_for("030111").prefix, "0301")
        self.assertEqual(str(self.rulebook.row_for("010121").under(answer=False)), "WO")

    def test_fifteen_parties_with_the_day_on_which_each_joined(self):
        parties = {party.code: party for party in self.env["rcep.party"].search([])}
        self.assertEqual(
            set(parties), {"AU", "BN", "CN", "ID", "JP", "KH", "KR", "LA", "MM", "MY", "NZ", "PH", "SG", "TH", "VN"}
        )
        self.assertEqual(parties["CN"].in_force, datetime.date(2022, 1, 1))
        self.assertEqual(parties["MY"].in_force, datetime.date(2022, 3, 18))
        self.assertEqual(parties["ID"].in_force, datetime.date(2023, 1, 2))
        self.assertEqual(parties["PH"].in_force, datetime.date(2023, 6, 2))

    def test_the_ecocertificate_platform_covers_seven_parties(self):
        covered = self.env["rcep.party"].search([("eco_platform", "=", True)]).mapped("code")
        self.assertEqual(set(covered), {"VN", "TH", "MY", "ID", "PH", "KH", "LA"})

    def test_an_edition_holds_from_its_first_day(self):
        editions = self.env["rcep.rule.edition"]
        self.assertFalse(editions._on(datetime.date(2022, 12, 31)))
        self.assertEqual(editions._on(datetime.date(2023, 1, 1)), self.edition)

    def test_a_later_edition_takes_over_on_the_day_it_begins(self):
        self.edition.valid_to = datetime.date(2027, 12, 31)
        later = self.env["rcep.rule.edition"].create(
            {"name": "HS2028", "valid_from": datetime.date(2028, 1, 1), "source": "test"}
        )
        self.assertEqual(self.env["rcep.rule.edition"]._on(datetime.date(2027, 12, 31)), self.edition)
        self.assertEqual(self.env["rcep.rule.edition"]._on(datetime.date(2028, 1, 1)), later)

    def test_the_rulebook_follows_a_corrected_rule(self):
        row = self.edition.rule_ids.filtered(lambda rule: rule.hs_code == "0301")
        row.rule = "CC"
        self.assertEqual(str(self.edition._rulebook().row_for("030111").under(answer=False)), "CC")

    def test_the_rulebook_follows_a_party_that_joins(self):
        self.assertNotIn("HK", self.rulebook.parties_on(datetime.date(2026, 6, 1)))
        self.env["rcep.party"].create({"country_id": self.env.ref("base.hk").id, "in_force": datetime.date(2026, 1, 1)})
        self.assertIn("HK", self.edition._rulebook().parties_on(datetime.date(2026, 6, 1)))

    def test_the_rulebook_follows_an_edition_that_ends(self):
        self.edition.valid_to = datetime.date(2027, 12, 31)
        self.assertFalse(self.edition._rulebook().holds_on(datetime.date(2028, 1, 1)))

    def test_a_rule_that_nobody_can_read_is_refused_with_its_code(self):
        with self.assertRaisesRegex(ValidationError, "Rule of 9999: .*SOMETHING"):
            self.env["rcep.rule"].create({"edition_id": self.edition.id, "hs_code": "9999", "rule": "SOMETHING"})

    def test_a_rule_for_three_digits_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "2, 4 or 6 digits, not 999"):
            self.env["rcep.rule"].create({"edition_id": self.edition.id, "hs_code": "999", "rule": "CC"})

    def test_one_code_has_one_rule_in_an_edition(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["rcep.rule"].create({"edition_id": self.edition.id, "hs_code": "0301", "rule": "CC"})

    def test_every_shipped_rule_has_a_question_that_people_can_read(self):
        asked = set(self.edition.rule_ids.filtered("question").mapped("question"))
        self.assertEqual(asked, set(explanations.QUESTIONS))
        self.assertTrue(all(rule.rule_if_yes for rule in self.edition.rule_ids.filtered("question")))


@tagged("post_install", "-at_install")
class TestFound(EcoCommon):
    """Rules and codes are found by what a person knows: a longer code, or a name."""

    def test_the_row_that_applies_to_a_code_is_found_by_it_with_the_goods_name(self):
        for typed, row in (("830242", "8302"), ("8302.42.00", "8302"), ("8302", "8302"), ("850131", "8501")):
            with self.subTest(typed):
                (rule,) = self.env["rcep.rule"].search([("applies_to", "=", typed)])
                self.assertTrue(typed.replace(".", "").startswith(rule.hs_code))
                self.assertEqual(rule.hs_code[:4], row)
                self.assertTrue(rule.hs_name)

    def test_rules_are_found_by_a_name(self):
        for words, codes in (("pure-bred breeding animals", "01"), ("umbrellas", "66"), ("padlocks", "83")):
            with self.subTest(words):
                found = self.env["rcep.rule"].search([("applies_to", "ilike", words)])
                self.assertIn(codes, {rule.hs_code[:2] for rule in found})

    def test_a_code_is_found_by_digits_or_name_and_written_to_the_product(self):
        codes = self.env["rcep.hs.code"]
        self.assertEqual(codes.search_count([]), 6939)
        found = codes.name_search("pure-bred breeding animals", [("code", "=like", "______")])
        self.assertTrue(found)
        product = self.lamp.product_tmpl_id
        self.assertEqual(product.rcep_hs_id.code, "940511")
        product.rcep_hs_id = codes.search([("code", "=", "010121")])
        self.assertEqual(product.hs_code, "010121")

    def test_a_national_code_stays_where_its_subheading_is_the_one_that_is_found(self):
        product = self.lamp.product_tmpl_id
        product.rcep_hs_id = product.rcep_hs_id
        self.assertEqual(product.hs_code, "94051100")


@tagged("post_install", "-at_install")
class TestGoods(EcoCommon):
    """The list of goods, and which goods the catalogue counts."""

    def test_the_list_shows_verdict_criterion_and_whether_it_waits(self):
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.lamp)
        good = self.lamp.product_tmpl_id
        self.assertEqual((good.rcep_verdict, good.rcep_criterion, good.rcep_stale), ("originating", "CTC", False))
        self.lamp.rcep_origin_id.stale = True
        self.assertTrue(good.rcep_stale)

    def test_every_good_that_is_invoiced_to_a_party_is_counted(self):
        bare = self.make_good("Bare", "BARE", hs_code=False)
        home = self.make_good("Home", "HOME", hs_code=False)
        self.make_invoice((bare, 1, 10.0), (self.freight, 1, 5.0))
        self.make_invoice((home, 1, 10.0), partner_id=self.make_customer("Ningbo Shop", "cn").id)
        self.make_invoice((home, 1, 10.0), partner_id=self.make_customer("Hamburg Shop", "de").id)
        counted = self.env["rcep.origin"].search([("company_id", "=", self.exporter.id)]).product_id
        self.assertIn(bare, counted)
        self.assertNotIn(home, counted)
        self.assertNotIn(self.freight, counted)
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, bare)
        self.assertIn("has no HS code", bare.rcep_origin_id.problem)

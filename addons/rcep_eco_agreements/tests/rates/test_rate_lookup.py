"""What the rates say of a good: the longest line counts, and where no number is certain there is none."""

from decimal import Decimal

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.fields import Date
from odoo.tests import tagged

from ...models.rates.rate_lookup import CODE_NEEDED, MFN, UNKNOWN
from .common import a_line, load

ON = Date.to_date("2026-11-28")


@tagged("post_install", "-at_install")
class TestRateLookup(EcoCommon):
    def setUp(self):
        super().setUp()
        self.th, self.cn = self.env.ref("rcep_eco.party_th"), self.env.ref("base.cn")
        self.form_e = self.env.ref("rcep_eco_agreements.agreement_acfta")

    def ask(self, code, agreement=MFN, date=ON, country=None):
        key = (self.th, agreement, code, country or self.cn)
        return self.env["rcep.rate"]._rates([key], date)[key]

    def test_the_rate_of_the_line_with_its_source(self):
        load(self.env, a_line(rate="12.5"))
        answer = self.ask("94054210")
        self.assertEqual((answer.status, answer.rate, answer.text), ("ad_valorem", Decimal("12.5"), "12.5 %"))
        self.assertEqual((answer.source, str(answer.source_date)), ("Tariff Decree of 2022", "2021-12-01"))
        self.assertTrue(answer.is_certain)

    def test_a_rate_that_is_not_there_is_unknown_and_not_zero(self):
        load(self.env, a_line("94054290", "0"))
        for answer in (self.ask("85167990"), self.ask("94054290", self.form_e), self.ask("")):
            self.assertEqual((answer.status, answer.rate, answer.is_certain), (UNKNOWN, None, False))

    def test_a_zero_that_is_there_is_a_number(self):
        load(self.env, a_line(rate="0"))
        self.assertEqual(self.ask("94054210").rate, 0)
        self.assertTrue(self.ask("94054210").is_certain)

    def test_the_longest_beginning_counts(self):
        load(self.env, a_line("94", "20"), a_line("9405", "15"), a_line("94054210", "10"))
        self.assertEqual([self.ask(code).rate for code in ("94054210", "94054290", "94010000")], [10, 15, 20])

    def test_a_short_code_has_no_number_where_its_lines_differ(self):
        load(self.env, a_line("94054210", "0"), a_line("94054290", "10"), is_complete=True)
        answer = self.ask("940542")
        self.assertEqual((answer.status, answer.rate), (CODE_NEEDED, None))
        self.assertIn("the 2 lines below 940542", answer.text)

    def test_lines_that_are_all_alike_give_the_rate_of_a_short_code_of_a_whole_tariff_only(self):
        lines = a_line("94054210", "10"), a_line("94054290", "10")
        part = load(self.env, *lines)
        self.assertEqual(self.ask("940542").status, CODE_NEEDED)  # another line may be missing
        part.action_withdraw()
        load(self.env, *lines, is_complete=True)
        self.assertEqual(self.ask("940542").rate, 10)

    def test_a_longer_line_that_says_otherwise_takes_the_number_from_a_short_code(self):
        load(self.env, a_line("9405", "0"), a_line("94054210", "10"))
        self.assertEqual(self.ask("940542").status, CODE_NEEDED)
        self.assertEqual(self.ask("940511").rate, 0)

    def test_ten_digit_lines_that_differ_give_no_number_to_eight_digits(self):
        load(self.env, a_line(rate_type="by_subline"))
        self.assertEqual((self.ask("94054210").status, self.ask("94054210").rate), ("by_subline", None))
        load(self.env, a_line("9405421010", "5"), a_line("9405421090", "15"))
        self.assertEqual(self.ask("94054210").status, CODE_NEEDED)
        self.assertEqual(self.ask("9405421090").rate, 15)

    def test_what_is_no_percentage_gives_no_number(self):
        unit = {"specific_amount": "1.5", "specific_unit": "l", "currency": "THB"}
        for kind in ("specific", "mixed", "excluded", "quota", "unparsed"):
            with self.subTest(kind):
                own = unit if kind in ("specific", "mixed") else {}
                layer = load(self.env, a_line(rate_type=kind, **own))
                answer = self.ask("94054210")
                self.assertEqual((answer.status, answer.rate, answer.is_certain), (kind, None, False))
                self.assertTrue(answer.text)
                layer.action_withdraw()

    def test_an_excluded_origin_has_no_rate_and_others_have(self):
        load(self.env, a_line(agreement="ACFTA", rate="0", excluded_origins="CN MM"))
        self.assertEqual((self.ask("94054210", self.form_e).status, self.ask("94054210", self.form_e).rate),
                         ("excluded", None))  # fmt: skip
        self.assertEqual(self.ask("94054210", self.form_e, country=self.env.ref("base.vn")).rate, 0)

    def test_the_line_for_the_goods_own_origin_counts_before_that_for_all(self):
        load(self.env, a_line(rate="10"), a_line(rate="25", origin="CN"))
        self.assertEqual(self.ask("94054210").rate, 25)
        self.assertEqual(self.ask("94054210", country=self.env.ref("base.vn")).rate, 10)
        self.assertEqual(self.ask("940542").status, CODE_NEEDED)

    def test_a_rate_counts_on_its_days_alone(self):
        load(self.env, a_line(valid_from="2026-01-01", valid_to="2026-12-31"))
        days = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
        self.assertEqual([self.ask("94054210", date=Date.to_date(day)).rate for day in days], [None, 10, 10, None])

    def test_a_doubt_is_said_and_nothing_is_counted_with_it(self):
        doubts = (
            {"confidence": "two_readings_agree;exclusion_column_missing"},
            {"confidence": "example"},
            {"other_reading": "15", "other_reading_of": "2025"},
            {"condition": "of a power below 50 W"},
        )
        words = ("check that China is not excluded", "an example", "Another source of 2025 reads 15.", "below 50 W")
        for doubt, said in zip(doubts, words, strict=True):
            with self.subTest(said):
                layer = load(self.env, a_line(**doubt))
                answer = self.ask("94054210")
                self.assertEqual((answer.rate, answer.is_certain), (10, False))
                self.assertIn(said, " ".join(answer.warnings))
                layer.action_withdraw()

    def test_a_withdrawn_rate_counts_no_more(self):
        load(self.env, a_line()).action_withdraw()
        self.assertEqual(self.ask("94054210").status, UNKNOWN)

    def test_a_hundred_goods_take_as_many_queries_as_one(self):
        load(self.env, *(a_line(code, "5") for code in ("94054210", "85167990", "09011120")))
        codes = [f"9405{number:04}" for number in range(100)]
        self.env.flush_all()
        counts = []
        for asked in (codes[:1], codes):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["rcep.rate"]._rates([(self.th, MFN, code, self.cn) for code in asked], ON)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

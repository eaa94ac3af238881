"""Viet Nam's rates: every line is there with its source, and what is doubtful about it is said."""

import time
from collections import Counter
from decimal import Decimal

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.addons.rcep_eco_agreements.models.rates.rate_lookup import MFN
from odoo.addons.rcep_eco_rates_vn import FILES, load_rates, withdraw_rates
from odoo.fields import Date
from odoo.tests import tagged

LINES = 11_414
ON = Date.to_date("2026-11-28")
MOST_SECONDS = 60


@tagged("post_install", "-at_install")
class TestRatesVn(EcoCommon):
    def setUp(self):
        super().setUp()
        self.vn, self.cn = self.env.ref("rcep_eco.party_vn"), self.env.ref("base.cn")
        self.form_e = self.env.ref("rcep_eco_agreements.agreement_acfta")
        names = [path.rpartition("/")[2] for path in FILES]
        self.layers = self.env["rcep.rate.layer"].search([("file_name", "in", names), ("state", "=", "in_force")])
        by_agreement = self.layers.rate_ids.grouped(lambda rate: rate.agreement_id.code)
        self.mfn, self.acfta = by_agreement[False], by_agreement["ACFTA"]

    def ask(self, code, agreement=MFN):
        key = (self.vn, agreement, code, self.cn)
        return self.env["rcep.rate"]._rates([key], ON)[key]

    def test_every_line_is_there(self):
        self.assertEqual((len(self.mfn), len(self.acfta)), (LINES, LINES))
        self.assertEqual(self.layers.mapped("line_count"), [LINES, LINES])
        self.assertEqual(len(set(self.mfn.mapped("hs6"))), 5612)
        self.assertEqual(len(set(self.acfta.mapped("hs6"))), 5612)

    def test_each_kind_is_counted(self):
        self.assertEqual(
            Counter(self.mfn.mapped("rate_type")), {"ad_valorem": 11_044, "unparsed": 264, "by_subline": 106}
        )
        self.assertEqual(Counter(self.acfta.mapped("rate_type")), {"ad_valorem": 11_059, "excluded": 355})
        excluding = self.acfta.filtered("excluded_origins")
        self.assertEqual(len(excluding), 15)
        self.assertTrue(all("CN" in rate.excluded_origins.split() for rate in excluding))
        self.assertEqual(len(self.mfn.filtered("other_reading")), 55)

    def test_each_has_its_source_and_day(self):
        for rates, source, day in (
            (self.mfn, "Decree 26/2023/ND-CP annex II", "2023-05-31"),
            (self.acfta, "Decree 118/2022/ND-CP", "2022-12-30"),
        ):
            self.assertEqual(set(rates.mapped("source")), {source})
            self.assertEqual(set(rates.mapped("source_date")), {Date.to_date(day)})

    def test_no_rate_of_form_e_is_certain(self):
        """China may be excluded on any line whose column is missing, so none may be counted with."""
        certain = [rate for rate in self.acfta if rate.rate_type == "ad_valorem" and not rate.excluded_origins
                   and "exclusion_column_missing" not in rate.confidence]  # fmt: skip
        self.assertEqual(certain, [])
        answer = self.ask("94054290", self.form_e)
        self.assertIsNotNone(answer.rate)
        self.assertFalse(answer.is_certain)
        self.assertIn("check that China is not excluded on this line", answer.warnings[0])

    def test_coffee_from_china_is_excluded_though_the_line_reads_zero(self):
        answer = self.ask("09011120", self.form_e)
        self.assertEqual((answer.status, answer.rate), ("excluded", None))

    def test_a_line_on_which_sources_differ_says_both(self):
        answer = self.ask("02071420")
        self.assertEqual((answer.rate, answer.is_certain), (Decimal(20), False))
        self.assertIn("Another source of 2025 reads 15.", answer.warnings)

    def test_a_line_that_could_not_be_read_is_unknown(self):
        unread = self.mfn.filtered(lambda rate: rate.rate_type == "unparsed")[0]
        self.assertEqual((self.ask(unread.national_code).rate, unread.rate), (None, False))

    def test_a_subheading_whose_lines_differ_asks_for_the_national_code(self):
        by_subheading = self.mfn.filtered(lambda rate: rate.rate_type == "ad_valorem").grouped("hs6")
        differing = next(code for code, rates in sorted(by_subheading.items()) if len(set(rates.mapped("rate"))) > 1)
        self.assertEqual((self.ask(differing).status, self.ask(differing).rate), ("national_code_needed", None))

    def test_they_are_loaded_once_and_within_a_minute(self):
        load_rates(self.env)
        self.assertEqual(self.env["rcep.rate"].search_count([("layer_id", "in", self.layers.ids)]), 2 * LINES)
        withdraw_rates(self.env)
        self.assertEqual(set(self.layers.mapped("state")), {"withdrawn"})
        self.assertEqual(self.ask("94054290").status, "unknown")
        start = time.monotonic()
        load_rates(self.env)
        self.env.flush_all()
        self.assertLess(time.monotonic() - start, MOST_SECONDS)
        self.assertEqual(self.env["rcep.rate"].search_count([("party_id", "=", self.vn.id)]), 2 * LINES)

"""A file of duty rates: what is wrong with it, what it covers and changes, and that it goes in whole or not at all."""

import hashlib
import io
import re
import time

import openpyxl
from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged

from ...models.rates.rate_file import COLUMNS, subheadings
from .common import a_line, as_csv, load, wizard

# What is wrong with a line: (its difference from a right one, words of the sentence that says so).
WRONG = (
    ({"importer": "XX"}, "“XX” is no importing Party"),
    ({"agreement": ""}, "no agreement here: write one of MFN, RCEP, ACFTA, CCFTA"),
    ({"origin": ""}, "is no origin: write the two letters of a country, or *"),
    ({"hs_edition": "AHTN2017"}, "edition “AHTN2017” cannot be checked"),
    ({"national_code": "9405421"}, "a spreadsheet took its leading zero"),
    ({"national_code": "940542AB"}, "is no tariff line"),
    ({"national_code": "99999900"}, "begins with digits that are not in AHTN2022"),
    ({"valid_from": ""}, "the day from which the rate holds is missing"),
    ({"valid_from": "01/02/2026"}, "“01/02/2026” is no day: write it as 2026-01-31"),
    ({"valid_to": "2021-12-31"}, "ends on 2021-12-31, before it begins on 2022-01-01"),
    ({"rate_type": "free"}, "“free” is no kind of rate"),
    ({"rate": ""}, "the rate is missing, and a missing one is not zero"),
    ({"rate": "12,5"}, "“12,5” has a comma, which is not guessed at"),
    ({"rate": "-1"}, "“-1” is no rate"),
    ({"rate": "1e1"}, "“1e1” is no rate"),
    ({"rate_type": "excluded", "rate": "0"}, "“excluded” has no rate, but “0” stands there"),
    ({"rate_type": "specific", "rate": "", "specific_amount": "2"}, "without its unit and currency"),
    ({"excluded_origins": "China"}, "“China” is no country"),
    ({"source": ""}, "the source is missing"),
)


@tagged("post_install", "-at_install")
class TestRateImport(EcoCommon):
    def setUp(self):
        super().setUp()
        self.rates = self.env["rcep.rate"]
        self.thai = [("party_id", "=", self.env.ref("rcep_eco.party_th").id)]

    def preview(self, *lines, **ticks):
        form = wizard(self.env, *lines, **ticks)
        return form.is_ready, form.preview

    def test_each_wrong_line_has_one_clear_sentence(self):
        for change, words in WRONG:
            with self.subTest(change):
                ready, preview = self.preview({**a_line(), **change})
                self.assertFalse(ready)
                self.assertRegex(preview, f"Line 2: .*{re.escape(words)}")

    def test_nothing_is_loaded_while_a_line_is_wrong(self):
        before = self.rates.search_count(self.thai)
        with self.assertRaisesRegex(UserError, "Line 3: .* has a comma"):
            load(self.env, a_line(), a_line("94054290", "12,5"))
        self.assertEqual(self.rates.search_count(self.thai), before)

    def test_a_line_becomes_a_rate_with_its_file(self):
        line = a_line(excluded_origins="CN MM")
        layer = load(self.env, line)
        self.assertRecordValues(
            layer.rate_ids,
            [{"national_code": "94054210", "rate": "10", "hs6": "940542", "valid_from": Date.to_date("2022-01-01"),
              "source": "Tariff Decree of 2022", "excluded_origins": "CN MM", "confidence": "read twice"}],
        )  # fmt: skip
        self.assertFalse(layer.rate_ids.agreement_id)
        self.assertEqual(layer.file_sha256, hashlib.sha256(as_csv(line)).hexdigest())
        self.assertEqual((layer.file_name, layer.line_count, layer.create_uid), ("rates.csv", 1, self.env.user))

    def test_a_sheet_says_the_same_as_a_text(self):
        book = openpyxl.Workbook()
        book.active.append(list(COLUMNS))
        line = {**a_line("09011120"), "valid_from": Date.to_date("2022-01-01"), "rate": 12.5}
        book.active.append([line.get(name) for name in COLUMNS])
        file = io.BytesIO()
        book.save(file)
        form = wizard(self.env, content=file.getvalue())
        self.assertTrue(form.is_ready, form.preview)
        rate = self.env["rcep.rate.layer"].browse(form.action_load()["res_id"]).rate_ids
        self.assertEqual((rate.national_code, rate.rate, str(rate.valid_from)), ("09011120", "12.5", "2022-01-01"))

    def test_two_rates_of_one_line_on_one_day_are_refused_in_the_file(self):
        ready, preview = self.preview(a_line(valid_to="2026-06-30"), a_line(rate="5", valid_from="2026-06-30"))
        self.assertFalse(ready)
        self.assertIn("Line 3: 94054210 has a rate on some of the same days in line 2", preview)
        ready, _preview = self.preview(a_line(valid_to="2026-06-29"), a_line(rate="5", valid_from="2026-06-30"))
        self.assertTrue(ready)

    def test_two_rates_of_one_line_on_one_day_are_refused_against_what_is_in_force(self):
        load(self.env, a_line())
        ready, preview = self.preview(a_line(rate="5", valid_from="2026-07-01"))
        self.assertFalse(ready)
        self.assertIn("tick that older rates end, or withdraw “rates.csv”", preview)

    def test_a_newer_layer_ends_the_older_one_by_its_day_where_it_is_asked_to(self):
        old = load(self.env, a_line()).rate_ids
        new = load(self.env, a_line(rate="5", valid_from="2026-07-01"), close_old=True)
        self.assertEqual(str(old.valid_to), "2026-06-30")
        self.assertEqual(old.closed_by_id, new)
        ready, preview = self.preview(a_line(rate="4", valid_from="2026-07-01"), close_old=True)
        self.assertFalse(ready)
        self.assertIn("cannot end before it begins", preview)

    def test_a_layer_is_withdrawn_whole_and_what_it_ended_holds_again(self):
        old = load(self.env, a_line(valid_to="2027-12-31")).rate_ids
        new = load(self.env, a_line(rate="5", valid_from="2026-07-01"), close_old=True)
        with self.assertRaisesRegex(UserError, "withdraw that one first"):
            old.layer_id.action_withdraw()
        new.action_withdraw()
        self.assertEqual((new.state, new.withdrawn_by_id), ("withdrawn", self.env.user))
        self.assertEqual(str(old.valid_to), "2027-12-31")
        self.assertFalse(new.with_context(active_test=False).rate_ids.active)
        with self.assertRaisesRegex(UserError, "withdrawn already"):
            new.action_withdraw()

    def test_a_withdrawal_that_would_leave_two_rates_is_refused(self):
        load(self.env, a_line())
        middle = load(self.env, a_line(rate="5", valid_from="2026-01-01", valid_to="2026-12-31"), close_old=True)
        load(self.env, a_line(rate="4", valid_from="2027-01-01"))
        with self.assertRaisesRegex(ValidationError, "two rates of MFN"):
            middle.action_withdraw()

    def test_a_rate_above_a_hundred_per_cent_needs_a_tick(self):
        ready, preview = self.preview(a_line(rate="135"))
        self.assertFalse(ready)
        self.assertIn("1 rates are above 100 per cent", preview)
        self.assertTrue(self.preview(a_line(rate="135"), allow_high=True)[0])

    def test_the_preview_says_what_is_covered_and_what_is_new(self):
        self.env["rcep.rate"].search([]).write({"active": False})  # what the demo firm loaded
        load(self.env, a_line(), a_line("94054290"))
        later = {"valid_from": "2026-07-01"}
        _ready, preview = self.preview(a_line(rate="5", **later), a_line("8471", **later), close_old=True)
        covered = 1 + len([code for code in subheadings() if code.startswith("8471")])
        self.assertIn(f"TH MFN: {covered} of 5612 subheadings are covered, {5612 - covered} are not.", preview)
        self.assertIn("1 lines are new, 1 say something else, 0 say the same, 1 are not in the file", preview)
        self.assertIn("94054210: 10 % → 5 %", preview)

    def test_a_rate_changed_by_hand_is_looked_at_too(self):
        rate = load(self.env, a_line()).rate_ids
        with self.assertRaisesRegex(ValidationError, "has a comma"):
            rate.rate = "7,5"
        with self.assertRaisesRegex(ValidationError, "a missing one is not zero"):
            rate.rate = False

    def test_what_is_in_force_goes_out_as_it_came_in(self):
        line = a_line(condition="=HYPERLINK()", valid_to="2027-12-31")
        ended = a_line("94054290", valid_to="2023-01-01")
        unknown = a_line("94054991", rate_type="unparsed")
        load(self.env, line, ended, unknown)
        export = self.env["rcep.rate.export"].create({"party_id": self.thai[0][2], "date": "2026-11-28"})
        text = export._content()
        self.assertIn("TH,MFN,*,AHTN2022,94054210,2022-01-01,2027-12-31,ad_valorem,10,", text)
        self.assertIn("'=HYPERLINK()", text)
        self.assertNotIn("94054290", text)
        self.assertIn("94054991,2022-01-01,,unparsed,,", text)

    def test_a_whole_tariff_goes_in_within_seconds(self):
        lines = [a_line(f"{code}{end}", "5") for code in sorted(subheadings()) for end in ("10", "90")]
        start = time.monotonic()
        layer = load(self.env, *lines)
        self.env.flush_all()
        self.assertEqual(layer.line_count, 11_224)
        self.assertLess(time.monotonic() - start, 30)

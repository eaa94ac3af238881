"""The origin overview tells the engineer what counts as what and why, and a clerk nothing of what anything costs."""

import json
from decimal import Decimal

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.cases.production import Production, ProductionMaterial
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MadeCommon

PEOPLE = ("engineer", "clerk", "signer", "auditor", "bookkeeper", "employee")
COST_KEYS = {"value", "share", "quantity", "unit", "reasons", "waterfall", "tipping", "ceiling", "scenarios"}


@tagged("post_install", "-at_install")
class TestOriginOverview(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in PEOPLE}
        cls.engineer, cls.clerk = cls.people["engineer"], cls.people["clerk"]
        # A German motor of the same heading breaks the change of heading: regional value decides, at 100 yuan.
        cls.rotor = cls.make_material("Small motor", "850110", "de", 55.0)
        cls.carton = cls.make_material("Carton", "481910", "cn", 1.0, rcep_role="transport_packing")
        cls.board = cls.make_good("Board", "BOARD", hs_code="85371000", list_price=20.0)

    def overview(self, good=None, fob=None, user=None):
        report = self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(user or self.engineer)
        return report.get_data((good or self.motor).id, self.exporter.id, fob)

    def in_currency(self, price, currency):
        report = self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(self.engineer)
        return report.get_data(self.motor.id, self.exporter.id, price, currency)

    def line(self, data, name):
        return next(line for line in data["lines"] if name in line["name"])

    # --- what the engineer reads -------------------------------------------------------------------------
    def test_each_line_says_what_it_counts_as_and_why(self):
        self.make_bom(self.motor, (self.rotor, 1), (self.magnet, 1), (self.steel, 1), (self.carton, 1))
        self.declare(self.magnet)
        data = self.overview()
        statuses = [(line["hs"], line["origin"], line["status"]) for line in data["lines"]]
        self.assertEqual(
            statuses,
            [
                ("850110", "Germany", "non_originating"),
                ("850511", "China", "originating"),
                ("722519", "South Korea", "undetermined"),
                ("481910", "China", "left_out"),
            ],
        )
        rotor = self.line(data, "Small motor")
        self.assertEqual((rotor["quantity"], rotor["value"], rotor["share"]), ("1.00", "55.00", "55.0 %"))
        self.assertIn("Does not differ from HS 850131 at 4 digits.", rotor["reasons"])
        self.assertEqual(self.line(data, "Magnet")["reasons"][0], "Originates in China.")
        self.assertEqual(self.line(data, "Carton")["reasons"][0], "Packing for transport: left out.")

    def test_what_originates_in_another_party_says_so_where_it_does_not_help(self):
        cord = self.make_material("Power cord", "854442", "th", 5.0)
        self.declare(cord, party="th")
        self.make_bom(self.motor, (cord, 1))
        self.assertIn("Originates in Thailand", self.line(self.overview(), "Power cord")["reasons"][0])

    def test_the_head_says_how_far_the_good_is_from_the_threshold(self):
        self.make_bom(self.motor, (self.rotor, 1), (self.magnet, 1))
        self.declare(self.magnet)
        verdict = self.overview()["verdict"]
        self.assertEqual(
            (verdict["criterion"], verdict["rvc"], verdict["margin"], verdict["floor"], verdict["price_margin"]),
            ("RVC", "45.00", "5.00 points above the 40 required", "91.67", "the price is 8.33 CNY above it"),
        )
        verdict = self.overview(fob="90")["verdict"]
        self.assertEqual(
            (verdict["verdict"], verdict["margin"], verdict["price_margin"]),
            ("not_originating", "1.11 points short of the 40 required", "the price is 1.67 CNY short of it"),
        )

    def test_a_price_that_is_tried_is_not_kept(self):
        self.make_bom(self.motor, (self.rotor, 1))
        self.motor.action_rcep_determine()
        before = self.motor.rcep_origin_id.read()
        data = self.overview(fob="80")
        self.assertEqual((data["tried"], data["fob"], data["list_fob"]), (True, "80.00", "100.00"))
        self.assertEqual(data["verdict"]["verdict"], "not_originating")
        self.assertEqual((self.motor.list_price, self.motor.rcep_origin_id.read()), (100.0, before))

    def test_what_breaks_the_rule_and_what_would_mend_it(self):
        rotor = self.make_material("Japanese motor", "850120", "jp", 65.0)
        self.make_bom(self.motor, (rotor, 1))
        data = self.overview()
        heading = next(tested for tested in data["alternatives"] if tested["rule"] == "CTH")
        self.assertFalse(heading["met"])
        self.assertEqual([each["name"] for each in heading["failing"]], [self.english(rotor)])
        value = next(tested for tested in data["alternatives"] if tested["rule"] == "RVC40")
        self.assertEqual((value["met"], value["floor"]), (False, "108.34"))
        self.assertEqual([each["name"] for each in data["tipping"]], [self.english(rotor)])

    def english(self, product):
        return product.with_context(lang="en_US").display_name

    def test_an_intermediate_that_originates_counts_whole_and_its_parts_do_not(self):
        self.make_bom(self.board, (self.make_material("Chip", "854231", "us", 8.0), 1))
        self.make_bom(self.motor, (self.board, 1), (self.rotor, 1))
        board = self.line(self.overview(), "Board")
        self.assertEqual((board["status"], board["counts"]), ("originating", True))
        (chip,) = board["children"]
        self.assertEqual((chip["status"], chip["counts"]), ("non_originating", False))
        self.assertIn("which it is part of, counts as originating in full", chip["reasons"][0])

    def test_an_intermediate_that_fails_is_looked_through_to_its_parts(self):
        self.make_bom(self.board, (self.make_material("Panel", "853710", "us", 30.0), 1))
        self.make_bom(self.motor, (self.board, 1))
        board = self.line(self.overview(), "Board")
        self.assertEqual(board["status"], "looked_through")
        self.assertTrue(board["children"][0]["counts"])

    def test_the_waterfall_reaches_the_price_and_shows_the_regional_value(self):
        self.make_bom(self.motor, (self.rotor, 1), (self.magnet, 1), (self.carton, 1))
        self.declare(self.magnet)
        data = self.overview()
        bars = data["waterfall"]["bars"]
        self.assertEqual(
            [(bar["kind"], bar["text"]) for bar in bars],
            [
                ("originating", "10.00 · 10.0 %"),
                ("labour", "0.75 · 0.8 %"),
                ("overhead", "0.25 · 0.3 %"),
                ("left_out", "1.00 · 1.0 %"),
                ("rest", "33.00 · 33.0 %"),
                ("non_originating", "55.00 · 55.0 %"),
                ("fob", "100.00 · 100.0 %"),
            ],
        )
        # The sum before what does not originate is the engine's own build-down.
        self.assertEqual((bars[4]["to"], data["verdict"]["rvc"]), (45.0, "45.00"))

    def test_the_waterfall_of_a_good_that_is_looked_through_agrees_with_the_engine_too(self):
        self.make_bom(self.board, (self.make_material("Panel", "853710", "us", 30.0), 1))
        self.make_bom(self.motor, (self.board, 1), (self.magnet, 1))
        data = self.overview()
        foreign = [bar for bar in data["waterfall"]["bars"] if bar["kind"] in ("non_originating", "undetermined")]
        self.assertEqual(f"{100 - sum(bar['to'] - bar['from'] for bar in foreign):.2f}", data["verdict"]["rvc"])

    # --- what others read --------------------------------------------------------------------------------
    def test_a_clerk_is_sent_no_value_no_share_and_no_reason(self):
        self.make_bom(self.board, (self.make_material("Chip", "854231", "us", 8.01), 1))
        self.make_bom(self.motor, (self.board, 1), (self.rotor, 1), (self.magnet, 1))
        data = self.overview(user=self.clerk)
        self.assertEqual(data["verdict"]["floor"], self.overview()["verdict"]["floor"])
        self.assertEqual([line["status"] for line in data["lines"]], ["originating", "non_originating", "undetermined"])
        sent = json.dumps(data)
        for cost in ("55.00", "8.01", "55.0 %"):
            self.assertNotIn(cost, sent)
            self.assertIn(cost, json.dumps(self.overview()))
        self.assertFalse(COST_KEYS & self.keys(data["lines"]))
        self.assertFalse(COST_KEYS & data.keys())

    def keys(self, lines):
        return {key for line in lines for key in line.keys() | self.keys(line["children"])}

    def test_each_group_sees_its_part(self):
        self.make_bom(self.motor, (self.rotor, 1))
        for name, costs in (("engineer", True), ("clerk", False), ("signer", False), ("auditor", False)):
            with self.subTest(name):
                self.assertEqual(self.overview(user=self.people[name])["costs"], costs)
        for name in ("bookkeeper", "employee"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.overview(user=self.people[name])

    def test_a_company_that_is_not_ones_own_is_refused(self):
        other = self.make_company("别家有限公司", "91330200MA00000012")
        report = self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(self.engineer)
        with self.assertRaises(AccessError):
            report.get_data(self.motor.id, other.id)

    # --- bad data ----------------------------------------------------------------------------------------
    def test_a_bought_in_good_shows_its_declaration(self):
        data = self.overview(self.lamp)
        self.assertEqual((data["bought"], data["evidence"]["name"], data["lines"]), (True, "D-LAMP", []))
        self.assertEqual(data["verdict"]["verdict"], "originating")
        self.assertEqual(self.overview(self.lamp, user=self.clerk)["evidence"], data["evidence"])

    def test_a_good_of_which_nothing_is_known_says_what_to_do(self):
        data = self.overview()
        self.assertEqual((data["bought"], data["evidence"], data["verdict"]), (True, False, False))
        self.assertIn("make the one or ask for the other", data["problems"][0])

    def test_a_good_without_a_code_still_shows_its_tree(self):
        self.make_bom(self.motor, (self.rotor, 1), (self.magnet, 1))
        self.declare(self.magnet)
        self.motor.hs_code = False
        data = self.overview()
        self.assertIn("has no HS code", data["problems"][0])
        self.assertEqual([line["status"] for line in data["lines"]], ["non_originating", "originating"])

    def test_a_cycle_is_named_and_the_rest_is_shown(self):
        self.make_bom(self.motor, (self.board, 1), (self.rotor, 1))
        inner = self.make_bom(self.board, (self.magnet, 1))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_bom_line SET product_id = %s WHERE bom_id = %s", (self.motor.id, inner.id)
        )
        self.env.invalidate_all()
        data = self.overview()
        self.assertIn("contains itself", " ".join(data["problems"]))
        self.assertTrue(self.line(data, "Small motor"))

    def test_missing_rate_and_missing_price_are_sentences(self):
        self.env.ref("base.THB").active = True
        foreign = self.make_material("Thai part", "850190", "th", 9.0)
        foreign.seller_ids.currency_id = self.env.ref("base.THB")
        self.make_bom(self.motor, (foreign, 1), (self.magnet, 1))
        self.assertIn("THB has no rate", " ".join(self.overview()["problems"]))
        self.motor.list_price = 0
        data = self.overview()
        self.assertIn("price of zero or less", " ".join(data["problems"]))
        self.assertEqual(len(data["lines"]), 2)

    def test_a_price_that_is_none_is_reported_and_the_list_price_stays(self):
        self.make_bom(self.motor, (self.magnet, 1))
        for typed in ("abc", "-3", "0", "NaN", "1e999999", "9" * 40, "Infinity"):
            with self.subTest(typed):
                data = self.overview(fob=typed)
                self.assertIn("is no price", data["problems"][0])
                self.assertEqual((data["tried"], data["fob"]), (False, "100.00"))

    def test_a_product_that_is_gone_is_reported(self):
        gone = self.make_good("Gone", "GONE")
        number = gone.id
        gone.unlink()
        with self.assertRaises(UserError) as caught:
            self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(self.engineer).get_data(number)
        self.assertIn("not there any more", str(caught.exception))

    def test_missing_facts_lead_to_the_product_that_lacks_them(self):
        part = self.make_material("Part", None, "de", 55.0)
        self.patch_production(self.used("Part", None, 55, part), self.used("Other", "850110", 10, self.magnet))
        data = self.overview(fob="100")
        (need,) = data["needs"] or self.overview(fob="70")["needs"]
        self.assertEqual((need["text"], need["product_id"]), ("the HS code of Part", part.id))

    def used(self, name, hs, value, product):
        return ProductionMaterial(
            name=name,
            hs=hs,
            quantity=Decimal(1),
            unit="Units",
            value=Decimal(value),
            origin="DE",
            product_id=product.id,
            value_source="receipt",
            origin_source="product",
            notes=("Two receipts disagree: the dearer counts.",),
        )

    def patch_production(self, *materials):
        costs = origin.Costs(labour=Decimal(1), overhead=Decimal(1))
        production = Production(materials, (), costs)
        self.patch(type(self.env["product.product"]), "_rcep_production", lambda *_args: production)

    def test_where_a_value_was_read_and_what_disagreed_stands_with_the_line(self):
        self.patch_production(self.used("Magnet", "850511", 10, self.magnet))
        line = self.overview()["lines"][0]
        self.assertEqual((line["product_id"], line["name"]), (self.magnet.id, self.magnet.display_name))
        self.assertEqual(
            line["reasons"][-3:],
            ["Value: last receipt.", "Origin: product.", "Two receipts disagree: the dearer counts."],
        )

    # --- speed and paper ---------------------------------------------------------------------------------
    def test_a_long_bill_asks_no_more_often_than_a_short_one(self):
        parts = [self.make_material(f"Part {number}", "722519", "kr", 1.0) for number in range(60)]
        self.env.flush_all()

        def queries(count):
            self.patch_production(*[self.used(part.name, "722519", 1, part) for part in parts[:count]])
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(self.overview()["lines"]), count)
            return self.env.cr.sql_log_count - before

        queries(3)  # fills what is cached across requests
        self.assertEqual(queries(3), queries(60))

    def test_the_print_holds_what_its_reader_may_see(self):
        self.make_bom(self.motor, (self.rotor, 1), (self.magnet, 1))
        data = {"product_id": self.motor.id, "company_id": self.exporter.id, "fob": "90"}
        printed = {
            user: self.env["ir.actions.report"]
            .with_user(user)
            ._render_qweb_html("rcep_eco_mrp.report_origin_overview", None, data=data)[0]
            .decode()
            for user in (self.engineer, self.clerk)
        }
        self.assertIn("Why it counts so", printed[self.engineer])
        self.assertIn("Tried price", printed[self.engineer])
        self.assertIn("Small motor", printed[self.clerk])
        for secret in ("Why it counts so", "55.00", "What the FOB value is made of"):
            self.assertIn(secret, printed[self.engineer])
            self.assertNotIn(secret, printed[self.clerk])

    # --- money as it is read -----------------------------------------------------------------------------
    def test_a_price_is_tried_in_the_documents_currency(self):
        self.make_bom(self.motor, (self.rotor, 1))
        data = self.in_currency("12.80", "USD")  # at 6.25 yuan a dollar
        self.assertEqual((data["fob"], data["tried"]), ("80.00", True))
        self.assertEqual(data["tried_in"], {"currency": "USD", "fob": "12.80", "floor": "14.67"})  # 91.67 yuan
        self.assertEqual(data["currencies"][0], "CNY")
        self.assertIn("USD", data["currencies"])

    def test_a_currency_without_a_rate_is_reported_and_nothing_is_tried_in_it(self):
        self.make_bom(self.motor, (self.rotor, 1))
        data = self.in_currency("1000", "JPY")
        self.assertIn("JPY has no rate on", data["problems"][0])
        self.assertEqual((data["tried_in"], data["tried"], data["fob"]), (False, False, "100.00"))

    def test_amounts_have_the_decimals_of_their_currency(self):
        amount = self.env["res.currency"]._rcep_amount
        for number, currency, shown in (
            ("1083.333333", "CNY", "1,083.33"), ("100", "JPY", "100"), ("99.5", "JPY", "100"),
            ("0.004166", "CNY", "0.0042"),
            ("0.5", "CNY", "0.50"), ("0", "CNY", "0.00"), ("12.3456", "KWD", "12.346"), ("5", "", "5.00"),
        ):  # fmt: skip
            with self.subTest(number=number, currency=currency):
                self.assertEqual(amount(number, currency), shown)

    def test_no_reason_of_a_verdict_has_more_decimals_than_money(self):
        third = self.make_material("Third", "850110", "de", 55.0)
        self.make_bom(self.motor, (third, 1), product_qty=3.0)
        self.motor.action_rcep_determine()
        reasons = self.motor.rcep_origin_id.with_user(self.engineer).explanation
        self.assertIn("18.33 CNY", reasons)
        self.assertNotRegex(reasons, r"\d\.\d{3,}")
        self.assertNotIn("False", reasons)

    def test_of_two_materials_of_one_name_each_leads_to_its_own_product(self):
        one, other = (self.make_material("Twin", "850110", "de", 30.0, default_code=code) for code in (False, False))
        self.make_bom(self.motor, (one, 1), (other, 1))
        tested = next(each for each in self.overview()["alternatives"] if each["rule"] == "CTH")
        self.assertEqual([each["product_id"] for each in tested["failing"]], [one.id, other.id])

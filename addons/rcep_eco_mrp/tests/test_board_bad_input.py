"""Records that are wrong: the board names each with its next step, and everything else is computed all the same."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco_mrp.bills.catalogue import Catalogue
from odoo.fields import Command
from odoo.tests import tagged

from .test_board import BoardCommon


@tagged("post_install", "-at_install")
class TestBoardBadInput(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.make_good("Good motor", "GOOD", hs_code="85013100", list_price=100.0)
        cls.make_bom(cls.good, (cls.steel, 3))
        cls.kilo = cls.env.ref("uom.product_uom_kgm")

    def by_sql(self, query, *values):
        """What the ORM would refuse."""
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def named(self, *goods):
        """The board's sentences of what these goods wait for, after the job has gone over the catalogue."""
        origins = self.env["rcep.origin"]
        origins.action_recompute_catalogue()
        origins._mark_what_changed()
        origins._recompute_batch()
        self.assertEqual(origins.search_count([("company_id", "=", self.exporter.id), ("stale", "=", True)]), 0)
        self.assertEqual(self.good.rcep_verdict, "originating", "the others are computed all the same")
        return [
            row
            for row in self.board()["lacking"]["rows"]
            if set(goods) & set(origins.get_board_goods(self.exporter.id, row["fact"], row["of"], row["own_id"]))
        ]

    def assertNamed(self, good, words, product):
        """The good waits for one thing, said in these words, and the row leads to where it is mended."""
        (row,) = self.named(good.id)
        self.assertRegex(row["words"], words)
        self.assertEqual(row["product_id"], product.id, row["words"])

    def test_a_component_without_a_code(self):
        glue = self.make_material("Glue", False, "de", 65.0)
        self.assertNamed(self.make_motor("Bad", (glue, 1)), r"^The HS code of \[GLUE\] Glue$", glue)

    def test_a_component_with_a_code_that_is_none(self):
        glue = self.make_material("Glue", "999999", "de", 65.0)
        self.assertNamed(self.make_motor("Bad", (glue, 1)), r"^The HS code of \[GLUE\] Glue$", glue)

    def test_a_component_without_a_value(self):
        rotor = self.make_material("Rotor", "850110", "de", None)
        self.assertNamed(self.make_motor("Bad", (rotor, 1)), r"^The value of \[ROTOR\] Rotor$", rotor)

    def test_a_component_without_a_common_unit(self):
        bad = self.make_motor("Bad", (self.magnet, 1))
        self.by_sql("UPDATE mrp_bom_line SET product_uom_id = %s WHERE bom_id = %s", self.kilo.id, bad.bom_ids.id)
        self.assertNamed(bad, r"Magnet is used in kg, which does not convert .*: correct", self.magnet)

    def test_a_price_without_a_common_unit(self):
        rotor = self.make_material("Rotor", "850110", "de", 10.0)
        price = rotor.seller_ids
        self.by_sql("UPDATE product_supplierinfo SET product_uom_id = %s WHERE id = %s", self.kilo.id, price.id)
        self.assertNamed(self.make_motor("Bad", (rotor, 1)), r"Rotor is bought of .* by the kg, which does not", rotor)

    def test_by_products_that_bear_more_than_the_whole_cost(self):
        bad, scrap = self.make_motor("Bad", (self.magnet, 1)), self.make_good("Scrap", "SCRAP")
        bom = bad.bom_ids
        bom.byproduct_ids = [Command.create({"product_id": scrap.id, "product_qty": 1, "cost_share": 50})]
        self.by_sql("UPDATE mrp_bom_byproduct SET cost_share = 120 WHERE bom_id = %s", bom.id)
        self.assertNamed(bad, r"bear 120 per cent .* correct their cost shares", bad)
        self.assertEqual(self.lacking("problem")[0]["bom_id"], bom.id)

    def test_a_circle_and_what_stands_above_it(self):
        drive = self.make_good("Drive", "DRIVE", hs_code="850140")
        bad = self.make_motor("Bad", (drive, 1), (self.steel, 1))
        above = self.make_motor("Above", (bad, 1))
        bom = self.make_bom(drive, (self.steel, 1))
        self.by_sql("UPDATE mrp_bom_line SET product_id = %s WHERE bom_id = %s", bad.id, bom.id)
        rows = self.named(bad.id, drive.id, above.id)
        self.assertEqual({row["fact"] for row in rows}, {"problem"})
        self.assertTrue(all("contains itself" in row["words"] and "remove it" in row["words"] for row in rows))
        self.assertEqual(sum(row["goods"] for row in rows), 3)

    def test_no_rate_on_the_day(self):
        rotor = self.make_material("Rotor", "850110", "de", 1000.0, seller={"currency_id": self.jpy.id})
        self.env["res.currency.rate"].search([("currency_id", "=", self.jpy.id)]).unlink()
        bad = self.make_motor("Bad", (rotor, 1))
        (row,) = self.named(bad.id)
        self.assertRegex(row["words"], "^JPY has no rate on .*: enter the rate of that day")

    def test_a_bill_without_lines(self):
        bad = self.make_motor("Bad")
        (row,) = self.named(bad.id)
        self.assertRegex(row["words"], r"\[BAD\] Bad")
        self.assertRegex(row["words"], "bill of materials, or a verified supplier declaration")
        self.assertEqual((row["product_id"], row["bom_id"], row["declarable"]), (bad.id, bad.bom_ids.id, True))

    def test_a_kit_inside_itself(self):
        kit = self.make_good("Screw set", "KIT", sale_ok=False)
        bom = self.make_bom(kit, (self.magnet, 1), type="phantom", work=None)
        bad = self.make_motor("Bad", (kit, 1), (self.steel, 1))
        self.by_sql("UPDATE mrp_bom_line SET product_id = %s WHERE bom_id = %s", kit.id, bom.id)
        self.assertNamed(bad, r"\[KIT\] Screw set contains itself .*: remove it", kit)

    def test_a_combination_of_products_with_a_bill_holds_up_nothing(self):
        """Odoo lets a combo have a bill, which makes nothing: what is sold are the products that it offers."""
        choice = self.make_good("Choice", "CHOICE", company_id=False)
        combo = self.env["product.combo"].create(
            {"name": "Choice", "combo_item_ids": [Command.create({"product_id": choice.id})]}
        )
        offer = self.make_good("Offer", "OFFER", type="combo", combo_ids=[Command.set(combo.ids)])
        self.make_bom(offer, (self.steel, 1))
        determined = {each.product_id for each in Catalogue(self.env, self.exporter, self.today).determined()}
        self.assertIn(self.good.id, determined)
        self.assertNotIn(offer.id, determined)

    def test_a_good_without_a_price(self):
        bad = self.make_motor("Bad", (self.steel, 1))
        bad.list_price = 0
        self.assertNamed(bad, "price of zero or less: enter the price", bad)

    def test_no_rules_on_the_day(self):
        self.by_sql("UPDATE rcep_rule_edition SET valid_from = '2999-01-01', valid_to = NULL")
        self.recompute()
        (row,) = {row["words"]: row for row in self.lacking("problem")}.values()
        self.assertRegex(row["words"], "No edition of the rules holds on .*: load one")

    def test_a_product_of_two_companies_has_a_verdict_in_each(self):
        other = self.make_company("另一家有限公司", OTHER_USCC)
        shared = self.make_motor("Shared", (self.steel, 1), company_id=False)
        rotor = self.make_material("Rotor", "850110", "de", None, company_id=False)
        self.steel.company_id = False
        self.make_bom(shared, (rotor, 1), company_id=other.id, work=None)
        # Odoo keeps the price of a shared product in the first company's currency.
        self.env["res.currency.rate"].create(
            [self.rate_values(self.cny, 1.0, other), self.rate_values(self.usd, 0.16, other)]
        )
        self.recompute()
        self.recompute(other)
        verdicts = {each.company_id: each.verdict for each in shared.rcep_verdict_ids}
        self.assertEqual(verdicts, {self.exporter: "originating", other: "unresolved"})
        self.assertFalse(self.lacking("value"))
        theirs = self.person("engineer", other)
        self.assertEqual(self.lacking("value", self.board(theirs, other))[0]["product_id"], rotor.id)

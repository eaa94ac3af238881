"""Whose verdicts a change of a rate, a supplier, a unit or a Party concerns."""

import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestFacts(CatalogueCommon):
    def add_rate(self, currency, rate, company=None):
        values = {**self.rate_values(currency, rate, company), "name": self.today}
        return self.env["res.currency.rate"].create(values)

    # --- rates -------------------------------------------------------------------------------------------
    def test_a_rate_concerns_what_is_bought_in_its_currency(self):
        self.steel.seller_ids.currency_id = self.usd
        self.settle()
        self.add_rate(self.usd, 0.15)
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)

    def test_a_rate_concerns_what_is_sold_in_its_currency(self):
        """Odoo keeps the list price of what no company owns in the main company's dollars."""
        self.fan.company_id = False
        self.settle()
        self.add_rate(self.usd, 0.15)
        self.assertEqual(self.stale() & self.goods, self.fan)

    def test_the_company_s_own_rate_concerns_everything_in_other_currencies(self):
        self.magnet.seller_ids.currency_id = self.usd
        self.settle()
        self.add_rate(self.cny, 1.1)
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)

    def test_a_rate_of_another_currency_or_company_concerns_nobody(self):
        self.steel.seller_ids.currency_id = self.usd
        self.settle()
        self.add_rate(self.jpy, 20.0)
        self.add_rate(self.usd, 0.2, self.make_company("另一家有限公司", "91330200MA00000012"))
        self.assertFalse(self.stale() & self.goods)

    # --- suppliers ---------------------------------------------------------------------------------------
    def test_where_a_supplier_is_concerns_what_is_bought_from_it(self):
        """Of what comes from abroad the price is to hold the freight."""
        abroad = self.make_customer("Hamburg Magnets GmbH", "de")
        self.magnet.seller_ids.partner_id = abroad
        self.settle()
        abroad.country_id = self.env.ref("base.jp")
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)
        self.settle()
        abroad.phone = "+49 40 123"
        self.assertFalse(self.stale() & self.goods)
        abroad.parent_id = self.make_customer("Hamburg Holding", "de")  # whose declarations count is the firm's
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)

    def test_whose_contact_declared_concerns_what_was_declared(self):
        """A declaration of another firm than that which sells does not count."""
        desk = self.env["res.partner"].create({"name": "Export desk", "parent_id": self.supplier.id})
        self.declare(self.magnet, partner_id=desk.id)
        self.settle()
        desk.parent_id = self.make_customer("Another firm", "cn")
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)

    def test_where_the_company_itself_is_concerns_its_catalogue(self):
        self.exporter.partner_id.country_id = self.env.ref("base.vn")
        self.assertEqual(self.stale() & self.goods, self.goods)

    def test_a_supplier_that_is_deleted_takes_its_prices_along(self):
        passing = self.make_customer("Passing Trader", "cn")
        self.magnet.seller_ids.partner_id = passing
        self.settle()
        passing.unlink()
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)

    # --- units -------------------------------------------------------------------------------------------
    def test_how_much_a_unit_is_concerns_what_is_counted_in_it(self):
        piece = self.env.ref("uom.product_uom_unit")
        box = self.env["uom.uom"].create({"name": "Box", "relative_factor": 6, "relative_uom_id": piece.id})
        crate = self.env["uom.uom"].create({"name": "Crate", "relative_factor": 2, "relative_uom_id": box.id})
        self.assertFalse(self.stale() & self.goods)
        line = self.motor.bom_ids.bom_line_ids[:1]
        line.product_uom_id = crate  # twelve
        self.settle()
        box.relative_factor = 8
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)
        line.product_uom_id = piece
        self.magnet.seller_ids.product_uom_id = box
        self.settle()
        box.relative_factor = 10
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)
        self.magnet.seller_ids.product_uom_id = piece
        self.fan.bom_ids.product_uom_id = box
        self.settle()
        box.relative_factor = 12
        self.assertEqual(self.stale() & self.goods, self.fan)

    # --- Parties -----------------------------------------------------------------------------------------
    def test_since_when_a_party_is_one_concerns_the_whole_catalogue(self):
        party = self.env["rcep.party"].search([("code", "=", "KR")])
        party.note = "Seoul"
        self.assertFalse(self.stale() & self.goods)
        party.in_force = self.today + datetime.timedelta(days=30)
        self.assertEqual(self.stale() & self.goods, self.goods)

    def test_a_party_that_is_taken_off_the_list_is_none_to_the_rules_either(self):
        book = self.env["rcep.rule.edition"]._on(self.today)
        self.assertIn("KR", book._rulebook().parties)
        self.env["rcep.party"].search([("code", "=", "KR")]).unlink()
        self.assertNotIn("KR", book._rulebook().parties)
        self.assertEqual(self.stale() & self.goods, self.goods)

    # --- goods -------------------------------------------------------------------------------------------
    def test_what_a_variant_costs_more_or_less_concerns_it_alone(self):
        grille = self.env["product.attribute"].create(
            {"name": "Grille", "value_ids": [Command.create({"name": name}) for name in ("Plastic", "Steel")]}
        )
        fan = self.env["product.template"].browse(self.fan.product_tmpl_id.id)  # in no context of a new product
        fan.attribute_line_ids = [
            Command.create({"attribute_id": grille.id, "value_ids": [Command.set(grille.value_ids.ids)]})
        ]
        self.settle()
        steel = fan.attribute_line_ids.product_template_value_ids[1]
        steel.price_extra = -60.0
        self.assertEqual(self.stale(), steel.ptav_product_variant_ids)

    def test_whose_a_good_is_concerns_it(self):
        """Its list price is in the currency of its company, and without one in that of the main company."""
        self.fan.product_tmpl_id.company_id = False if self.fan.company_id else self.exporter
        self.assertEqual(self.stale() & self.goods, self.fan)

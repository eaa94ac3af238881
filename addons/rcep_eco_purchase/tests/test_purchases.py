"""A year's purchases decide whom to ask first: by the verdicts that hang on a good, then by what was bought."""

import datetime

from odoo.addons.rcep_eco.tests.declaration.test_declaration_states import DeclarationCommon
from odoo.fields import Command, Datetime
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestPurchases(DeclarationCommon):
    def part(self, name, **values):
        return self.make_good(name, name.upper(), hs_code="853661", **values)

    def buy(self, *lines, supplier=None, ago=10, confirm=True, **values):
        """A purchase order, confirmed so many days ago; each line is (product, quantity, price)."""
        order = self.env["purchase.order"].create(
            {
                "partner_id": (supplier or self.supplier).id,
                "company_id": self.exporter.id,
                "currency_id": self.cny.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_qty": quantity, "price_unit": price})
                    for product, quantity, price in lines
                ],
                **values,
            }
        )
        if confirm:
            order.button_confirm()
            order.date_approve = Datetime.now() - datetime.timedelta(days=ago)
        return order

    def test_purchases_are_where_proposals_come_from(self):
        self.assertEqual(self.propose().source, "purchases")

    def test_what_cost_more_comes_first_whatever_its_currency(self):
        cheap, dear, dollars = self.part("Cheap"), self.part("Dear"), self.part("Dollars")
        self.buy((cheap, 10, 1.0), (dear, 10, 5.0))
        self.buy((cheap, 5, 1.0))
        self.buy((dollars, 10, 1.6), currency_id=self.usd.id)
        lines = self.propose().line_ids
        self.assertEqual(lines.product_id, dollars | dear | cheap)
        self.assertEqual(lines.mapped("value"), [100.0, 50.0, 15.0])

    def test_verdicts_weigh_more_than_money(self):
        dear, failing = self.part("Dear"), self.part("Failing")
        fails = self.declare(failing, "RVC", rvc=30.0)
        failing.action_rcep_determine()
        fails.action_revoke()
        self.buy((dear, 100, 100.0), (failing, 1, 0.1))
        self.assertEqual(self.propose().line_ids.mapped("product_id"), failing | dear)

    def test_old_orders_drafts_and_other_companies_do_not_count(self):
        self.buy((self.part("Old"), 1, 1.0), ago=370)
        self.buy((self.part("Draft"), 1, 1.0), confirm=False)
        self.buy((self.part("Recent"), 1, 1.0), ago=360)
        self.assertEqual(self.propose().line_ids.product_id.mapped("name"), ["Recent"])

    def test_contacts_of_a_firm_are_one_supplier(self):
        clerk = self.env["res.partner"].create({"name": "Ms Sun", "parent_id": self.supplier.id})
        part = self.part("Part")
        self.buy((part, 1, 1.0))
        self.buy((part, 1, 1.0), supplier=clerk)
        line = self.propose().line_ids
        self.assertEqual((line.partner_id, line.value), (self.supplier, 2.0))

    def test_the_number_of_queries_does_not_grow_with_the_purchases(self):
        self.buy(*((self.part(f"Few {number}"), 1, 1.0) for number in range(3)))
        self.queries_of_proposal()  # once for what Odoo keeps in memory
        few = self.queries_of_proposal()
        self.buy(*((self.part(f"Many {number}"), 1, 1.0) for number in range(40)))
        self.queries_of_proposal()
        self.assertEqual(self.queries_of_proposal(), few)

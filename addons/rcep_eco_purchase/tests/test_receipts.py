"""What was paid at a product's last receipt, to whom, and which verdicts a receipt marks; no other add-on is needed."""

import datetime
from decimal import Decimal

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, EcoCommon
from odoo.fields import Command
from odoo.tests import tagged

from .received import Receives


@tagged("post_install", "-at_install")
class TestReceipts(Receives, EcoCommon):
    """The firm buys the lamp that it sells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bought = cls.lamp
        cls.rival = cls.make_customer("Cixi Lamp Works", "cn")
        cls.abroad = cls.make_customer("Hamburg Lamps GmbH", "de")

    def receipt(self, company=None, date=None):
        return self.lamp._rcep_receipts(company or self.exporter, date or self.today, self.lamp.ids).get(self.lamp.id)

    # --- what was paid -----------------------------------------------------------------------------------
    def test_the_last_that_came_in_and_was_paid_for_counts(self):
        self.receive(62.0, ago=20)
        self.receive(61.0, ago=5)
        self.receive(63.0, ago=3, received=0)
        self.receive(0.0, ago=2)
        self.receive(64.0, ago=1).button_cancel()
        last = self.receipt()
        self.assertEqual((last.amount, last.currency_id, last.firm_id), (61, self.cny.id, self.supplier.id))

    def test_what_came_in_later_was_not_known_on_the_day(self):
        self.receive(61.0, ago=5)
        self.assertIsNone(self.receipt(date=self.today - datetime.timedelta(days=6)))

    def test_another_company_s_receipts_are_its_own(self):
        self.receive(61.0)
        self.assertIsNone(self.receipt(self.make_company("另一家有限公司", OTHER_USCC)))

    def test_price_discount_and_unit_are_those_of_the_line(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.receive(800.0, line={"discount": 25.0, "product_uom_id": dozen.id}, incoterm_id=self.fob.id)
        last = self.receipt()
        self.assertEqual((last.amount, last.unit_id, last.incoterm), (600, dozen.id, "FOB"))

    def test_another_currency_counts_at_the_rate_of_its_own_day(self):
        today = self.rate_values(self.usd, 0.2) | {"name": self.today - datetime.timedelta(days=2)}
        self.env["res.currency.rate"].create(today)
        self.receive(8.0, ago=10, currency_id=self.usd.id)  # 6.25 yuan a dollar on that day, 5 today
        self.assertEqual((self.receipt().amount, self.receipt().currency_id), (Decimal(50), self.cny.id))

    def test_without_a_rate_of_its_day_it_stays_as_paid(self):
        self.env["res.currency.rate"].search([("currency_id", "=", self.jpy.id)]).unlink()
        self.receive(800.0, currency_id=self.jpy.id)
        self.assertEqual((self.receipt().amount, self.receipt().currency_id), (800, self.jpy.id))

    # --- to whom -----------------------------------------------------------------------------------------
    def test_whoever_delivered_last_is_asked_too(self):
        self.receive(60.0, supplier=self.rival)
        self.assertIn(self.rival, self.lamp._rcep_suppliers(self.exporter))

    def test_a_contact_of_the_firm_is_the_firm(self):
        clerk = self.env["res.partner"].create({"name": "Ms Sun", "parent_id": self.supplier.id})
        self.receive(60.0, supplier=clerk)
        self.assertEqual((self.receipt().firm_id, self.receipt().partner), (self.supplier.id, self.supplier.name))

    # --- verdicts follow ---------------------------------------------------------------------------------
    def is_marked(self, change):
        """Whether the lamp's verdict is to be recomputed after a change."""
        self.env.cr.precommit.run()
        self.lamp.action_rcep_determine()
        change()
        self.env.cr.precommit.run()
        return self.lamp.rcep_origin_id.stale

    def test_what_comes_in_has_verdicts_recomputed(self):
        order = self.receive(60.0, received=0)
        self.assertTrue(self.is_marked(lambda: order.order_line.write({"qty_received": 5})))
        self.assertTrue(self.is_marked(lambda: order.order_line.write({"price_unit": 65.0})))
        self.assertTrue(self.is_marked(lambda: order.write({"incoterm_id": self.fob.id})))
        self.assertTrue(self.is_marked(lambda: order.order_line.write({"qty_received": 0})))

    def test_what_is_only_ordered_changes_nothing(self):
        order = self.receive(60.0, received=0)
        self.assertFalse(self.is_marked(lambda: order.order_line.write({"price_unit": 65.0})))
        self.assertFalse(self.is_marked(lambda: order.write({"incoterm_id": self.fob.id})))

    def test_a_rate_concerns_what_was_received_in_its_currency(self):
        self.receive(8.0, currency_id=self.jpy.id)
        self.env["res.currency.rate"].create(self.rate_values(self.jpy, 20.0))
        rate = self.env["res.currency.rate"].search(
            [("currency_id", "=", self.jpy.id), ("company_id", "=", self.exporter.id)], limit=1
        )
        self.assertTrue(self.is_marked(lambda: rate.write({"rate": 21.0})))

    def test_where_the_vendor_is_and_how_much_its_unit_is_concern_what_was_received(self):
        box = self.env["uom.uom"].create(
            {"name": "Box", "relative_factor": 6, "relative_uom_id": self.env.ref("uom.product_uom_unit").id}
        )
        self.receive(300.0, supplier=self.rival, line={"product_uom_id": box.id})
        self.assertTrue(self.is_marked(lambda: self.rival.write({"country_id": self.env.ref("base.jp").id})))
        self.assertTrue(self.is_marked(lambda: box.write({"relative_factor": 5})))
        self.assertFalse(self.is_marked(lambda: self.abroad.write({"country_id": self.env.ref("base.jp").id})))

    def test_what_a_tax_is_concerns_what_was_received_with_it(self):
        own = {"company_id": self.exporter.id, "type_tax_use": "purchase", "country_id": self.env.ref("base.cn").id}
        own["tax_group_id"] = self.env["account.tax.group"].create(
            {"name": "Duty", "company_id": self.exporter.id, "country_id": own["country_id"]}
        ).id
        tax = self.env["account.tax"].create({**own, "name": "Duty", "amount": 5.0})
        whole = {**own, "name": "All", "amount_type": "group", "children_tax_ids": [Command.set(tax.ids)]}
        for each in (tax, self.env["account.tax"].create(whole)):
            with self.subTest(each.name):
                self.receive(60.0, line={"tax_ids": [Command.set(each.ids)]})
                self.assertTrue(self.is_marked(lambda: tax.write({"amount": tax.amount + 1})))

    def test_receipts_are_one_query(self):
        for number in range(5):
            self.receive(10.0, product=self.make_good(f"Part {number}", f"P{number}"))
        self.env.flush_all()
        for ids, count in ((self.lamp.ids, 0), (None, 5)):
            with self.assertQueryCount(1):
                found = self.lamp._rcep_receipts(self.exporter, self.today, ids)
            self.assertEqual(len(found), count)

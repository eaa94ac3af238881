"""A lot that an order consumed is worth what was paid when it came in, and comes from whom it came."""

import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .bought import BoughtCommon


@tagged("post_install", "-at_install")
class TestLotValue(BoughtCommon):
    """The motor is sold at 100 yuan and takes one rotor; 20 yuan of magnets do not originate either."""

    def test_a_lot_is_worth_what_was_paid_for_it_whatever_was_paid_since(self):
        old = self.buy("R-OLD", 40.0, ago=60)
        new = self.buy("R-NEW", 70.0, ago=10)
        self.assertEqual(self.made_of(old).rvc, "40.00")
        self.assertEqual(self.made_of(new).rvc, "10.00")

    def test_lots_of_two_prices_stand_side_by_side(self):
        self.assertEqual(self.made_of(self.buy("R1", 40.0), self.buy("R2", 60.0)).rvc, "30.00")

    def test_a_lot_that_came_twice_is_worth_the_dearer(self):
        """Nobody can tell which of the two went into a unit: the worse for the exporter counts."""
        lot = self.buy("R1", 55.0, ago=60)
        self.buy(lot, 40.0, ago=10)
        self.assertEqual(self.made_of(lot).rvc, "25.00")

    def test_of_a_lot_that_came_from_two_firms_the_one_without_a_declaration_counts(self):
        rival = self.make_customer("Cixi Rotor Works", "cn")
        self.declare(self.rotor, date_from=datetime.date(2026, 1, 1))
        lot = self.buy("R1", 55.0, ago=60)
        self.assertEqual(self.made_of(lot).criterion, "CTC")
        self.buy(lot, 40.0, ago=10, partner_id=rival.id)
        self.assertEqual(self.made_of(lot).rvc, "40.00")

    def test_a_lot_that_nobody_bought_is_worth_what_its_product_is(self):
        self.buy("R1", 70.0)
        found = self.lot(self.rotor, "R-FOUND")
        self.receive(found, 10)
        self.assertEqual(self.made_of(found).rvc, "10.00")

    def test_a_lot_in_dollars_counts_at_the_rate_of_the_day_on_which_it_came(self):
        day = self.today - datetime.timedelta(days=20)
        self.env["res.currency.rate"].create(self.rate_values(self.usd, 0.2) | {"name": day})
        lot = self.buy("R1", 6.4, ago=60, currency_id=self.usd.id)  # 6.25 yuan a dollar on that day
        self.assertEqual(self.made_of(lot).rvc, "40.00")

    def test_the_declaration_of_whoever_delivered_the_lot_counts(self):
        rival = self.make_customer("Cixi Rotor Works", "cn")
        self.declare(self.rotor, date_from=datetime.date(2026, 1, 1))  # of the usual supplier
        theirs = self.buy("R-THEIRS", 40.0, ago=30)
        other = self.buy("R-OTHER", 40.0, ago=20, partner_id=rival.id)
        self.assertEqual(self.made_of(theirs).criterion, "CTC")
        verdict = self.made_of(other)
        self.assertEqual(verdict.criterion, "RVC")
        self.assertIn("comes from Cixi Rotor Works, but declaration", verdict.notes)

    def test_a_price_that_is_corrected_marks_what_was_made_of_the_lot(self):
        lot = self.buy("R1", 40.0)
        verdict = self.made_of(lot)
        self.env.cr.precommit.run()
        self.assertFalse(verdict.stale)
        self.purchase_of(lot).order_line.price_unit = 50.0
        self.env.cr.precommit.run()
        self.assertTrue(verdict.stale)
        verdict._determine()
        self.assertEqual(verdict.rvc, "30.00")

    def test_ten_times_the_lots_take_no_more_queries(self):
        def queries(count):
            lots = [self.buy(f"{count}-{number}", 40.0) for number in range(count)]
            order = self.consumed(*lots)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.consumption(order)
            return self.env.cr.sql_log_count - before

        queries(1)  # what is read once for all
        self.assertEqual(queries(10), queries(2))

    def test_a_kit_that_was_bought_says_nothing_of_the_price_of_its_parts(self):
        kit = self.make_good("Rotor set", "SET")
        self.make_bom(kit, (self.rotor, 2), type="phantom", work=None)
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.exporter.id,
                "currency_id": self.cny.id,
                "order_line": [Command.create({"product_id": kit.id, "product_qty": 5, "price_unit": 500.0})],
            }
        )
        order.button_confirm()
        lot = self.lot(self.rotor, "R-KIT")
        self.bring_in(order, lot)
        self.assertEqual(self.made_of(lot).rvc, "40.00")  # the supplier's price of a rotor

"""Facts that change mark the production orders of earlier days that rest on them, and no others."""

import datetime

from odoo.tests import tagged

from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestPastOrders(ConsumedCommon):
    """An order of ten days ago, of which nothing is tracked; it took one rotor for each motor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.today - datetime.timedelta(days=10)
        cls.made = cls.verdict(cls.finish(cls.order(), cls.day))
        cls.env.cr.precommit.run()

    def marked(self):
        """Whether a change had the order noted, to be determined anew."""
        self.env.cr.precommit.run()
        marked = self.made.stale
        self.made._determine()
        return marked

    def test_a_price_that_is_corrected_marks_what_consumed_the_material(self):
        self.assertFalse(self.made.stale)
        self.rotor.seller_ids.price = 60.0
        self.assertTrue(self.marked())
        self.assertEqual(self.made.rvc, "20.00")

    def test_a_price_of_what_was_not_consumed_marks_nothing(self):
        self.dear.seller_ids.price = 75.0
        self.assertFalse(self.marked())

    def test_a_substitute_that_no_bill_holds_marks_what_consumed_it(self):
        order = self.order()
        self.consume(order, self.rotor, 0)
        self.consume(order, self.dear, 10)
        verdict = self.verdict(self.finish(order, self.day))
        self.env.cr.precommit.run()
        self.dear.seller_ids.price = 30.0
        self.env.cr.precommit.run()
        self.assertTrue(verdict.stale)
        self.assertFalse(self.made.stale)

    def test_a_price_that_begins_later_marks_nothing(self):
        later = {"price": 90.0, "date_start": self.today, "currency_id": self.cny.id, "product_id": self.rotor.id}
        of_whom = {"partner_id": self.supplier.id, "company_id": self.exporter.id}
        self.env["product.supplierinfo"].create({**later, **of_whom})
        self.assertFalse(self.marked())
        self.env["rcep.origin"]._mark_by_date()
        self.assertFalse(self.marked())

    def test_a_rate_of_a_later_day_marks_nothing_and_one_of_its_day_does(self):
        self.rotor.seller_ids.write({"currency_id": self.usd.id, "price": 6.4})
        self.assertTrue(self.marked())
        rates = self.env["res.currency.rate"]
        rates.create({**self.rate_values(self.usd, 0.2), "name": self.today})
        self.assertFalse(self.marked())
        rates.create({**self.rate_values(self.usd, 0.128), "name": self.day})
        self.assertTrue(self.marked())
        self.assertEqual(self.made.rvc, "30.00")

    def test_a_declaration_that_held_on_its_day_marks_what_consumed_the_material(self):
        self.rotor.country_of_origin = False
        self.marked()
        since = self.day - datetime.timedelta(days=1)
        self.declare(self.rotor, date_from=since)
        self.assertTrue(self.marked())
        self.assertEqual(self.made.criterion, "CTC")

    def test_a_standard_cost_marks_only_where_it_stands_in_for_a_price(self):
        """Odoo's average cost turns with each receipt: what has a price does not rest on it."""
        self.rotor.with_company(self.exporter).standard_price = 33.0
        self.assertFalse(self.marked())
        self.rotor.seller_ids.unlink()
        self.assertTrue(self.marked())
        self.rotor.with_company(self.exporter).standard_price = 50.0
        self.assertTrue(self.marked())
        self.assertEqual(self.made.rvc, "30.00")

    def test_the_bill_and_the_price_of_what_was_made_mark_it(self):
        self.motor.list_price = 120.0
        self.assertTrue(self.marked())
        self.bom.bom_line_ids[:1].product_qty = 2.0
        self.assertTrue(self.marked())

    def test_what_was_made_of_what_it_made_is_marked_too(self):
        self.track(self.motor)
        lot = self.lot(self.motor, "M1")
        first = self.finish(self.order(lot=lot), self.day)
        fan = self.make_good("Fan", "FAN", hs_code="84145100", list_price=260.0)
        self.make_bom(fan, (self.steel, 1))
        order = self.order(fan)
        self.consume(order, self.motor, 10, (lot, 10))  # instead of nothing: no bill leads from rotor to fan
        self.finish(order)
        self.verdict(order)
        self.env.cr.precommit.run()
        self.assertFalse(order.rcep_origin_id.stale)
        self.rotor.seller_ids.price = 41.0
        self.env.cr.precommit.run()
        self.assertTrue(first.rcep_origin_id.stale and order.rcep_origin_id.stale)

    def test_marking_is_one_query_however_many_orders_there_are(self):
        def queries():
            self.env["rcep.production.origin"].search([])._determine()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.rotor._rcep_past_changed(self.exporter, datetime.date.min)
            return self.env.cr.sql_log_count - before

        queries()  # once for what Odoo keeps in memory
        few = queries()
        for _number in range(5):
            self.verdict(self.finish(self.order(), self.day))
        self.assertEqual(queries(), few)

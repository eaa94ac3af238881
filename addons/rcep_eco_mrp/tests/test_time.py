"""What work costs: the time of an operation is Odoo's own, whatever there is to it."""

from decimal import Decimal

from odoo.addons.rcep_eco_mrp.bills.consumption import Consumption
from odoo.fields import Command
from odoo.tests import tagged

from .consumed import ConsumedCommon

QUALITIES = {
    "a batch of ten": {"product_qty": 10},
    "set-up and clean-up": {"time_start": 12, "time_stop": 6},
    "efficiency": {"time_efficiency": 80},
    "a batch, set-up and efficiency": {"product_qty": 4, "time_start": 10, "time_efficiency": 125},
    "capacity": {"product_qty": 10, "capacity": 3},
    "capacity of one product, with its own set-up": {"product_qty": 10, "capacity": 4, "of_product": True},
    "capacity larger than the batch": {"product_qty": 5, "capacity": 8},
}


@tagged("post_install", "-at_install")
class TestTime(ConsumedCommon):
    """60 minutes at 60 an hour, three quarters of it labour."""

    def make_worked(self, product_qty=1, capacity=None, of_product=False, **center):
        good = self.make_good("Worked", "WORKED", hs_code="85013100", list_price=1000.0)
        bom = self.make_bom(good, (self.magnet, product_qty), product_qty=product_qty)
        bom.operation_ids.time_cycle_manual = 60
        self.hours.write(center)
        if capacity:
            values = {"product_uom_id": good.uom_id.id, "capacity": capacity, "time_start": 3, "time_stop": 2}
            values["product_id"] = good.id if of_product else False
            self.hours.capacity_ids = [Command.create(values)]
        return good

    def each_quality(self):
        for name, quality in QUALITIES.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                yield quality
                savepoint.rollback()
                self.env.invalidate_all()

    def spent(self, production):
        return production.costs.labour + production.costs.overhead

    def test_work_of_a_bill_costs_what_odoos_roll_up_says_whatever_the_work_centre(self):
        for quality in self.each_quality():
            good = self.make_worked(**quality)
            self.magnet.standard_price = 10.0
            result = good._compute_bom_price(good.bom_ids) - 10.0
            production = self.production(good)
            self.assertAlmostEqual(float(self.spent(production)), result, 5)
            self.assertAlmostEqual(float(production.costs.labour), result * 0.75, 5)

    def test_work_in_a_batch_is_shared_by_what_the_batch_makes(self):
        production = self.production(self.make_worked(product_qty=10))
        self.assertEqual((production.costs.labour, production.costs.overhead), (Decimal("4.5"), Decimal("1.5")))

    def test_work_of_an_order_costs_what_its_work_orders_cost(self):
        for quality in self.each_quality():
            order = self.finish(self.order(self.make_worked(**quality), 20))
            result = order.workorder_ids._cal_cost() / 20
            self.assertGreater(result, 0)
            used = self.used_by(order)
            self.assertAlmostEqual(float(self.spent(used)), result, 5)

    def used_by(self, order):
        return Consumption(self.env, self.exporter, self.today, order.ids).of(order.id)

    def test_work_of_an_order_is_at_its_recorded_time(self):
        order = self.order(self.make_worked(), 10)
        order.workorder_ids.duration = 120  # ten hours were expected
        self.finish(order)
        self.assertEqual(self.spent(self.used_by(order)), Decimal(12))

    def test_a_part_is_not_made_to_originate_by_the_time_of_a_whole_batch(self):
        """Ten parts of 50 each in an hour at 60: its own value is 6, which no rule of value is met by."""
        part = self.make_good("Part", "PART", hs_code="830242", sale_ok=False)
        iron = self.make_material("Iron", "830242", "de", 50.0)
        self.make_bom(part, (iron, 10), product_qty=10).operation_ids.time_cycle_manual = 60
        good = self.make_good("Mounting", "MOUNT", hs_code="830241", list_price=80.0)
        self.make_bom(good, (part, 1), work=None)
        verdict = self.determine(good, 80)
        self.assertEqual((verdict.verdict, verdict.regional_value.vnm), ("not_originating", Decimal(50)))

    def test_a_change_of_a_work_centres_time_marks_what_is_made_on_it(self):
        good = self.make_worked()
        verdicts = self.env["rcep.origin"].sudo()
        changes = (
            lambda: self.hours.write({"time_start": 5}),
            lambda: self.hours.write({"time_efficiency": 50}),
            lambda: self.hours.write(
                {"capacity_ids": [Command.create({"product_uom_id": good.uom_id.id, "capacity": 2})]}
            ),
        )
        for change in changes:
            verdicts._determine_all(self.exporter, good)
            change()
            self.env.cr.precommit.run()
            self.assertTrue(good.rcep_origin_id.stale)

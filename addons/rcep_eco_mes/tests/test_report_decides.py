"""What the MES reports decides the origin of an order, and never more than it shows."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import MesCommon, item


@tagged("post_install", "-at_install")
class TestReportDecides(MesCommon):
    def test_a_report_that_says_what_the_bill_says_leaves_the_verdict_as_it_is(self):
        self.apply(self.told("R-1"))
        verdict = self.verdict(self.made)
        self.assertFalse(verdict.problem)
        self.assertEqual((verdict.verdict, verdict.rvc, verdict.turned), ("originating", "40.00", False))

    def test_a_dearer_substitute_that_only_the_mes_saw_turns_the_verdict(self):
        self.assertEqual(self.verdict(self.made).verdict, "originating")
        self.apply(
            self.told("R-1", item("consumed", "SMALL MOTOR", "4"), item("consumed", "DEAR MOTOR", "6"), *self.usual[1:])
        )
        verdict = self.verdict(self.made)  # four rotors of ten: less than the order's moves say
        self.assertEqual(verdict.verdict or "", "")
        self.assertIn("say 4 of [SMALL MOTOR] Small motor, the order 10", verdict.problem)
        self.consume_less(4)
        verdict = self.verdict(self.made)
        self.assertEqual((verdict.verdict, verdict.rvc, verdict.turned), ("not_originating", "22.00", True))
        self.assertIn("Dear motor is not in the bill of materials", verdict.difference)

    def consume_less(self, quantity):
        """The order's own quantity of rotors is corrected by a person."""
        move = self.made.move_raw_ids.filtered(lambda each: each.product_id == self.rotor)
        move.move_line_ids.quantity = quantity
        self.made._rcep_await_origin()

    def test_one_rotor_less_than_the_order_consumed_is_a_report_that_may_be_missing(self):
        self.assertEqual(self.verdict(self.made).rvc, "40.00")
        self.apply(self.told("R-1", item("consumed", "SMALL MOTOR", "9"), *self.usual[1:]))
        verdict = self.verdict(self.made)  # a tenth of the foreign value would be gone
        self.assertEqual(verdict.verdict or "", "")
        self.assertIn("say 9 of [SMALL MOTOR] Small motor, the order 10", verdict.problem)
        self.apply(self.told("R-2", item("consumed", "SMALL MOTOR", "1")))
        self.assertEqual(self.verdict(self.made).rvc, "40.00")

    def test_a_report_may_be_finer_than_the_order_counts(self):
        self.apply(self.told("R-1", item("consumed", "SMALL MOTOR", "9.996"), *self.usual[1:]))
        self.assertFalse(self.verdict(self.made).problem)
        self.apply(self.told("R-2", item("consumed", "SMALL MOTOR", "9.994"), *self.usual[1:], kind="correction",
                             corrects="R-1"))  # fmt: skip
        self.assertIn("say 9.994 of", self.verdict(self.made).problem)

    def test_indirect_materials_never_count(self):
        oil = self.make_material("Oil", "271019", "sg", 900.0)
        self.apply(self.told("R-1", *self.usual, item("consumable", oil.default_code, "5")))
        self.assertEqual(self.verdict(self.made).rvc, "40.00")

    def test_a_component_that_is_only_called_indirect_is_not_known(self):
        self.apply(self.told("R-1", item("consumable", "SMALL MOTOR", "10"), *self.usual[1:]))
        verdict = self.verdict(self.made)
        self.assertNotEqual(verdict.verdict, "originating")
        self.assertIn("No production report says what order", verdict.problem)

    def test_scrap_stays_consumed_and_is_not_counted_twice(self):
        told = [item("consumed", "SMALL MOTOR", "11"), item("scrap", "SMALL MOTOR", "1"), *self.usual[1:]]
        self.apply(self.told("R-1", *told))
        verdict = self.verdict(self.made)
        self.assertEqual((verdict.verdict, verdict.rvc), ("not_originating", "36.00"))

    def test_scrap_that_nobody_said_was_consumed_counts_as_consumed(self):
        self.apply(self.told("R-1", *self.usual, item("scrap", "DEAR MOTOR", "2")))
        self.assertEqual(self.verdict(self.made).rvc, "26.00")

    def test_a_report_of_one_step_only_makes_nothing_originating(self):
        self.apply(self.told("R-1", item("consumed", "MAGNET", "20"), self.usual[2]))
        verdict = self.verdict(self.made)
        self.assertNotEqual(verdict.verdict, "originating")
        self.assertIn("consumed of [SMALL MOTOR] Small motor: report it, with quantity 0", verdict.problem)
        self.apply(self.told("R-2", self.usual[0]))
        self.assertEqual(self.verdict(self.made).rvc, "40.00")

    def test_nothing_used_of_a_component_is_a_fact_where_report_and_order_say_it(self):
        self.apply(self.told("R-1", item("consumed", "SMALL MOTOR", "0"), item("consumed", "DEAR MOTOR", "10"),
                             *self.usual[1:]))  # fmt: skip
        verdict = self.verdict(self.made)  # a step that used no rotor says so too: the order consumed ten
        self.assertEqual(verdict.verdict or "", "")
        self.assertIn("say 0 of [SMALL MOTOR] Small motor, the order 10", verdict.problem)
        self.consume_less(0)
        self.assertEqual(self.verdict(self.made).rvc, "10.00")

    def test_reports_of_fewer_goods_than_the_order_made_are_not_all(self):
        self.apply(self.told("R-1", *self.usual[:2], item("produced", "MOTOR", "9")))
        verdict = self.verdict(self.made)
        self.assertNotEqual(verdict.verdict, "originating")
        self.assertIn("finished 10, the production reports say 9: a report is missing", verdict.problem)

    def test_what_is_unmatched_counts_as_not_known(self):
        self.apply(self.told("R-1"), self.told("R-2", item("consumed", "GHOST", "1")))
        verdict = self.verdict(self.made)
        self.assertNotEqual(verdict.verdict, "originating")
        self.assertIn("Production report R-2 of order", verdict.problem)

    def test_an_unmatched_report_alone_ends_the_verdict_of_the_moves(self):
        self.assertEqual(self.verdict(self.made).verdict, "originating")
        self.apply(self.told("R-1", item("consumed", "GHOST", "1")))
        self.assertTrue(self.made.rcep_origin_id.stale)
        self.assertNotEqual(self.verdict(self.made).verdict, "originating")

    def test_a_by_product_that_nobody_saw_takes_nothing_off(self):
        husk = self.make_good("Husk", "HUSK", hs_code="720449", list_price=1.0)
        self.bom.byproduct_ids = [Command.create({"product_id": husk.id, "product_qty": 1, "cost_share": 25.0})]
        order = self.finish(self.order())
        self.assertEqual(self.verdict(order).rvc, "55.00")
        self.apply(self.told("R-1", order=order))
        self.assertEqual(self.verdict(order).rvc, "40.00")
        seen = [*self.usual, item("by_product", "HUSK", "10")]
        self.apply(self.told("R-2", *seen, order=order, kind="correction", corrects="R-1"))
        self.assertEqual(self.verdict(order).rvc, "55.00")

    def test_a_report_before_the_order_is_done_counts_once_it_is(self):
        order = self.order()
        self.apply(self.told("R-1", item("consumed", "SMALL MOTOR", "12"), *self.usual[1:], order=order))
        self.assertFalse(order.rcep_origin_id)
        self.assertEqual(self.verdict(self.finish(order)).rvc, "32.00")

    def test_a_price_of_what_only_the_report_names_has_the_order_determined_again(self):
        self.apply(self.told("R-1", *self.usual, item("consumed", "DEAR MOTOR", "1")))
        self.assertEqual(self.verdict(self.made).rvc, "33.00")
        self.dear.seller_ids.price = 170.0
        self.env.cr.precommit.run()
        self.assertTrue(self.made.rcep_origin_id.stale)
        self.assertEqual(self.verdict(self.made).rvc, "23.00")

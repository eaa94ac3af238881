"""What the MES reports decides the origin of an order, and never more than it shows."""

from unittest import mock

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

    def test_a_by_product_that_bears_a_share_has_to_be_reported(self):
        husk = self.make_good("Husk", "HUSK", hs_code="720449", list_price=1.0)
        self.bom.byproduct_ids = [Command.create({"product_id": husk.id, "product_qty": 1, "cost_share": 25.0})]
        order = self.finish(self.order())
        self.assertEqual(self.verdict(order).rvc, "55.00")
        self.apply(self.told("R-1", order=order))
        self.assertIn("say 0 of by-product [HUSK] Husk, the order 10", self.verdict(order).problem)
        few = [*self.usual, item("by_product", "HUSK", "1")]
        self.apply(self.told("R-2", *few, order=order, kind="correction", corrects="R-1"))
        self.assertIn("say 1 of by-product [HUSK] Husk, the order 10", self.verdict(order).problem)
        self.assertFalse(self.verdict(order).verdict)
        self.apply(self.told("R-3", item("by_product", "HUSK", "9"), order=order))
        self.assertEqual(self.verdict(order).rvc, "55.00")

    # --- more than the moves show ------------------------------------------------------------------------
    def facts(self, order):
        """What was determined, as it was then: the record changes with the next report."""
        verdict = self.verdict(order)
        return verdict.verdict, verdict.rvc, verdict.fob

    def test_more_of_an_originating_material_than_the_order_consumed_adds_nothing(self):
        """Of a good without a price its cost stands in for one: more of such a material made it look better."""
        self.declare(self.magnet)
        self.motor.list_price = 0
        before = self.facts(self.made)
        self.assertEqual(before[0], "not_originating")
        self.apply(self.told("R-1", self.usual[0], item("consumed", "MAGNET", "200"), self.usual[2]))
        after = self.verdict(self.made)
        self.assertFalse(after.problem)
        self.assertEqual(self.facts(self.made), before)
        self.assertIn("say 180 Units of [MAGNET] Magnet more than the order's stock moves", after.notes)

    def test_an_originating_material_that_no_move_shows_adds_nothing(self):
        bracket = self.make_material("Bracket", "830241", "cn", 500.0)
        self.declare(bracket)
        self.motor.list_price = 0
        before = self.facts(self.made)
        self.apply(self.told("R-1", *self.usual, item("consumed", "BRACKET", "10")))
        after = self.verdict(self.made)
        self.assertEqual(self.facts(self.made), before)
        self.assertIn("say 10 Units of [BRACKET] Bracket more", after.notes)

    def test_an_originating_lot_counts_as_it_was_consumed(self):
        """Which lot it was the reports know better than the moves; how much in all they do not."""
        self.track(self.magnet)
        good, other = self.lot(self.magnet, "L-1"), self.lot(self.magnet, "L-2")
        good.rcep_declaration_id = self.declare(self.magnet)
        for lot in (good, other):
            self.receive(lot, 50)
        order = self.order()
        self.consume(order, self.magnet, 20, (good, 20))
        self.finish(order)
        self.motor.list_price = 0
        before = self.facts(order)
        for number, quantity in enumerate((20, 60)):
            told = [self.usual[0], item("consumed", "MAGNET", str(quantity), lot="L-1"), self.usual[2]]
            more = {"kind": "correction", "corrects": f"R-{number - 1}"} if number else {}
            self.apply(self.told(f"R-{number}", *told, order=order, **more))
            self.assertEqual(self.facts(order), before)

    def test_more_of_a_part_that_is_made_here_is_not_known(self):
        part = self.make_good("Stator", "STATOR", hs_code="850300", list_price=0)
        self.make_bom(part, (self.magnet, 1))
        self.apply(self.told("R-1", *self.usual, item("consumed", "STATOR", "3")))
        verdict = self.verdict(self.made)
        self.assertFalse(verdict.verdict)
        self.assertIn("say 3 Units of [STATOR] Stator more", verdict.problem)
        self.assertIn("made here", verdict.problem)

    # --- a report that nobody has looked at yet ----------------------------------------------------------
    def test_a_report_that_came_and_is_not_applied_yet_is_not_known(self):
        self.assertEqual(self.verdict(self.made).verdict, "originating")
        self.receive_report(self.told("R-1", item("consumed", "SMALL MOTOR", "20"), *self.usual[1:]))
        self.assertTrue(self.made.rcep_origin_id.stale)
        verdict = self.verdict(self.made)
        self.assertFalse(verdict.verdict)
        self.assertIn("Production report R-1 of order", verdict.problem)
        self.assertIn("came in and is not applied yet", verdict.problem)
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual(self.verdict(self.made).verdict, "not_originating")

    # --- an order that Odoo renames ----------------------------------------------------------------------
    def split(self):
        """Half of an order is finished, the rest left for later: Odoo renames it."""
        order = self.order()
        name = order.name
        order.qty_producing = 5
        order._set_qty_producing()
        action = order.with_context(skip_consumption=True).button_mark_done()
        self.env["mrp.production.backorder"].with_context(**action["context"]).create({
            "mrp_production_ids": order.ids,
            "mrp_production_backorder_line_ids": [
                Command.create({"mrp_production_id": order.id, "to_backorder": True})
            ],
        }).action_backorder()  # fmt: skip
        self.assertEqual(order.name, f"{name}-001")
        return order, order.production_group_id.production_ids - order, name

    def of_half(self, report_id, name, **values):
        half = [item("consumed", "SMALL MOTOR", "5"), item("consumed", "MAGNET", "10"), item("produced", "MOTOR", "5")]
        return {**self.told(report_id, *half), "order": name, **values}

    def test_an_order_that_became_two_is_asked_for(self):
        order, rest, name = self.split()
        report = self.apply(self.of_half("R-1", name))
        self.assertEqual((report.state, self.codes(report)), ("unmatched", ["order_split"]))
        self.assertIn(f"became {order.name}, {rest.name} in Odoo", report.problem)
        rest.action_cancel()
        report.with_user(self.person("engineer")).action_replay()
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((report.state, report.production_id), ("applied", order))

    def test_a_correction_goes_to_the_order_of_what_it_corrects_whatever_that_is_called_now(self):
        order = self.order()
        early = self.apply(self.of_half("R-0", order.name))
        self.assertEqual(early.production_id, order)
        name = order.name
        with self.patch_order(order):
            split, _rest, _name = self.split()
        self.assertEqual(split, order)
        late = self.apply(self.of_half("R-1", name, kind="correction", corrects="R-0"))
        self.assertEqual((late.state, late.production_id), ("applied", order))

    def patch_order(self, order):
        return mock.patch.object(type(self), "order", lambda _self: order)

    def test_another_order_of_a_longer_number_is_none_of_its_parts(self):
        _order, _rest, name = self.split()
        report = self.apply(self.of_half("R-1", name[:-1]))
        self.assertEqual(self.codes(report)[0], "order_unknown")

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

    def test_goods_of_the_same_kind_that_were_worked_again_are_a_material(self):
        self.apply(self.told("R-1", *self.usual, item("consumed", "MOTOR", "5")))
        verdict = self.verdict(self.made)
        self.assertNotEqual(verdict.verdict, "originating")

    def test_scrap_that_only_the_order_knows_is_not_forgotten(self):
        scrap = {"product_id": self.dear.id, "scrap_qty": 2, "production_id": self.made.id}
        self.env["stock.scrap"].create({**scrap, "company_id": self.exporter.id}).do_scrap()
        self.assertEqual(self.verdict(self.made).rvc, "26.00")
        self.apply(self.told("R-1"))
        verdict = self.verdict(self.made)
        self.assertEqual(verdict.verdict or "", "")
        self.assertIn("consumed of [DEAR MOTOR] Dear motor: report it", verdict.problem)

    def test_what_came_back_when_units_were_taken_apart_is_in_none_that_are_left(self):
        self.apply(self.told("R-1"))
        self.unbuild(self.made, 5)
        verdict = self.verdict(self.made)  # twice the material in each would be twice the value added by building up
        self.assertFalse(verdict.problem)
        self.assertEqual(verdict.rvc, "40.00")

    def test_a_material_came_back_of_which_the_reports_say_less(self):
        order = self.order()
        self.consume(order, self.dear, 2)
        self.apply(self.told("R-1", *self.usual, item("consumed", "DEAR MOTOR", "0"), order=order))
        self.unbuild(self.finish(order), 9)  # what is left of it is less than was said, what was consumed is more
        verdict = self.verdict(order)
        self.assertEqual(verdict.verdict or "", "")
        self.assertIn("say 0 of [DEAR MOTOR] Dear motor", verdict.problem)

"""Reports that are booked: the order and the stock are what a person would have made of them in Odoo."""

from odoo.addons.mrp.models.mrp_production import MrpProduction
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..reports import canonical
from .common import MesCommon, item


@tagged("post_install", "-at_install")
class TestBooking(MesCommon):
    """Rotors come in two lots and motors are made in one; of each there is enough in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.track(cls.motor, cls.rotor)
        cls.magnet.is_storable = True
        cls.shelf = cls.env["stock.warehouse"].search([("company_id", "=", cls.exporter.id)], limit=1).lot_stock_id
        cls.first, cls.second = cls.lot(cls.rotor, "R-A"), cls.lot(cls.rotor, "R-B")
        for product, lot, quantity in ((cls.rotor, cls.first, 30), (cls.rotor, cls.second, 30), (cls.magnet, None, 90)):
            cls.env["stock.quant"]._update_available_quantity(product, cls.shelf, quantity, lot_id=lot)
        cls.whole = [
            item("consumed", "SMALL MOTOR", "6", lot="R-A"),
            item("consumed", "SMALL MOTOR", "5", lot="R-B"),
            item("scrap", "SMALL MOTOR", "1", lot="R-B"),
            item("consumed", "MAGNET", "20"),
            item("produced", "MOTOR", "10", lot="M-1"),
        ]

    def book(self, *told):
        """Reports that came with a key that books, and were applied by the job."""
        came = [self.reports._receive(self.exporter, canonical.read(each), each, "http", True)[0] for each in told]
        self.run_job("_cron_apply", "rcep.production.report")
        return self.reports.union(*came)

    def held(self, order):
        """What the stock books hold of an order: moves in words, and what lies where."""
        self.env.flush_all()
        lines = (order.all_move_raw_ids | order.all_move_ids).move_line_ids
        moved = sorted(
            (line.product_id.display_name, line.lot_id.name or "", line.quantity, line.state, line.location_id.usage,
             line.location_dest_id.usage)
            for line in lines
        )  # fmt: skip
        products = self.motor | self.rotor | self.magnet | self.dear
        quants = self.env["stock.quant"].search([("product_id", "in", products.ids)])
        lying = sorted((quant.product_id.display_name, quant.lot_id.name or "", quant.location_id.usage, quant.quantity,
                        quant.reserved_quantity) for quant in quants if quant.quantity)  # fmt: skip
        worth = sorted((product.display_name, product.qty_available, product.with_company(self.exporter).standard_price)
                       for product in products)  # fmt: skip
        return (
            moved,
            lying,
            worth,
            order.state,
            order.qty_producing,
            order.qty_produced,
            order.lot_producing_ids.mapped("name"),
        )

    def by_hand(self, order):
        """What a person does in Odoo with the same order."""
        scrap = {"product_id": self.rotor.id, "scrap_qty": 1, "lot_id": self.second.id, "production_id": order.id}
        self.env["stock.scrap"].create({**scrap, "company_id": self.exporter.id}).do_scrap()
        order.lot_producing_ids = [Command.create({"name": "M-1", "product_id": self.motor.id})]
        order.qty_producing = 10
        self.consume(order, self.rotor, 10, (self.first, 6), (self.second, 4))
        self.consume(order, self.magnet, 20)
        order.with_context(skip_consumption=True).button_mark_done()

    def codes_of(self, report):
        return report.state, self.codes(report)

    # --- as a person would -------------------------------------------------------------------------------
    def test_the_books_are_those_of_a_person_who_books_the_same(self):
        order = self.order()
        with self.env.cr.savepoint() as point:
            self.by_hand(order)
            expected = self.held(order)
            point.rollback()
        self.env.invalidate_all()
        report = self.book(self.told("R-1", *self.whole, order=order))
        self.assertFalse(report.problem)
        self.assertEqual(self.held(order), expected)
        self.assertEqual((order.state, report.state, bool(report.booked_at)), ("done", "applied", True))
        self.assertIn("R-1", order.message_ids[0].body)

    def test_the_verdict_is_of_the_same_quantities(self):
        order = self.order()
        self.book(self.told("R-1", *self.whole, order=order))
        verdict = self.verdict(order)
        self.assertEqual((verdict.verdict, verdict.rvc, verdict.problem), ("not_originating", "36.00", False))

    def test_evidence_only_moves_nothing(self):
        order = self.order()
        before = self.held(order)
        self.lot(self.motor, "M-1")
        self.apply(self.told("R-1", *self.whole, order=order))
        self.assertEqual(self.held(order), before)

    def test_partial_reports_sum_up_and_the_last_closes_the_order(self):
        order = self.order()
        first = self.book(self.told("R-1", item("consumed", "SMALL MOTOR", "6", lot="R-A"),
                                    item("consumed", "MAGNET", "12"), item("produced", "MOTOR", "6", lot="M-1"),
                                    order=order))  # fmt: skip
        self.assertEqual((order.state, order.qty_producing, order.qty_produced), ("progress", 6, 0))
        self.assertIn("makes 10, its reports say 6 so far", first.booking)
        self.assertEqual(self.rotor.with_company(self.exporter).qty_available, 60)  # nothing has moved
        self.book(self.told("R-2", item("consumed", "SMALL MOTOR", "4", lot="R-B"), item("consumed", "MAGNET", "8"),
                            item("produced", "MOTOR", "4", lot="M-1"), order=order))  # fmt: skip
        self.assertEqual((order.state, order.qty_produced), ("done", 10))
        self.assertEqual(self.rotor.with_company(self.exporter).qty_available, 50)
        self.assertFalse(first.booking)
        self.assertTrue(first.booked_at)

    def test_the_same_again_is_booked_once(self):
        order = self.order()
        told = self.told("R-1", *self.whole, order=order)
        self.book(told, told)
        once = self.held(order)
        self.book(told)
        self.assertEqual(self.held(order), once)

    def test_a_component_nobody_planned_is_consumed_too(self):
        order = self.order()
        report = self.book(self.told("R-1", *self.whole, item("consumed", "DEAR MOTOR", "2"), order=order))
        self.assertFalse(report.problem)
        added = order.move_raw_ids.filtered(lambda move: move.product_id == self.dear)
        self.assertEqual((order.state, added.state, added.quantity), ("done", "done", 2))
        self.assertEqual(self.verdict(order).rvc, "22.00")

    def test_less_than_planned_waits_for_a_person_who_closes_the_order(self):
        order = self.order()
        few = [item("consumed", "SMALL MOTOR", "4", lot="R-A"), *self.whole[3:]]
        report = self.book(self.told("R-1", *few, order=order))
        self.assertNotEqual(order.state, "done")
        self.assertIn("is to consume 10 of [SMALL MOTOR] Small motor, its reports say 4 so far", report.booking)
        order.with_context(skip_consumption=True, skip_backorder=True).button_mark_done()
        self.assertEqual(order.state, "done")
        self.assertFalse(report.booking)
        verdict = self.verdict(order)
        self.assertEqual((verdict.rvc, verdict.problem), ("64.00", False))

    def test_more_than_was_ordered_waits_too_unless_as_much_more_went_in(self):
        """A nought too many: of what is bought each motor would hold a tenth."""
        order = self.order()
        report = self.book(self.told("R-1", *self.whole[:-1], item("produced", "MOTOR", "100", lot="M-1"), order=order))
        self.assertNotEqual(order.state, "done")
        self.assertIn("is to consume 200 of [MAGNET] Magnet, its reports say 20 so far", report.booking)
        other = self.order()
        more = [item("consumed", "SMALL MOTOR", "22", lot="R-A"), item("consumed", "MAGNET", "44")]
        self.book(self.told("R-2", *more, item("produced", "MOTOR", "22", lot="M-2"), order=other))
        self.assertEqual((other.state, other.qty_produced), ("done", 22))

    def test_what_a_person_closes_otherwise_has_no_verdict(self):
        order = self.order()
        self.book(self.told("R-1", item("consumed", "SMALL MOTOR", "11", lot="R-A"), item("consumed", "MAGNET", "20"),
                            item("produced", "MOTOR", "9", lot="M-1"), order=order))  # fmt: skip
        order.move_raw_ids.filtered(lambda move: move.product_id == self.rotor).move_line_ids.quantity = 9
        order.with_context(skip_consumption=True, skip_backorder=True).button_mark_done()
        verdict = self.verdict(order)
        self.assertEqual((order.state, verdict.verdict or ""), ("done", ""))
        self.assertIn("its reports say 11 of [SMALL MOTOR] Small motor R-A, its stock 9", verdict.problem)

    # --- corrections -------------------------------------------------------------------------------------
    def test_a_correction_before_stock_moved_is_what_is_booked(self):
        order = self.order()
        few = [*self.whole[:4], item("produced", "MOTOR", "9", lot="M-1")]
        self.book(self.told("R-1", *few, order=order))
        self.assertNotEqual(order.state, "done")
        self.book(self.told("R-2", *self.whole, order=order, kind="correction", corrects="R-1"))
        self.assertEqual((order.state, order.qty_produced), ("done", 10))

    def test_a_correction_after_stock_moved_says_what_to_do_and_counts_once_it_was_done(self):
        order = self.order()
        first = self.book(self.told("R-1", *self.whole, order=order))
        before = self.held(order)
        told = [item("consumed", "SMALL MOTOR", "7", lot="R-A"), *self.whole[1:]]
        second = self.book(self.told("R-2", *told, order=order, kind="correction", corrects="R-1"))
        self.assertEqual(self.codes_of(second), ("unmatched", ["booking_done"]))
        self.assertIn("it holds 6 of [SMALL MOTOR] Small motor R-A, the reports say 7. Correct", second.problem)
        self.assertEqual((first.state, self.held(order)), ("applied", before))
        self.assertFalse(self.verdict(order).verdict)  # no yes while it is open
        line = order.move_raw_ids.move_line_ids.filtered(lambda each: each.lot_id == self.first)
        line.quantity = 7
        second.with_user(self.person("engineer")).action_replay()
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((first.state, second.state), ("corrected", "applied"))
        self.assertEqual(self.verdict(order).rvc, "32.00")

    def test_a_report_of_an_order_that_a_person_booked_so_already_counts_and_books_nothing(self):
        order = self.order()
        self.by_hand(order)
        before = self.held(order)
        report = self.book(self.told("R-1", *self.whole, order=order))
        self.assertEqual((report.state, self.held(order)), ("applied", before))

    # --- what cannot be booked ---------------------------------------------------------------------------
    def assert_refused(self, order, report, code, *words):
        self.assertEqual(self.codes_of(report), ("unmatched", [code]))
        for each in words:
            self.assertIn(each, report.problem)
        self.assertFalse(order.move_raw_ids.filtered("picked"))
        self.assertFalse(order.scrap_ids)
        self.assertNotEqual(order.state, "done")

    def test_what_is_not_in_stock_is_not_booked(self):
        order = self.order()
        self.env["stock.quant"]._update_available_quantity(self.magnet, self.shelf, -75)
        report = self.book(self.told("R-1", *self.whole, order=order))
        self.assert_refused(order, report, "booking_short", "consumed 20 of [MAGNET] Magnet", "there are 15. Receive")
        self.assertFalse(self.env["stock.lot"].search([("name", "=", "M-1")]))  # nothing is half done
        self.env["stock.quant"]._update_available_quantity(self.magnet, self.shelf, 5)
        report.with_user(self.person("engineer")).action_replay()
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((report.state, order.state), ("applied", "done"))

    def test_stock_of_another_lot_is_none(self):
        order = self.order()
        told = [item("consumed", "SMALL MOTOR", "31", lot="R-A"), *self.whole[3:]]
        self.assert_refused(order, self.book(self.told("R-1", *told, order=order)), "booking_short", "Small motor R-A")

    def test_a_tracked_component_without_its_lot_is_not_booked(self):
        order = self.order()
        told = [item("consumed", "SMALL MOTOR", "10"), *self.whole[3:]]
        self.assert_refused(order, self.book(self.told("R-1", *told, order=order)), "lot_missing")

    def test_an_order_that_is_closed_otherwise_or_cancelled_is_not_booked(self):
        order, cancelled = self.order(lot=self.lot(self.motor, "M-9")), self.order()
        self.finish_otherwise(order)
        cancelled.action_cancel()
        before = self.held(order)
        late = self.book(self.told("R-1", *self.whole, order=order))
        self.assertEqual(self.codes_of(late), ("unmatched", ["booking_done"]))
        self.assertEqual(self.held(order), before)
        none = self.book(self.told("R-2", *self.whole, order=cancelled))
        self.assertEqual(self.codes_of(none), ("unmatched", ["order_cancelled"]))

    def finish_otherwise(self, order):
        order.qty_producing = 10
        self.consume(order, self.rotor, 10, (self.first, 10))
        self.consume(order, self.magnet, 20)
        order.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(order.state, "done")

    def test_what_odoo_itself_refuses_is_not_booked(self):
        order = self.order()

        # Stands for a refusal of Odoo's own.
        closed = UserError("The warehouse is closed.")  # pylint: disable=translation-required  # words of this test alone

        def refuse(_orders):
            raise closed

        self.patch(MrpProduction, "_button_mark_done_sanity_checks", refuse)
        report = self.book(self.told("R-1", *self.whole, order=order))
        self.assert_refused(order, report, "booking_odoo", "The warehouse is closed. Mend it")

    def test_a_bill_that_allows_no_other_consumption_is_kept(self):
        self.bom.consumption = "strict"
        order = self.order()
        self.assert_refused(order, self.book(self.told("R-1", *self.whole, order=order)), "booking_strict")

    def test_an_order_makes_one_lot(self):
        order = self.order()
        two = [item("produced", "MOTOR", "4", lot="M-1"), item("produced", "MOTOR", "6", lot="M-2")]
        report = self.book(self.told("R-1", *self.whole[:4], *two, order=order))
        self.assert_refused(order, report, "booking_lots", "made lots M-1, M-2", "Split the order")
        corrected = self.told("R-2", *self.whole, order=order, kind="correction", corrects="R-1", reason="one lot")
        self.assertFalse(self.book(corrected).problem)
        self.assertEqual(order.state, "done")

    def test_evidence_and_booking_are_not_mixed_in_one_order(self):
        order = self.order()
        self.lot(self.motor, "M-1")
        self.apply(self.told("R-1", *self.whole, order=order))
        report = self.book(self.told("R-2", *self.whole, order=order))
        self.assert_refused(order, report, "booking_mixed", "R-1")
        third = self.book(self.told("R-3", *self.whole, order=order, kind="correction", corrects="R-1"))
        self.assertEqual((third.state, report.state), ("applied", "unmatched"))
        self.assertIn("Production report R-2 of order", third.booking)
        report.with_user(self.person("engineer")).action_set_aside()
        self.assertEqual(order.state, "done")

    def test_scrap_of_the_good_itself_is_a_person_s(self):
        order = self.order()
        told = [*self.whole, item("scrap", "MOTOR", "1", lot="M-1")]
        self.assert_refused(order, self.book(self.told("R-1", *told, order=order)), "lot_unknown")
        self.lot(self.motor, "M-1")
        again = self.book(self.told("R-2", *told, order=order, kind="correction", corrects="R-1"))
        self.assert_refused(order, again, "booking_scrapped_good", "scrap of [MOTOR] Curtain motor itself")

    def test_an_order_that_was_closed_otherwise_stays_so_when_a_unit_is_taken_apart(self):
        order = self.order()
        said = [item("consumed", "SMALL MOTOR", "10", lot="R-A"), item("consumed", "MAGNET", "18"), self.whole[-1]]
        self.book(self.told("R-1", *said, order=order))
        self.consume(order, self.rotor, 10, (self.second, 10))
        self.consume(order, self.magnet, 18)
        order.with_context(skip_consumption=True, skip_backorder=True).button_mark_done()
        self.assertIn("its reports say", self.verdict(order).problem)
        self.unbuild(order, 1, order.lot_producing_ids)
        verdict = self.verdict(order)
        self.assertEqual(verdict.verdict or "", "")
        self.assertIn("its reports say", verdict.problem)

"""Lots carry their origin: bought ones what is stated and declared of them, finished ones what their order consumed."""

import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestLots(ConsumedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.track(cls.rotor)
        cls.rotor.country_of_origin = False
        cls.march = datetime.date(2026, 3, 2)

    def declared(self, date_to=datetime.date(2026, 12, 31), **values):
        return self.declare(self.rotor, date_from=datetime.date(2026, 1, 1), date_to=date_to, **values)

    def made_of(self, *lots):
        """The verdict of an order that took these lots of the rotor."""
        order = self.order()
        self.consume(order, self.rotor, 10, *((lot, 10 / len(lots)) for lot in lots))
        return self.verdict(self.finish(order))

    # --- bought lots -------------------------------------------------------------------------------------
    def test_a_declaration_of_the_lot_counts(self):
        lot = self.lot(self.rotor, "R1", rcep_declaration_id=self.declared(name="D-LOT").id)
        self.receive(lot, 10, self.march)
        verdict = self.made_of(lot)
        self.assertEqual((verdict.verdict, verdict.criterion), ("originating", "CTC"))

    def test_a_declaration_that_expired_between_order_and_receipt_does_not_count(self):
        declaration = self.declared(name="D-OLD", date_to=datetime.date(2026, 2, 28))
        lot = self.lot(self.rotor, "R1", rcep_declaration_id=declaration.id)
        self.receive(lot, 10, self.march)
        verdict = self.made_of(lot)
        self.assertEqual(verdict.criterion, "RVC")
        self.assertEqual(
            verdict.notes,
            "Declaration D-OLD was valid from 2026-01-01 to 2026-02-28, but lot R1 of [SMALL MOTOR] Small motor was "
            "received on 2026-03-02: it does not count. Ask the supplier for one that covers that day.",
        )

    def test_a_suppliers_declaration_that_held_on_the_day_of_receipt_counts_when_it_is_consumed_later(self):
        self.declared(date_to=datetime.date(2026, 3, 31))
        early, late = self.lot(self.rotor, "EARLY"), self.lot(self.rotor, "LATE")
        self.receive(early, 10, self.march)
        self.receive(late, 10, datetime.date(2026, 4, 20))
        self.assertEqual(self.made_of(early).criterion, "CTC")
        verdict = self.made_of(late)
        self.assertEqual(verdict.criterion, "RVC")
        self.assertIn("lot LATE of [SMALL MOTOR] Small motor was received on 2026-04-20", verdict.notes)

    def test_a_declaration_that_nobody_verified_does_not_count(self):
        declaration = self.declared(name="D-NEW", verified=False)
        lot = self.lot(self.rotor, "R1", rcep_declaration_id=declaration.id)
        self.receive(lot, 10, self.march)
        verdict = self.made_of(lot)
        self.assertEqual(verdict.criterion, "RVC")
        self.assertIn("Declaration D-NEW of lot R1 of", verdict.notes)
        self.assertIn("does not count, it is received: verify it, or ask the supplier for another.", verdict.notes)
        declaration.action_verify()
        self.assertTrue(verdict.stale)
        verdict._determine()
        self.assertEqual(verdict.criterion, "CTC")

    def test_a_lot_that_is_stated_to_come_from_elsewhere_counts_worse(self):
        self.declared()
        lot = self.lot(self.rotor, "R1", rcep_origin_country_id=self.env.ref("base.us").id)
        self.receive(lot, 10, self.march)
        verdict = self.made_of(lot)
        self.assertEqual(verdict.criterion, "RVC")
        self.assertIn("disagree on where it originates (CN, US); it counts as undetermined", verdict.notes)
        lot.rcep_origin_country_id = self.env.ref("base.cn")
        self.assertTrue(verdict.stale)
        verdict._determine()
        self.assertEqual((verdict.criterion, verdict.notes), ("CTC", False))

    def test_lots_of_two_origins_stand_side_by_side(self):
        good, bad = self.lot(self.rotor, "GOOD", rcep_declaration_id=self.declared().id), self.lot(self.rotor, "BAD")
        bad.rcep_origin_country_id = self.env.ref("base.us")
        self.receive(good, 10, self.march)
        self.receive(bad, 10, self.march)
        verdict = self.made_of(good, bad)
        self.assertEqual((verdict.criterion, verdict.rvc), ("RVC", "60.00"))  # five of ten rotors do not originate
        self.assertIn("what was consumed is originating in CN / of US, without evidence", verdict.difference)

    def test_a_declaration_of_another_product_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "D-MAGNET is of .*Magnet, but lot R1 is of .*Small motor: choose"):
            self.lot(self.rotor, "R1", rcep_declaration_id=self.declare(self.magnet).id)

    def test_only_a_cost_engineer_says_which_declaration_covers_a_lot(self):
        lot, declaration = self.lot(self.rotor, "R1"), self.declared()
        keeper = self.person("clerk")
        keeper.group_ids += self.env.ref("stock.group_stock_user")
        lot.with_user(keeper).rcep_origin_country_id = self.env.ref("base.cn")
        with self.assertRaisesRegex(UserError, "Only a cost engineer says which declaration covers a lot"):
            lot.with_user(keeper).rcep_declaration_id = declaration
        lot.with_user(self.person("engineer")).rcep_declaration_id = declaration
        self.assertEqual(lot.rcep_declaration_id, declaration)

    # --- finished lots -----------------------------------------------------------------------------------
    def make_drives(self):
        """A drive of steel, made here: it meets its rule; one lot of it was made of a foreign drive instead."""
        drive = self.make_good("Drive", "DRIVE", hs_code="850140", list_price=60.0)
        foreign = self.make_material("Foreign drive", "850140", "de", 50.0)
        self.make_bom(drive, (self.steel, 2))
        self.track(drive)
        lots = {}
        for name, substitute in (("D-GOOD", None), ("D-BAD", foreign)):
            lots[name] = self.lot(drive, name)
            order = self.order(drive, 10, lots[name])
            if substitute:
                self.consume(order, self.steel, 0)
                self.consume(order, substitute, 10)
            self.finish(order)
        fan = self.make_good("Motor with drive", "FAN", hs_code="85013200", list_price=100.0)
        self.make_bom(fan, (drive, 1), (self.magnet, 2))
        return drive, fan, lots

    def finish_fan(self, fan, drive, *taken, lot=None):
        order = self.order(fan, 10, lot)
        self.consume(order, drive, 10, *taken)
        return self.verdict(self.finish(order))

    def test_a_finished_lot_shows_the_origin_of_its_order(self):
        drive, _fan, lots = self.make_drives()
        self.verdict(self.env["mrp.production"])
        self.assertEqual(
            [(lot.rcep_verdict, lot.rcep_criterion) for lot in lots.values()],
            [("originating", "CTC"), ("not_originating", False)],
        )
        self.assertEqual(lots["D-BAD"].rcep_production_origin_id.bom_verdict, "originating")
        self.assertEqual(drive.rcep_verdict, False)  # the product's own verdict is another thing

    def test_a_finished_lot_carries_its_origin_into_the_next_order(self):
        drive, fan, lots = self.make_drives()
        good = self.finish_fan(fan, drive, (lots["D-GOOD"], 10))
        self.assertEqual((good.verdict, good.criterion, good.turned), ("originating", "CTC", False))
        bad = self.finish_fan(fan, drive, (lots["D-BAD"], 10))
        self.assertEqual((bad.verdict, bad.rvc), ("not_originating", "30.00"))
        self.assertEqual(bad.bom_verdict, "originating")
        self.assertIn("[DRIVE] Drive › [FOREIGN DRIVE] Foreign drive is not in the bill of materials", bad.difference)

    def test_what_is_reported_of_a_lot_later_reaches_what_was_made_of_what_was_made_of_it(self):
        drive, fan, _lots = self.make_drives()
        self.track(self.steel)
        coil, late = self.lot(self.steel, "COIL"), self.lot(drive, "D-LATE")
        self.receive(coil, 20, self.march)
        order = self.order(drive, 10, late)
        self.consume(order, self.steel, 20, (coil, 20))
        self.finish(order)
        verdict = self.finish_fan(fan, drive, (late, 10))
        self.assertFalse(verdict.stale)
        coil.rcep_origin_country_id = self.env.ref("base.cn")
        self.assertTrue(verdict.stale and order.rcep_origin_id.stale)

    def test_a_lot_without_an_order_is_taken_as_its_bill_has_it(self):
        drive, fan, _lots = self.make_drives()
        found = self.lot(drive, "D-FOUND")
        self.receive(found, 10, self.march)
        self.assertEqual(self.finish_fan(fan, drive, (found, 10)).criterion, "CTC")

    def test_a_lot_that_went_into_itself_is_named(self):
        self.track(self.motor)
        lot = self.lot(self.motor, "M1")
        first, again = self.order(lot=lot), self.order(lot=lot)
        for order in (first, again):
            self.consume(order, self.rotor, 0)
        self.finish(first)
        self.consume(again, self.motor, 10, (lot, 10))
        verdict = self.verdict(self.finish(again))
        self.assertFalse(verdict.verdict)
        self.assertIn("went into itself: correct the lots that it consumed", verdict.problem)
        self.assertTrue(first.rcep_origin_id)

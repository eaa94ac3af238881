"""A certificate line is determined by the lots that were shipped; several lots count by the worst of them."""

import datetime

from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco_mrp.tests.consumed import ConsumedCommon
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestShippedLots(ConsumedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.track(cls.motor)
        cls.motor.invoice_policy = "order"
        # GOOD is as the bill says: RVC of 40. BAD took dear rotors. STEEL changes its heading.
        cls.good = cls.make_lot("GOOD")
        cls.bad = cls.make_lot("BAD", (cls.rotor, 0), (cls.dear, 10))
        cls.steely = cls.make_lot("STEEL", (cls.rotor, 0), (cls.steel, 10))

    @classmethod
    def make_lot(cls, name, *consumed):
        lot = cls.lot(cls.motor, name)
        order = cls.order(lot=lot)
        for product, quantity in consumed:
            cls.consume(order, product, quantity)
        cls.finish(order)
        return lot

    @classmethod
    def sell(cls, quantity, price=100.0, product=None):
        sale = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.exporter.id,
                "currency_id": cls.cny.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": (product or cls.motor).id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        sale.action_confirm()
        return sale

    @classmethod
    def ship(cls, sale, *lots):
        """The sale's delivery leaves with these lots, each (lot, quantity)."""
        move = sale.picking_ids.move_ids.filtered(lambda each: each.state not in ("done", "cancel"))
        move.move_line_ids.unlink()
        move.move_line_ids = [Command.create(cls.line_of(move, lot, number)) for lot, number in lots]
        move.picked = True
        move._action_done()

    @classmethod
    def invoice(cls, sale, quantity, price=100.0):
        line = sale.order_line
        return cls.make_invoice((line.product_id, quantity, price, {"sale_line_ids": [Command.set(line.ids)]}))

    def certified(self, invoice):
        return self.certificate_of(invoice).line_ids

    def test_the_lot_that_was_shipped_decides_and_not_the_bill(self):
        sale = self.sell(6)
        self.ship(sale, (self.bad, 6))
        line = self.certified(self.invoice(sale, 6))
        self.assertEqual((line.verdict, line.rvc), ("not_originating", "10.00"))
        self.assertEqual(line.lots_text, "BAD: not originating.")

    def test_the_worst_of_several_lots_counts(self):
        sale = self.sell(6)
        self.ship(sale, (self.good, 4), (self.bad, 2))
        line = self.certified(self.invoice(sale, 6))
        self.assertEqual((line.verdict, line.rvc, line.problem), ("not_originating", "10.00", False))
        self.assertEqual(line.lots_text, "GOOD: originating by RVC 40.00 %.\nBAD: not originating.")

    def test_lots_that_originate_by_different_criteria_are_to_be_split(self):
        sale = self.sell(6)
        self.ship(sale, (self.good, 4), (self.steely, 2))
        line = self.certified(self.invoice(sale, 6))
        self.assertFalse(line.verdict)
        self.assertIn("by different criteria or in different Parties (GOOD: RVC CN; STEEL: CTC CN)", line.problem)
        self.assertIn("invoice them on separate lines", line.problem)

    def test_each_lot_is_determined_at_the_price_of_the_line(self):
        sale = self.sell(6, 150.0)
        self.ship(sale, (self.bad, 6))
        line = self.certified(self.invoice(sale, 6, 150.0))
        self.assertEqual((line.verdict, line.criterion, line.rvc), ("originating", "RVC", "40.00"))

    def test_what_is_not_shipped_yet_is_determined_by_the_bill(self):
        sale = self.sell(6)
        line = self.certified(self.invoice(sale, 6))
        self.assertEqual((line.verdict, line.criterion, line.lots_text), ("originating", "RVC", False))

    def test_a_line_of_which_some_is_not_shipped_counts_the_bill_for_the_rest(self):
        sale = self.sell(6)
        self.ship(sale, (self.steely, 2))
        line = self.certified(self.invoice(sale, 6))
        self.assertIn("(STEEL: CTC CN; other units: RVC CN)", line.problem)

    def test_an_invoice_without_a_sale_is_determined_by_the_bill(self):
        line = self.certify((self.motor, 5, 100.0)).line_ids
        self.assertEqual((line.verdict, line.criterion, line.lots_text), ("originating", "RVC", False))

    def test_what_is_shipped_first_is_invoiced_first(self):
        sale = self.sell(8)
        self.ship(sale, (self.good, 5), (self.bad, 3))
        first, second = self.invoice(sale, 5), self.invoice(sale, 3)
        self.assertEqual(self.certified(first).lots_text, "GOOD: originating by RVC 40.00 %.")
        self.assertEqual(self.certified(second).lots_text, "BAD: not originating.")

    def test_what_came_back_was_not_shipped(self):
        sale = self.sell(6)
        self.ship(sale, (self.bad, 6))
        delivery = sale.picking_ids
        wizard = self.env["stock.return.picking"].with_context(active_id=delivery.id, active_model="stock.picking")
        back = wizard.create({"picking_id": delivery.id})
        back.product_return_moves.quantity = 6
        returned = back._create_return()
        returned.move_ids.move_line_ids.lot_id = self.bad
        returned.move_ids.picked = True
        returned.move_ids._action_done()
        self.assertEqual(self.certified(self.invoice(sale, 6)).lots_text, False)

    def test_a_bought_lot_is_determined_as_the_product(self):
        self.track(self.lamp)
        lot = self.lot(self.lamp, "L1")
        self.receive(lot, 10)
        sale = self.sell(10, 50.0, self.lamp)
        self.ship(sale, (lot, 10))
        line = self.certified(self.invoice(sale, 10, 50.0))
        self.assertEqual((line.verdict, line.criterion, line.lots_text), ("originating", "CTC", False))

    def test_reasons_stand_on_the_line_for_the_cost_engineer(self):
        sale = self.sell(6)
        self.ship(sale, (self.bad, 6))
        line = self.certified(self.invoice(sale, 6))
        self.assertIn("Dear motor", line.with_user(self.person("engineer")).explanation)
        self.assertEqual(line.with_user(self.person("clerk")).lots_text, "BAD: not originating.")

    # --- what is found later -----------------------------------------------------------------------------
    def issued(self, lot):
        sale = self.sell(6)
        self.ship(sale, (lot, 6))
        certificate = self.certificate_of(self.invoice(sale, 6))
        place(certificate, state="issued", valid_until=self.today + datetime.timedelta(days=300))
        self.assertEqual(certificate.line_ids.verdict, "originating")
        self.env.cr.precommit.run()
        self.run_job("_cron_determine", "rcep.production.origin")
        self.env["rcep.drift"].search([]).unlink()
        return certificate

    def looked_again(self):
        self.env.cr.precommit.run()
        self.run_job("_cron_look_again", "rcep.drift")

    def test_what_an_order_consumed_more_than_was_known_puts_certificates_of_its_lots_at_risk(self):
        certificate = self.issued(self.good)
        order = self.good.rcep_production_origin_id.production_id
        scrap = {"product_id": self.rotor.id, "scrap_qty": 2, "production_id": order.id}
        self.env["stock.scrap"].create({**scrap, "company_id": self.exporter.id}).do_scrap()
        self.looked_again()
        self.assertTrue(certificate.at_risk)
        self.assertEqual(certificate.drift_ids.risks[0][0], "verdict")

    def test_a_price_of_what_only_an_order_consumed_puts_certificates_of_its_lots_at_risk(self):
        lot = self.make_lot("DEARER", (self.rotor, 8), (self.dear, 1))
        certificate = self.issued(lot)
        self.dear.seller_ids.price = 300.0
        self.looked_again()
        self.assertTrue(certificate.at_risk)

"""What an order really consumed decides, beside the bill of materials: substitutes, scrap, by-products, unbuilds."""

from odoo.fields import Command
from odoo.tests import tagged

from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestProductionOrder(ConsumedCommon):
    def test_an_order_that_consumed_what_the_bill_says_has_the_verdict_of_the_bill(self):
        verdict = self.verdict(self.finish(self.order()))
        self.assertFalse(verdict.problem)
        self.assertEqual((verdict.verdict, verdict.criterion, verdict.rvc), ("originating", "RVC", "40.00"))
        self.assertEqual((verdict.bom_verdict, verdict.bom_criterion, verdict.bom_rvc), ("originating", "RVC", "40.00"))
        self.assertFalse(verdict.turned or verdict.differences)
        self.assertIn("consumed what the bill of materials says", verdict.difference)

    def test_a_dearer_substitute_turns_the_verdict_and_is_named(self):
        order = self.order()
        self.consume(order, self.rotor, 4)
        self.consume(order, self.dear, 6)
        verdict = self.verdict(self.finish(order))
        # 20 yuan of magnets, 0.4 × 40 and 0.6 × 70 of rotors do not originate.
        self.assertEqual((verdict.verdict, verdict.rvc), ("not_originating", "22.00"))
        self.assertEqual((verdict.bom_verdict, verdict.bom_rvc), ("originating", "40.00"))
        self.assertTrue(verdict.turned)
        self.assertIn("Dear motor is not in the bill of materials: 0.6 Units went into each.", verdict.difference)
        self.assertIn("less was consumed, 0.4 Units instead of 1.", verdict.difference)
        self.assertIn("Regional value: 22.00 per cent, by the bill of materials 40.00.", verdict.difference)

    def test_a_good_is_in_doubt_while_it_was_made_last_so_that_it_does_not_originate(self):
        def in_doubt():
            return self.env["rcep.origin"]._in_doubt(self.motor | self.lamp, self.exporter)

        self.verdict(self.finish(self.order()))
        self.assertFalse(in_doubt())
        order = self.order()
        self.consume(order, self.rotor, 0)
        self.consume(order, self.dear, 10)
        self.verdict(self.finish(order))
        self.assertEqual(in_doubt(), self.motor)
        self.verdict(self.finish(self.order()))
        self.assertFalse(in_doubt())

    def test_what_was_left_out_is_named(self):
        order = self.order()
        self.consume(order, self.magnet, 0)
        verdict = self.verdict(self.finish(order))
        self.assertEqual(verdict.rvc, "60.00")
        self.assertIn("[MAGNET] Magnet was not consumed; the bill of materials says 2 Units.", verdict.difference)

    def test_components_that_were_scrapped_count(self):
        order = self.finish(self.order())
        self.assertEqual(self.verdict(order).verdict, "originating")
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.rotor.id, "scrap_qty": 1, "production_id": order.id, "company_id": self.exporter.id}
        )
        scrap.do_scrap()
        self.assertTrue(order.rcep_origin_id.stale)
        verdict = self.verdict(order)
        self.assertEqual((verdict.verdict, verdict.rvc), ("not_originating", "36.00"))
        self.assertIn("1 Units of the order were scrapped; they were bought too and count.", verdict.difference)

    def test_a_fee_that_has_no_rate_is_reported_of_the_order_too(self):
        order = self.finish(self.order())
        fee = {"partner_id": self.supplier.id, "price": 500.0, "currency_id": self.jpy.id}
        self.motor.seller_ids = [Command.create({**fee, "company_id": self.exporter.id})]
        self.env["res.currency.rate"].search([("currency_id", "=", self.jpy.id)]).unlink()
        self.bom.operation_ids.unlink()
        self.bom.write({"type": "subcontract", "subcontractor_ids": [Command.set(self.supplier.ids)]})
        self.assertRegex(self.verdict(order).problem, "^JPY has no rate on .*: enter the rate of that day")
        self.env["res.lang"]._activate_lang("zh_CN")
        verdict = self.verdict(order)
        verdict._determine()
        self.assertRegex(verdict.problem, "^JPY has no rate")
        for shown in (verdict.with_context(lang="zh_CN").problem, order.with_context(lang="zh_CN").rcep_problem):
            self.assertIn("请录入当日汇率", shown)

    def test_a_by_product_bears_its_share(self):
        chips = self.make_good("Metal chips", "CHIPS")
        self.bom.byproduct_ids = [Command.create({"product_id": chips.id, "product_qty": 1, "cost_share": 10.0})]
        order = self.order()
        self.assertEqual(order.move_byproduct_ids.cost_share, 10.0)
        verdict = self.verdict(self.finish(order))
        self.assertEqual((verdict.rvc, verdict.bom_rvc), ("46.00", "46.00"))

    def test_a_by_product_that_did_not_come_bears_nothing(self):
        chips = self.make_good("Metal chips", "CHIPS")
        self.bom.byproduct_ids = [Command.create({"product_id": chips.id, "product_qty": 1, "cost_share": 10.0})]
        order = self.order()
        order.move_byproduct_ids.unlink()
        verdict = self.verdict(self.finish(order))
        self.assertEqual((verdict.rvc, verdict.bom_rvc), ("40.00", "46.00"))

    def test_by_products_that_bear_more_than_all_are_named(self):
        chips = self.make_good("Metal chips", "CHIPS")
        self.bom.byproduct_ids = [Command.create({"product_id": chips.id, "product_qty": 1, "cost_share": 10.0})]
        order = self.finish(self.order())
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_move SET cost_share = 110 WHERE production_id = %s", (order.id,))
        self.env.invalidate_all()
        verdict = self.verdict(order)
        self.assertFalse(verdict.verdict)
        self.assertIn("bear 110 per cent of its cost, which is more than all of it", verdict.problem)

    def unbuild(self, order, quantity, lot=None):
        self.env["mrp.unbuild"].create(
            {
                "mo_id": order.id,
                "product_id": order.product_id.id,
                "product_qty": quantity,
                "company_id": self.exporter.id,
                "lot_id": lot.id if lot else False,
            }
        ).action_unbuild()

    def test_what_was_unbuilt_is_taken_back(self):
        order = self.order()
        self.consume(order, self.dear, 2)
        verdict = self.verdict(self.finish(order))
        self.assertEqual(verdict.rvc, "26.00")
        self.unbuild(order, 4)
        self.assertTrue(verdict.stale)
        verdict = self.verdict(order)
        self.assertEqual(verdict.rvc, "26.00")  # six units with six tenths of it
        self.assertIn("4 of 10 that were made were taken apart again", verdict.difference)

    def test_what_was_scrapped_stays_with_the_units_that_are_left(self):
        order = self.finish(self.order())
        self.env["stock.scrap"].create(
            {"product_id": self.rotor.id, "scrap_qty": 1, "production_id": order.id, "company_id": self.exporter.id}
        ).do_scrap()
        self.unbuild(order, 5)
        self.assertEqual(self.verdict(order).rvc, "32.00")  # one rotor of 40 on five motors

    def test_an_order_of_which_all_was_unbuilt_has_nothing_to_determine(self):
        order = self.finish(self.order())
        self.unbuild(order, 10)
        verdict = self.verdict(order)
        self.assertFalse(verdict.verdict)
        self.assertIn("was taken apart again: there is nothing to determine.", verdict.problem)

    def test_an_order_by_another_bill_says_so(self):
        self.bom.sequence = 1
        other = self.make_bom(self.motor, (self.dear, 1), code="OLD", sequence=2)
        order = self.order(bom_id=other.id)
        verdict = self.verdict(self.finish(order))
        self.assertEqual((verdict.rvc, verdict.bom_rvc), ("30.00", "40.00"))
        self.assertIn("bill", self.reported(verdict))
        self.assertIn("OLD", verdict.difference)

    def test_an_order_of_which_the_good_is_counted_in_dozens(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.order(quantity=2, product_uom_id=dozen.id)
        self.assertEqual(self.verdict(self.finish(order)).rvc, "40.00")

    def test_the_work_is_what_was_done(self):
        order = self.order()
        order.workorder_ids.state = "cancel"
        verdict = self.verdict(self.finish(order))
        self.assertIn("No processing step is recorded", verdict.explanation)

    def test_the_reasons_can_be_read_again(self):
        verdict = self.verdict(self.finish(self.order()))
        self.assertIn("Small motor", verdict.explanation)
        self.assertEqual(verdict.production_id.rcep_explanation, verdict.explanation)

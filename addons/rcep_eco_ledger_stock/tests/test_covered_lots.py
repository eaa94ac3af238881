"""Lamps come with two originals, in a lot each; what leaves of one lot is not drawn from the other's original."""

from odoo.addons.rcep_eco_ledger.tests.common import LedgerCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCoveredLots(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp.write({"is_storable": True, "tracking": "lot", "invoice_policy": "order"})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.exporter.id)], limit=1)
        cls.second = cls.receive(name="VN-CN 26/03/00200")
        for received in (cls.received, cls.second):
            received.with_user(cls.clerk).action_check()
        cls.red, cls.blue = (
            cls.env["stock.lot"].create({"name": name, "product_id": cls.lamp.id, "company_id": cls.exporter.id})
            for name in ("RED", "BLUE")
        )
        cls.receipts = [cls.moved(cls.warehouse.in_type_id, {lot: 300}) for lot in (cls.red, cls.blue)]
        keeper = "base.group_user,stock.group_stock_user"
        at_home = {"company_id": cls.exporter.id, "company_ids": [Command.set(cls.exporter.ids)]}
        cls.keeper = new_test_user(cls.env, "ledger.keeper", keeper, **at_home)
        cls.both = new_test_user(cls.env, "ledger.both", f"{keeper},rcep_eco.group_user", **at_home)

    @classmethod
    def moved(cls, kind, lots, move=None):
        """A picking that is done, with so many lamps of each lot."""
        supplier = cls.env.ref("stock.stock_location_suppliers")
        picking = move.picking_id if move else cls.env["stock.picking"].create(
            {
                "picking_type_id": kind.id, "location_id": supplier.id, "company_id": cls.exporter.id,
                "location_dest_id": cls.warehouse.lot_stock_id.id,
                "move_ids": [Command.create({
                    "product_id": cls.lamp.id, "product_uom_qty": sum(lots.values()), "location_id": supplier.id,
                    "product_uom": cls.lamp.uom_id.id, "location_dest_id": cls.warehouse.lot_stock_id.id,
                })],
            }
        )  # fmt: skip
        if not move:
            picking.action_confirm()
        picking.move_line_ids.unlink()
        for lot, quantity in lots.items():
            of = picking.move_ids
            picking.move_line_ids.create(
                {
                    "move_id": of.id, "picking_id": picking.id, "product_id": cls.lamp.id, "quantity": quantity,
                    "product_uom_id": cls.lamp.uom_id.id, "location_id": of.location_id.id,
                    "location_dest_id": of.location_dest_id.id, "lot_id": lot.id,
                }
            )  # fmt: skip
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    @classmethod
    def sold(cls, lots, ordered=None):
        """The item of a draft: an order for Malaysia, delivered with these lots, and invoiced."""
        line = {"product_id": cls.lamp.id, "product_uom_qty": ordered or sum(lots.values()), "price_unit": 50.0,
                "tax_ids": False}  # fmt: skip
        order = cls.env["sale.order"].create(
            {"partner_id": cls.buyer.id, "company_id": cls.exporter.id, "warehouse_id": cls.warehouse.id,
             "currency_id": cls.cny.id, "order_line": [Command.create(line)]}
        )  # fmt: skip
        order.action_confirm()
        if lots:
            cls.moved(None, lots, move=order.picking_ids.move_ids)
        invoice = order._create_invoices()
        invoice.write({"invoice_date": cls.today, "invoice_incoterm_id": cls.fob.id})
        invoice.action_post()
        return cls.certificate_of(invoice).line_ids

    def why(self, good):
        return good._why_other_lots(good._covered_lots())

    def bind(self):
        for received, receipt in zip((self.received, self.second), self.receipts, strict=True):
            received.with_user(self.both).picking_ids = receipt

    def test_a_lot_that_came_with_another_original_is_not_drawn_from_this_one(self):
        self.bind()
        good = self.sold({self.blue: 100})
        words = "lots BLUE were shipped, which came with VN-CN 26/03/00200 and not with VN-CN 26/02/00117"
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            self.draw(good, 100)
        self.draw(good, 100, self.second.line_ids)
        self.assertFalse(self.why(good))

    def test_of_two_lots_each_is_drawn_from_its_own_and_one_is_not_drawn_twice(self):
        self.bind()
        good = self.sold({self.red: 60, self.blue: 40})
        with self.assertRaisesRegex(UserError, "lots BLUE"), self.env.cr.savepoint():
            self.draw(good, 61)
        self.draw(good, 60)
        self.draw(good, 40, self.second.line_ids)
        self.assertNotIn("lots", " ".join(good.certificate_id.sudo()._problems()))

    def test_a_receipt_that_is_bound_later_and_a_delivery_that_leaves_later_are_told_at_the_check(self):
        good = self.sold({self.blue: 100})
        self.draw(good, 100)  # nothing is known of the lot yet
        self.bind()
        self.assertIn("lots BLUE", " ".join(good.certificate_id.sudo()._problems()))
        waiting = self.sold({}, ordered=50)
        self.draw(waiting, 50)
        self.assertFalse(self.why(waiting))
        order = waiting.invoice_line_id.sale_line_ids.order_id
        self.moved(None, {self.blue: 50}, move=order.picking_ids.move_ids)
        self.assertIn("lots BLUE", self.why(waiting))

    def test_a_lot_that_nothing_binds_says_nothing(self):
        self.received.picking_ids = self.receipts[0]
        good = self.sold({self.blue: 100})
        self.draw(good, 100)
        self.assertFalse(self.why(good))

    def test_a_copy_that_was_entered_anew_is_bound_to_the_same_receipt(self):
        self.bind()
        self.second.with_user(self.clerk).action_cancel()
        with self.assertRaisesRegex(UserError, "lots BLUE"), self.env.cr.savepoint():
            self.draw(self.sold({self.blue: 10}), 10)
        again = self.receive(name="VN-CN 26/03/00200")
        again.with_user(self.clerk).action_check()
        again.picking_ids = self.receipts[1]
        self.draw(self.sold({self.blue: 10}), 10, again.line_ids)

    def test_both_lead_to_each_other_for_who_may_see_them_and_it_is_on_record(self):
        self.bind()
        receipt = self.receipts[0]
        self.assertEqual((self.received.lots_received, self.received.receipt_count), ("RED", 1))
        self.assertIn(receipt.name, self.received.message_ids[0].body)
        self.assertEqual(receipt.rcep_received_count, 1)
        self.assertEqual(self.received.with_user(self.both).action_open_receipts()["res_id"], receipt.id)
        self.assertEqual(receipt.with_user(self.both).action_open_rcep_received()["res_id"], self.received.id)
        with self.assertRaises(AccessError):
            self.received.with_user(self.clerk).action_open_receipts()
        with self.assertRaises(AccessError):
            receipt.with_user(self.keeper).action_open_rcep_received()

    def test_only_receipts_are_bound(self):
        delivery = self.sold({self.red: 1}).invoice_line_id.sale_line_ids.move_ids.picking_id
        with self.assertRaisesRegex(UserError, "is no receipt"), self.env.cr.savepoint():
            self.received.picking_ids = delivery
        with self.assertRaisesRegex(UserError, "is no receipt"), self.env.cr.savepoint():
            self.receive(name="VN-CN 26/03/00300", picking_ids=[Command.set(delivery.ids)])
        with self.assertRaisesRegex(ValidationError, "is no receipt"), self.env.cr.savepoint():
            delivery.rcep_received_ids = self.received

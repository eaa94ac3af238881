"""Lots that are bought: ordered from a supplier, received, consumed."""

import datetime

from odoo.addons.rcep_eco_mrp.bills.consumption import Consumption
from odoo.addons.rcep_eco_mrp.tests.consumed import ConsumedCommon
from odoo.fields import Command


class BoughtCommon(ConsumedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.track(cls.rotor)
        cls.rotor.country_of_origin = False

    def buy(self, lot, price, *, ago=10, quantity=10, **values):
        """A lot of rotors that was ordered and came in so many days ago."""
        lot = self.lot(self.rotor, lot) if isinstance(lot, str) else lot
        line = {"product_id": lot.product_id.id, "product_qty": quantity, "price_unit": price}
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.exporter.id,
                "currency_id": self.cny.id,
                "order_line": [Command.create(line)],
                **values,
            }
        )
        order.button_confirm()
        self.bring_in(order, lot, ago)
        return lot

    def bring_in(self, order, lot, ago=10):
        move = order.picking_ids.move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [Command.create(self.line_of(move, lot, move.product_uom_qty))]
        move.picked = True
        order.picking_ids._action_done()
        day = datetime.datetime.combine(self.today - datetime.timedelta(days=ago), datetime.time(4))
        order.date_approve = move.date = move.move_line_ids.date = order.picking_ids.date_done = day

    @staticmethod
    def purchase_of(lot):
        return lot.purchase_order_ids

    def consumed(self, *lots):
        """An order that took these lots of the rotor, in equal parts."""
        order = self.order()
        self.consume(order, self.rotor, 10, *((lot, 10 / len(lots)) for lot in lots))
        return self.finish(order)

    def made_of(self, *lots):
        return self.verdict(self.consumed(*lots))

    def consumption(self, order):
        return Consumption(self.env, self.exporter, order._rcep_day(), order.ids).of(order.id)

"""Production orders that are made, done, taken apart and scrapped from, in a few words."""

import datetime

from odoo.fields import Command, Datetime

from .common import MadeCommon


class ConsumedCommon(MadeCommon):
    """The motor is sold at 100 yuan; its rotor does not change heading, so regional value decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rotor = cls.make_material("Small motor", "850110", "de", 40.0)
        cls.dear = cls.make_material("Dear motor", "850110", "de", 70.0)
        cls.bom = cls.make_bom(cls.motor, (cls.rotor, 1), (cls.magnet, 2))

    @classmethod
    def track(cls, *products):
        for product in products:
            product.write({"is_storable": True, "tracking": "lot"})

    @classmethod
    def lot(cls, product, name, **values):
        return cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "company_id": cls.exporter.id, **values}
        )

    @classmethod
    def receive(cls, lot, quantity, day=None):
        """A lot comes in from its supplier, on a day."""
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.exporter.id)], limit=1)
        move = cls.env["stock.move"].create(
            {
                "product_id": lot.product_id.id,
                "product_uom_qty": quantity,
                "product_uom": lot.product_id.uom_id.id,
                "location_id": cls.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "company_id": cls.exporter.id,
            }
        )
        move._action_confirm()
        move.move_line_ids.unlink()
        move.move_line_ids = [Command.create(cls.line_of(move, lot, quantity))]
        move.picked = True
        move._action_done()
        if day:
            move.move_line_ids.date = datetime.datetime.combine(day, datetime.time(4))

    @staticmethod
    def line_of(move, lot, quantity):
        return {
            "product_id": move.product_id.id,
            "product_uom_id": move.product_uom.id,
            "lot_id": lot.id if lot else False,
            "quantity": quantity,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
        }

    @classmethod
    def order(cls, product=None, quantity=10, lot=None, **values):
        """A confirmed production order."""
        order = cls.env["mrp.production"].create(
            {
                "product_id": (product or cls.motor).id,
                "product_qty": quantity,
                "company_id": cls.exporter.id,
                **values,
            }
        )
        order.action_confirm()
        if lot:
            order.lot_producing_ids = lot
        return order

    @classmethod
    def consume(cls, order, product, quantity, *lots):
        """Say what the order took of a product; of lots, each (lot, quantity)."""
        move = order.move_raw_ids.filtered(lambda each: each.product_id == product)
        if not move:
            move = cls.env["stock.move"].create(
                {
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "product_uom": product.uom_id.id,
                    "raw_material_production_id": order.id,
                    "location_id": order.location_src_id.id,
                    "location_dest_id": order.production_location_id.id,
                    "company_id": order.company_id.id,
                }
            )
            move._action_confirm()
        move.manual_consumption = True
        if lots:
            move.move_line_ids.unlink()
            move.move_line_ids = [Command.create(cls.line_of(move, lot, number)) for lot, number in lots]
        else:
            move.quantity = quantity
        move.picked = True

    @classmethod
    def finish(cls, order, day=None):
        """Produce all of it."""
        order.qty_producing = order.product_qty
        order._set_qty_producing()
        order.with_context(skip_consumption=True, skip_backorder=True).button_mark_done()
        if day:
            order.date_finished = Datetime.to_datetime(day)
        return order

    @classmethod
    def verdict(cls, order):
        """What the job makes of an order."""
        cls.env["rcep.production.origin"].search([("stale", "=", True)])._determine()
        return order.rcep_origin_id

    @staticmethod
    def reported(verdict):
        return [each["code"] for each in verdict.differences or ()]

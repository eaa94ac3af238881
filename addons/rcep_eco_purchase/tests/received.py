"""Purchase orders of which something came in."""

import datetime

from odoo.fields import Command


class Receives:
    """A firm that buys ``self.bought`` from ``self.supplier``."""

    def receive(self, price, product=None, *, supplier=None, ago=10, received=100, **values):
        """A purchase order, confirmed so many days ago, of which so much has come in."""
        line = {"product_id": (product or self.bought).id, "product_qty": 100, "price_unit": price}
        order = self.env["purchase.order"].create(
            {
                "partner_id": (supplier or self.supplier).id,
                "company_id": self.exporter.id,
                "currency_id": self.cny.id,
                "order_line": [Command.create({**line, **values.pop("line", {})})],
                **values,
            }
        )
        order.button_confirm()
        order.date_approve = datetime.datetime.combine(self.today - datetime.timedelta(days=ago), datetime.time(12))
        # By hand, whether or not Odoo's app for stocks is there.
        order.order_line.qty_received_method = "manual"
        order.order_line.qty_received = received
        return order

"""A query of foreign customs is answered with the production orders too that made the lots which were shipped."""

from odoo import models
from odoo.addons.rcep_eco import link

Row = link.document_sheets.Row


class RcepCustomsQuery(models.Model):
    _inherit = "rcep.customs.query"

    def _papers(self):
        papers = super()._papers()
        for order in self._orders():
            papers[f"order-{order.id}"] = (
                self.env._("Production order %s: what it consumed", order.name),
                self.env._("names and quantities of materials"),
                lambda order=order: self._order_pdf(order),
            )
        return papers

    def _orders(self):
        """The orders that made the lots by which the goods were determined, as the certificate was sealed with them."""
        orders = self.env["mrp.production"]
        for line in self.certificate_id._goods().filtered("lots"):
            names = [name for lots, *_answer in line.lots for name in lots.split(", ")]
            lots = self.env["stock.lot"].search([("product_id", "=", line.product_id.id), ("name", "in", names)])
            orders |= lots.rcep_production_origin_ids.production_id
        return orders.filtered(lambda order: order.company_id == self.company_id)

    def _order_pdf(self, order):
        rows = [
            Row(((each.product_id.display_name,), (each.lot_id.name or "–",), (f"{each.quantity:g}",),
                 (each.product_uom_id.name,)))
            for each in order.move_raw_ids.filtered(lambda move: move.state == "done").move_line_ids
        ]  # fmt: skip
        columns = (("Material", 100), ("Lot", 50), ("Quantity", 20), ("Unit", 20))
        made = ", ".join(order._rcep_finished_lots().mapped("name")) or "–"
        notes = (("Made", (order.product_id.display_name, f"{made} · {order._rcep_day().isoformat()}")),)
        return "pdf", self._sheet(f"Production order {order.name}", columns, rows, notes)

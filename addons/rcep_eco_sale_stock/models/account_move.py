"""Which lots were shipped for the line of an invoice."""

from odoo import models

SHIPPED, RETURNED = 1, -1


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_shipped_lots(self):
        """The lots that were shipped for this line: what is shipped first is invoiced first.

        :return: (``stock.lot`` records, whether that is all of the line)
        """
        self.ensure_one()
        begins = sum(line._rcep_units() for line in self._rcep_invoiced_before())
        ends, position = begins + self._rcep_units(), 0.0
        lots = self.env["stock.lot"]
        rounding = self.product_id.uom_id
        for lot, units in self._rcep_shipments():
            if rounding.compare(position, ends) < 0 and rounding.compare(position + units, begins) > 0:
                lots |= lot
            position += units
        return lots, rounding.compare(position, ends) >= 0

    def _rcep_shipments(self):
        """[(lot, units)] that left for the line's sale, in the order in which they left, without what came back."""
        lines = self.sale_line_ids.move_ids.move_line_ids.filtered(
            lambda line: line.state == "done" and line.lot_id and line.product_id == self.product_id
        ).sorted(lambda line: (line.date, line.id))
        units = {}
        for line in lines:
            way = SHIPPED if line.location_dest_id.usage == "customer" else RETURNED
            units[line.lot_id] = units.get(line.lot_id, 0.0) + way * line.quantity_product_uom
        return [(lot, number) for lot, number in units.items() if self.product_id.uom_id.compare(number, 0) > 0]

    def _rcep_invoiced_before(self):
        """The lines of the same sale on invoices that were posted earlier, and what was credited of them."""
        own = (self.move_id.invoice_date, self.move_id.id, self.id)
        return self.sale_line_ids.invoice_lines.filtered(
            lambda line: line.move_id.state == "posted"
            and line != self
            and (line.move_id.invoice_date, line.move_id.id, line.id) < own
        )

    def _rcep_units(self):
        """How many of the product's own units the line invoices; credited ones count against."""
        units = self.product_uom_id._compute_quantity(self.quantity, self.product_id.uom_id, round=False)
        return -units if self.move_id.move_type == "out_refund" else units

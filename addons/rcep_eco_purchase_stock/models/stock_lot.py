"""What was paid for a lot, and to whom: at its own receipt, whatever its product costs today (Art. 3.5.3)."""

from odoo import models
from odoo.addons.rcep_eco_purchase.models.product import PAID, paid_lines
from odoo.tools import SQL


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _rcep_receipts(self, company, date):
        """Each line of a purchase that brought some of the lot in, at its own bill; two queries for all lots.

        What came in as part of a kit has no price of its own.
        """
        received = SQL(
            """
            SELECT ARRAY[came.lot_id, line.id] AS of, move.id AS move_id, %(paid)s, MIN(came.date) AS arrived
              FROM %(lines)s
              JOIN stock_move move ON move.purchase_line_id = line.id AND move.product_id = line.product_id
              JOIN stock_move_line came ON came.move_id = move.id AND came.state = 'done' AND came.quantity > 0
              JOIN stock_location source ON source.id = came.location_id AND source.usage = 'supplier'
             WHERE came.lot_id = ANY(%(lots)s)
          GROUP BY came.lot_id, move.id, line.id, purchase.id
          ORDER BY move.id
            """,
            paid=PAID,
            lines=paid_lines(company),
            lots=self.ids,
        )
        self.env["stock.move.line"].flush_model()
        found = super()._rcep_receipts(company, date)
        products = self.env["product.product"]
        paid = products._rcep_paid(company, received)
        billed = products._rcep_billed(company, date, self._rcep_bought_on(), SQL("line.purchase_line_id"))
        for (lot_id, line_id), receipt in paid:
            bill = billed.get(line_id)
            if bill:  # what was really paid for this receipt; what was spent on its way is the receipt's own
                receipt = bill._replace(landed=receipt.landed, incoterm=bill.incoterm or receipt.incoterm)
            found.setdefault(lot_id, []).append(receipt)
        return found

    def _rcep_bought_on(self):
        """The lines of bills for purchases that brought some of these lots in, as SQL."""
        return SQL(
            """line.purchase_line_id IN (
            SELECT move.purchase_line_id FROM stock_move move
              JOIN stock_move_line came ON came.move_id = move.id AND came.state = 'done'
             WHERE came.lot_id = ANY(%s))""",
            self.ids,
        )

"""What was paid for a lot, and to whom: at its own receipt, whatever its product costs today (Art. 3.5.3)."""

from odoo import models
from odoo.addons.rcep_eco_purchase.models.product import PAID, paid_lines
from odoo.tools import SQL


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _rcep_receipts(self, company):
        """Each line of a purchase that brought some of the lot in; one query for all lots.

        What came in as part of a kit has no price of its own.
        """
        received = SQL(
            """
            SELECT came.lot_id AS of, move.id AS move_id, %(paid)s, MIN(came.date) AS arrived
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
        found = super()._rcep_receipts(company)
        for lot_id, receipt in self.env["product.product"]._rcep_paid(company, received):
            found.setdefault(lot_id, []).append(receipt)
        return found

"""What landed costs add to the price of a receipt, a unit; Odoo's own valuation adds the same."""

from odoo import models
from odoo.tools import SQL


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_receipts_landed(self):
        """Of all that came in on a line of a purchase, or of one delivery of it; posted landed costs alone count."""
        for model in ("stock.landed.cost", "stock.valuation.adjustment.lines", "stock.move.line"):
            self.env[model].flush_model()
        return SQL(
            """(
            SELECT (SUM(delivery.added) / NULLIF(SUM(delivery.units), 0))::text
              FROM (SELECT (SELECT SUM(line.additional_landed_cost)::numeric
                              FROM stock_valuation_adjustment_lines line
                              JOIN stock_landed_cost cost ON cost.id = line.cost_id AND cost.state = 'done'
                             WHERE line.move_id = move.id) AS added,
                           (SELECT SUM(came.quantity_product_uom)::numeric
                              FROM stock_move_line came WHERE came.move_id = move.id) AS units
                      FROM stock_move move
                      JOIN stock_location source ON source.id = move.location_id AND source.usage = 'supplier'
                     WHERE move.purchase_line_id = last.line_id AND move.product_id = last.product_id
                       AND move.state = 'done' AND move.id = COALESCE(last.move_id, move.id)) delivery)"""
        )

"""What landed costs add to the price of a receipt, a unit; Odoo's own valuation adds the same."""

from odoo import models
from odoo.tools import SQL


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_receipts_landed(self):
        """Of all that came in on a line of a purchase, or of one delivery of it; posted landed costs alone count."""
        for model in ("stock.landed.cost", "stock.landed.cost.lines", "stock.valuation.adjustment.lines"):
            self.env[model].flush_model()
        self.env["stock.move.line"].flush_model()
        self.env["product.template"].flush_model(["rcep_charge"])
        return SQL(
            """(
            WITH delivery AS (
                SELECT move.id, (SELECT SUM(came.quantity_product_uom)::numeric
                                   FROM stock_move_line came WHERE came.move_id = move.id) AS units
                  FROM stock_move move
                  JOIN stock_location source ON source.id = move.location_id AND source.usage = 'supplier'
                 WHERE move.purchase_line_id = last.line_id AND move.product_id = last.product_id
                   AND move.state = 'done' AND move.id = COALESCE(last.move_id, move.id)
            ), spent AS (
                SELECT template.rcep_charge AS charge, cost.rcep_deduction_kind AS kind,
                       NULLIF(TRIM(cost.rcep_evidence), '') AS evidence,
                       SUM(line.additional_landed_cost)::numeric AS amount
                  FROM delivery
                  JOIN stock_valuation_adjustment_lines line ON line.move_id = delivery.id
                  JOIN stock_landed_cost landed ON landed.id = line.cost_id AND landed.state = 'done'
                  JOIN stock_landed_cost_lines cost ON cost.id = line.cost_line_id
                  JOIN product_product product ON product.id = cost.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
              GROUP BY 1, 2, 3
            ), came AS (SELECT SUM(units) AS units FROM delivery)
            SELECT json_agg(json_build_array(charge, (amount / came.units)::text, kind, evidence)
                            ORDER BY charge, kind, evidence)
              FROM spent, came WHERE came.units > 0)"""
        )


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template"]

    def write(self, vals):
        """What a cost charges decides whether freight is known of all that it was spent on."""
        result = super().write(vals)
        if "rcep_charge" in vals:
            # Whoever keeps products may not see what was spent on them.
            lines = self.env["stock.landed.cost.lines"].sudo()
            lines.search([("product_id.product_tmpl_id", "in", self.ids)]).cost_id._rcep_say_changed()
        return result

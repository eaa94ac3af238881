"""Landed costs that are posted are facts on which verdicts rest."""

from odoo import models


class StockLandedCost(models.Model):
    _name = "stock.landed.cost"
    _inherit = ["stock.landed.cost", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("state",))

    def _rcep_products(self):
        """What it was spent on; one that is not posted changes nothing."""
        return self.filtered(lambda cost: cost.state == "done").valuation_adjustment_lines.product_id

    def _rcep_since(self, changed=None):
        """The day on which the first of that came in."""
        came = self.valuation_adjustment_lines.move_id.mapped("date")
        return min(came).date() if came else super()._rcep_since(changed)

"""Landed costs that are posted are facts on which verdicts rest."""

from odoo import fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.models.origin.product_supplierinfo import DEDUCTIONS


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


class StockLandedCostLines(models.Model):
    """A cost that is in a material's value and may be left out of it, with what proves it (Art. 3.5.5)."""

    _name = "stock.landed.cost.lines"
    _inherit = ["stock.landed.cost.lines", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(("product_id", "rcep_deduction_kind", "rcep_evidence"))
    _rcep_is_fact_when_new = False  # nothing is posted yet

    rcep_deduction_kind = fields.Selection(
        DEDUCTIONS,
        "Left out of the value as",
        groups=groups.ENGINEER,
        help="What of a non-originating material's value may be left out where a document proves it (Art. 3.5.5).",
    )
    rcep_evidence = fields.Char(
        "Document",
        groups=groups.ENGINEER,
        help="What proves it, as it is filed: without it nothing is left out.",
    )

    def _rcep_products(self):
        return self.cost_id._rcep_products()

    def _rcep_since(self, changed=None):
        return self.cost_id._rcep_since(changed)

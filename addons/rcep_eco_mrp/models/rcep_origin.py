"""A verdict leads to its overview, and a row of the board to the bill that is to be mended."""

from odoo import api, models


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    def action_rcep_overview(self):
        """Show the origin overview of the good that this verdict is of."""
        self.check_access("read")
        return self.product_id.action_rcep_overview()

    @api.model
    def _board_bills(self, products, company):
        bills = self.env["mrp.bom"]
        if not bills.has_access("read"):
            return super()._board_bills(products, company)
        found = bills._bom_find(products, company_id=company.id)
        return {product.id: bill.id for product, bill in found.items()}

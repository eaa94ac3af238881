"""A verdict leads to its overview, and a row of the board to the bill that is to be mended."""

from odoo import api, models
from odoo.tools import SQL


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

    @api.model
    def _in_doubt(self, products, company):
        """Also those that do not originate as they were made last, whatever the bill of materials says."""
        self.env.flush_all()
        query = SQL(
            """
            SELECT product_id FROM (
                SELECT DISTINCT ON (product_id) product_id, verdict FROM rcep_production_origin
                 WHERE company_id = %s AND product_id = ANY(%s) AND verdict IS NOT NULL
              ORDER BY product_id, date DESC, id DESC
                   ) last
             WHERE verdict != 'originating'
            """,
            company.id,
            products.ids,
        )
        made = products.browse(product_id for [product_id] in self.env.execute_query(query))
        return super()._in_doubt(products, company) | made

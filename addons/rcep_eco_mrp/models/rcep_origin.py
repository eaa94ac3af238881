"""A verdict leads to its overview."""

from odoo import models


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    def action_rcep_overview(self):
        """Show the origin overview of the good that this verdict is of."""
        return self.product_id.action_rcep_overview()

"""With stocks it is known when a purchase really came in."""

from odoo import models
from odoo.tools import SQL


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _rcep_arrived(self):
        self.ensure_one()
        return self.effective_date.date() if self.effective_date else super()._rcep_arrived()

    def _rcep_arrived_on(self):
        return SQL("COALESCE(purchase.effective_date, %s)", super()._rcep_arrived_on())

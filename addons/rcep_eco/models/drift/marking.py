"""What changes on the past of a product concerns the certificates that were made of it."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_past_changed(self, company, since):
        self.env["rcep.drift"]._mark(company, self.ids, since)
        return super()._rcep_past_changed(company, since)

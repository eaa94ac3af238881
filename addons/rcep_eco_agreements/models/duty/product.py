"""A product beside the duties of a market that is chosen: at its list price, with what its certificate would save."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_rcep_duty(self):
        """Compare duties of this product in a market that is chosen."""
        self.ensure_one()
        self.check_access("read")
        return self.env["rcep.duty.comparison"]._of_product(self)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_duty(self):
        """Compare duties of this product's first variant in a market that is chosen."""
        self.ensure_one()
        self.check_access("read")
        return self.env["rcep.duty.comparison"]._of_product(self.product_variant_id)

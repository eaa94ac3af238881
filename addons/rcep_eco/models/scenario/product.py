"""The way from a product to its scenarios."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_rcep_what_if(self):
        """A new scenario of this product."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.scenario"].check_access("create")
        return self.env["rcep.scenario"]._of_product(self)._get_records_action(name=self.env._("What if"))


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_what_if(self):
        """A new scenario of this product's first variant."""
        self.ensure_one()
        self.check_access("read")
        return self.product_variant_id.action_rcep_what_if()

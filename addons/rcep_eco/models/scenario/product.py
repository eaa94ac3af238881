"""The way from a product to its scenarios."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_rcep_what_if(self, place=None):
        """A scenario of this product that nobody has changed yet.

        :param place: of the material from which it is asked, as the origin overview names it; it stands first
        """
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.scenario"].check_access("create")
        return self.env["rcep.scenario"]._of_product(self, place)._get_records_action(name=self.env._("What if"))


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_what_if(self):
        """A scenario of this product's first variant that nobody has changed yet."""
        self.ensure_one()
        self.check_access("read")
        return self.product_variant_id.action_rcep_what_if()

"""What a product is made of, for the determination of its origin."""

from odoo import models

from .production_reader import ProductionReader


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_overview(self):
        """Show the origin overview of this good."""
        return self.product_variant_id.action_rcep_overview()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_production(self, company, date):
        self.ensure_one()
        production = ProductionReader(self, company, date).production(self)
        return production or super()._rcep_production(company, date)

    def action_rcep_overview(self):
        """Show the origin overview of this good."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mrp.action_origin_overview")
        return {**action, "context": {"active_id": self.id, "active_model": self._name}}

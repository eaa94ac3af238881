"""What a product is made of, for the determination of its origin."""

from odoo import models

from .production_reader import ProductionReader


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_production(self, company, date):
        self.ensure_one()
        production = ProductionReader(self, company, date).production(self)
        return production or super()._rcep_production(company, date)

"""What a product is made of, for the determination of its origin, and what is made of it."""

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

    def _rcep_verdicts_hanging(self, company):
        """Also the verdicts of all goods that hold the product, however deep; a few queries a level."""
        above = self._rcep_above(company)
        everything = self.union(*(self.browse(parents) for parents in above.values()))
        failing = super(ProductProduct, everything)._rcep_verdicts_hanging(company)
        hanging = {}
        for product_id in self.ids:
            count = sum(failing.get(each, 0) for each in _reached(product_id, above))
            if count:
                hanging[product_id] = count
        return hanging

    def _rcep_above(self, company):
        """Which products are made of which, from these upwards: {product id: ids of what it goes into}."""
        above, level = {}, set(self.ids)
        while level:
            # Whoever asks may not read bills of materials; what comes out is a count of verdicts.
            groups = self.env["mrp.bom.line"].sudo()._read_group(
                [("product_id", "in", list(level)), ("company_id", "in", (False, company.id)), ("bom_id.active", "=", True)],
                ["product_id", "bom_id"],
            )
            above.update({product_id: set() for product_id in level})
            for component, bom in groups:
                made = bom.product_id or bom.product_tmpl_id.product_variant_ids
                above[component.id].update(made.ids)
            level = set().union(*(above[product_id] for product_id in level)) - above.keys()
        return above


def _reached(product_id, above):
    """A product and everything it goes into, each once."""
    seen, waiting = {product_id}, [product_id]
    while waiting:
        new = above[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen

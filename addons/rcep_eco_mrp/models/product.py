"""What a product is made of, for the determination of its origin, and what is made of it."""

from odoo import api, models
from odoo.fields import Domain

from ..bills import graph, trees
from ..bills.catalogue import Catalogue


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_overview(self):
        """Show the origin overview of this good."""
        return self.product_variant_id.action_rcep_overview()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_production(self, company, date):
        self.ensure_one()
        return trees.production(self, company, date) or super()._rcep_production(company, date)

    @api.model
    def _rcep_of_catalogue(self):
        return super()._rcep_of_catalogue() | Domain("bom_ids.type", "!=", "phantom")

    def _rcep_determined(self, company, date):
        catalogue = Catalogue(self.env, company, date, self.ids)
        determined = list(catalogue.determined())
        # Dossiers are the system's: a verdict leads to them, and only a cost engineer can open one.
        self.env["rcep.dossier"].sudo()._keep(catalogue.dossiers)
        made = {each.product_id for each in determined}
        others = self.filtered(lambda product: product.id not in made)
        return determined + super(ProductProduct, others)._rcep_determined(company, date)

    def _rcep_ids_above(self, company):
        return graph.ids_above(self.env, company, self.ids)

    def _rcep_past_changed(self, company, since):
        """What orders made, of these products or as one of them, is determined anew."""
        super()._rcep_past_changed(company, since)
        self.env["rcep.production.origin"]._mark(company, self.ids, since)

    def action_rcep_overview(self):
        """Show the origin overview of this good."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mrp.action_origin_overview")
        return {**action, "context": {"active_id": self.id, "active_model": self._name}}

    def _rcep_verdicts_hanging(self, company):
        """Also the verdicts of all goods that hold the product, however deep; a few queries a level."""
        parents = self._rcep_parents(company)
        everything = self.union(*(self.browse(ids) for ids in parents.values()))
        failing = super(ProductProduct, everything)._rcep_verdicts_hanging(company)
        hanging = {}
        for product_id in self.ids:
            count = sum(failing.get(each, 0) for each in _reached(product_id, parents))
            if count:
                hanging[product_id] = count
        return hanging

    def _rcep_parents(self, company):
        """Which products are made of which, from these upwards: {product id: ids of what it goes into}."""
        parents, level = {}, set(self.ids)
        while level:
            # Whoever asks may not read bills of materials; what comes out is a count of verdicts.
            groups = self.env["mrp.bom.line"].sudo()._read_group(
                [
                    ("product_id", "in", list(level)),
                    ("company_id", "in", (False, company.id)),
                    ("bom_id.active", "=", True),
                ],
                ["product_id", "bom_id"],
            )
            parents.update({product_id: set() for product_id in level})
            for component, bom in groups:
                made = bom.product_id or bom.product_tmpl_id.product_variant_ids
                parents[component.id].update(made.ids)
            level = set().union(*(parents[product_id] for product_id in level)) - parents.keys()
        return parents


def _reached(product_id, parents):
    """A product and everything it goes into, each once."""
    seen, waiting = {product_id}, [product_id]
    while waiting:
        new = parents[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen

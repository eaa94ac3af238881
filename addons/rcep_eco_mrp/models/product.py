"""What a product is made of, for the determination of its origin, and what is made of it."""

from odoo import api, models
from odoo.fields import Domain

from ..bills import deciding_bill, trees
from ..bills.catalogue import Catalogue

DOSSIERS = 2000  # of intermediates, kept at a time


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_overview(self):
        """Show the origin overview of this good."""
        return self.product_variant_id.action_rcep_overview()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_production(self, company, date):
        self.ensure_one()
        chosen = self.env.context.get("rcep_chosen", ())
        made = trees.production(self, company, date, chosen=chosen)
        return made or super()._rcep_production(company, date)

    def _rcep_reading(self, company, since, until):
        return trees.Days(self, company, since, until)

    @api.model
    def _rcep_of_catalogue(self, company):
        """Also what a bill of the company makes, or one of every company; another company's makes nothing here."""
        bills = Domain("type", "!=", "phantom") & Domain("company_id", "in", (False, company.id))
        return super()._rcep_of_catalogue(company) | Domain("bom_ids", "any", bills)

    def _rcep_determined(self, company, date):
        catalogue = Catalogue(self.env, company, date, self.ids)
        # Dossiers are the system's: a verdict leads to them, and only a cost engineer can open one.
        store = self.env["rcep.dossier"].sudo()
        made = set()
        for answer in catalogue.determined():
            made.add(answer.product_id)
            if len(catalogue.cases.dossiers) >= DOSSIERS:
                store._keep(catalogue.take_dossiers())
            yield answer
        store._keep(catalogue.take_dossiers())
        others = self.filtered(lambda product: product.id not in made)
        yield from super(ProductProduct, others)._rcep_determined(company, date)

    def _rcep_ids_above(self, company):
        return deciding_bill.ids_above(self.env, company, self.ids)

    def _rcep_past_changed(self, company, since):
        """What orders made, of these products or as one of them, is determined anew."""
        self.env["rcep.production.origin"]._mark(company, self.ids, since)
        return super()._rcep_past_changed(company, since)

    def action_rcep_overview(self):
        """Show the origin overview of this good."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.origin"].check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mrp.action_origin_overview")
        return {**action, "context": {"active_id": self.id, "active_model": self._name}}

    def _failing_goods_using(self, company):
        """Also the verdicts of all goods that hold the product, however deep."""
        above = deciding_bill.ids_above_each(self.env, company, self.ids)
        everything = self.browse(sorted(set().union(*above.values())))
        failing = super(ProductProduct, everything)._failing_goods_using(company)
        counts = {product_id: sum(failing.get(each, 0) for each in ids) for product_id, ids in above.items()}
        return {product_id: count for product_id, count in counts.items() if count}

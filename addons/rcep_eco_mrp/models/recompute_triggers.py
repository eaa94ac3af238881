"""Changes of bills, operations and work centres are changes of facts on which verdicts rest."""

from odoo import models


class MrpBom(models.Model):
    _name = "mrp.bom"
    _inherit = ["mrp.bom", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("product_tmpl_id", "product_id", "product_qty", "product_uom_id", "type", "sequence", "active", "company_id",
         "subcontractor_ids")
    )  # fmt: skip

    def _rcep_products(self):
        of_all = self.filtered(lambda bom: not bom.product_id).product_tmpl_id
        return self.product_id | of_all.product_variant_ids


class RcepFactOfBillMixin(models.AbstractModel):
    """Something that belongs to a bill: what the bill makes is concerned."""

    _name = "rcep.fact.of.bill.mixin"
    _description = "Facts of a bill of materials"
    _inherit = ["rcep.fact.mixin"]

    def _rcep_products(self):
        return self.bom_id._rcep_products()


class MrpBomLine(models.Model):
    _name = "mrp.bom.line"
    _inherit = ["mrp.bom.line", "rcep.fact.of.bill.mixin"]


class MrpBomByproduct(models.Model):
    _name = "mrp.bom.byproduct"
    _inherit = ["mrp.bom.byproduct", "rcep.fact.of.bill.mixin"]


class MrpRoutingWorkcenter(models.Model):
    _name = "mrp.routing.workcenter"
    _inherit = ["mrp.routing.workcenter", "rcep.fact.of.bill.mixin"]


class UomUom(models.Model):
    _inherit = "uom.uom"

    def _rcep_products_counted(self):
        """Also what bills make or hold so many of."""
        of_units = [("product_uom_id", "in", self.ids)]
        bills = self.env["mrp.bom"].search(of_units) | self.env["mrp.bom.line"].search(of_units).bom_id
        return super()._rcep_products_counted() | bills._rcep_products()


class MrpWorkcenter(models.Model):
    _name = "mrp.workcenter"
    _inherit = ["mrp.workcenter", "rcep.fact.mixin"]
    _rcep_fact_fields = frozenset(
        ("costs_hour", "rcep_labour_percent", "rcep_country_id", "time_start", "time_stop", "time_efficiency")
    )

    def _rcep_products(self):
        operations = self.env["mrp.routing.workcenter"].search([("workcenter_id", "in", self.ids)])
        return operations.bom_id._rcep_products()


class MrpWorkcenterCapacity(models.Model):
    _name = "mrp.workcenter.capacity"
    _inherit = ["mrp.workcenter.capacity", "rcep.fact.mixin"]

    def _rcep_products(self):
        return self.workcenter_id._rcep_products()


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _rcep_products(self):
        """Also what they make of our materials."""
        products = super()._rcep_products()
        if "subcontractor_ids" not in self.env["mrp.bom"]._fields:  # Odoo's app for that is not there
            return products
        return products | self.env["mrp.bom"].search([("subcontractor_ids", "child_of", self.ids)])._rcep_products()

"""The guide for beginners where goods are made: their bill of materials is one of its questions."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _rcep_source_places(self):
        places = super()._rcep_source_places()
        bill = self._rcep_guide_bill()
        if bill:
            return [["bill", self.env._("Look at the bill of materials")], *places]
        if self.env["mrp.bom"].has_access("create"):
            return [["bill", self.env._("Made here: make the bill of materials")], *places]
        return places

    def _rcep_need_places(self, fact, plain):
        places = super()._rcep_need_places(fact, plain)
        if fact in ("process", "materials") or (not plain and self._rcep_guide_bill()):
            return [each for each in self._rcep_source_places() if each[0] == "bill"] or places
        return places

    def _rcep_guide_bill(self):
        bills = self.env["mrp.bom"]
        if not bills.has_access("read"):
            return bills
        return bills._bom_find(self, company_id=self.env.company.id)[self]

    def _rcep_place_bill(self):
        bill = self._rcep_guide_bill()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Bill of materials of %s", self.display_name),
            "res_model": "mrp.bom",
            "views": [(False, "form")],
            "target": "current",
        }
        if bill:
            return {**action, "res_id": bill.id}
        values = {
            "default_product_tmpl_id": self.product_tmpl_id.id,
            "default_product_id": self.id if self.product_tmpl_id.product_variant_count > 1 else False,
            "default_company_id": self.env.company.id,
        }
        return {**action, "context": values}

"""A supplier's price says by which document it came, as long as it is the price that came by it."""

from odoo import fields, models
from odoo.addons.rcep_eco import groups

PRICED = {"partner_id", "product_id", "product_tmpl_id", "price", "currency_id", "product_uom_id", "discount",
          "date_start", "date_end", "min_qty", "rcep_incoterm_id", "rcep_freight_percent"}  # fmt: skip


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    rcep_document = fields.Char(
        "Came by document", readonly=True, copy=False, groups=groups.ENGINEER,
        help="The order, invoice or list of the other ERP that the price is from. Empty once somebody changes it.",
    )  # fmt: skip
    rcep_sheet_id = fields.Many2one(
        "rcep.sheet", "Came by sheet", readonly=True, copy=False, index="btree_not_null", groups=groups.ENGINEER
    )

    def write(self, vals):
        if PRICED & vals.keys() and "rcep_sheet_id" not in vals:
            # Whoever changes a price may not see where it came from; it is not from there any more.
            self.sudo().filtered("rcep_sheet_id").write({"rcep_document": False, "rcep_sheet_id": False})
        return super().write(vals)

"""An item of a production report: what the MES said, and which product, lot and quantity of ours that is."""

from odoo import fields, models

USES = [
    ("consumed", "Consumed"),
    ("consumable", "Indirect material"),
    ("scrap", "Scrapped"),
    ("produced", "Produced"),
    ("by_product", "By-product"),
]


class RcepProductionReportLine(models.Model):
    _name = "rcep.production.report.line"
    _description = "Item of a production report"
    _order = "id"
    _rec_name = "product_name"

    report_id = fields.Many2one("rcep.production.report", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    use = fields.Selection(USES, required=True, readonly=True)
    product_name = fields.Char("Product in the report", required=True, readonly=True)
    lot_name = fields.Char("Lot in the report", readonly=True)
    quantity = fields.Char("Quantity in the report", required=True, readonly=True)
    uom = fields.Char("Unit in the report", required=True, readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, index=True, ondelete="restrict")
    lot_id = fields.Many2one("stock.lot", readonly=True, index="btree_not_null", ondelete="restrict")
    own_quantity = fields.Char("In our unit", readonly=True, help="The quantity in the product's own unit of measure.")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Our unit")

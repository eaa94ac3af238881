"""A receipt says by which sheet of another ERP it came."""

from odoo import fields, models
from odoo.addons.rcep_eco import groups


class StockPicking(models.Model):
    _inherit = "stock.picking"

    rcep_sheet_id = fields.Many2one(
        "rcep.sheet", "Came by sheet", readonly=True, copy=False, index="btree_not_null", groups=groups.ENGINEER
    )

"""Sheets of receipts."""

from odoo import api, fields, models

from ..plans import Receipts


class RcepSheet(models.Model):
    _inherit = "rcep.sheet"

    kind = fields.Selection(selection_add=[("receipts", "Receipts")], ondelete={"receipts": "cascade"})

    @api.model
    def _kinds(self):
        return {**super()._kinds(), "receipts": Receipts}

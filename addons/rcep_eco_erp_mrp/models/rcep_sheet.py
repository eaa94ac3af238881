"""Sheets of bills of materials."""

from odoo import api, fields, models

from ..plans import Bills


class RcepSheet(models.Model):
    _inherit = "rcep.sheet"

    kind = fields.Selection(selection_add=[("bills", "Bills of materials")], ondelete={"bills": "cascade"})

    @api.model
    def _kinds(self):
        return {**super()._kinds(), "bills": Bills}

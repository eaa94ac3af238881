"""What a key lets an MES do here."""

from odoo import api, fields, models

GRANTS = ("may_report",)


class RcepIntegrationKey(models.Model):
    _inherit = "rcep.integration.key"

    may_report = fields.Boolean(
        "Hands in production reports", help="And asks what became of those; what it hands in never moves stock."
    )

    @api.model
    def _grants(self):
        return (*super()._grants(), *GRANTS)

"""What a key lets an MES do here."""

from odoo import api, fields, models

GRANTS = ("may_report", "may_book")


class RcepIntegrationKey(models.Model):
    _inherit = "rcep.integration.key"

    may_report = fields.Boolean(
        "Hands in production reports",
        help="And asks what became of those. They are evidence only, unless the key books them too.",
    )
    may_book = fields.Boolean(
        "Books what its reports say",
        help="What they consumed, scrapped and made is set on the order, which is closed once they say all of it. "
        "Without it they are evidence only and no stock moves.",
    )

    @api.model
    def _grants(self):
        return (*super()._grants(), *GRANTS)

    def _lacking(self):
        lacking = super()._lacking()
        if not lacking and self.may_book and not self.may_report:
            return self.env._("Key “%s” books reports: tick that it hands them in too.", self.name)
        return lacking

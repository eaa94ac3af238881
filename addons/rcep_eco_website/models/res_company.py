"""A company with a website is reached there."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_scan_log = fields.Boolean(
        "Keep who looked at certificates' pages", default=True,
        help="When, from which country and town, with which kind of device; no address. Kept for 24 months.",
    )  # fmt: skip

    def _rcep_found_url(self):
        website = self.env["website"].search([("company_id", "=", self.id)], limit=1)
        return website.get_base_url() if website else super()._rcep_found_url()

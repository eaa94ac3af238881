"""A company with a website is reached there."""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _rcep_found_url(self):
        website = self.env["website"].search([("company_id", "=", self.id)], limit=1)
        return website.get_base_url() if website else super()._rcep_found_url()

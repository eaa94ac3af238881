"""Where the platform pushes its events to: this website."""

from odoo import models

PUSH_PATH = "/rcep/platform/v1/events"


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    def _get_push_url(self):
        website = self.env["website"].search([("company_id", "=", self.company_id.id)], limit=1)
        return f"{(website or self).get_base_url()}{PUSH_PATH}"

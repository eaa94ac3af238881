"""Where the platform reaches this website, and what of a certificate's proof it may read there."""

from odoo import fields, models

from .origin_data import PARTS

PUSH_PATH = "/rcep/platform/v1/events"


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    grant_materials = fields.Boolean("Materials", default=True, help="Name, HS code and origin of each; no supplier.")
    grant_shares = fields.Boolean(
        "Shares of value", help="What each material is of the FOB value, in per cent; no amounts."
    )
    grant_processes = fields.Boolean("Processing steps", default=True)
    grant_invoices = fields.Boolean("Invoice lines", default=True, help="Number, date and quantity; no prices.")

    def _get_push_url(self):
        return f"{self.company_id._rcep_base_url()}{PUSH_PATH}"

    def _granted_parts(self):
        """The parts of a proof that this connection's platform may read."""
        self.ensure_one()
        return [part for part in PARTS if self[f"grant_{part}"]]

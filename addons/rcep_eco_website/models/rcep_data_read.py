"""Who read the proof of which certificate, when, and what of it: written with each read, changed by nobody."""

from odoo import api, fields, models


class RcepDataRead(models.Model):
    _name = "rcep.data.read"
    _description = "Read of origin data by the platform"
    _order = "id desc"
    _rec_name = "certificate_id"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, ondelete="restrict", index=True)
    create_date = fields.Datetime("Read at", readonly=True)
    parts = fields.Char("What was sent", readonly=True, help="Beside the goods with rule, criterion and hash.")

    @api.model
    def _note(self, platform, certificate, parts):
        """Write a read down."""
        values = {"platform_id": platform.id, "certificate_id": certificate.id, "parts": ", ".join(parts)}
        return self.create(values)

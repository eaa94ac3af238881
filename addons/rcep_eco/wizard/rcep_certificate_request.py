"""What a signer says when a certificate is taken back or cancelled."""

from odoo import fields, models

from ..models.rcep_platform_message import REQUESTS


class RcepCertificateRequest(models.TransientModel):
    _name = "rcep.certificate.request"
    _description = "Withdrawal or cancellation of a certificate"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True)
    kind = fields.Selection(REQUESTS, required=True, readonly=True)
    reason = fields.Char(required=True, help="The issuing body reads it.")

    def action_request(self):
        """Put it into the outbox."""
        self.check_access("read")
        self.certificate_id._request(self.kind, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}

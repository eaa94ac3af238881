"""What a signer says when a certificate is taken back or cancelled."""

from odoo import api, fields, models

from ..models.platform.rcep_platform_message import REQUESTS


class RcepCertificateRequest(models.TransientModel):
    _name = "rcep.certificate.request"
    _description = "Withdrawal or cancellation of a certificate"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True)
    kind = fields.Selection(REQUESTS, required=True, readonly=True)
    is_recorded = fields.Boolean(
        compute="_compute_is_recorded", help="The platform takes no message for it: a person says what the office did."
    )
    reason = fields.Char(required=True, help="The issuing body reads it.")

    @api.depends("certificate_id")
    def _compute_is_recorded(self):
        for request in self:
            request.is_recorded = not request.certificate_id.asks_by_message

    def action_request(self):
        """Put it into the outbox."""
        self.check_access("read")
        self.certificate_id._request(self.kind, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}

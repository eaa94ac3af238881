"""What a signer says when a certificate is taken back, cancelled or replaced."""

from odoo import fields, models

from ..models.certificate.record import KINDS
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


class RcepCertificateReplace(models.TransientModel):
    _name = "rcep.certificate.replace"
    _description = "Replacement of an issued certificate"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True)
    kind = fields.Selection(
        [(kind, label) for kind, label in KINDS if kind != "new"], "Application", required=True, default="amended"
    )
    reason = fields.Char(required=True, help="Stands on the application; the issuing body reads it.")

    def action_replace(self):
        """Make the draft and open it."""
        self.check_access("read")
        new = self.certificate_id._replacement(self.kind, self.reason.strip())
        return new._get_records_action(name=self.env._("Certificate of origin"))

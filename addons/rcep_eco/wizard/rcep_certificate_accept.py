"""Accepting warnings of a certificate, each with a reason that stays on record."""

from odoo import fields, models
from odoo.exceptions import UserError


class RcepCertificateAccept(models.TransientModel):
    _name = "rcep.certificate.accept"
    _description = "Acceptance of warnings"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True)
    line_ids = fields.One2many("rcep.certificate.accept.line", "accept_id", "Warnings")

    def action_accept(self):
        """Keep the reasons that were given; a warning without one stays open."""
        self.check_access("read")
        reasons = {line.fingerprint: line.reason.strip() for line in self.line_ids if (line.reason or "").strip()}
        if not reasons:
            raise UserError(self.env._("Enter a reason beside each warning that you accept."))
        self.certificate_id._accept(reasons)
        return {"type": "ir.actions.act_window_close"}


class RcepCertificateAcceptLine(models.TransientModel):
    _name = "rcep.certificate.accept.line"
    _description = "Warning to accept"

    accept_id = fields.Many2one("rcep.certificate.accept", required=True, readonly=True, ondelete="cascade")
    fingerprint = fields.Char(required=True, readonly=True)
    sentence = fields.Text("Warning", readonly=True)
    reason = fields.Char()

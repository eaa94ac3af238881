"""Why an authority is taken back."""

from odoo import fields, models


class RcepAuthorisationRevoke(models.TransientModel):
    _name = "rcep.authorisation.revoke"
    _description = "Revocation of an agent's authority"

    authorisation_id = fields.Many2one("rcep.authorisation", "Authority", required=True, readonly=True)
    agent_id = fields.Many2one(related="authorisation_id.agent_id")
    reason = fields.Char(required=True, help="Stands in the history; the agent is told that it was revoked.")

    def action_revoke(self):
        """Take it back: nothing works under it from this moment on."""
        self.ensure_one()
        self.authorisation_id.check_access("write")
        self.authorisation_id._revoke(self.reason)
        return {"type": "ir.actions.act_window_close"}

"""Jobs of ours are the system's: nobody has one done by hand with rights, or a context, of their own."""

from odoo import models
from odoo.exceptions import AccessError


class IrActionsServer(models.Model):
    _inherit = "ir.actions.server"

    def _can_execute_action_on_records(self, records):
        """Odoo lets every employee run the job of a model that they may write, and an auditor those of some others."""
        allowed = super()._can_execute_action_on_records(records)
        ours = self.usage == "ir_cron" and self.model_id.model.startswith("rcep.")
        if ours and not self.env.user._is_system():
            raise AccessError(self.env._("“%s” is a job of the system: only an administrator runs it.", self.name))
        return allowed

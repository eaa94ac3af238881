"""The recomputing of verdicts as a job of queue_job: any server's workers do it, and another takes it over."""

from odoo import models


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    def _trigger_recompute(self):
        """Put the recomputing into the queue, once; the scheduled action stays as it is and looks each day."""
        self.sudo().with_delay(
            identity_key="rcep_eco recompute", description=self.env._("Recompute verdicts"), max_retries=0,
        )._cron_recompute()

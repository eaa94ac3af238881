"""Our own clock was wrong and was set right again: nothing of ours waits for the moment that it showed.

Moments further ahead than any pause hold up nothing (each place that waits says so); jobs of Odoo's scheduler are
called at the next round again.
"""

import datetime

from odoo import api, fields, models

SLACK = datetime.timedelta(hours=1)  # beyond its own pause that a job may be planned ahead
# The models whose jobs these are.
OURS = "rcep."


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    @api.model
    def _mend_clock(self):
        """Have jobs called that a clock which ran ahead put off for longer than their own pause."""
        now = fields.Datetime.now()
        # Jobs are the system's; they are found and put right for whoever is at work here.
        jobs = self.env["ir.cron"].sudo().search(
            [("model_id.model", "=like", f"{OURS}%"), ("nextcall", ">", now + SLACK), ("active", "=", True)]
        )
        late = jobs.filtered(lambda job: job.nextcall > now + _pause(job) + SLACK).try_lock_for_update()
        if late:  # a job that runs at this moment is planned anew by the scheduler, or by the next of ours
            late.write({"nextcall": now})


def _pause(job):
    """How long a job waits between two calls, at the longest."""
    days = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1, "weeks": 7, "months": 31}[job.interval_type]
    return datetime.timedelta(days=days * job.interval_number)

"""Senders as jobs of queue_job. How many work side by side is the channel's capacity; no message is sent twice."""

from odoo import api, models

SENDERS = 4  # jobs that are put into the queue at most; the channel root.rcep_eco lets as many run as it is set to


class RcepPlatformMessage(models.Model):
    _inherit = "rcep.platform.message"

    @api.model
    def _wake_senders(self, at=None):
        """Put the senders into the queue, each once; the scheduled actions stay as they are and look each minute."""
        when = "later" if at else "now"
        outbox = self.sudo()  # the outbox is the system's, whoever submits
        for number in range(1, SENDERS + 1):
            outbox.with_delay(
                eta=at,
                identity_key=f"rcep_eco sender {number} {when}",
                description=self.env._("Deliver messages to the platform (sender %s)", number),
            )._cron_deliver()

"""What the calendar does to supplier declarations: it ends them, and warns before it does."""

import datetime

from odoo import api, fields, models

from ...states import actors, declaration_states
from ...values import amounts
from .rcep_supplier_declaration import RENEW

BATCH = 100


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    @api.model
    def _cron_expire(self):
        """Once a day: end what is over, warn of what ends soon, and tell verdicts of what begins today."""
        today = amounts.today()
        soon = today + datetime.timedelta(days=declaration_states.WARN_DAYS)
        verified = [("state", "=", "verified")]
        over = [*verified, ("date_to", "<", today)]
        ending = [*verified, ("date_to", ">=", today), ("date_to", "<=", soon), ("warned_on", "=", False)]
        beginning = [*verified, ("date_from", "=", today), ("state_on", "<", today)]
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=self.search_count(over) + self.search_count(ending))
        self._in_batches(over, lambda batch: batch._move("expired", actors.CALENDAR))
        self._in_batches(ending, lambda batch: batch._warn_of_end())
        self.search(beginning)._mark_verdicts()

    @api.model
    def _in_batches(self, domain, do):
        """Do something to the records of a domain, which takes them out of it; committed batch by batch."""
        while batch := self.search(domain, limit=BATCH):
            do(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _warn_of_end(self):
        self._moving().write({"warned_on": fields.Datetime.now()})
        for declaration in self:
            declaration._remind_engineer(
                RENEW, self.env._("Ask for the next declaration: this one ends"), declaration.date_to
            )

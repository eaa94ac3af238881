"""What becomes of statements by themselves: each day they end, or no longer hold by what is known today."""

import datetime
from functools import partial

from odoo import api, models
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.tools.isolated import within_savepoint
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from .. import states

SAME = ("criterion", "modifiers", "party_code", "hs6")  # what the text says


class RcepOriginStatement(models.Model):
    _inherit = "rcep.origin.statement"

    @api.model
    def _cron_watch(self):
        """Once a day: end what is over, and take back what would not be signed today."""
        today, progress = amounts.today(), self.env["ir.cron"]
        existing = self.search([("state", "=", states.IN_FORCE)], order="id")
        progress._commit_progress(remaining=len(existing))
        for record in existing:
            within_savepoint(self.env, partial(record._watch, today), f"statement {record.name}")
            if not progress._commit_progress(1):
                break

    def _watch(self, today):
        if self.date_to < today:
            self._move("ended", actors.CALENDAR)
        elif reason := self._why_not_today():
            self._revoke(reason, today - datetime.timedelta(days=1), by=states.DETERMINATION)
            self._tell(reason)

    def _why_not_today(self):
        """Why it would not be signed today, in the signer's language; an empty text where it would be."""
        theirs = self.with_context(lang=self.signer_id.lang)
        try:
            values = theirs._determined()
        except UserError as error:  # it does not originate, or cannot be determined: so nobody knows that it does
            return str(error)
        other = [name for name in SAME if (values[name] or "") != (self[name] or "")]
        if not other:
            return ""
        labels = [theirs._fields[name]._description_string(theirs.env) for name in other]
        return theirs.env._("It would say something else today: %s.", ", ".join(labels))

    def _tell(self, reason):
        user = self.signer_id if self.signer_id.active else self.company_id._rcep_origin_user()
        theirs = self.with_context(lang=user.lang)
        summary = theirs.env._("Statement revoked by itself: tell the buyer, or sign another")
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_warning", summary=summary, note=reason, user_id=user.id
            )

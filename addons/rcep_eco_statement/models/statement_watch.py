"""What becomes of statements by themselves: each day they end, or no longer hold by what is known today."""

import datetime
import logging

from odoo import api, models
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from .. import states

_logger = logging.getLogger(__name__)
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
            if record.date_to < today:
                record._move("ended", actors.CALENDAR)
            elif reason := record._why_not_today():
                record._revoke(reason, today - datetime.timedelta(days=1), by=states.DETERMINATION)
                record._tell(reason)
            if not progress._commit_progress(1):
                break

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
        theirs = self.with_context(lang=self.signer_id.lang)
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._("Statement revoked by itself: tell the buyer, or sign another"),
            note=reason,
            user_id=self.signer_id.id,
        )

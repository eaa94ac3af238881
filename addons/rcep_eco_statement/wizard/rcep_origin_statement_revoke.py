"""From when a statement does not hold, and why."""

import datetime

from odoo import fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

SINCE = [
    ("never", "It was wrong from the beginning"),
    ("day", "It held, and holds no more"),
]


class RcepOriginStatementRevoke(models.TransientModel):
    _name = "rcep.origin.statement.revoke"
    _description = "Revocation of a statement of origin"

    statement_id = fields.Many2one("rcep.origin.statement", required=True, readonly=True)
    since = fields.Selection(SINCE, "What is so", required=True, default="day")
    holds_until = fields.Date(
        "Last day on which it held", default=lambda self: amounts.today() - datetime.timedelta(days=1)
    )
    reason = fields.Char(required=True, help="Stays in the history; the buyer is told that it is revoked, not why.")

    def action_revoke(self):
        """Take it back: buyers' systems learn it when they ask next."""
        self.ensure_one()
        self.statement_id.check_access("write")
        until = self.holds_until if self.since == "day" else False
        if self.since == "day" and (not until or until > amounts.today()):
            name = self.statement_id.name
            raise UserError(self.env._("Enter the last day on which %s held: today at the latest.", name))
        self.statement_id._revoke(self.reason, until)
        return {"type": "ir.actions.act_window_close"}

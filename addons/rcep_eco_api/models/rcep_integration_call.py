"""What programs called by their keys: when, what, how it was answered, what was wrong; no body and no secret.

A call is noted before anything is done for it, in a transaction of its own, and then counted: whoever notes itself
first and looks afterwards sees all that came before, from whatever worker or server, so that of any sixty seconds no
more pass than the key allows. Nobody waits for anybody: rows are only added.
"""

import datetime
import math

from odoo import api, fields, models

WINDOW = 60  # seconds
KEPT_DAYS = 90
TOO_MANY = 429
LONGEST_PATH, LONGEST_PROBLEM = 300, 1000  # characters
AT_ONCE = 10_000  # that are forgotten in one go


class RcepIntegrationCall(models.Model):
    _name = "rcep.integration.call"
    _description = "Call of a program"
    _order = "id desc"
    _rec_name = "path"

    key_id = fields.Many2one("rcep.integration.key", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="key_id.company_id", store=True, index=True)
    at = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    method = fields.Char(readonly=True)
    path = fields.Char("Address", readonly=True)
    status = fields.Integer(readonly=True, help="Of HTTP; 0: it was cut off before there was an answer.")
    outcome = fields.Selection(
        [("done", "Done"), ("refused", "Refused"), ("cut_off", "No answer")], compute="_compute_outcome"
    )
    problem = fields.Char("What was wrong", readonly=True)
    size = fields.Integer("Bytes sent", readonly=True)

    _of_key = models.Index("(key_id, at)")

    @api.depends("status")
    def _compute_outcome(self):
        for call in self:
            call.outcome = "cut_off" if not call.status else "refused" if call.status >= 400 else "done"

    # --- one call, in transactions of its own ------------------------------------------------------------
    @api.model
    def _note(self, key, method, path, size):
        """Note a call before it is done.

        :return: (id of the note, seconds to wait before another is made, or 0)
        """
        with self.env.registry.cursor() as cr:
            cr.execute("SET LOCAL synchronous_commit TO off")  # a note that a power cut takes harms nobody
            values = {"key_id": key.id, "method": method, "path": path[:LONGEST_PATH], "size": size}
            noted = self.with_env(self.env(cr=cr, su=True)).create(values).id
        with self.env.registry.cursor() as cr:  # another one: it sees what all have noted
            calls = self.with_env(self.env(cr=cr, su=True))
            note = calls.browse(noted)
            since = fields.Datetime.now() - datetime.timedelta(seconds=WINDOW)
            recent = [("key_id", "=", key.id), ("at", ">", since)]
            let_in = calls.search([*recent, ("status", "!=", TOO_MANY)], order="at", limit=key.per_minute + 1)
            if len(let_in) <= key.per_minute:
                return note.id, 0
            wait = max(1, math.ceil((let_in[0].at - since).total_seconds()))
            if calls.search([*recent, ("status", "=", TOO_MANY)], limit=1):
                note.unlink()  # one a minute says it: whoever calls on fills no table
                return False, wait
            note.status = TOO_MANY
            return note.id, wait

    @api.model
    def _answered(self, note_id, status, problem=""):
        """Say how a call was answered."""
        with self.env.registry.cursor() as cr:
            cr.execute("SET LOCAL synchronous_commit TO off")  # as above
            note = self.with_env(self.env(cr=cr, su=True)).browse(note_id).exists()
            note.write({"status": status, "problem": problem[:LONGEST_PROBLEM] or False})

    @api.autovacuum
    def _gc_old(self):
        """What is older than 90 days goes."""
        before = fields.Datetime.now() - datetime.timedelta(days=KEPT_DAYS)
        old = self.search([("at", "<", before)], limit=AT_ONCE, order="at")
        old.unlink()
        return len(old), len(old) == AT_ONCE  # how many, and whether there may be more

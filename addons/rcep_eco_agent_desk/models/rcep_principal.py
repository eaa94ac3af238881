"""A principal that has a system of its own: where it is, the key it gave, and what it last said of the work there.

Each answer is asked for by the key of the agent's authority. What that does not cover does not exist here: where the
key is not good any more, nothing is left of the work. Messages to the issuing body leave from the principal's system.
"""

import datetime
import re

from markupsafe import escape
from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.groups import CLERK
from odoo.addons.rcep_eco.tools.isolated import Result, within_savepoint
from odoo.exceptions import AccessError, UserError, ValidationError

from ..reading import answers

KEY = re.compile(r"eco_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
DOOR = "/eco/agent/v1"
LONGEST = 1024 * 1024  # bytes of a worklist
OK, NOT_MODIFIED, TOO_MANY = 200, 304, 429
NOT_OURS = (401, 403)
OF_AUTHORITY = answers.Authority._fields
ASKED_EVERY = datetime.timedelta(minutes=4)  # a little less than the job runs


class RcepPrincipal(models.Model):
    _name = "rcep.principal"
    _description = "Principal with a system of its own"
    _inherit = ["mail.thread", "mail.activity.mixin", "rcep.secret.mixin"]
    _order = "name, id"

    name = fields.Char("Principal", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Agent", required=True, index=True, default=lambda self: self.env.company,
        help="Whose worklist it is in.",
    )  # fmt: skip
    address = fields.Char(
        "Address of its system", required=True, tracking=True, help="As the principal names it: https://…"
    )
    user_id = fields.Many2one(
        "res.users", "Followed by", default=lambda self: self.env.user, domain=[("share", "=", False)],
        help="Gets a task when a certificate was returned, and when the key is not good any more.",
    )  # fmt: skip
    client_secret = fields.Char("Key as it is kept", help="Made by the principal.")
    has_secret = fields.Boolean("Key is set")
    new_secret = fields.Char("Key of the authority")
    authority_no = fields.Char("Authority", readonly=True, copy=False)
    principal = fields.Char("As it calls itself", readonly=True, copy=False)
    valid_from = fields.Date("In force from", readonly=True, copy=False)
    valid_until = fields.Date("In force until", readonly=True, copy=False)
    may_prepare = fields.Boolean("Prepares", readonly=True, copy=False)
    may_submit = fields.Boolean("Submits", readonly=True, copy=False)
    asked_at = fields.Datetime("Last asked", readonly=True, copy=False)
    answered_at = fields.Datetime("Last answered", readonly=True, copy=False)
    problem = fields.Char("What is wrong", readonly=True, copy=False)
    etag = fields.Char("Mark of the last answer", readonly=True, copy=False)
    work_ids = fields.One2many("rcep.principal.work", "principal_id", "What is to be done", readonly=True)
    open_count = fields.Integer("At work", compute="_compute_open_count")

    _name_unique = models.Constraint(
        "UNIQUE(company_id, name)", "This principal is in the list already: open it, or name this one otherwise."
    )

    @api.depends("work_ids.is_open")
    def _compute_open_count(self):
        work = self.env["rcep.principal.work"]
        counts = dict(work._read_group(
            [("principal_id", "in", self.ids), ("is_open", "=", True)], ["principal_id"], ["__count"]))  # fmt: skip
        for principal in self:
            principal.open_count = counts.get(principal, 0)

    @api.constrains("address")
    def _check_address(self):
        for principal in self:
            self.env["rcep.platform"]._check_address(principal.address)

    def _inverse_new_secret(self):
        for principal in self.filtered("new_secret"):
            if not KEY.fullmatch(principal.new_secret.strip()):
                words = self.env._(
                    "This is no key of %s: it is copied whole, as the principal's system showed it once."
                )
                raise ValidationError(words % (principal.name or self.env._("the principal")))
            principal.new_secret = principal.new_secret.strip()
        return super()._inverse_new_secret()

    # --- CRUD --------------------------------------------------------------------------------------------
    def write(self, vals):
        """Another place or another key: what was said until now is not said by it."""
        elsewhere = self.filtered(lambda each: "address" in vals and vals["address"] != each.address)
        if elsewhere and not (vals.get("new_secret") or vals.get("client_secret")):
            # A key goes nowhere but to the system that made it.
            elsewhere.sudo().client_secret = False
        result = super().write(vals)
        if elsewhere or vals.get("new_secret"):
            (elsewhere if not vals.get("new_secret") else self)._forget("")
        return result

    def copy_data(self, default=None):
        """A copy has no key, and another name."""
        copied = super().copy_data(default)
        return [{**values, "name": self.env._("%s (copy)", each.name)} | (default or {})
                for each, values in zip(self, copied, strict=True)]  # fmt: skip

    def _check_prepares(self):
        if not (self.env.su or self.env.user.has_group(CLERK)):
            raise AccessError(self.env._("Only who prepares certificates calls principals' systems."))

    # --- buttons -----------------------------------------------------------------------------------------
    def action_ask(self):
        """Ask now what is to be done there."""
        self.check_access("read")
        self._check_prepares()
        for principal in self:
            principal._ask()
        return True

    def action_open_portal(self):
        """Open the work in the principal's own system."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self._page(answers.PORTAL), "target": "new"}

    def action_open_work(self):
        """Show the work there."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_agent_desk.action_principal_work")
        return {**action, "domain": [("principal_id", "=", self.id)], "context": {}}

    def _page(self, path):
        return f"{self.address.rstrip('/')}{path}"

    # --- ask ---------------------------------------------------------------------------------------------
    @api.model
    def _cron_ask(self):
        """Every five minutes: ask each principal's system, one after the other; none holds up the next."""
        progress = self.env["ir.cron"]
        before = fields.Datetime.now() - ASKED_EVERY
        due = self.search(["|", ("asked_at", "=", False), ("asked_at", "<", before)], order="asked_at NULLS FIRST, id")
        waiting = due.filtered("has_secret")
        progress._commit_progress(remaining=len(waiting))
        for principal in waiting:
            result, _nothing = within_savepoint(self.env, principal._ask, f"principal {principal.name}")
            if result is Result.BROKEN:  # its turn comes again after the others
                principal._note({"asked_at": fields.Datetime.now()})
            if not progress._commit_progress(1):
                break

    def _ask(self):
        """Ask for the work, and keep what it says of it."""
        self.ensure_one()
        now = fields.Datetime.now()
        try:
            reply = self._call("GET", "/work", etag=self.etag)
            self._keep(reply, now)
        except _Silent as error:
            self._note({"asked_at": now, "problem": str(error)})
        except answers.Odd:
            problem = self.env._(
                "The answer is not of a system with the agents' door: ask the principal for its address."
            )
            self._note({"asked_at": now, "problem": problem})

    def _keep(self, reply, now):
        if reply.status == NOT_MODIFIED:
            self._note({"asked_at": now, "answered_at": now, "problem": False})
        elif reply.status == OK:
            answer = answers.read(reply.body)
            stated, pieces = answers.authority(answer), answers.work(answer)
            self._note({**stated._asdict(), "asked_at": now, "answered_at": now, "problem": False,
                        "etag": reply.headers.get("ETag")})  # fmt: skip
            self.sudo().work_ids._replace(self.sudo(), pieces)  # kept by the system alone
        elif reply.status in NOT_OURS:
            self._forget(self._sentence(reply), now)
        else:
            self._note({"asked_at": now, "problem": self._sentence(reply)})

    def _forget(self, problem, now=None):
        """Nothing of the work is left."""
        again = problem and self.sudo().problem == problem
        self._note({**dict.fromkeys(OF_AUTHORITY, False), "etag": False, "asked_at": now, "problem": problem or False})
        self.sudo().work_ids.unlink()  # kept by the system alone
        if problem and not again:
            self._task(self.env._("The key of %s is not good any more", self.name), problem)

    def _note(self, values):
        self.sudo().write(values)  # nobody writes by hand what another system says

    def _task(self, summary, note):
        if self.user_id.active:
            # Whoever presses may have no right to tasks of others; what another system says is text, whatever is in it.
            self.sudo().activity_schedule(
                "mail.mail_activity_data_warning", summary=summary, note=escape(note), user_id=self.user_id.id
            )

    # --- steps there -------------------------------------------------------------------------------------
    def _step(self, path):
        """Have something done there, then ask what became of it.

        :raises UserError: with the principal's own sentence where it refuses
        """
        try:
            reply = self._call("POST", path)
        except (_Silent, answers.Odd) as error:
            what = str(error) or self.env._("The principal's system does not answer.")  # nothing that can be read
            words = self.env._("%s It may have been done or not: press Ask now before you try again.", what)
            raise UserError(words) from error
        if reply.status >= 300:
            words = self.env._("%(principal)s: %(sentence)s")
            raise UserError(words % {"principal": self.name, "sentence": self._sentence(reply)})
        self._ask()

    # --- the wire ----------------------------------------------------------------------------------------
    def _call(self, method, path, etag=None):
        """
        :raises _Silent: where nothing readable comes back
        """
        secret = self.sudo().client_secret  # nobody reads it; it goes to the system that made it
        if not secret:
            raise _Silent(self.env._("No key is entered: the principal makes one under your authority."))
        headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}
        if etag:
            headers["If-None-Match"] = etag
        hosts = self.env["rcep.platform"]._plain_hosts()
        try:
            return link.exchange.ask(
                method, self._page(f"{DOOR}{path}"), headers, plain_hosts=hosts, longest=LONGEST
            )
        except link.exchange.NoReply as error:
            raise _Silent(self.env._("The principal's system does not answer.")) from error
        except link.exchange.TooLong as error:
            raise answers.Odd from error

    def _sentence(self, reply):
        sentence = answers.problem(reply.body)
        if sentence:
            return sentence
        if reply.status in NOT_OURS:
            return self.env._("The key is not good any more, or never was: ask the principal for another.")
        if reply.status == TOO_MANY:
            return self.env._("It was asked too often; it is asked again by itself.")
        return self.env._("The principal's system answers with status %s: ask its administrator.", reply.status)


class _Silent(Exception):
    """Nothing came back that could be read; its text says why."""

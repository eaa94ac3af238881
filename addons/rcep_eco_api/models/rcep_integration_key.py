"""A key by which a program of somebody else calls: what it may do, from when to when, how often a minute.

Odoo's own API keys carry all rights of their user. This one carries what is ticked on it and nothing else, in one
company. Of the key itself only a keyed hash is kept: 256 random bits are not guessed, however fast the hash; and it is
keyed with the secret of this database, so that the hash is of no use elsewhere, nor in a duplicate, which has another.
"""

import re
import secrets

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError
from odoo.tools import consteq, hmac

from .. import states

SCOPE = "rcep.integration.key"
FORM = re.compile(r"eco_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
NOBODY = "0" * 64  # no hash: what an unknown key is compared with, so that its answer takes as long
MOVED = frozenset({"state", "company_id", "number", "given_on", "revoked_by_id", "revoked_on"})
MOST_A_MINUTE = 6000
GRANTS = ("may_read_changes",)


class RcepIntegrationKey(models.Model):
    _name = "rcep.integration.key"
    _description = "Key for a program"
    _inherit = ["rcep.moves.mixin"]
    _order = "state, valid_until desc, id desc"
    _moves = states.MOVES
    _moved = MOVED
    _set_at_creation = frozenset({"company_id"})
    _initial_values = {"state": "draft"}

    name = fields.Char("What for", required=True, help="Which program of whom calls with it, such as: MES of plant 2.")
    state = fields.Selection(states.STATES, required=True, readonly=True, default="draft", copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        help="The only company whose records the program reaches.",
    )  # fmt: skip
    number = fields.Char(
        "Begins with", readonly=True, copy=False, help="The part of the key that is no secret: by it a key is told."
    )
    digest = fields.Char("Keyed hash", readonly=True, copy=False, groups="base.group_system")
    valid_from = fields.Date("From", required=True, default=lambda self: amounts.today())
    valid_until = fields.Date(
        "Until", required=True, default=lambda self: fields.Date.add(amounts.today(), years=1),
        help="The last day, in China: nothing works a minute after it.",
    )  # fmt: skip
    per_minute = fields.Integer(
        "Calls a minute", required=True, default=600, help="More are refused for a while, whichever server they reach."
    )
    may_read_changes = fields.Boolean(
        "Follows verdicts and certificates",
        help="Reads what changed of verdicts of products and orders and of certificates: no cost and no material.",
    )
    given_on = fields.Datetime("Given out on", readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    revoked_on = fields.Datetime(readonly=True, copy=False)
    call_ids = fields.One2many("rcep.integration.call", "key_id", "Calls", readonly=True)
    call_count = fields.Integer("Calls kept", compute="_compute_calls", help="Of the last 90 days.")
    last_used_on = fields.Date("Last used", compute="_compute_calls", help="Empty: not in the last 90 days.")

    _number_unique = models.Constraint("UNIQUE(number)", "This key is there already.")
    _days_in_order = models.Constraint("CHECK(valid_from <= valid_until)", "A key ends before it begins.")
    _rate_sensible = models.Constraint(
        f"CHECK(per_minute BETWEEN 1 AND {MOST_A_MINUTE})", f"A key makes 1 to {MOST_A_MINUTE} calls a minute."
    )

    def _compute_calls(self):
        found = self.env["rcep.integration.call"]._read_group(
            [("key_id", "in", self.ids)], ["key_id"], ["__count", "at:max"]
        )
        told = {key.id: (count, last) for key, count, last in found}
        for key in self:
            key.call_count, last = told.get(key.id, (0, False))
            key.last_used_on = amounts.issuing_day(last) if last else False

    # --- CRUD --------------------------------------------------------------------------------------------
    def write(self, vals):
        self._check_moved(vals)
        agreed = {"name", "valid_from", "valid_until", *self._grants(), *self._bound_to()} & vals.keys()
        fixed = self.filtered(lambda each: each.state != states.EDITABLE)
        if "digest" in vals and not self.env.su:
            raise UserError(self.env._("A key is made by its own step, which shows it: press Make and show the key."))
        if agreed and fixed:
            words = self.env._("Key “%s” was given out and stays as it is: revoke it, and make another.")
            raise UserError(words % fixed[0].name)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for key in self.filtered(lambda each: each.state != states.EDITABLE):
            raise UserError(self.env._("Key “%s” was given out: it is kept with its calls.", key.name))

    # --- steps -------------------------------------------------------------------------------------------
    def action_give(self):
        """Make the key itself and show it; it is not shown again."""
        self.ensure_one()
        self.check_access("write")
        if lacking := self._lacking():
            raise UserError(lacking)
        number = secrets.token_hex(6)
        token = f"eco_{number}_{secrets.token_urlsafe(32)}"
        self._move("in_force", number=f"eco_{number}", given_on=fields.Datetime.now())
        self.sudo().digest = self._digest(token)  # the manager makes keys and reads none
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The key"),
            "res_model": "rcep.integration.secret",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_token": token},
        }

    def action_revoke(self):
        """Nothing is done by it from this moment on."""
        self.check_access("write")
        for key in self:
            key._move("revoked", revoked_by_id=self.env.user.id, revoked_on=fields.Datetime.now())
            key.sudo().digest = False  # as above
        return True

    def action_open_calls(self):
        """Show what was called by these keys."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_api.action_integration_call")
        return {**action, "domain": [("key_id", "in", self.ids)], "context": {}}

    def _lacking(self):
        """The sentence that says why it cannot be given out, or an empty one."""
        if not any(self[name] for name in self._grants()):
            return self.env._("Key “%s” allows nothing: tick what the program may do.", self.name)
        if self.valid_until < amounts.today():
            words = self.env._("Key “%(name)s” ended on %(day)s: correct the day.")
            return words % {"name": self.name, "day": self.valid_until}
        return ""

    # --- what it allows ----------------------------------------------------------------------------------
    @api.model
    def _grants(self):
        """Hook: the ticks that each allow one thing; nothing else is allowed by any key."""
        return GRANTS

    @api.model
    def _bound_to(self):
        """Hook: fields beside the ticks that stay as they were when the key was given out."""
        return ()

    def _why_not(self):
        """Hook: the sentence that says why nothing is done by a known key now, or an empty one."""
        return ""

    def _acts_for(self):
        """Hook: the person in whose language its program is told what is wrong."""
        return self.create_uid

    def _allows(self, grant):
        return grant in self._grants() and self[grant]

    # --- who calls ---------------------------------------------------------------------------------------
    @api.model
    def _digest(self, token):
        return hmac(self.env(su=True), SCOPE, token)  # nobody but the system reads the secret of the database

    @api.model
    def _of_token(self, token):
        """The key in force, or an empty record: unknown, ended and revoked are alike, in the answer and in time."""
        matched = FORM.fullmatch(token)
        number = f"eco_{matched[1]}" if matched else token[:16]
        found = self.sudo().search([("number", "=", number)], limit=1)  # whoever calls is nobody here
        same = consteq(found.digest or NOBODY, self._digest(token))
        today = amounts.today()
        open_now = found.state == states.IN_FORCE and found.valid_from <= today <= found.valid_until
        return found if matched and same and open_now else found.browse()

    def _as_system(self, model):
        """A model as the system sees it, in this key's company alone and in its reader's language."""
        self.ensure_one()
        system = self.with_user(SUPERUSER_ID).with_company(self.company_id)
        # A program has no rights of its own: what it may do is what its door does with the grant that it asked for.
        return system.with_context(
            allowed_company_ids=self.company_id.ids, lang=self._acts_for().lang or "en_US"
        ).env[model]

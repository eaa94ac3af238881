"""An agent's authority (power of attorney): for whom it acts, who of its people, from when to when, and how far.

The law lets an agent file for an exporter under a power of attorney, and wants the data to be the exporter's own. So an
agent works here, in the exporter's system: it sees what its authority names, and does what it allows, while it is in
force on the day in China. That is asked anew for each step, not once at the login.
"""

import datetime

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import AccessError, UserError, ValidationError

from ...states import authorisation_states

REMIND_DAYS = 30
TOLD_DAYS = 90  # after its end its people are still told why nothing works
ACTIVITY = "rcep_eco_agent.activity_authority_ends"
# What is agreed once and for all when it comes into force.
AGREED = frozenset({
    "name", "agent_id", "user_ids", "document", "document_name", "valid_from", "valid_until", "may_prepare",
    "may_submit", "may_collect", "party_ids", "product_ids", "most_value",
})  # fmt: skip
MOVED = frozenset({
    "state", "company_id", "agent_code", "confirmed_by_id", "confirmed_on", "revoked_by_id", "revoked_on",
    "revoked_reason",
})  # fmt: skip


class RcepAuthorisation(models.Model):
    _name = "rcep.authorisation"
    _description = "Agent's authority"
    _inherit = ["rcep.moves.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "state, valid_until desc, id desc"
    _moves = authorisation_states.MOVES
    _moved = MOVED
    _set_at_creation = frozenset({"company_id"})
    _initial_values = {"state": "proposed"}

    name = fields.Char(
        "Number", required=True, tracking=True, help="Number of the power of attorney, as its document says."
    )
    state = fields.Selection(
        authorisation_states.STATES, required=True, readonly=True, default="proposed", copy=False, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", "Principal", required=True, readonly=True, index=True, default=lambda self: self.env.company,
        help="The exporter in whose name the agent acts.",
    )  # fmt: skip
    agent_id = fields.Many2one(
        "res.partner", required=True, index=True, tracking=True, domain=[("is_company", "=", True)],
        help="The firm that acts.",
    )  # fmt: skip
    agent_code = fields.Char(
        "Agent's credit code", readonly=True, copy=False,
        help="Tax number of the firm (its unified social credit code) when the authority came into force: what it "
        "changes of itself later changes no application.",
    )  # fmt: skip
    user_ids = fields.Many2many(
        "res.users", string="Its people", domain=[("share", "=", True)],
        help="Portal users of the agent's firm who may act; nobody else of it may.",
    )  # fmt: skip
    document = fields.Binary(attachment=True, copy=False, help="The signed power of attorney.")
    document_name = fields.Char("File", copy=False)
    valid_from = fields.Date("From", required=True, default=lambda self: amounts.today())
    valid_until = fields.Date(
        "Until", required=True, tracking=True, help="The last day, in China: nothing works a minute after it."
    )
    may_prepare = fields.Boolean(
        "Prepares", default=True, help="Makes drafts, fills in the shipment, uploads papers, asks for the approval."
    )
    may_submit = fields.Boolean("Submits", help="Sends what a signer of the principal has approved.")
    may_collect = fields.Boolean(
        "Collects declarations",
        help="Sees which suppliers owe a declaration and for what, reminds them, and hands in the papers that they "
        "gave it. What a declaration says is recorded and verified by the principal.",
    )
    # None means all: so none of these is lost by being archived or deleted.
    party_ids = fields.Many2many(
        "rcep.party", string="Markets", ondelete="restrict", context={"active_test": False},
        help="Importing Parties; none: all of them.",
    )  # fmt: skip
    product_ids = fields.Many2many(
        "product.product", string="Goods", ondelete="restrict", context={"active_test": False},
        help="What invoices may hold that the agent sees; none: all goods.",
    )  # fmt: skip
    currency_id = fields.Many2one(related="company_id.currency_id")
    most_value = fields.Monetary(
        "Most value", help="Of the invoices of one certificate, in the principal's currency; 0: no limit."
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    revoked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    revoked_on = fields.Datetime(readonly=True, copy=False)
    revoked_reason = fields.Char("Why it was revoked", readonly=True, copy=False)
    act_ids = fields.One2many("rcep.authorised.act", "authorisation_id", "What was done under it", readonly=True)
    act_count = fields.Integer(compute="_compute_act_count")

    _number_unique = models.Constraint(
        "UNIQUE(company_id, agent_id, name)", "This firm has an authority of that number already."
    )
    _days_in_order = models.Constraint("CHECK(valid_from <= valid_until)", "An authority ends before it begins.")
    _value_not_negative = models.Constraint("CHECK(most_value >= 0)", "The most value of a certificate is not below 0.")

    def _compute_act_count(self):
        counts = dict(self.env["rcep.authorised.act"]._read_group(
            [("authorisation_id", "in", self.ids)], ["authorisation_id"], ["__count"]
        ))  # fmt: skip
        for record in self:
            record.act_count = counts.get(record, 0)

    # --- CRUD --------------------------------------------------------------------------------------------
    def write(self, vals):
        self._check_moved(vals)
        fixed = self.filtered(lambda each: each.state != authorisation_states.EDITABLE)
        if vals.keys() & AGREED and fixed:
            raise UserError(
                self.env._(
                    "Authority %(name)s is %(state)s, as it was signed: revoke it, and propose another.",
                    name=fixed[0].name,
                    state=fixed[0]._state_name(),
                )
            )
        return super().write(vals)

    @api.constrains("agent_id", "user_ids", "company_id")
    def _check_people(self):
        for record in self:
            firm = record.agent_id.commercial_partner_id
            if firm == record.company_id.partner_id.commercial_partner_id:
                raise ValidationError(self.env._("%s cannot be its own agent: choose the firm that acts.", firm.name))
            for user in record.sudo().user_ids:  # who asks may not read other users in full
                if not user.share:
                    raise ValidationError(
                        self.env._(
                            "%s is an internal user and needs no authority: give the right in the groups instead.",
                            user.name,
                        )
                    )
                if user.partner_id.commercial_partner_id != firm:
                    words = self.env._("%(user)s is not of %(agent)s: name people of the agent's own firm.")
                    raise ValidationError(words % {"user": user.name, "agent": firm.name})

    @api.ondelete(at_uninstall=False)
    def _unlink_only_proposed(self):
        for record in self.filtered(lambda each: each.state != authorisation_states.EDITABLE or each.act_count):
            raise UserError(self.env._("Authority %s was in force: it is kept.", record.name))

    # --- steps -------------------------------------------------------------------------------------------
    def action_confirm(self):
        """Bring it into force: the signer has seen the power of attorney."""
        self.check_access("write")
        for record in self:
            lacking = record._lacking()
            if lacking:
                raise UserError(lacking)
            record._move(
                "in_force", agent_code=record.sudo().agent_id.vat, confirmed_by_id=self.env.user.id,
                confirmed_on=fields.Datetime.now(),
            )  # fmt: skip
        return True

    def _lacking(self):
        if not self.document:
            return self.env._("Authority %s has no document: upload the signed power of attorney.", self.name)
        if not self.sudo().user_ids:  # as above
            return self.env._("Authority %s names nobody who acts: enter the agent's people.", self.name)
        if self.valid_until < amounts.today():
            words = self.env._("Authority %(name)s ended on %(day)s: correct the day.")
            return words % {"name": self.name, "day": self.valid_until}
        return ""

    def action_revoke(self):
        """Ask why, and take the authority back."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke the authority"),
            "res_model": "rcep.authorisation.revoke",
            "view_mode": "form",
            "target": "new",
            "context": {"default_authorisation_id": self.id},
        }

    def _revoke(self, reason):
        """Nothing works under it from now on; drafts stay, and stay the principal's."""
        self._move("revoked", revoked_by_id=self.env.user.id, revoked_on=fields.Datetime.now(), revoked_reason=reason)
        self.message_post(body=self.env._("Revoked: %s", reason))

    @api.model
    def _cron_calendar(self):
        """Once a day: end what is over, and remind of what will be."""
        today = amounts.today()
        for record in self.search([("state", "in", authorisation_states.ALIVE), ("valid_until", "<", today)]):
            record._move("ended", "calendar")
            record.activity_unlink([ACTIVITY])
        near = today + datetime.timedelta(days=REMIND_DAYS)
        ending = self.search([("state", "=", authorisation_states.IN_FORCE), ("valid_until", "<=", near)])
        for record in ending:
            if not record.activity_search([ACTIVITY]):
                theirs = record.with_context(lang=record.confirmed_by_id.lang)
                words = theirs.env._("%(agent)s acts for us until %(day)s: agree on another authority in time.")
                summary = words % {"agent": record.agent_id.name, "day": record.valid_until}
                theirs.activity_schedule(
                    ACTIVITY, date_deadline=record.valid_until, summary=summary, user_id=record.confirmed_by_id.id
                )

    def action_open_acts(self):
        """Show what was done under these authorities."""
        self.check_access("read")
        return self.act_ids._get_records_action(name=self.env._("Done under it"))

    # --- what it allows ----------------------------------------------------------------------------------
    @api.model
    def _of_user(self, user):
        """The authorities under which a person may act at this moment, of whatever principal."""
        # An agent has no right to the principal's records: this is all that leads to them.
        today = amounts.today()
        return self.sudo().search(
            [
                ("user_ids", "in", user.ids),
                ("state", "=", authorisation_states.IN_FORCE),
                ("valid_from", "<=", today),
                ("valid_until", ">=", today),
            ]
        ).filtered(lambda each: each._has(user))

    @api.model
    def _over_of(self, user):
        """The authorities under which a person acted until not long ago, so that it can be told."""
        since = amounts.today() - datetime.timedelta(days=TOLD_DAYS)
        named = self.sudo().search([("user_ids", "in", user.ids), ("valid_until", ">=", since)])  # as above
        return named.filtered(lambda each: each.state != "proposed" and not each._has(user))

    def _why_over(self):
        """The sentence for whoever can do nothing under it any more, or nothing yet."""
        if self.state == "revoked":
            words = self.env._("Authority %(name)s was revoked on %(day)s: nothing can be done under it.")
            return words % {"name": self.name, "day": fields.Date.to_date(self.revoked_on)}
        words = self.env._("Authority %(name)s holds from %(first)s to %(last)s: nothing can be done under it now.")
        return words % {"name": self.name, "first": self.valid_from, "last": self.valid_until}

    def _headline(self):
        """What its people are told of it, in one line."""
        if self.may_prepare and self.may_submit:
            words = self.env._("Authority %(name)s, until %(day)s: you prepare and submit.")
        elif self.may_prepare:
            words = self.env._("Authority %(name)s, until %(day)s: you prepare, the principal submits.")
        elif not self.may_submit:
            words = self.env._("Authority %(name)s, until %(day)s: you follow what becomes of certificates.")
        else:
            words = self.env._("Authority %(name)s, until %(day)s: you submit what the principal has prepared.")
        return words % {"name": self.name, "day": self.valid_until}

    def _has(self, user):
        """Whether a person may act under it now: by its state, its days, and the firm to which the person belongs."""
        self.ensure_one()
        return (
            self.state == authorisation_states.IN_FORCE
            and self.valid_from <= amounts.today() <= self.valid_until
            and user.active
            and user in self.user_ids
            and user.partner_id.commercial_partner_id == self.agent_id.commercial_partner_id
        )

    def _covers_party(self, party):
        return not self.party_ids or party in self.party_ids

    def _covers_goods(self, products):
        return not self.product_ids or products <= self.product_ids

    def _covers_value(self, invoices):
        total = sum(abs(invoice.amount_total_signed) for invoice in invoices)
        return not self.most_value or self.currency_id.compare_amounts(total, self.most_value) <= 0

    def _covers(self, invoices):
        """Whether invoices of its principal are among what the agent may see and work on."""
        return (
            bool(invoices)
            and invoices.company_id == self.company_id
            and all(self._covers_party(invoice._rcep_party()) for invoice in invoices)
            and self._covers_goods(invoices.invoice_line_ids.product_id)
            and self._covers_value(invoices)
        )

    def _check(self, user, what):
        """
        :param what: "prepare", "submit" or "collect"
        :raises AccessError: one sentence that says which limit it is
        """
        self.ensure_one()
        if not self._has(user):
            raise AccessError(self._why_over())
        if not self[f"may_{what}"]:
            label = self._fields[f"may_{what}"]._description_string(self.env)
            words = self.env._("Authority %(name)s does not hold “%(what)s”: %(principal)s does that itself.")
            facts = {"name": self.name, "what": label, "principal": self.company_id.name}
            raise AccessError(words % facts)

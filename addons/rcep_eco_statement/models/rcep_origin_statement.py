"""A firm's own statement that a good originates, for one buyer: determined, sealed and signed in one step.

The buyer may rest its own verdict on it (Art. 3.5, 3.18 of the treaty want evidence). So nothing is signed but what is
determined at that moment, at the price to this buyer; and it says nothing of costs.
"""

import datetime
import hashlib
import secrets

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError, ValidationError

from .. import states
from ..statements import jose, statement

TOKEN_BYTES = 16  # 128 bits of chance
PATH = "/rcep/statement/"
RVC_LEAST = "40"  # per cent (Art. 3.2): more is nobody's business
# What the draft says, and what is signed.
FACTS = frozenset({"partner_id", "product_id", "fob", "date_from", "date_to"})


class RcepOriginStatement(models.Model):
    _name = "rcep.origin.statement"
    _description = "Signed statement of origin"
    _inherit = ["rcep.moves.mixin", "rcep.dossier.mixin", "rcep.reader.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _moves = states.MOVES
    _moved = frozenset({
        "name", "company_id", "state", "hs6", "party_code", "signed_text", "sha256", "token", "key_id", "signer_id",
        "signed_on", "holds_until", "revoked_on", "revoked_reason", "verdict", "criterion", "modifiers", "rule", "rvc",
        "fob_floor", "lowest_fob", "origin_country_code", "needs", "country_needs", "dossier", "dossier_sha256",
    })  # fmt: skip
    _set_at_creation = frozenset({"company_id", "dossier", "lowest_fob", "token"})  # signing writes the last three anew
    _initial_values = {"state": "draft"}

    name = fields.Char("Number", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", "Producer", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Buyer", required=True, index=True, tracking=True, check_company=True
    )
    buyer_code = fields.Char("Buyer's tax number", compute="_compute_buyer_code")
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="restrict", tracking=True, check_company=True
    )
    fob = fields.Monetary(
        "Price to this buyer", compute="_compute_fob", store=True, readonly=False, precompute=True, required=True,
        help="Of one unit, without tax: the lowest at which the buyer gets it. It is never sent.",
    )  # fmt: skip
    date_from = fields.Date("Valid from", required=True, default=lambda self: amounts.today())
    date_to = fields.Date(
        "Valid to", required=True, default=lambda self: amounts.today() + datetime.timedelta(days=364), tracking=True
    )
    state = fields.Selection(
        states.STATES, required=True, readonly=True, default="draft", copy=False, tracking=True, index=True
    )
    hs6 = fields.Char("HS code", readonly=True, copy=False)
    party_code = fields.Char("Originates in", readonly=True, copy=False)
    signed_text = fields.Text(readonly=True, copy=False, help="As the buyer gets it.")
    sha256 = fields.Char("Hash", readonly=True, copy=False, index=True, help="Of the text: by it the status is asked.")
    token = fields.Char(readonly=True, copy=False, groups="base.group_system", index=True)
    key_id = fields.Many2one("rcep.signing.key", "Signed with", readonly=True, copy=False, ondelete="restrict")
    signer_id = fields.Many2one("res.users", "Signed by", readonly=True, copy=False)
    signed_on = fields.Datetime(readonly=True, copy=False)
    holds_until = fields.Date(
        "Held until", readonly=True, copy=False, help="The last day on which a revoked statement held; none: never."
    )
    revoked_on = fields.Datetime(readonly=True, copy=False)
    revoked_reason = fields.Char("Why it was revoked", readonly=True, copy=False)
    address = fields.Char("Link for the buyer", compute="_compute_address", help="Whoever has it sees the statement.")

    _hash_unique = models.Constraint("UNIQUE(sha256)", "This text was signed already.")
    _days_in_order = models.Constraint("CHECK(date_from <= date_to)", "A statement ends before it begins.")

    @api.depends("product_id")
    def _compute_fob(self):
        for record in self:
            record.fob = record.product_id.lst_price

    @api.depends("partner_id.commercial_partner_id.vat")
    def _compute_buyer_code(self):
        for record in self:
            record.buyer_code = record.partner_id.commercial_partner_id.vat

    @api.depends("state")
    def _compute_address(self):
        for record in self:
            token = record.sudo().token  # who may read the statement may hand it over
            record.address = token and f"{record.company_id._rcep_base_url()}{PATH}{token}"

    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.name or self.env._("Statement for %s", record.product_id.display_name or "")

    # --- CRUD --------------------------------------------------------------------------------------------
    def copy_data(self, default=None):
        """Another draft of the same, such as for the next year; what was signed is not copied."""
        names = [*FACTS, "company_id"]
        rows = self.read(names, load=None)  # Odoo's own reads the dossier too, which is not everybody's
        return [{name: row[name] for name in names} | (default or {}) for row in rows]

    def write(self, vals):
        self._check_moved(vals)
        signed = self.filtered(lambda each: each.state != "draft")
        if vals.keys() & FACTS and signed:
            raise UserError(
                self.env._("Statement %s was signed: revoke it, and make another.", signed[0].display_name)
            )
        return super().write(vals)

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        for record in self:
            if (record.date_to - record.date_from).days >= states.LONGEST_DAYS:
                raise ValidationError(
                    self.env._("%s holds longer than a year: end it within a year.", record.display_name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for record in self.filtered(lambda each: each.state != "draft"):
            raise UserError(self.env._("Statement %s was signed: it is kept.", record.display_name))

    # --- signed ------------------------------------------------------------------------------------------
    def action_sign(self):
        """Determine the good at this price today, and sign what comes out; only what originates is signed."""
        self.check_access("write")
        for record in self:
            record._check_can_be_signed()
            record._sign(record._determined())
        return True

    def _check_can_be_signed(self):
        company = self.company_id
        if problem := company._rcep_uscc_problem():
            raise UserError(problem)
        if not self.buyer_code:
            raise UserError(self.env._("Enter the tax number of %s on its contact first.", self.partner_id.name))
        if not company.rcep_name_en:
            raise UserError(self.env._("Enter the English name of %s in its settings first.", company.name))
        if self.date_to < amounts.today():
            raise UserError(self.env._("%s is over already: correct its days.", self.display_name))
        if not self.env["rcep.signing.key"].sudo()._current(company):  # its signer may not read keys
            raise UserError(
                self.env._(
                    "%s has no key to sign with: a connection manager makes one under Configuration › Signing keys.",
                    company.name,
                )
            )
        if not link.addresses.is_protected(company._rcep_base_url()):
            raise UserError(
                self.env._(
                    "Buyers find your keys at %s, which is not protected: have that address begin with https://.",
                    company._rcep_base_url(),
                )
            )

    def _determined(self):
        """The values of today's determination at the price to this buyer.

        :raises UserError: where the good does not originate by what is known today
        """
        product = self.product_id.with_company(self.company_id)
        verdict, dossier = product._rcep_determine(self.company_id, amounts.exact(self.fob), amounts.today())
        values = self.sudo()._stored_answer_values(verdict, dossier)  # dossiers are the system's
        if values["verdict"] != "originating":
            raise UserError(
                self.env._(
                    "%s does not originate by what is known today, at this price: nothing is signed. See its origin.",
                    product.display_name,
                )
            )
        party = values["origin_country_code"] or self.company_id.country_id.code
        return {**values, "party_code": party, "hs6": product._rcep_hs6()}

    def _first_day(self):
        """The day from which it holds: what is determined today says nothing of earlier days."""
        return max(self.date_from, amounts.today())

    def _sign(self, values):
        company, signer = self.company_id, self.env.user
        self.date_from = self._first_day()
        key = self.env["rcep.signing.key"].sudo()._current(company)  # the key signs, and nobody reads it
        number = self.env["ir.sequence"].sudo().with_company(company).next_by_code("rcep.origin.statement")
        token = secrets.token_urlsafe(TOKEN_BYTES)
        stated = statement.Statement(
            issuer=company._rcep_base_url(),
            producer=company.rcep_uscc,
            buyer=self.buyer_code,
            token=token,
            issued_at=datetime.datetime.now(datetime.timezone.utc),
            origin=self._stated(number, values),
        )
        text = jose.sign(stated.claims(), key.name, key._sign_bytes)
        self.sudo()._move(  # the table still asks who moves it; the dossier is not the signer's to read
            "in_force",
            **values,
            name=number,
            token=token,
            signed_text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            key_id=key.id,
            signer_id=signer.id,
            signed_on=fields.Datetime.now(),
        )

    def _stated(self, number, values):
        """What is stated (:class:`statement.Origin`)."""
        product = self.product_id.with_context(lang="en_US")
        return statement.Origin(
            number=number,
            exporter=self.company_id.rcep_name_en,
            product_code=product.default_code or "",
            product_name=product.name,
            hs6=values["hs6"],
            party=values["party_code"],
            criterion=values["criterion"],
            rvc_at_least=amounts.exact(RVC_LEAST) if values["criterion"] == "RVC" else None,
            modifiers=tuple((values["modifiers"] or "").split()),
            valid_from=self.date_from,
            valid_until=self.date_to,
            dossier_sha256=values["dossier_sha256"],
        )

    # --- revoked -----------------------------------------------------------------------------------------
    def action_revoke(self):
        """Ask from when it does not hold, and why."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke the statement"),
            "res_model": "rcep.origin.statement.revoke",
            "view_mode": "form",
            "target": "new",
            "context": {"default_statement_id": self.id},
        }

    def _revoke(self, reason, holds_until=False, by=None):
        """It counts no more from the day after; buyers learn it when they ask next.

        :param holds_until: the last day on which it held; False where it was wrong from the beginning
        """
        now = fields.Datetime.now()
        if holds_until and holds_until < self.date_from:
            holds_until = False
        self._move("revoked", by, revoked_on=now, revoked_reason=reason, holds_until=holds_until)

    def _status(self):
        """What a buyer's system is told, who asks by the hash of the text."""
        state = "revoked" if self.key_id.state == "lost" else self.state
        facts = {"sha256": self.sha256, "state": state, "valid_until": self.date_to.isoformat()}
        if state == "revoked":
            facts |= {"held_until": self.holds_until.isoformat() if self.holds_until else None}
        return facts

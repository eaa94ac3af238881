"""The keys by which a firm signs what it says: of Odoo's keystore, one in use at a time, published with its days."""

import base64

from cryptography.hazmat.primitives import serialization
from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ... import groups
from ...link import jwk
from ...states import key_states
from .rcep_platform import public_pem

PATH = "/.well-known/rcep-eco/jwks.json"


class RcepSigningKey(models.Model):
    _name = "rcep.signing.key"
    _description = "Signing key of the firm"
    _inherit = ["rcep.moves.mixin"]
    _order = "id desc"
    _moves = key_states.MOVES
    _moved = frozenset({"name", "company_id", "state", "private_key_id", "public_jwk", "used_from", "ended_on"})
    _initial_values = {"state": "in_use"}

    name = fields.Char("Key", required=True, readonly=True, help="Its thumbprint (RFC 7638).")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(key_states.STATES, required=True, readonly=True, default="in_use")
    private_key_id = fields.Many2one("certificate.key", readonly=True, copy=False, groups="base.group_system")
    public_jwk = fields.Json(readonly=True)
    used_from = fields.Datetime("In use from", readonly=True)
    ended_on = fields.Datetime("Ended", readonly=True)
    address = fields.Char(compute="_compute_address", help="Where buyers' systems find the public halves.")

    _one_in_use = models.UniqueIndex("(company_id) WHERE state = 'in_use'", "A company signs with one key at a time.")

    def _compute_address(self):
        for key in self:
            key.address = f"{key.company_id._rcep_base_url()}{PATH}"

    # --- for the manager ---------------------------------------------------------------------------------
    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(groups.MANAGER):
            raise AccessError(self.env._("Keys are made and ended by a connection manager: ask one."))

    @api.model
    def action_make_key(self, *_selected):
        """Make a new key for this company; the one in use is retired, and what it signed stays good."""
        self._check_manager()
        company = self.env.company
        if problem := company._rcep_uscc_problem():
            raise UserError(problem)
        whole = self.sudo()  # the manager makes keys without the right to read any
        whole._current(company)._end("retired")
        whole._make(company)._in_use()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_lose(self):
        """Somebody else may have it: nothing that it signed is good any more."""
        self._check_manager()
        self.check_access("read")
        for key in self:
            if key.company_id not in self.env.companies:
                raise AccessError(self.env._("Key %s is of another company.", key.name))
        self.sudo()._end("lost")  # as above
        self.sudo()._lost()  # as above: whatever these keys signed

    def _in_use(self):
        """From now on this key signs: a hook for whoever signs with it."""

    def _lost(self):
        """Nothing that these keys signed is good any more: a hook for whoever signs with them."""

    def _end(self, state):
        for key in self:
            key._move(state, ended_on=fields.Datetime.now())
        self.env.flush_all()  # before another one is in use

    @api.model
    def _make(self, company):
        code = company.rcep_uscc
        keys = self.env["certificate.key"]
        # By its name a copy of the database finds it, and forgets it.
        private = keys._generate_ec_private_key(company, name=f"{code}-statements-{self._next_number(company)}")
        public = jwk.jwk_of(serialization.load_pem_public_key(public_pem(private).encode()))
        values = {"name": public["kid"], "company_id": company.id, "private_key_id": private.id, "public_jwk": public,
                  "state": "in_use", "used_from": fields.Datetime.now()}  # fmt: skip
        return self._moving().create(values)

    @api.model
    def _next_number(self, company):
        return self.search_count([("company_id", "=", company.id)]) + 1

    # --- for what signs and what asks --------------------------------------------------------------------
    @api.model
    def _current(self, company):
        """The key in use, or none."""
        return self.search([("company_id", "=", company.id), ("state", "=", "in_use")], limit=1)

    def _able(self):
        """Those whose private half is here: a database that was restored without its files has none."""
        return self.filtered(lambda key: key.private_key_id.with_context(bin_size=False).pem_key)

    def _sign_bytes(self, data):
        """The DER signature of this key."""
        return base64.b64decode(self.private_key_id._sign(data, formatting="base64"))

    @api.model
    def _published(self):
        """The set of public keys (RFC 7517): those in use, and the retired ones of the last years; no lost one."""
        since = fields.Datetime.now() - relativedelta(years=key_states.LISTED_YEARS)
        listed = ["|", ("state", "=", "in_use"), "&", ("state", "=", "retired"), ("ended_on", ">=", since)]
        return {"keys": [key._as_published() for key in self.search(listed)]}

    def _as_published(self):
        times = {"nbf": self.used_from, "exp": self.ended_on}
        seconds = {name: int(moment.timestamp()) for name, moment in times.items() if moment}
        return {**self.public_jwk, "sub": self.company_id.rcep_uscc, **seconds}

"""A page for somebody without an account: a signed link names one record, ends on a day, and can be revoked."""

import datetime
import hmac
import re
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hash_sign, verify_hash_signed

NONCE_BYTES = 16  # 128 bits of chance
TOKEN = re.compile(r"[A-Za-z0-9_-]{80,200}")
LINK_DAYS = 30  # a link lives
# What only the record's own steps may write. The key is an object of this process, which no call from outside can name.
_STEP = object()
OF_THE_LINK = frozenset({"expires_on", "is_revoked", "nonce"})


class RcepSignedLink(models.AbstractModel):
    _name = "rcep.signed.link.mixin"
    _description = "Page behind a signed link"

    _link_scope = ""  # of the signature: a token of one kind of page opens no other
    _link_path = ""  # of the page, before the token
    _steps = OF_THE_LINK  # what only the record's own steps write
    _given = frozenset()  # of these, what whoever makes the record says

    expires_on = fields.Datetime(
        "Link expires on",
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now() + datetime.timedelta(days=LINK_DAYS),
    )
    is_revoked = fields.Boolean("Link revoked", readonly=True)
    link = fields.Char(compute="_compute_link", help="The page. Whoever has this link can answer.")
    nonce = fields.Char(
        readonly=True, copy=False, groups="base.group_system", default=lambda self: secrets.token_urlsafe(NONCE_BYTES)
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for values in vals_list:  # who asks says whom; how long the link lives, and by what it is known, is ours
                for name in self._steps - self._given:
                    values.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & self._steps and not self.env.su and self.env.context.get("rcep_step") is not _STEP:
            raise UserError(
                self.env._(
                    "%s is set by the request's own steps and cannot be written: a link that was revoked stays dead.",
                    ", ".join(sorted(vals.keys() & self._steps)),
                )
            )
        return super().write(vals)

    def _step(self, **values):
        """Write what only the record's own steps may write."""
        return self.with_context(rcep_step=_STEP).write(values)

    @api.depends("expires_on", "is_revoked")
    def _compute_link(self):
        for record in self:
            alive = record._is_alive()
            record.link = alive and f"{record.company_id._rcep_base_url()}{self._link_path}/{record._token()}"

    def _is_alive(self):
        return bool(self.id) and not self.is_revoked and self.expires_on > fields.Datetime.now()

    def _token(self):
        """What stands in the link: which record, a nonce, the end of its life; signed."""
        self.ensure_one()
        # The secret and the nonce never leave this method; whoever may read the record may have its link.
        system = self.sudo()
        ends = self.expires_on.replace(tzinfo=datetime.timezone.utc)
        return hash_sign(system.env, self._link_scope, [self.id, system.nonce], expiration=ends)

    @api.model
    def _of_token(self, token):
        """The record of a living link, or an empty one: forged, expired, revoked and unknown are one.

        A token that we did not sign is told from its signature, before anything is read.
        """
        if not TOKEN.fullmatch(token or ""):
            return self.browse()
        try:
            signed = verify_hash_signed(self.env, self._link_scope, token)
        except (ValueError, TypeError):  # of our alphabet, but no token
            return self.browse()
        number, nonce = signed or (0, "")
        record = self.browse(number).exists()
        if not record or not record._is_alive() or not hmac.compare_digest(record.nonce, nonce):
            return self.browse()
        return record

"""A secret that people enter and nobody reads: neither by a call, an export nor by guessing it in a search."""

from odoo import api, fields, models
from odoo.orm.models import NO_ACCESS

from ... import groups


class RcepSecret(models.AbstractModel):
    _name = "rcep.secret.mixin"
    _description = "Record with a client secret"

    client_secret = fields.Char("Client secret", copy=False, groups=NO_ACCESS)
    has_secret = fields.Boolean("Client secret is set", compute="_compute_has_secret", compute_sudo=True)
    new_secret = fields.Char(
        "Another client secret",
        compute="_compute_new_secret",
        inverse="_inverse_new_secret",
        groups=groups.MANAGER,
        help="It can be entered anew and never be read. Empty: as it is.",
    )

    @api.depends("client_secret")
    def _compute_has_secret(self):
        for record in self:
            record.has_secret = bool(record.client_secret)

    def _compute_new_secret(self):
        self.new_secret = False

    def _inverse_new_secret(self):
        typed = [(record, record.new_secret) for record in self if record.new_secret]
        for record, secret in typed:
            record.sudo().client_secret = secret  # whoever may write the record hands it over, and reads it no more
        self.invalidate_recordset(["new_secret"], flush=False)

"""What is typed in the wizard “Connect a platform” until it is tried: no connection that works is touched before."""

from odoo import api, fields, models

from .. import groups
from ..models.platform.rcep_platform import WHO, public_pem

MADE_HERE = ("private_key_id", "new_key_name", "key_expires_on", "who_of")  # no request writes them


class RcepPlatformSetup(models.TransientModel):
    _name = "rcep.platform.setup"
    _inherit = ["rcep.platform.setup", "rcep.secret.mixin"]

    is_kept = fields.Boolean(compute="_compute_is_kept", help="A connection that works stays until the new one does.")
    # A key that was made here and signs nothing but tries, until the new connection works.
    private_key_id = fields.Many2one("certificate.key", readonly=True, groups="base.group_system")
    new_key_name = fields.Char(readonly=True)
    key_expires_on = fields.Date(readonly=True)
    key_name = fields.Char("Name of our key", compute="_compute_key")
    public_key_pem = fields.Text("Our public key", compute="_compute_key", groups=groups.MANAGER)
    who_of = fields.Char(readonly=True, help="The place for which the following was read or typed.")
    client_id = fields.Char("Client number")
    platform_key_name = fields.Char("Name of the platform's key")
    platform_public_key = fields.Text("The platform's public key", help="PEM; pushes are checked with it.")

    # --- computed ----------------------------------------------------------------------------------------
    def _compute_is_kept(self):
        for setup in self:
            setup.is_kept = bool(setup.platform_id) and setup.platform_id._works() and setup._differs()

    def _differs(self):
        """Whether what stands here is not what the connection has."""
        platform, here = self.platform_id, self.sudo()  # only whether they are the same
        if here.private_key_id or here.client_secret:
            return True
        names = ("environment", "profile", "base_url", "client_id", "platform_key_name", "platform_public_key")
        return any((platform[name] or "") != (here[name] or "") for name in names)

    @api.depends("private_key_id", "platform_id")
    def _compute_key(self):
        for setup in self:
            # Of keys the public half is for the connection manager.
            key = setup.sudo().private_key_id
            setup.key_name = setup.new_key_name if key else setup.platform_id.key_name
            setup.public_key_pem = public_pem(key) if key else setup.platform_id.public_key_pem

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        clean = self.with_context(**{f"default_{name}": False for name in MADE_HERE[1:]})
        return super(RcepPlatformSetup, clean).create([_typed(values) for values in vals_list])

    def write(self, vals):
        return super().write(vals if self.env.su else _typed(vals))

    def unlink(self):
        """Keys that were made here and never taken go with it."""
        keys = self.sudo().private_key_id  # the system's; nobody else knows them
        result = super().unlink()
        used = self.env["rcep.platform"].sudo().search([("private_key_id", "in", keys.ids)]).private_key_id
        (keys - used).unlink()
        return result

    # --- what is tried, and taken ------------------------------------------------------------------------
    def _values(self):
        """The connection as it stands here."""
        here, platform = self.sudo(), self.platform_id.sudo()  # signs with a key that its manager cannot read
        values = {name: here[name] for name in ("environment", "profile", "base_url", *WHO)}
        if not values["client_secret"] and not platform._leads_elsewhere(values):
            values["client_secret"] = platform.client_secret
        if here.private_key_id:
            values |= {"private_key_id": here.private_key_id.id, "key_name": here.new_key_name,
                       "key_expires_on": here.key_expires_on}  # fmt: skip
        return values

    def _candidate(self):
        """The connection as it would be: nothing of it is written."""
        platform = self.platform_id.sudo()  # as above
        return platform.new(self._values(), origin=platform)

    def _take(self):
        """What stands here becomes the connection, in one moment."""
        self.platform_id._check_manager()
        platform, values = self.platform_id.sudo(), self._values()  # as above
        now = {name: platform[name] for name in values} | {"private_key_id": platform.private_key_id.id}
        changed = {name: value for name, value in values.items() if (now[name] or False) != (value or False)}
        if changed:
            if platform._leads_elsewhere(changed):
                changed |= {name: values[name] for name in WHO}
            platform.write(changed)
        self.sudo().write({"private_key_id": False, "new_key_name": False, "key_expires_on": False,
                           "client_secret": False})  # fmt: skip
        self.invalidate_recordset(["key_name", "public_key_pem", "is_kept"])

    def _know_who(self):
        """Who we are is of one place: at another one it is asked for anew."""
        place = f"{self.environment} {self.base_url}"
        if self.who_of == place:
            return
        platform = self.platform_id
        same = not platform._leads_elsewhere({"environment": self.environment, "base_url": self.base_url})
        values = {name: platform[name] if same else False for name in WHO if name != "client_secret"}
        self.sudo().write({**values, "client_secret": False, "who_of": place})


def _typed(values):
    """What a person may say, without what is made here."""
    return {name: value for name, value in values.items() if name not in MADE_HERE}

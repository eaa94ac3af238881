"""A database that was duplicated or restored is not taken for the original by a platform.

At its registration a connection notes in which database that was. Where it finds itself in another (Odoo gives a
duplicate an identity of its own; a restored one has another name), nothing is sent and nothing is asked, until a
connection manager says which of the two it is. Pages answer all the same.
"""

import hashlib

from odoo import fields, models

from ... import link
from ...texts.coded_messages import CodedMessage, translated

# What is taken from a copy: it has to be registered by itself, in a place where nothing counts.
OF_A_COPY = {
    "client_id": False,
    "client_secret": False,
    "key_name": False,
    "key_expires_on": False,
    "private_key_id": False,
    "platform_key_name": False,
    "platform_public_key": False,
    "folder": False,
    "filer_person_id": False,
}


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    home = fields.Char(readonly=True, copy=False, groups="base.group_system", help="The database it registered from.")
    is_in_copy = fields.Boolean("In a copy", compute="_compute_is_in_copy", compute_sudo=True)

    def _compute_is_in_copy(self):
        for platform in self:
            platform.is_in_copy = platform._is_in_copy()

    def _here(self):
        """The identity of this database, as a hash: Odoo's own, and its name."""
        identity = self.env["ir.config_parameter"].sudo().get_param("database.uuid")  # leaves only as a hash
        return hashlib.sha256(f"{identity}:{self.env.cr.dbname}".encode()).hexdigest()

    def _bind(self):
        """This is where the connection is at home, and under this address it is reached from outside."""
        self.sudo().home = self._here()  # read and written by the system only
        self.sudo()._fix_page_url()

    def _is_in_copy(self):
        """Whether the connection was registered from another database, so that nothing is sent from here."""
        home = self.sudo().home  # as above
        return bool(home) and home != self._here()

    def _ids_in_copies(self):
        """The ids of all connections that send nothing."""
        return [platform.id for platform in self.sudo().search([("home", "!=", False)]) if platform._is_in_copy()]

    def _check_not_in_copy(self):
        """
        :raises NotSent: in a copy
        """
        if self._is_in_copy():
            raise link.errors.NotSent(CodedMessage("a_copy", company=self.company_id.name))

    def _in_copy_sentence(self):
        return translated(self.env, CodedMessage("a_copy", company=self.company_id.name))

    def action_is_original(self):
        """The manager says that this is the original, which was moved or restored: it goes on sending."""
        self._check_manager()
        for platform in self:
            platform._bind()
            platform._message_log(body=self.env._("This database was declared to be the original: it sends again."))
        self.env["rcep.platform.message"].sudo()._wake_senders()  # jobs are the system's
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _of_a_copy(self):
        """Hook: what a copy forgets."""
        return OF_A_COPY

    def action_is_copy(self):
        """The manager says that this is a copy: it forgets who it was, and leads to no platform."""
        self._check_manager()
        for platform in self:
            key = platform.sudo().private_key_id  # nobody but the system reads keys, or takes them away
            platform.sudo().write({**platform._of_a_copy(), "environment": "sandbox", "home": False})
            key.unlink()
            platform._message_log(
                body=self.env._(
                    "This database was declared to be a copy: client number, secret, keys and folder were removed."
                )
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

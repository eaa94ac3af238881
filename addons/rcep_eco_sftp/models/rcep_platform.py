"""A connection whose folders are reached by SFTP: a storage of OCA's ``fs_storage`` says where and as whom.

Whoever runs the server makes the storage and chooses it: its options hold a password, and it may lead anywhere.
"""

import fsspec
from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.platform.rcep_platform import NOWHERE
from odoo.addons.rcep_eco.texts.coded_messages import CodedMessage
from odoo.exceptions import ValidationError

from ..known_host import PORT, PROTOCOL, LoginRefused, OtherKey

OPTIONS = ("host", "port", "username", "password", "key_filename", "passphrase", "host_key")  # of a storage, that count


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    storage_id = fields.Many2one(
        "fs.storage",
        "By SFTP",
        copy=False,
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
        domain=[("protocol", "=", PROTOCOL)],
        groups="base.group_system",
        help="In place of a folder on this server: a storage of the protocol sftp-known-host, whose options hold host, "
        "username and host_key.",
    )
    sftp_root = fields.Char("Folder by SFTP", compute="_compute_sftp_root", compute_sudo=True)

    @api.depends("storage_id")
    def _compute_sftp_root(self):
        for platform in self:
            platform.sftp_root = platform.storage_id and platform._root()

    @api.constrains("storage_id", "folder")
    def _check_storage(self):
        for platform in self.sudo().filtered("storage_id"):  # what it says is the system's; only whether it is right
            if platform.folder:
                raise ValidationError(
                    self.env._("Files go by a folder on this server or by SFTP, never both: empty one of them.")
                )
            options = platform.storage_id._get_fs_options() or {}
            missing = [name for name in ("host", "username", "host_key") if not options.get(name)]
            if platform.storage_id.protocol != PROTOCOL or missing or not str(options.get("port", PORT)).isdecimal():
                raise ValidationError(
                    self.env._(
                        "The storage “%(storage)s” cannot be used: it needs the protocol %(protocol)s, and in its "
                        "options host, username and host_key (the server's key, as ssh-keyscan prints it).",
                        storage=platform.storage_id.name,
                        protocol=PROTOCOL,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        platforms = super().create(vals_list)
        platforms.filtered(lambda platform: platform.sudo().storage_id)._bind()  # whether there is one
        return platforms

    def write(self, vals):
        # Only whether it is another one.
        moved = self.filtered(lambda each: "storage_id" in vals and each.sudo().storage_id.id != vals["storage_id"])
        result = super().write(vals)
        if vals.get("storage_id"):
            self._bind()
        if moved:
            super(RcepPlatform, moved).write({**NOWHERE, "paused_until": False, "troubles": 0})
        return result

    def _of_a_copy(self):
        return {**super()._of_a_copy(), "storage_id": False}

    # --- the way
    def _root(self):
        storage = self.sudo().storage_id  # its options hold a password; host, user and path are no secret
        if not (self.uses_folders and storage):
            return super()._root()
        options = storage._get_fs_options() or {}
        where = f"{options.get('username', '')}@{options.get('host', '')}:{options.get('port', PORT)}"
        directory = _directory(storage)
        return f"sftp://{where}{directory}" if directory[:1] in ("", "/") else f"sftp://{where}/~/{directory}"

    def _client_key(self):
        storage = self.sudo().storage_id  # whether it was changed
        return (*super()._client_key(), storage.id, storage.write_date)

    def _place(self, folders=None):
        storage = self.sudo().storage_id  # the system connects; the password goes to the server only
        if not (self.uses_folders and storage):
            return super()._place(folders)
        if storage.protocol != PROTOCOL:
            raise link.errors.NotSent(CodedMessage("storage_unverified", protocol=PROTOCOL))
        result = storage._get_fs_options() or {}
        options = {name: result[name] for name in OPTIONS if name in result}
        options |= {"reach": link.guarded_connections.reach, "seconds": self._longest()}
        host = options.get("host", "")

        def opened(watch):
            """In the sender's thread: no record is read."""
            try:
                return fsspec.filesystem(PROTOCOL, watch=watch, **options)
            except OtherKey as error:
                raise link.errors.NotSent(CodedMessage("server_key_other", host=host)) from error
            except LoginRefused as error:
                raise link.errors.NotSent(CodedMessage("server_login_refused", host=host)) from error

        files = link.remote_files.FarFiles(opened, self._longest())
        return link.folder_access.Place(files, _directory(storage), folders or self._profile().folders)


def _directory(storage):
    return (storage.get_directory_path() or ".").rstrip("/")

"""A platform whose messages are files: its folders, who files, and what such a wire offers.

A folder is a place on this server that its operator allows (``RCEP_ECO_FOLDERS``), since Odoo writes and reads there
with its own rights. Without one, people carry the files by hand: same messages, same states, same record.
"""

import collections
import datetime
import os
import pathlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import groups, link
from ...texts import coded_messages
from ...texts.coded_messages import CodedMessage
from ...values import amounts

ROOTS = "RCEP_ECO_FOLDERS"  # a variable of the server's environment: folders, parted as PATH is
FILER = ("office", "collect_at", "person", "person_id", "phone", "enterprise_no")  # of `link.filing_party.Filer`
NOT_TAKEN_FOR = datetime.timedelta(minutes=15)  # then whoever empties the folder does not run
LEAST_FREE = 100 * 1024 * 1024  # bytes
LOOKED_AT = 10  # seconds that the screen of health waits for folders
# What this process knows of the replies in a folder, by database, connection, environment and folder, and by how often
# a person had replies read anew.
_MEMORY = collections.defaultdict(link.folders.Memory)


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    uses_folders = fields.Boolean(compute="_compute_uses_folders", help="Its messages are files.")
    is_proven = fields.Boolean(compute="_compute_uses_folders", help="A real platform has taken a message of it.")
    folder = fields.Char(
        "Folder of the client",
        copy=False,
        tracking=True,
        help="The folder that the single window's client calls its own (ImpPath), as this server sees it. Empty: files "
        "are downloaded, and replies uploaded, by hand.",
    )
    filer_office = fields.Char("Issuing office", tracking=True, help="Its code of four digits, such as 3101.")
    filer_collect_at = fields.Char("Collected at", help="Code of the office where the paper is collected.")
    filer_person = fields.Char("Who declares", help="Name of the person who declares for the company.")
    filer_person_id = fields.Char(
        "Identity card number", groups=groups.MANAGER, help="Of who declares: in each message, nowhere else."
    )
    filer_phone = fields.Char("Phone of who declares")
    filer_enterprise_no = fields.Char("Enterprise number", help="Under which the office knows the company.")
    series_ids = fields.One2many("rcep.number.series", "platform_id", "Series of numbers")
    read_anew = fields.Integer(readonly=True, copy=False, help="How often a reply was taken up again.")

    @api.depends("profile")
    def _compute_uses_folders(self):
        for platform in self:
            profile = platform._profile() if platform.profile else None
            platform.uses_folders = bool(profile) and profile.wire == link.profiles.FOLDERS
            platform.is_proven = bool(profile) and profile.is_proven

    @api.constrains("folder")
    def _check_folder(self):
        for platform in self.filtered("folder"):
            platform._check_is_allowed(platform.folder)

    @api.model
    def _allowed_roots(self):
        """Folders in which whoever runs this server lets Odoo write and read for connections."""
        return [pathlib.Path(each).resolve() for each in os.environ.get(ROOTS, "").split(os.pathsep) if each.strip()]

    def _check_is_allowed(self, folder):
        if not self._is_allowed(folder):
            raise ValidationError(
                self.env._(
                    "The folder “%(folder)s” is not one that this server may use. Whoever runs it names the folders in "
                    "%(variable)s; now these are: %(roots)s.",
                    folder=folder,
                    variable=ROOTS,
                    roots=", ".join(map(str, self._allowed_roots())) or self.env._("none"),
                )
            )

    def _is_allowed(self, folder):
        """Whether a folder, wherever links lead, lies in one that this server may use."""
        path = pathlib.Path(folder)
        return path.is_absolute() and any(path.resolve().is_relative_to(root) for root in self._allowed_roots())

    # --- what it offers ----------------------------------------------------------------------------------
    def _offers(self, what):
        """Whether this platform does that by a message or a call (:data:`link.profiles.OFFERS`)."""
        return what in self._profile().offers

    def _check_offers(self, what, words):
        """
        :raises UserError: where this platform cannot do that
        """
        if not self._offers(what):
            raise UserError(
                self.env._(
                    "The platform of %(company)s cannot %(what)s by a message: do that where it is issued, and record "
                    "it here.",
                    company=self.company_id.name,
                    what=words,
                )
            )

    def _fields_needed(self):
        if not self.uses_folders:
            return super()._fields_needed()
        return [f"filer_{name}" for name in self._profile().filer_fields]

    def _filer(self, number=""):
        """Who files over this connection (:class:`link.filing_party.Filer`); call with the rights to read all of it."""
        facts = {name: self[f"filer_{name}"] or "" for name in FILER}
        return link.filing_party.Filer(number=number, uscc=self.company_id.rcep_uscc or "", **facts)

    # --- the way -----------------------------------------------------------------------------------------
    def _make_client(self):
        if not self.uses_folders:
            return super()._make_client()
        folders, *of_attachments = self._all_folders()
        attachments = next(map(self._folder_client, of_attachments), None)
        filer = self.sudo()._filer()  # goes nowhere but into a trial
        return self._folder_client(folders, attachments=attachments, filer=filer)

    def _folder_client(self, folders, **more):
        """A way through some of the client's folders; where people carry the files, through none."""
        root = self._root()
        kind = link.folders.FolderClient if root else link.folders.HandClient
        place = self._place(folders) if root else link.folder_access.NoPlace()
        memory = _MEMORY[
            self.env.cr.dbname, self.id, self.environment, root, folders[link.folder_access.IN], self.read_anew
        ]
        return kind(self._profile(), place, self._sent, self._is_known, memory, **more)

    def _client_key(self):
        return (*super()._client_key(), self._root(), self.read_anew)

    def _root(self):
        """Hook: the folder that the client calls its own, for people; empty where they carry the files."""
        return self.folder if self.uses_folders and self.folder else ""

    def _all_folders(self):
        """The folders of applications and, where it takes such, of attachments: {part: path below the client's own}."""
        profile = self._profile()
        return [profile.folders, *([profile.attachment_folders] if self._offers("attachment") else [])]

    def _place(self, folders=None):
        """Hook: its folders (:class:`link.folder_access.Place`); without any, those of applications.

        :raises NotSent: where this server may not use them
        """
        place = link.folder_access.Place(link.local_files.LocalFiles(), self.folder, folders or self._profile().folders)
        for folder in (self.folder, *map(place.folder, link.folder_access.PARTS)):
            if not self._is_allowed(folder):
                raise link.errors.NotSent(CodedMessage("folder_not_allowed", folder=folder, variable=ROOTS))
        return place

    def _sent(self, numbers):
        """What bears these numbers, as :class:`link.folders.FolderClient` asks for it."""
        known = self.env["rcep.application.number"].search(
            [("name", "in", list(numbers)), ("company_id", "=", self.company_id.id), ("is_taken", "=", False)]
        )
        found = {}
        for number in known:
            messages = number.message_ids.sorted("revision").filtered(lambda each: each._left_at())
            sent = [(each.revision, amounts.aware(each._left_at()), each.digest) for each in messages]
            papers = {each.name: each.client_ref for each in number.certificate_id.attachment_line_ids if each.revision}
            found[number.name] = link.folders.Sent(number.certificate_id.client_ref, tuple(sent), papers)
        return found

    def _is_known(self, fingerprint):
        """Whether a reply with this fingerprint was kept, of what this connection leads to now."""
        here = [("platform_id", "=", self.id), ("environment", "=", self.environment)]
        return bool(self.env["rcep.platform.event"].search_count([*here, ("event_id", "=", fingerprint)], limit=1))

    def _test_sentence(self):
        if not self.uses_folders:
            return super()._test_sentence()
        if not self._root():
            return self.env._("Nothing to connect: files are downloaded, and replies uploaded, by hand.")
        return self.env._(
            "Every folder is there and can be used. Whether the client runs is seen once it takes a file."
        )

    # --- how it fares ------------------------------------------------------------------------------------
    def _findings(self):
        yield from super()._findings()
        if self.uses_folders and not self.is_proven:
            yield self.env._(
                "No real client of the single window has taken a file of this profile yet: try one low-value "
                "certificate first, as the documents describe (docs/gacc.md)."
            )
        if self._root():
            yield from self._folder_findings()

    def _folder_findings(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        try:
            with link.guarded_connections.within(LOOKED_AT):
                place = self._place()
                for part in link.folder_access.PARTS:
                    place.check(part, trying=False)
                whole = (
                    each
                    for each in place.entries(link.folder_access.OUT)
                    if not each.name.endswith(link.folder_access.WRITING)
                )
                waiting = [entry.changed for entry in whole]
                free = place.free()
        except link.errors.LinkError as error:
            yield coded_messages.translated(self.env, error)
            return
        if waiting and now - min(waiting) > NOT_TAKEN_FOR:
            yield self.env._(
                "%(count)s files wait in %(folder)s, the oldest since %(since)s (UTC): the single window's client does "
                "not take them. See that it runs and is logged in.",
                count=len(waiting),
                folder=place.folder(link.folder_access.OUT),
                since=min(waiting).strftime("%Y-%m-%d %H:%M"),
            )
        if free is not None and free < LEAST_FREE:
            yield self.env._("Little room is left where %s lies.", place.folder(link.folder_access.OUT))

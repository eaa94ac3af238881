"""The wizard's way for a platform whose messages are files: folders and who files, then a look at every folder."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import link
from ..models.platform.rcep_platform_files import FILER
from ..texts import coded_messages

NAMES = tuple(f"filer_{name}" for name in FILER)
FOLDERS = [
    ("folder_out", "Write messages"),
    ("folder_sent", "See what was sent"),
    ("folder_failed", "See what was refused"),
    ("folder_in", "Read replies"),
    ("by_hand", "Carry files by hand"),
]


class RcepPlatformSetup(models.TransientModel):
    _inherit = "rcep.platform.setup"

    uses_folders = fields.Boolean(compute="_compute_uses_folders")
    is_proven = fields.Boolean(compute="_compute_uses_folders")
    folder = fields.Char("Folder of the client", help="Empty: files are downloaded, and replies uploaded, by hand.")
    filer_office = fields.Char("Issuing office", help="Its code of four digits, such as 3101.")
    filer_collect_at = fields.Char("Collected at", help="Code of the office where the paper is collected.")
    filer_person = fields.Char("Who declares", help="Name of the person who declares for the company.")
    filer_person_id = fields.Char("Identity card number", help="Of who declares: in each message, nowhere else.")
    filer_phone = fields.Char("Phone of who declares")
    filer_enterprise_no = fields.Char("Enterprise number", help="Under which the office knows the company.")

    @api.depends("profile")
    def _compute_uses_folders(self):
        for setup in self:
            profile = link.profiles.get(setup.profile) if setup.profile else None
            setup.uses_folders = bool(profile) and profile.wire == link.profiles.FOLDERS
            setup.is_proven = bool(profile) and profile.is_proven

    @api.model
    def default_get(self, fields_list):
        """As before, with the folder and who files."""
        values = super().default_get(fields_list)
        platform = self.env["rcep.platform"].search([("company_id", "=", self.env.company.id)], limit=1)
        if platform:
            values |= {name: platform[name] for name in ("folder", *NAMES) if name in fields_list}
        return values

    def action_next(self):
        """As before; a platform whose messages are files has no key and no registration."""
        if not (self.uses_folders and self.step == "place"):
            return super().action_next()
        self.check_access("write")
        self._finish_folders()
        self.step = "check"
        return self._shown()

    def action_back(self):
        """As before, past the steps that there are not."""
        if not self.uses_folders:
            return super().action_back()
        self.check_access("write")
        self.step = "place"
        return self._shown()

    def _finish_folders(self):
        problem = self.company_id._rcep_uscc_problem()
        if problem:
            raise UserError(problem)
        if self.platform_id.environment == "production":
            raise UserError(self._in_production())
        self.folder = (self.folder or "").strip().rstrip("/") or False
        platforms = self.env["rcep.platform"]
        if self.folder:
            platforms._check_is_allowed(self.folder)
        if not self.platform_id:
            platforms.create({"company_id": self.company_id.id, **self._folder_values()})
            self.invalidate_recordset()
        self._check_calls()

    def _folder_values(self):
        names = ("environment", "profile", "folder", *NAMES)
        return {name: self[name] for name in names}

    def _check_calls(self):
        if not self.uses_folders:
            super()._check_calls()
            return
        self.platform_id._check_manager()
        platform = self.platform_id.sudo()  # the connection is made of settings that only the system reads
        candidate = platform.new(self._folder_values(), origin=platform)
        tried = list(self._tried(candidate))
        missing = candidate._missing()
        if missing:
            raise UserError(
                self.env._("Enter who files before going on. Missing: %s.", ", ".join(missing))
            )
        if all(result is None for _call, result in tried):
            platform.write(self._folder_values())
            platform._go_on()
        self.call_ids = [
            fields.Command.clear(),
            *(
                fields.Command.create(
                    {"call": call, "is_well": result is None, "why_coded": coded_messages.stored(result)}
                )
                for call, result in tried
            ),
        ]

    @api.model
    def _tried(self, candidate):
        """(call, what is wrong or None) of each folder; nothing stays there."""
        if not candidate._root():
            yield "by_hand", None
            return
        places = []
        for part in link.folder_access.PARTS:
            try:
                places = places or [candidate._place(folders) for folders in candidate._all_folders()]
                for place in places:
                    place.check(part)
            except link.errors.LinkError as error:
                yield f"folder_{part}", error.coded
            else:
                yield f"folder_{part}", None


class RcepPlatformSetupCall(models.TransientModel):
    _inherit = "rcep.platform.setup.call"

    call = fields.Selection(selection_add=FOLDERS, ondelete=dict.fromkeys(dict(FOLDERS), "cascade"))

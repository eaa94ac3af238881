"""A folder into which an MES writes its reports: they are taken in once each, every minute.

As a program with a key its MES is nobody here: reports are kept by the system, in the folder's company alone. One
folder that cannot be read, and one file that is none, hold up no other.
"""

import logging
import pathlib
from functools import partial

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.platform.rcep_platform_files import ROOTS
from odoo.addons.rcep_eco.texts import coded_messages
from odoo.addons.rcep_eco.texts.coded_messages import CodedMessage, translated_field
from odoo.addons.rcep_eco.tools.isolated import Result, isolated
from odoo.exceptions import ConcurrencyError, ValidationError

from ..intake import ReportTray, file_reading, report_tray
from ..reports.problem import ReportError
from ..texts import report_problems

_logger = logging.getLogger(__name__)

CRON = "rcep_eco_mes.ir_cron_read_folders"
BATCH = 200  # files of one folder in one round: the others' turn comes as well
WAITS = "waits"  # the same report is coming in by another way at this moment


class RcepReportFolder(models.Model):
    _name = "rcep.report.folder"
    _description = "Folder of production reports"
    _order = "name, id"

    name = fields.Char("Which MES", required=True, help="Which MES writes there, such as: MES of plant 2.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company,
        help="The only company whose orders its reports reach.",
    )  # fmt: skip
    folder = fields.Char(
        required=True,
        copy=False,
        help="As this server sees it. Files that were taken in go to the folder done below it, others to refused.",
    )
    books = fields.Boolean(
        "Books what its reports say",
        help="What they consumed, scrapped and made is set on the order, which is closed once they say all of it. "
        "Without it they are evidence only and no stock moves.",
    )
    last_taken_on = fields.Datetime("Last file taken in", readonly=True, copy=False)
    last_refused_on = fields.Datetime("Last file refused", readonly=True, copy=False)
    problem_coded = fields.Json(readonly=True, copy=False)
    problem = translated_field("problem_coded", "What is in the way", help="Until it is mended nothing is taken in.")

    @api.constrains("folder", "active")
    def _check_folder(self):
        platforms = self.env["rcep.platform"]
        for folder in self.filtered("active"):
            platforms._check_is_allowed(folder.folder)
            if other := folder._overlapping():
                words = self.env._(
                    "The folder “%(folder)s” lies in that of “%(other)s”, or that one in it: take another."
                )
                raise ValidationError(words % {"folder": folder.folder, "other": other.display_name})
            if not pathlib.Path(folder.folder).is_dir():
                words = self.env._("There is no folder “%s” on this server: have it made, or correct its name.")
                raise ValidationError(words % folder.folder)

    def _overlapping(self):
        """Another folder whose files would be taken for this one's: of reports, or of a platform's client."""
        own = pathlib.Path(self.folder).resolve()
        # Whose folder it is, other companies' as well, is what is asked.
        reports, platforms = self.sudo(), self.env["rcep.platform"].sudo()
        for others in (reports.search([("id", "!=", self.id)]), platforms.search([("folder", "!=", False)])):
            for other in others:
                theirs = pathlib.Path(other.folder).resolve()
                if own.is_relative_to(theirs) or theirs.is_relative_to(own):
                    return other
        return None

    # --- the job -----------------------------------------------------------------------------------------
    @api.model
    def _cron_read(self):
        """Take in what lies in each folder, each file in a transaction of its own."""
        progress = self.env["ir.cron"]
        folders = self.search([("folder", "!=", False)], order="id")
        time_left = progress._commit_progress(remaining=len(folders))
        for folder in folders:
            if not time_left:
                break
            problem = False
            try:
                folder.with_context(lang=folder.create_uid.lang or "en_US")._read()
            except link.errors.LinkError as error:
                _logger.info("Reports in %s were not read: %s", folder.folder, error)
                problem = coded_messages.stored(error)
            isolated(self.env, partial(folder._say, problem), f"folder {folder.id}")
            time_left = progress._commit_progress(1)

    def _say(self, problem):
        if self.exists() and (self.problem_coded or False) != problem:
            self.problem_coded = problem

    def _tray(self):
        """
        :raises NotSent: where this server may not use it, or it is not there
        """
        tray = ReportTray(self.folder)
        for part in (link.folder_access.IN, *report_tray.BELOW):
            folder = tray.folder(part)
            if not self.env["rcep.platform"]._is_allowed(folder):
                raise link.errors.NotSent(CodedMessage("folder_not_allowed", folder=folder, variable=ROOTS))
        tray.prepare()
        return tray

    def _read(self):
        """Take in what was claimed before, and what is new.

        :raises LinkError: where the folder cannot be used
        """
        tray, progress = self._tray(), self.env["ir.cron"]
        names = [*((name, True) for name in tray.claimed()), *((name, False) for name in tray.settled())]
        for name, is_claimed in names[:BATCH]:
            claimed = name if is_claimed else tray.claim(name)
            if not claimed:
                continue  # another worker has it
            came, taken = isolated(self.env, partial(self._take, tray, claimed), f"file {claimed!a}")
            if came is Result.BUSY:
                return  # another worker is at this folder
            if came is Result.BROKEN:
                taken = None, report_problems.sentence(self.env, {"code": "fault"})
            # What was kept is committed before its file goes: killed between, the file comes again and changes nothing.
            time_left = progress._commit_progress()
            if taken:
                tray.shelve(claimed, *taken)
            if not time_left:
                return
        if len(names) > BATCH:
            self.env.ref(CRON)._trigger()

    def _take(self, tray, claimed):
        """Keep all reports of a file, or none.

        :return: (its content, why it is refused), None where it waits for the next run
        """
        self.lock_for_update()  # one worker at a folder
        try:
            content = tray.content(claimed)
        except link.folder_access.Away:
            return None
        why = self._keep(content)
        if why == WAITS:
            return None
        self["last_refused_on" if why else "last_taken_on"] = fields.Datetime.now()
        return content, why

    def _keep(self, content):
        """
        :return: the sentence of why it is refused, or an empty one
        """
        if content is None:
            words = self.env._("The file is longer than %s bytes: write it in parts.")
            return words % report_tray.LONGEST
        reports = self.env["rcep.production.report"]
        try:
            with self.env.cr.savepoint():
                for report, came in file_reading.read(content):
                    reports._receive(self.company_id, report, came, "folder", self.books)
        except ReportError as error:
            return report_problems.sentence(self.env, {"code": error.code, **error.facts})
        except ConcurrencyError:
            return WAITS
        return ""

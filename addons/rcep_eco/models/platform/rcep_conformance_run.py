"""Conformance runs: the cases that a platform asks for before production, done by this database and judged there.

A job does them, so that nobody waits at a screen; each case is written down as soon as it is done.
"""

import threading
import uuid

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ... import link
from ...texts import coded_messages
from ...tools.row_claims import claim
from .rcep_platform import ENVIRONMENTS

CRON = "rcep_eco.ir_cron_rehearse"
PART_OF_TIME, LONGEST_RUN = 0.75, 600  # of the time that Odoo gives jobs; seconds where it gives any
PAUSE = 1.0  # seconds between two questions to a reviewer
STATES = [("waiting", "Waiting"), ("running", "Running"), ("passed", "Passed"), ("failed", "Not passed")]


class RcepConformanceRun(models.Model):
    _name = "rcep.conformance.run"
    _description = "Conformance run"
    _order = "id desc"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    environment = fields.Selection(ENVIRONMENTS, required=True, readonly=True)
    profile = fields.Char(required=True, readonly=True)
    run_ref = fields.Char("Run", required=True, readonly=True, default=lambda self: str(uuid.uuid4()))
    report_ref = fields.Char("The platform's name of the run", readonly=True)
    state = fields.Selection(STATES, default="waiting", required=True, readonly=True)
    began_at = fields.Datetime("Began", readonly=True)
    ended_at = fields.Datetime("Ended", readonly=True)
    error_coded = fields.Json("Why, by code", readonly=True)
    error = coded_messages.translated_field("error_coded", "Error")
    line_ids = fields.One2many("rcep.conformance.case", "run_id", readonly=True)
    stays_here = fields.Boolean(
        "Done here only", compute="_compute_stays_here", help="Nothing leaves: no office sees it."
    )

    @api.depends("profile")
    def _compute_stays_here(self):
        known = link.profiles.registry()
        for run in self:
            run.stays_here = run.profile in known and not known[run.profile].needs_conformance

    @api.depends("create_date", "state")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for run in self:
            began = run.create_date or fields.Datetime.now()
            day = fields.Date.to_string(fields.Datetime.context_timestamp(run, began))
            run.display_name = self.env._("Run of %(day)s: %(state)s", day=day, state=labels[run.state])

    # --- for people --------------------------------------------------------------------------------------
    @api.model
    def _start(self, platform):
        """Have the job do a run over this connection.

        :raises UserError: where one is under way, or the connection cannot have one
        """
        platform._check_manager()
        platform._check_complete()
        if not platform._profile().has_conformance:
            raise UserError(
                self.env._("The platform of %s asks for no conformance run.", platform.company_id.name)
            )
        if platform.environment == "production":
            raise UserError(
                self.env._(
                    "%s is connected to production: a run makes up goods, so it is done over the sandbox or the test "
                    "connection.",
                    platform.company_id.name,
                )
            )
        try:
            claim(platform.sudo())  # runs are the system's; a connection manager starts them
        except LockError as error:
            raise LockError(
                self.env._("Somebody else is at work on the connection of %s: try again.", platform.company_id.name)
            ) from error
        runs = self.sudo()  # as above
        if runs.search_count([("platform_id", "=", platform.id), ("state", "in", ("waiting", "running"))], limit=1):
            raise UserError(self.env._("A run of %s is under way already.", platform.company_id.name))
        run = runs.create(
            {"platform_id": platform.id, "environment": platform.environment, "profile": platform.profile}
        )
        self.env.ref(CRON).sudo()._trigger()  # as above
        return run.with_env(self.env)

    def action_again(self):
        """Start another run over the same connection, and show it."""
        self.check_access("read")
        return self.platform_id.action_start_conformance()

    def action_refresh(self):
        """Show what is known now."""
        self.check_access("read")
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # --- the job -----------------------------------------------------------------------------------------
    @api.model
    def _cron_rehearse(self):
        """Do the runs that wait; one that a crash cut off counts as not passed."""
        cut_off = self.search([("state", "=", "running")]).try_lock_for_update(allow_referencing=True)
        cut_off._end("failed", coded_messages.stored(coded_messages.CodedMessage("server_stopped")))
        for run in self.search([("state", "=", "waiting")], order="id"):
            run.with_company(run.company_id)._rehearse()

    def _rehearse(self):
        progress = self.env["ir.cron"]
        try:
            client = self.platform_id._client()
        except link.errors.LinkError as error:  # such as a key that cannot be read, or a copy of the database
            self._end("failed", coded_messages.stored(error))
            progress._commit_progress()
            return
        exporter = self.company_id._rcep_trader()
        self.write({"state": "running", "began_at": fields.Datetime.now()})
        progress._commit_progress()  # no transaction is open while the platform is asked
        pause = threading.Event()
        try:
            claims = []
            cases = {case.id: case for case in client.conformance()}
            rehearsal = client.profile.rehearsal(client, exporter, lambda: pause.wait(PAUSE))
            # Odoo ends a job that takes longer than it allows: what is not done until then counts as not shown.
            with link.guarded_connections.within(self.platform_id._allowed() * PART_OF_TIME or LONGEST_RUN):
                for claim in rehearsal.claims(tuple(cases.values())):
                    claims.append(claim)
                    self._write_case(cases[claim.case], claim)
                    progress._commit_progress()
            report = client.report_run(self.run_ref, claims, str(uuid.uuid4()))
        except link.errors.LinkError as error:
            self._end("failed", coded_messages.stored(error))
        else:
            self._judge(report)
        progress._commit_progress()

    def _write_case(self, case, claim):
        self.env["rcep.conformance.case"].create(
            {
                "run_id": self.id,
                "case": case.id,
                "title_en": case.title,
                "title_zh": case.title_zh,
                "client_ref": claim.client_ref,
                "outcome": claim.outcome,
                "why_coded": coded_messages.stored(claim.coded),
            }
        )

    def _judge(self, report):
        """Take over what the platform says (:class:`link.onboarding.Report`)."""
        judged = {each.case: each for each in report.cases}
        for line in self.line_ids:
            judgement = judged.get(line.case)
            line.write(
                {
                    "seen": bool(judgement and judgement.passed),
                    "judgement_en": judgement.message if judgement else "",
                    "judgement_zh": judgement.message_zh if judgement else "",
                }
            )
        self.report_ref = report.run_id
        self._end("passed" if report.passed else "failed")

    def _end(self, state, message=False):
        self.write({"state": state, "ended_at": fields.Datetime.now(), "error_coded": message})

    def _software_version(self):
        """Which version of this suite did it."""
        return self.env["ir.module.module"].sudo()._get("rcep_eco").installed_version  # no secret of the system

    # --- for production ----------------------------------------------------------------------------------
    @api.model
    def _has_passed(self, company, profile):
        """Whether this company has shown the platform's cases in the words of a profile."""
        domain = [("company_id", "=", company.id), ("profile", "=", profile), ("state", "=", "passed")]
        return bool(self.search_count(domain, limit=1))


class RcepConformanceCase(models.Model):
    _name = "rcep.conformance.case"
    _description = "Case of a conformance run"
    _order = "id"
    _rec_name = "case"

    run_id = fields.Many2one("rcep.conformance.run", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    state_of_run = fields.Selection(related="run_id.state")
    case = fields.Char(required=True, readonly=True)
    title_en = fields.Char(readonly=True)
    title_zh = fields.Char(readonly=True)
    title = fields.Char("What is shown", compute="_compute_words")
    outcome = fields.Selection(
        [("passed", "Done"), ("failed", "Went wrong"), ("skipped", "Not done")], "Here", readonly=True
    )
    why_coded = fields.Json("Why, by code", readonly=True)
    why = coded_messages.translated_field("why_coded", "What went wrong")
    client_ref = fields.Char("Reference", readonly=True)
    seen = fields.Boolean("Confirmed by the platform", readonly=True)
    judgement_en = fields.Char(readonly=True)
    judgement_zh = fields.Char(readonly=True)
    judgement = fields.Char("What the platform says", compute="_compute_words")

    @api.depends("title_en", "title_zh", "judgement_en", "judgement_zh")
    @api.depends_context("lang")
    def _compute_words(self):
        chinese = (self.env.lang or "").startswith("zh")
        for line in self:
            line.title = (chinese and line.title_zh) or line.title_en
            line.judgement = (chinese and line.judgement_zh) or line.judgement_en

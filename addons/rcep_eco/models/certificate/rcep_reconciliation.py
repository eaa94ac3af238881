"""Every night each open certificate is compared with what the platform says of it: repaired, or reported.

Repaired is what the platform knows later than we do. Reported, as a task of whoever signed, is what a person must look
at: the platform does not know it, holds other content, or says something else under the same number.
"""

import datetime
import logging
import time
from functools import partial

from odoo import api, fields, models

from ... import link
from ...states import certificate_states, message_states
from ...texts.coded_messages import CodedMessage, selection_value
from ...tools.isolated import Result, isolated
from ..platform.rcep_platform_connection import PER_RUN

_logger = logging.getLogger(__name__)

CRON = "rcep_eco.ir_cron_reconcile"
SOON, NOT_AGAIN = datetime.timedelta(seconds=10), datetime.timedelta(minutes=10)
MOST_FAILURES = 3  # questions in a row that were not answered: then the others are not asked in this run


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    reconciled_at = fields.Datetime("Last compared", readonly=True, copy=False)
    reconciled = fields.Json(readonly=True, copy=False, help="{same, repaired, reported, unanswered}: certificates")
    reconciliation = fields.Char("Comparison", compute="_compute_reconciliation")

    @api.depends("reconciled")
    def _compute_reconciliation(self):
        for platform in self:
            platform.reconciliation = platform.reconciled and self.env._(
                "%(same)s the same, %(repaired)s repaired, %(reported)s reported, %(unanswered)s not answered",
                **platform.reconciled,
            )

    @api.model
    def _cron_reconcile(self):
        """Compare every company's open certificates with its platform."""
        for platform in self._connected():
            if platform._is_in_copy() or not platform._offers("status"):
                continue
            ours = platform.with_company(platform.company_id)
            isolated(self.env, ours._reconcile, f"comparing for {platform.id}")  # one's trouble is not another's
            self.env["ir.cron"]._commit_progress()

    def action_reconcile(self):
        """Have the job compare now; what it came to stands on the connection."""
        self._check_manager()
        self._check_complete()
        self._check_offers("status", self.env._("be asked what it holds"))
        self.env.ref(CRON).sudo()._trigger()  # jobs are the system's
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": self.env._("The open certificates are compared in the background.")},
        }

    def _compare_soon(self):
        """What the platform told made no sense: soon it is asked what holds, unless that was done just now."""
        self.ensure_one()
        if not self._offers("status"):
            return
        now = fields.Datetime.now()
        if not self.reconciled_at or not now - NOT_AGAIN < self.reconciled_at <= now:
            self.env.ref(CRON).sudo()._trigger(now + SOON)  # jobs are the system's

    def _reconcile(self):
        """Compare each open certificate; each in a transaction of its own."""
        self.ensure_one()
        counts = dict.fromkeys(("same", "repaired", "reported", "unanswered"), 0)
        try:
            client = self._client()
            self._read_keys(client)
        except link.errors.KeyUnusable as error:
            self._note_failure(error)
            return
        except link.errors.LinkError as error:
            _logger.info("The keys of %s were not read: %s", self.name, error)
        references = {each: each.client_ref for each in self._open_certificates()}
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(references))
        ends, failures = time.monotonic() + PER_RUN * self._longest(), 0
        for certificate, client_ref in references.items():
            if failures >= MOST_FAILURES or time.monotonic() > ends:  # a slow platform does not take the others' time
                counts["unanswered"] += 1
                commit(1)
                continue
            try:
                outcome = client.status(client_ref)
                failures = 0
            except link.errors.NotFound:
                outcome = None
            except link.errors.LinkError as error:
                _logger.info("%s was not compared: %s", client_ref, error)
                counts["unanswered"] += 1
                failures += isinstance(error, (link.errors.NotSent, link.errors.UnknownOutcome, link.errors.Busy))
                commit(1)
                continue
            came, result = isolated(self.env, partial(certificate._compare, outcome), client_ref)
            counts[result if came is Result.DONE else "unanswered"] += 1
            if not commit(1):
                break
        self.write({"reconciled_at": fields.Datetime.now(), "reconciled": counts})

    def _open_certificates(self):
        """Certificates of which the platform may still say something, and of which nothing is on its way."""
        return self.env["rcep.certificate"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("environment", "=", self.environment),
                ("state", "in", certificate_states.OPEN_AT_PLATFORM),
                ("is_expired", "=", False),
                ("message_line_ids", "not any", [("state", "in", message_states.OPEN)]),
            ]
        )


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _compare(self, report):
        """Compare with what the platform says (:class:`link.event.Outcome`, or None where it knows nothing).

        :return: ``same``, ``repaired`` or ``reported``
        """
        difference = self._difference(report)
        if difference:
            self._report(difference)
            return "reported"
        if report is None or report.sequence <= self.sequence:
            return "same"
        return {"applied": "repaired", "kept": "same", "not_taken": "reported"}[self._apply(report)]

    def _difference(self, report):
        """What a person must look at (:class:`coded_messages.CodedMessage`), or None."""
        sent = self.message_line_ids.filtered(
            lambda each: each.kind == "application" and each.revision == self.revision
        )[:1]
        if report is None:
            if sent.state != "delivered":  # it was refused, so the platform need not know it
                return None
            return CodedMessage("unknown_there", name=self.name)
        if report.revision == self.revision and report.content_digest and report.content_digest != sent.digest:
            return CodedMessage("other_content_there", name=self.name, revision=self.revision)
        if report.sequence == self.sequence and self.state not in (report.state, "returned"):
            here, there = (selection_value(self, "state", each) for each in (self.state, report.state))
            return CodedMessage("other_state_there", reported=there, name=self.name, state=here)
        return None

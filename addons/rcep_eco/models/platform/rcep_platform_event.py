"""The inbox: what the platform told us, kept as it came before it is answered, then applied once.

An event arrives by push or from the feed, often by both. It says the whole state of one application, so the highest
number counts, and what comes late or twice changes nothing.
"""

import datetime
import json
import logging
from functools import partial

import psycopg2.errors
from odoo import api, fields, models
from odoo.tools import mute_logger

from ... import link
from ...texts import coded_messages
from ...texts.coded_messages import CodedMessage
from ...tools import backoff
from ...tools.isolated import Result, isolated, within_savepoint
from ...values import amounts
from .rcep_platform import ENVIRONMENTS
from .rcep_platform_connection import LONGEST_AHEAD

_logger = logging.getLogger(__name__)

BATCH = 500  # events looked at in one round
MOMENT = datetime.timedelta(seconds=5)  # until what somebody else was at work on is looked at again
FIRST_PAUSE, LONGEST_PAUSE = 60, 3600  # seconds until what could not be applied is tried again; doubled each time
TRIES = 8  # then it is set aside, for a person
LONGEST = 200  # characters of a reference: what an index holds
RECENT = datetime.timedelta(days=30)
MOST_ODD = 200  # kept of what makes no sense, for each connection and in this time
MOST_FOREIGN = 1000  # kept of what is about no certificate of ours, likewise
FOREIGN = ("foreign", "rehearsal")
NOBODY = "-"  # where nobody knows which certificate it is about
FOLLOW = "rcep_eco.ir_cron_events"
CRON_APPLY = "rcep_eco.ir_cron_apply"
HANDLING = [
    ("waiting", "Waiting"),
    ("applied", "Applied"),
    ("kept", "Ignored: already current"),
    ("not_taken", "Not applied"),
    ("foreign", "No such certificate"),
    ("elsewhere", "Of another environment"),
    ("rehearsal", "Of a conformance run"),
    ("odd", "Set aside: makes no sense"),
]


class RcepPlatformEvent(models.Model):
    _name = "rcep.platform.event"
    _description = "Event from the platform"
    _order = "id desc"
    _rec_name = "event_id"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    event_id = fields.Char(required=True, readonly=True)
    client_ref = fields.Char(required=True, readonly=True, index=True)
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, ondelete="restrict", index=True)
    sequence = fields.Integer("Number", readonly=True, aggregator=None)
    state = fields.Char(readonly=True)
    state_word = fields.Char("State", compute="_compute_state_word")
    environment = fields.Selection(ENVIRONMENTS, readonly=True, help="For which it was signed, or where it was read.")
    why_coded = fields.Json("Why, by code", readonly=True)
    why = coded_messages.translated_field("why_coded", "Why", help="What became of it, and why.")
    attempts = fields.Integer("Failed tries", readonly=True)
    next_try = fields.Datetime("Tried again", readonly=True)
    occurred_at = fields.Datetime(readonly=True)
    source = fields.Selection([("push", "Push"), ("feed", "Feed"), ("hand", "By hand")], required=True, readonly=True)
    handling = fields.Selection(HANDLING, "Processing", required=True, readonly=True, default="waiting")
    content = fields.Json("In canonical words", readonly=True)
    raw = fields.Text("As it came", readonly=True)

    # Another place, or another platform there, counts its events anew.
    _event_unique = models.Constraint(
        "UNIQUE(platform_id, environment, event_id, client_ref, sequence)", "This event is known already."
    )
    _waiting = models.Index("(id) WHERE handling = 'waiting'")

    @api.depends("state")
    @api.depends_context("lang")
    def _compute_state_word(self):
        words = dict(self.env["rcep.certificate"]._fields["state"]._description_selection(self.env))
        for event in self:
            event.state_word = words.get(event.state, event.state)

    # --- keep --------------------------------------------------------------------------------------------
    @api.model
    def _receive(self, platform, event, source):
        """Keep an event; it is applied once this is committed.

        :param link.event.Event event:
        :return: whether it was new
        """
        if max(len(event.event_id), len(event.client_ref)) > LONGEST:
            message = CodedMessage("reference_too_long", length=LONGEST)
            return self._set_aside(platform, _odd_of(event, message), source)
        certificate = self.env["rcep.certificate"].search(
            [("client_ref", "=", event.client_ref), ("company_id", "=", platform.company_id.id)]
        )
        values = {
            **self._place(platform, event.event_id, event.client_ref, source),
            "certificate_id": certificate.id,
            "sequence": event.sequence,
            "state": event.state,
            "handling": self._first_handling(platform, certificate, event),
            "content": {**event.to_json(), "raw": {}},
            "why_coded": coded_messages.stored(*event.remarks),
            "raw": _text_of(event),
        }
        try:
            values["occurred_at"] = amounts.utc(event.occurred_at)
        except OverflowError:
            message = CodedMessage("moment_no_date")
            return self._set_aside(platform, _odd_of(event, message), source)
        if values["handling"] in FOREIGN and not self._has_room(platform, FOREIGN, MOST_FOREIGN):
            _logger.warning("More of %s is about no certificate of ours than is kept.", platform.name)
            return False
        new = self._keep(values)
        if new and values["handling"] == "waiting":
            self.env.ref(CRON_APPLY)._trigger()
        return new

    @api.model
    def _take_in(self, platform, event, source):
        """Keep an event, whatever is wrong with it: what cannot be kept is set aside, and the others go on.

        :return: whether it was new
        """
        receive = partial(self._receive, platform, event, source)
        with mute_logger("odoo.sql_db"):
            came, new = within_savepoint(self.env, receive, f"event {link.errors.plain(event.event_id)}")
        if came is Result.DONE:
            return new
        message = CodedMessage("could_not_be_kept")
        return self._set_aside(platform, _odd_of(event, message), source)

    @api.model
    def _set_aside(self, platform, odd, source):
        """Keep what makes no sense, with a sentence, and tell whoever keeps the connection.

        :param link.event.OddEvent odd:
        :return: whether it was new
        """
        message = CodedMessage.from_json(odd.coded)
        if not self._has_room(platform, ("odd",), MOST_ODD):
            _logger.warning("More of %s makes no sense than is kept: %s", platform.name, message)
            return False
        known = odd.event_id[:LONGEST] or f"sha-256:{link.canonical.digest(odd.text.encode('utf-8', 'replace'))}"
        reference = odd.client_ref if 0 < len(odd.client_ref) <= LONGEST else NOBODY
        certificate = self.env["rcep.certificate"].search(
            [("client_ref", "=", reference), ("company_id", "=", platform.company_id.id)]
        )
        new = self._keep(
            {
                **self._place(platform, known, reference, source),
                "certificate_id": certificate.id,
                "sequence": -1,
                "handling": "odd",
                "why_coded": coded_messages.stored(message),
                "raw": odd.text,
            }
        )
        if new:
            _logger.warning("An event of %s was set aside: %s", platform.name, message)
            platform._report_unprocessed(certificate, message)
            platform._compare_soon()
        return new

    def _has_room(self, platform, handlings, most):
        """Whether one more that came to this is kept: a platform that tells of it for ever fills no disk."""
        recent = [("create_date", ">=", fields.Datetime.now() - RECENT), ("handling", "in", handlings)]
        return self.search_count([("platform_id", "=", platform.id), *recent], limit=most) < most

    def _place(self, platform, event_id, client_ref, source):
        return {
            "platform_id": platform.id,
            "environment": platform.environment,
            "event_id": event_id,
            "client_ref": client_ref,
            "source": source,
        }

    def _first_handling(self, platform, certificate, event):
        if certificate.environment and certificate.environment != platform.environment:
            return "elsewhere"
        if certificate:
            return "waiting"
        return "rehearsal" if self._is_rehearsed(platform, event.client_ref) else "foreign"

    def _is_rehearsed(self, platform, client_ref):
        """Whether a conformance run applied for it: there is no such certificate, and that is no mistake."""
        runs = self.env["rcep.conformance.case"]
        done = [("client_ref", "=", client_ref), ("run_id.platform_id", "=", platform.id)]
        running = self.env["rcep.conformance.run"].search_count(
            [("platform_id", "=", platform.id), ("state", "=", "running")], limit=1
        )
        return bool(running or runs.search_count(done, limit=1))

    @api.model
    def _keep(self, values):
        """Write it down, once.

        :return: whether it was new
        """
        key = ("platform_id", "environment", "event_id", "client_ref", "sequence")
        known = [(name, "=", values[name]) for name in key]
        if self.search_count(known, limit=1):
            return False
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.create(values)
        except psycopg2.errors.UniqueViolation:  # it came by push and from the feed at once
            return False
        return True

    # --- apply -------------------------------------------------------------------------------------------
    @api.model
    def _waiting_domain(self):
        """What is to be applied now; a moment far ahead was written by a clock that was wrong."""
        now = fields.Datetime.now()
        ahead = now + LONGEST_AHEAD
        due = ["|", "|", ("next_try", "=", False), ("next_try", "<=", now), ("next_try", ">", ahead)]
        return [("handling", "=", "waiting"), *due]

    @api.model
    def _cron_apply(self):
        """Apply what waits: of each certificate the event with the highest number, since it says the whole state."""
        progress = self.env["ir.cron"]
        self.env["rcep.platform"]._mend_clock()
        time_left = progress._commit_progress(remaining=self.search_count(self._waiting_domain()))
        left, busy = self.browse(), False
        while time_left:
            waits = [*self._waiting_domain(), ("id", "not in", left.ids)]
            oldest = self.search(waits, order="id", limit=BATCH)
            if not oldest:
                break
            # Whatever else waits of these certificates too: of all that, only the newest has to be applied.
            waiting = self.search([*waits, ("certificate_id", "in", oldest.certificate_id.ids)], order="id")
            for certificate, events in waiting.grouped("certificate_id").items():
                # Each commit forgets what was read: of this certificate only is read again, not of all that wait.
                came = self._apply_apart(certificate.with_prefetch(), events.with_prefetch())
                if came is Result.BROKEN:
                    events._later()
                time_left = progress._commit_progress(len(events) if came is Result.DONE else 0)
                if came is not Result.DONE:
                    left |= events
                    busy = busy or came is Result.BUSY
                if not time_left:
                    break
        if busy:
            self.env.ref(CRON_APPLY)._trigger(fields.Datetime.now() + MOMENT)

    @api.model
    def _apply_apart(self, certificate, events):
        what = f"events of {events[0].client_ref}"
        came, _nothing = isolated(self.env, partial(self._apply_to, certificate, events), what)
        return came

    @api.model
    def _apply_to(self, certificate, events):
        """Apply the newest of a certificate's events and keep the others."""
        elsewhere = events.filtered(
            lambda each: each.environment and certificate.environment and each.environment != certificate.environment
        )
        elsewhere.handling = "elsewhere"
        events -= elsewhere
        if not events:
            return
        newest = events.sorted(lambda event: (event.sequence, -event.id))[-1:]
        event = link.event.Event.from_json(newest.content)
        ours = certificate.with_company(newest.company_id)
        refusal = ours._not_taken_over(event)
        newest.handling = ours._apply(event)
        if newest.handling == "not_taken" and refusal:
            newest.why_coded = [*(newest.why_coded or ()), refusal.to_json()]
        elif newest.handling == "applied" and event.remarks:
            theirs = ours._theirs()
            remarks = "; ".join(coded_messages.translated(theirs.env, each) for each in event.remarks)
            theirs._message_log(
                body=theirs.env._(
                    "The platform said something beside it that makes no sense, and it was left out: %s", remarks
                )
            )
        (events - newest).write({"handling": "kept"})
        if newest.state == "issued":
            self.env.ref(FOLLOW)._trigger()  # fetches the document

    def _later(self):
        """It could not be applied, and the server's log says why: later, and at last a person's."""
        for event in self:
            tries = event.attempts + 1
            pause = datetime.timedelta(seconds=backoff.doubled(event.attempts, FIRST_PAUSE, LONGEST_PAUSE))
            event.write({"attempts": tries, "next_try": fields.Datetime.now() + pause})
            if tries < TRIES:
                self.env.ref(CRON_APPLY)._trigger(event.next_try)
                continue
            message = CodedMessage("could_not_be_taken")
            event.write({"handling": "odd", "why_coded": coded_messages.stored(message)})
            event.platform_id._report_unprocessed(event.certificate_id, message)


def _odd_of(event, message):
    """What is kept of an event that can be read and not kept (:class:`link.event.OddEvent`)."""
    named = {name: getattr(event, name)[:LONGEST] for name in ("event_id", "client_ref")}
    return link.event.OddEvent(coded=message.to_json(), text=_text_of(event), **named)


def _text_of(event):
    """An event as it came. Halves of characters no database holds: they are kept as question marks."""
    text = json.dumps(event.raw, ensure_ascii=False, sort_keys=True)
    return text.encode("utf-8", "replace").decode().replace("\0", "?")

"""The inbox: what the platform told us, kept as it came before it is answered, then applied once.

An event arrives by push or from the feed, often by both. It says the whole state of one application, so the highest
number counts, and what comes late or twice changes nothing.
"""

import base64
import datetime
import json
import logging
from functools import partial

import psycopg2.errors
from odoo import api, fields, models
from odoo.tools import mute_logger

from .. import link
from . import amounts
from .apart import Came, apart

_logger = logging.getLogger(__name__)

DOCUMENTS = 20  # fetched in one run
BATCH = 500  # events looked at in one round
MOMENT = datetime.timedelta(seconds=5)  # until what could not be applied is looked at again
CRON = "rcep_eco.ir_cron_events"
CRON_APPLY = "rcep_eco.ir_cron_apply"
HANDLING = [
    ("waiting", "Waiting"),
    ("applied", "Applied"),
    ("kept", "Kept: no news"),
    ("not_taken", "Not taken over"),
    ("foreign", "No such certificate"),
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
    occurred_at = fields.Datetime(readonly=True)
    source = fields.Selection([("push", "Push"), ("feed", "Feed")], required=True, readonly=True)
    handling = fields.Selection(HANDLING, "What became of it", required=True, readonly=True, default="waiting")
    content = fields.Json("In canonical words", readonly=True)
    raw = fields.Text("As it came", readonly=True)

    _event_unique = models.Constraint("UNIQUE(platform_id, event_id)", "This event is known already.")
    _waiting = models.Index("(id) WHERE handling = 'waiting'")

    # --- keep --------------------------------------------------------------------------------------------
    @api.model
    def _receive(self, platform, event, source):
        """Keep an event; it is applied once this is committed.

        :param link.event.Event event:
        :return: whether it was new
        """
        if self.search_count([("platform_id", "=", platform.id), ("event_id", "=", event.event_id)], limit=1):
            return False
        certificate = self.env["rcep.certificate"].search(
            [("client_ref", "=", event.client_ref), ("company_id", "=", platform.company_id.id)]
        )
        values = {
            "platform_id": platform.id,
            "event_id": event.event_id,
            "client_ref": event.client_ref,
            "certificate_id": certificate.id,
            "sequence": event.sequence,
            "state": event.state,
            "occurred_at": amounts.utc(event.occurred_at),
            "source": source,
            "handling": "waiting" if certificate else "foreign",
            "content": {**event.to_json(), "raw": {}},
            # Halves of characters no database holds: they are kept as question marks.
            "raw": json.dumps(event.raw, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace").decode(),
        }
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.create(values)
        except psycopg2.errors.UniqueViolation:  # it came by push and from the feed at once
            return False
        self.env.ref(CRON_APPLY)._trigger()
        return True

    # --- apply -------------------------------------------------------------------------------------------
    @api.model
    def _cron_apply(self):
        """Apply what waits: of each certificate the event with the highest number, since it says the whole state."""
        progress = self.env["ir.cron"]
        time_left = progress._commit_progress(remaining=self.search_count([("handling", "=", "waiting")]))
        left = self.browse()
        while time_left:
            waits = [("handling", "=", "waiting"), ("id", "not in", left.ids)]
            oldest = self.search(waits, order="id", limit=BATCH)
            if not oldest:
                break
            # Whatever else waits of these certificates too: of all that, only the newest has to be applied.
            waiting = self.search([*waits, ("certificate_id", "in", oldest.certificate_id.ids)], order="id")
            for certificate, events in waiting.grouped("certificate_id").items():
                # Each commit forgets what was read: of this certificate only is read again, not of all that wait.
                came = self._apply_apart(certificate.with_prefetch(), events.with_prefetch())
                time_left = progress._commit_progress(len(events) if came is Came.DONE else 0)
                if came is not Came.DONE:
                    left |= events
                if not time_left:
                    break
        if left:
            self.env.ref(CRON_APPLY)._trigger(fields.Datetime.now() + MOMENT)

    @api.model
    def _apply_apart(self, certificate, events):
        what = f"events of {events[0].client_ref}"
        came, _nothing = apart(self.env, partial(self._apply_to, certificate, events), what)
        return came

    @api.model
    def _apply_to(self, certificate, events):
        """Apply the newest of a certificate's events and keep the others."""
        newest = events.sorted(lambda event: (event.sequence, -event.id))[-1:]
        event = link.event.Event.from_json(newest.content)
        newest.handling = certificate.with_company(newest.company_id)._apply(event)
        (events - newest).write({"handling": "kept"})
        if newest.state == "issued":
            self.env.ref(CRON)._trigger()  # fetches the document

    # --- the feed ----------------------------------------------------------------------------------------
    @api.model
    def _cron_follow(self):
        """Read every company's feed from where it was left, ask for filings, fetch documents of what was issued."""
        progress = self.env["ir.cron"]
        free = ["|", ("paused_until", "=", False), ("paused_until", "<=", fields.Datetime.now())]
        platforms = self.env["rcep.platform"].search(
            [("client_id", "!=", False), ("client_secret", "!=", False), *free]
        )
        for platform in platforms:
            connection = platform.with_company(platform.company_id)
            try:
                connection._read_wanted_keys()
                self._follow(connection)
                self.env["rcep.filing"]._ask_pending(connection)
                self._fetch_documents(connection)
            except link.errors.LinkError as error:  # one company's platform does not hold up another's
                _logger.info("The feed of %s was not read: %s", platform.name, error)
                platform._note_trouble(str(error))
            if not progress._commit_progress(1):
                break

    @api.model
    def _follow(self, platform):
        """Keep what is new in the feed. Where nothing is, nothing is written."""
        client, cursor, more = platform._client(), platform.events_cursor or "", True
        while more:
            self.env["ir.cron"]._commit_progress()  # no transaction is open while the platform is asked
            page = client.events(cursor)
            for event in page.events:
                self._receive(platform, event, "feed")
            more = page.more and page.cursor != cursor
            if page.cursor != cursor:
                cursor = page.cursor
                platform.write({"events_cursor": cursor})
        platform._note_contact(client.skew)

    @api.model
    def _fetch_documents(self, platform):
        certificates = self.env["rcep.certificate"].search(
            [
                ("company_id", "=", platform.company_id.id),
                ("environment", "=", platform.environment),
                ("state", "=", "issued"),
                ("certificate_ref", "!=", False),
                ("document", "=", False),
            ],
            limit=DOCUMENTS,
        )
        references = {certificate: certificate.certificate_ref for certificate in certificates}
        client = platform._client()
        self.env["ir.cron"]._commit_progress()
        for certificate, reference in references.items():
            try:
                pdf = client.document(reference)
            except link.errors.LinkError as error:  # asked for again at the next run; the others go on
                _logger.info("The document of %s was not fetched: %s", certificate.name, error)
                self.env["ir.cron"]._commit_progress()
                continue
            certificate._write_moved(document=base64.b64encode(pdf))
            self.env["ir.cron"]._commit_progress()

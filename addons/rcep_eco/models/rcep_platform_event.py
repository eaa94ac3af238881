"""The inbox: what the platform told us, kept as it came, applied once, in the order of its numbers.

An event arrives by push or from the feed, often by both; an event says the whole state of one application, so the
highest number counts and what comes late or twice changes nothing.
"""

import base64
import json
import logging

from odoo import api, fields, models
from odoo.exceptions import LockError

from .. import link
from . import amounts

_logger = logging.getLogger(__name__)

DOCUMENTS = 20  # fetched in one run
CRON = "rcep_eco.ir_cron_events"


class RcepPlatformEvent(models.Model):
    _name = "rcep.platform.event"
    _description = "Event from the platform"
    _order = "id desc"
    _rec_name = "event_id"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    event_id = fields.Char(required=True, readonly=True)
    client_ref = fields.Char(required=True, readonly=True, index=True)
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, ondelete="set null", index=True)
    sequence = fields.Integer("Number", readonly=True, aggregator=None)
    state = fields.Char(readonly=True)
    occurred_at = fields.Datetime(readonly=True)
    source = fields.Selection([("push", "Push"), ("feed", "Feed")], required=True, readonly=True)
    applied = fields.Boolean(readonly=True, help="Whether it changed the certificate; late and repeated ones do not.")
    raw = fields.Text("As it came", readonly=True)

    _event_unique = models.Constraint("UNIQUE(platform_id, event_id)", "This event is known already.")

    @api.model
    def _receive(self, platform, event, source):
        """Keep an event and apply it.

        :param link.event.Event event:
        :return: whether it was new
        """
        platform.lock_for_update(allow_referencing=True)  # the same event may come by push and from the feed at once
        known = self.search_count([("platform_id", "=", platform.id), ("event_id", "=", event.event_id)], limit=1)
        if known:
            return False
        certificate = self.env["rcep.certificate"].search(
            [("client_ref", "=", event.client_ref), ("company_id", "=", platform.company_id.id)]
        )
        self.create(
            {
                "platform_id": platform.id,
                "event_id": event.event_id,
                "client_ref": event.client_ref,
                "certificate_id": certificate.id,
                "sequence": event.sequence,
                "state": event.state,
                "occurred_at": amounts.utc(event.occurred_at),
                "source": source,
                "applied": bool(certificate) and certificate.with_company(platform.company_id)._apply(event),
                "raw": json.dumps(event.raw, ensure_ascii=False, sort_keys=True),
            }
        )
        if event.state == "issued":
            self.env.ref(CRON)._trigger()  # fetches the document
        return True

    # --- job ---------------------------------------------------------------------------------------------
    @api.model
    def _cron_follow(self):
        """Read every company's feed from where it was left, and fetch documents of what was issued."""
        progress = self.env["ir.cron"]
        platforms = self.env["rcep.platform"].search([("client_id", "!=", False), ("client_secret", "!=", False)])
        for platform in platforms:
            try:
                self._follow(platform.with_company(platform.company_id))
                self._fetch_documents(platform)
            except (link.errors.LinkError, LockError) as error:  # one company's platform does not hold up another's
                _logger.info("The feed of %s was not read: %s", platform.name, error)
                platform.last_error = str(error)
            if not progress._commit_progress(1):
                break

    @api.model
    def _follow(self, platform):
        client, more = platform._client(), True
        while more:
            page = client.events(platform.events_cursor or "")
            for event in page.events:
                self._receive(platform, event, "feed")
            more = page.more and page.cursor != platform.events_cursor
            platform.write({"events_cursor": page.cursor, "last_contact": fields.Datetime.now(), "last_error": False})
            self.env["ir.cron"]._commit_progress()

    @api.model
    def _fetch_documents(self, platform):
        certificates = self.env["rcep.certificate"].search(
            [
                ("company_id", "=", platform.company_id.id),
                ("state", "=", "issued"),
                ("certificate_ref", "!=", False),
                ("document", "=", False),
            ],
            limit=DOCUMENTS,
        )
        client = platform._client()
        for certificate in certificates:
            try:
                pdf = client.document(certificate.certificate_ref)
            except link.errors.LinkError as error:  # asked for again at the next run; the others go on
                _logger.info("The document of %s was not fetched: %s", certificate.name, error)
                continue
            certificate._write_moved(document=base64.b64encode(pdf))
            self.env["ir.cron"]._commit_progress()

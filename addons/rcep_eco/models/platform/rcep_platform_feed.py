"""Following a platform: its feed of events, filings that it looks at, documents of what it issued.

Each company has its own time in a run, and each thing that is asked for its own error: what one platform, one event,
one filing or one document does holds up none of the others.
"""

import base64
import collections
import logging
import time
from functools import partial

from markupsafe import escape
from odoo import api, fields, models

from ... import link
from ...texts.coded_messages import CodedMessage, stored, translated, translated_field
from ...tools import backoff
from ...tools.isolated import Result, isolated
from .rcep_platform_connection import PER_RUN

_logger = logging.getLogger(__name__)

DOCUMENTS = 20  # fetched in one run
PAGES = 200  # of the feed, read in one run
FIRST_PAUSE, LONGEST_PAUSE = 240, 21_600  # seconds until a document that was not given is asked for again
# By database: when this process last followed each connection, and when it asks for which document again.
_FOLLOWED, _DOCUMENTS = collections.defaultdict(dict), collections.defaultdict(dict)


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    feed_coded = fields.Json("Odd about its feed, by code", readonly=True, copy=False)
    feed_remark = translated_field("feed_coded", "What is odd about its feed")

    def _report_unprocessed(self, certificate, message):
        """Whoever keeps the connection gets a task; whoever signed the certificate reads it there."""
        self.ensure_one()
        if certificate:
            theirs = certificate._theirs()
            heard = translated(theirs.env, message)
            theirs._message_log(
                body=theirs.env._("The platform sent something about this certificate that makes no sense: %s", heard)
            )
        user = self._get_responsible()
        theirs = self.with_context(lang=user.lang)
        summary = theirs.env._("The platform says what makes no sense")
        if self.activity_search(["mail.mail_activity_data_warning"], additional_domain=[("summary", "=", summary)]):
            return
        # The platform's own words are in it: they are text, whatever they look like.
        heard = escape(translated(theirs.env, message))
        theirs.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=summary,
            note=theirs.env._("%s It was set aside; the health of the connection leads to all of it.", heard),
            user_id=user.id,
        )

    def _note_feed(self, message):
        if (self.feed_coded or False) != message:
            self.feed_coded = message


class RcepPlatformEvent(models.Model):
    _inherit = "rcep.platform.event"

    @api.model
    def _cron_follow(self):
        """Read every company's feed from where it was left, ask for filings, fetch documents of what was issued."""
        progress = self.env["ir.cron"]
        connections = self.env["rcep.platform"]
        connections._mend_clock()
        now = fields.Datetime.now()
        platforms = connections._connected()
        followed = _FOLLOWED[self.env.cr.dbname]
        for platform in platforms.sorted(lambda each: (followed.get(each.id, 0.0), each.id)):
            if platform._is_paused(now) or platform._is_in_copy():
                continue
            followed[platform.id] = time.monotonic()
            connection = platform.with_company(platform.company_id)
            came, _nothing = isolated(self.env, partial(self._follow_one, connection), f"the feed of {platform.id}")
            if came is Result.BROKEN:  # one company's trouble does not hold up another's
                note = partial(platform._note_failure, CodedMessage("following_failed"))
                isolated(self.env, note, f"the trouble of {platform.id}")
            if not progress._commit_progress(1):
                break

    @api.model
    def _follow_one(self, connection):
        """Everything that is asked of one company's platform in one run."""
        try:
            with link.guarded_connections.within(PER_RUN * connection._longest()):
                if connection._profile().announces_keys:
                    connection._read_wanted_keys()
                self._follow(connection)
                if connection._offers("filing"):
                    self.env["rcep.filing"]._ask_pending(connection)
                if connection._offers("document"):
                    self._fetch_documents(connection)
                else:
                    connection._read_documents()
        except link.errors.TimeOver:  # a slow one goes on in the next run
            _logger.info("The platform of %s took all of its time.", connection.name)
        except link.errors.LinkError as error:
            _logger.info("The feed of %s was not read: %s", connection.name, error)
            pause = error.retry_after if isinstance(error, link.errors.Busy) else None
            connection._note_failure(error, pause)

    @api.model
    def _follow(self, platform):
        """Keep what is new in the feed. Where nothing is, nothing is written."""
        client, cursor, more = platform._client(), platform.events_cursor or "", True
        seen, remarks = {cursor}, []
        while more:
            self.env["ir.cron"]._commit_progress()  # no transaction is open while the platform is asked
            page = client.events(cursor)
            for keep, result in (
                (self._take_in, page.events),
                (self._take_in_attachment, page.attachments),
                (self._set_aside, page.odd),
            ):
                for each in result:
                    link.guarded_connections.check_time()  # what is kept stays kept: the next run reads this page again
                    keep(platform, each, "feed")
            remarks = page.remarks
            more = page.more and page.cursor != cursor
            if page.cursor in seen and page.cursor != cursor:
                remarks = [CodedMessage("feed_in_circles")]
                break
            if page.cursor and page.cursor != cursor:
                cursor = page.cursor
                seen.add(cursor)
                platform.write({"events_cursor": cursor})
            if len(seen) > PAGES:
                remarks = [CodedMessage("feed_does_not_end", pages=PAGES)] if more else []
                break
        platform._note_feed(stored(*remarks))
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
            ]
        )
        again, now = _DOCUMENTS[self.env.cr.dbname], time.monotonic()
        due = certificates.filtered(lambda each: again.get(each.id, (0, 0.0))[1] <= now)[:DOCUMENTS]
        references = {certificate: certificate.certificate_ref for certificate in due}
        if not references:
            return
        client = platform._client()
        self.env["ir.cron"]._commit_progress()
        for certificate, reference in references.items():
            try:
                pdf = client.document(reference)
            except link.errors.TimeOver:
                raise
            except link.errors.LinkError as error:  # asked for again later; the others go on
                _logger.info("The document of %s was not fetched: %s", certificate.name, error)
                tries = again.get(certificate.id, (0, 0.0))[0]
                pause = backoff.doubled(tries, FIRST_PAUSE, LONGEST_PAUSE)
                again[certificate.id] = (tries + 1, time.monotonic() + pause)
            else:
                keep = partial(certificate._write_moved, document=base64.b64encode(pdf))
                isolated(self.env, keep, f"the document of {reference}")
                again.pop(certificate.id, None)
            self.env["ir.cron"]._commit_progress()

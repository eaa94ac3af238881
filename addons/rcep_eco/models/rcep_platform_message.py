"""The outbox: each message to the platform is committed before it leaves, and is sent at most once.

A message that left and got no readable answer is *unknown*: it is asked for by its own reference before anything is
sent again. Every message is its own transaction, so one that fails keeps no other.
"""

import datetime
import logging
import uuid

from odoo import api, fields, models
from odoo.exceptions import LockError

from .. import link

_logger = logging.getLogger(__name__)

BATCH = 50  # messages in one run of the job
FIRST_PAUSE = 15  # seconds; doubled at each further try
LONGEST_PAUSE = 3600
# A message is sent only from the first; the second must be asked for.
SENDABLE, ASKABLE = "queued", ("unknown", "sending")
NOT_SENT = ("draft", "ready")  # states of a certificate in which nothing of it leaves
CRON = "rcep_eco.ir_cron_outbox"
TRANSPORT_STATES = [
    ("queued", "Queued"),
    ("sending", "Sending"),
    ("delivered", "Delivered"),
    ("unknown", "Unknown"),
    ("failed", "Failed"),
]


class RcepPlatformMessage(models.Model):
    _name = "rcep.platform.message"
    _description = "Message to the platform"
    _order = "id desc"
    _rec_name = "message_uuid"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("filing", "Product filing"), ("application", "Application")], required=True, readonly=True
    )
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, ondelete="restrict", index=True)
    filing_id = fields.Many2one("rcep.filing", readonly=True, ondelete="cascade", index=True)
    client_ref = fields.Char(required=True, readonly=True)
    revision = fields.Integer(readonly=True)
    message_uuid = fields.Char(
        "Idempotency key", required=True, readonly=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    # The exact bytes, UTF-8; a filing's hold costs.
    body = fields.Text(required=True, readonly=True, groups="rcep_eco.group_origin")
    digest = fields.Char("Content hash", required=True, readonly=True)
    state = fields.Selection(
        TRANSPORT_STATES,
        default="queued",
        required=True,
        readonly=True,
    )
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    delivered_at = fields.Datetime(readonly=True)
    error = fields.Text(readonly=True)

    _uuid_unique = models.Constraint("UNIQUE(message_uuid)", "This message exists already.")
    _due = models.Index("(next_try) WHERE state IN ('queued', 'unknown', 'sending')")

    @api.model
    def _put(self, platform, kind, client_ref, body, *, certificate=None, filing=None, revision=0):
        """Put a message into the outbox; the job is woken once this is committed."""
        message = self.create(
            {
                "platform_id": platform.id,
                "kind": kind,
                "client_ref": client_ref,
                "revision": revision,
                "body": body.decode(),
                "digest": link.canonical.digest(body),
                "certificate_id": certificate.id if certificate else False,
                "filing_id": filing.id if filing else False,
            }
        )
        self.env.ref(CRON)._trigger()
        return message

    def action_retry(self):
        """Try a failed message again now, with the same content."""
        self.env["rcep.platform"]._check_manager()
        failed = self.filtered(lambda message: message.state != "delivered")
        failed.sudo().write({"state": "unknown", "next_try": fields.Datetime.now(), "error": False})
        self.env.ref(CRON).sudo()._trigger()

    # --- job ---------------------------------------------------------------------------------------------
    @api.model
    def _cron_deliver(self):
        """Deliver what is due, each message in transactions of its own."""
        due = self._due_messages()
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(due))
        for message in due:
            if message._claim():
                message._deliver()
            if not progress._commit_progress(1):
                break
        self._wake_again()

    @api.model
    def _due_messages(self):
        domain = [("state", "in", [SENDABLE, *ASKABLE]), ("next_try", "<=", fields.Datetime.now())]
        # Filings first: an application waits for them.
        return self.search(domain, order="kind desc, id", limit=BATCH)

    def _wake_again(self):
        """Have the job called when the next message is due."""
        waiting = self.search([("state", "in", [SENDABLE, *ASKABLE])], order="next_try", limit=1)
        if waiting:
            self.env.ref(CRON)._trigger(max(waiting.next_try, fields.Datetime.now()))

    def _claim(self):
        """Take a message for delivery, and commit that before anything leaves.

        A message that was left as *sending* by a process that died may have arrived: it is asked for.

        :return: whether it is this run's
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset()
        if self.state not in (SENDABLE, *ASKABLE) or self._is_overtaken() or self._waits_for_filings():
            return False
        # The next try is set before this one: a message that breaks the run does not stand first again.
        self._later(state="sending" if self.state == SENDABLE else "unknown")
        self.attempts += 1
        self.env["ir.cron"]._commit_progress()
        return True

    def _is_overtaken(self):
        """Whether this content no longer holds, so that it must not leave any more."""
        if self.kind == "filing":
            overtaken = self.search_count([("filing_id", "=", self.filing_id.id), ("id", ">", self.id)], limit=1)
        else:
            certificate = self.certificate_id
            overtaken = certificate.revision != self.revision or certificate.state in NOT_SENT
        if overtaken:
            said = self.env._("What it is about was changed meanwhile: this content is not sent any more.")
            self.write({"state": "failed", "error": said})
        return bool(overtaken)

    def _waits_for_filings(self):
        """Whether goods of this application are not filed yet; where a filing was sent back, so is the application."""
        if self.kind != "application":
            return False
        filings = self.env["rcep.filing"].search(
            [
                ("platform_id", "=", self.platform_id.id),
                ("product_id", "in", self.certificate_id.line_ids.product_id.ids),
            ]
        )
        returned = filings.filtered(lambda filing: filing.state == "returned")
        if returned:
            said = [
                self.env._("Filing of %(product)s: %(said)s", product=filing.display_name, said=filing.platform_errors)
                for filing in returned
            ]
            self._fail("\n".join(said))
            return True
        if any(filing.state != "accepted" for filing in filings):
            self._later()
            return True
        return False

    def _deliver(self):
        """One try: send, or ask where it is not known whether it arrived."""
        self.ensure_one()
        message = self.with_company(self.company_id)
        try:
            message._delivered(message._ask() if message.state == "unknown" else message._send())
        except link.errors.Busy as busy:
            message._later(
                str(busy), seconds=busy.retry_after, state="queued" if message.state == "sending" else "unknown"
            )
        except link.errors.NotSent as error:
            message._later(str(error), state="queued" if message.state == "sending" else "unknown")
        except link.errors.UnknownOutcome as error:
            message._later(str(error), state="unknown")
        except link.errors.Refused as error:
            message._refused(error)
        except LockError:  # the certificate is being worked on; what the platform said is asked for again
            message._later(state="unknown")

    def _send(self):
        client, body = self.platform_id._client(), self.body.encode()
        call = client.file_product if self.kind == "filing" else client.submit
        return call(self.client_ref, body, self.message_uuid)

    def _ask(self):
        """Ask for what may have arrived; only where the platform never received it, it is sent again."""
        client = self.platform_id._client()
        try:
            outcome = (client.filing_status if self.kind == "filing" else client.status)(self.client_ref)
        except link.errors.NotFound:
            return self._send()
        except link.errors.Refused as error:  # the question was refused; what became of the message is still open
            raise link.errors.UnknownOutcome(str(error)) from error
        known = outcome.content_digest == self.digest
        newer = self.kind == "application" and outcome.revision > self.revision
        return outcome if known or newer else self._send()

    def _delivered(self, outcome):
        now = fields.Datetime.now()
        pending = self.kind == "filing" and outcome.state == "pending"
        self.platform_id.write({"last_contact": now, "last_error": False})
        (self.filing_id or self.certificate_id)._apply(outcome)
        if pending:  # taken, but not decided: ask again
            self._later(state="unknown")
        else:
            self.write({"state": "delivered", "delivered_at": now, "error": False})

    def _refused(self, error):
        """The platform read it and said no: a user's task, or the connection manager's."""
        _logger.info("Message %s was refused with %s.", self.message_uuid, error.code)
        sentences = str(error)
        if error.errors and self.certificate_id:
            sentences = self.certificate_id._error_sentences(error.errors)
        if isinstance(error, link.errors.Unauthorised):
            self.platform_id.last_error = sentences
        self._fail(sentences)

    def _fail(self, sentences):
        self.write({"state": "failed", "error": sentences})
        if self.certificate_id:
            self.certificate_id._send_back(sentences)
        elif self.filing_id:
            self.filing_id.write({"state": "returned", "platform_errors": sentences})

    def _later(self, error=False, seconds=None, state=None):
        pause = seconds or min(FIRST_PAUSE * 2 ** min(self.attempts, 20), LONGEST_PAUSE)
        # Odoo's now has lost its fraction of a second: one more, so that the pause is never shorter than was asked.
        when = fields.Datetime.now() + datetime.timedelta(seconds=pause + 1)
        self.write({"next_try": when, "error": error, **({"state": state} if state else {})})
        if error:
            self.platform_id.last_error = error

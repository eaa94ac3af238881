"""The outbox: what is to be told to the platform, kept as the exact bytes, with what became of it.

A message is written in the transaction of whoever causes it, so that it exists if and only if the change does. What
carries it is in ``rcep_platform_sender``.
"""

import datetime
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import groups, link
from ...states import certificate_states, message_states
from ...texts import coded_messages
from ...texts.coded_messages import CodedMessage
from ...tools import backoff
from .rcep_platform import ENVIRONMENTS

KINDS = [
    ("filing", "Product filing"),
    ("application", "Application"),
    ("attachment", "Attachment"),
    ("withdrawal", "Withdrawal"),
    ("cancellation", "Cancellation"),
]
REQUESTS = [(kind, label) for kind, label in KINDS if kind in certificate_states.REQUESTS]
FIRST_PAUSE = 15  # seconds; doubled at each further try
LONGEST_PAUSE = 3600
FILING_PAUSE = 60  # seconds until an application looks again whether its goods are filed, if nothing wakes it
NOT_SENT = ("draft", "ready")  # states of a certificate in which nothing of it leaves


class RcepPlatformMessage(models.Model):
    _name = "rcep.platform.message"
    _description = "Message to the platform"
    _order = "id desc"
    _rec_name = "message_uuid"

    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, ondelete="restrict", index=True)
    filing_id = fields.Many2one("rcep.filing", readonly=True, ondelete="restrict", index=True)
    client_ref = fields.Char(required=True, readonly=True)
    revision = fields.Integer(readonly=True)
    message_uuid = fields.Char(
        "Idempotency key", required=True, readonly=True, copy=False, default=lambda self: str(uuid.uuid4())
    )
    # Where it goes, and in whose words it is written: it goes nowhere else, and in no other words.
    environment = fields.Selection(ENVIRONMENTS, required=True, readonly=True)
    profile = fields.Char(required=True, readonly=True)
    # The exact bytes, UTF-8; those of a filing or an attachment hold costs.
    body = fields.Text(readonly=True, groups=groups.ENGINEER)
    body_personal = fields.Text(
        "Body with personal data",
        readonly=True,
        groups=groups.MANAGER,
        help="In place of the other, where the message holds the identity card number of who declares.",
    )
    digest = fields.Char("Content hash", required=True, readonly=True)
    state = fields.Selection(message_states.STATES, default="queued", required=True, readonly=True)
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    delivered_at = fields.Datetime(readonly=True)
    error_coded = fields.Json("Why, by code", readonly=True)
    error = coded_messages.translated_field("error_coded", "Error")
    # While a sender has it: who, and until when others leave it alone.
    lease_owner = fields.Char(readonly=True)
    lease_until = fields.Datetime(readonly=True)
    placed_at = fields.Datetime("In the folder since", readonly=True, help="When its file was first seen there.")
    begun_at = fields.Datetime("Writing begun", readonly=True, help="Not later than its file was first there.")
    begun_in = fields.Char("Folder", readonly=True, help="In which its file was begun: it is looked for there only.")
    give_up_at = fields.Datetime("Tried until", readonly=True, help="After that it waits for a person.")
    waits_for_person = fields.Boolean(readonly=True, help="Not tried any more by itself.")
    gave_up = fields.Boolean(readonly=True, help="Because its time was over, and for no other reason.")

    _uuid_unique = models.Constraint("UNIQUE(message_uuid)", "This message exists already.")
    _due = models.Index("(next_try) WHERE state IN ('queued', 'unknown', 'sending') AND waits_for_person IS NOT TRUE")

    @api.model
    def _put(self, platform, kind, body, *, certificate=None, filing=None, attachment=None, number=None):
        """Put a message into the outbox; the jobs that send are woken once this is committed."""
        subject = next(each for each in (certificate, attachment, filing) if each is not None)
        names_person = platform._profile().filer_fields and attachment is None  # a paper may hold costs
        message = self.create(
            {
                "platform_id": platform.id,
                "environment": platform.environment,
                "profile": platform.profile,
                "kind": kind,
                "client_ref": subject.client_ref,
                "revision": 0 if subject is filing else subject.revision,
                ("body_personal" if names_person else "body"): body.decode(),
                "digest": link.canonical.digest(body),
                "certificate_id": certificate.id if certificate is not None else False,
                "filing_id": filing.id if filing is not None else False,
                "attachment_id": attachment.id if attachment is not None else False,
                "number_id": number.id if number else False,
                "give_up_at": platform._give_up_at(),
            }
        )
        self._wake_senders()
        return message

    def _content(self):
        """The exact bytes; call with the rights to read them."""
        return (self.body or self.body_personal or "").encode()

    def _subject(self):
        """The record that this message is about."""
        return self.filing_id or self.certificate_id

    def _certificate(self):
        """The certificate that it belongs to, empty of a filing."""
        return self.certificate_id

    # --- for people --------------------------------------------------------------------------------------
    def _check_manager(self):
        """Only the manager of the connection that these messages go over may move them."""
        self.env["rcep.platform"]._check_manager()
        self.check_access("read")
        # The connection itself says of which company it is, whoever asks.
        self.sudo().platform_id.with_env(self.env)._check_manager()

    def action_retry(self):
        """Ask the platform what became of it; where it does not hold it, send the same content again."""
        self._check_manager()
        for message in self.sudo().filtered(lambda each: each.state != "delivered"):  # the outbox is the system's
            if message._is_leased():
                raise UserError(
                    self.env._("Message %s is on its way just now: wait for its answer.", message.display_name)
                )
            state = "unknown" if message.state == "failed" else message.state
            message._to(
                state,
                next_try=fields.Datetime.now(),
                error_coded=False,
                waits_for_person=False,
                gave_up=False,
                placed_at=False,
                carried_at=False,
                begun_at=False,
                begun_in=False,
                give_up_at=message.platform_id._give_up_at(),
            )
        self._wake_senders()

    def action_hand_over(self):
        """Give it to the person whose certificate it is: a task of theirs, and no further try by itself."""
        self._check_manager()
        for message in self.sudo():  # the outbox is the system's
            if message.state not in message_states.OPEN or message._is_leased():
                raise UserError(
                    self.env._(
                        "Message %(message)s is not waiting: there is nothing to hand over.",
                        message=message.display_name,
                    )
                )
            message._wait_for_person()

    # --- states ------------------------------------------------------------------------------------------
    def _to(self, state, **values):
        """Move to a state of the table, and let go of it."""
        self.ensure_one()
        message_states.check(self.state, state)
        self.write({"state": state, "lease_owner": False, "lease_until": False, **values})

    def _note_arrived(self):
        """What was sent is spoken of: that it arrived is known now, whatever became of the answer."""
        for message in self.filtered(lambda each: each.state in message_states.ASKABLE):
            message._to("delivered", delivered_at=self.env.cr.now(), error_coded=False, waits_for_person=False)

    def _is_leased(self):
        return bool(self.lease_until and self.lease_until > fields.Datetime.now())

    def _later(self, message=False, seconds=None, state=None):
        """Leave it for a while, with what was said last; where its time is over, to a person."""
        pause = seconds or backoff.doubled(max(self.attempts - 1, 0), FIRST_PAUSE, LONGEST_PAUSE)
        # Odoo's now has lost its fraction of a second: one more, so that the pause is never shorter than was asked.
        when = fields.Datetime.now() + datetime.timedelta(seconds=pause + 1)
        self._to(state or self.state, next_try=when, error_coded=message)
        if self.attempts and self.give_up_at and when > self.give_up_at:
            self._wait_for_person(gave_up=True)

    def _wait_for_person(self, gave_up=False):
        """No further try by itself: somebody gets a task that says what is known and what to do."""
        self.write({"waits_for_person": True, "gave_up": gave_up})
        subject = self._certificate() or self.platform_id
        user = self._certificate().signer_id or self.platform_id._get_responsible()
        theirs = self.with_context(lang=user.lang)
        subject.with_env(theirs.env).activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._("A message to the platform is stuck"),
            note=coded_messages.as_html(theirs._stuck_sentence()),
            user_id=user.id,
        )

    def _stuck_sentence(self):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        known = (
            self.env._("It is not known whether it arrived. Do not apply for these goods in another way.")
            if self.state in message_states.ASKABLE
            else self.env._("It has not left.")
        )
        return self.env._(
            "%(kind)s of %(subject)s: %(known)s What was said last: %(error)s A connection manager can have it asked "
            "for again under Configuration, Messages.",
            kind=kind,
            subject=self._subject().display_name,
            known=known,
            error=self.error or self.env._("nothing."),
        )

    def _fail(self, message):
        """Not delivered for good, with the reasons as they are kept; its record tells them to its people."""
        self._to("failed", error_coded=message)
        self._subject()._not_delivered(self, message)

    # --- what must not leave, or not yet -----------------------------------------------------------------
    def _may_leave(self):
        """Whether this message is to be sent or asked for now; else it is put where it belongs."""
        if self._is_overtaken():
            self._to("failed", error_coded=coded_messages.stored(CodedMessage("overtaken")))
            return False
        if (self.environment, self.profile) != (self.platform_id.environment, self.platform_id.profile):
            self._stays_here()
            return False
        if self._was_begun_elsewhere():
            message = CodedMessage(
                "begun_elsewhere", before=self.begun_in, now=self.platform_id._root() or CodedMessage("by_hand")
            )
            self._to("unknown", error_coded=coded_messages.stored(message))
            self._wait_for_person()
            return False
        return not (self._waits_for_earlier() or self._waits_for_filings())

    def _stays_here(self):
        """The connection leads elsewhere now: what has not left is made anew, what may have left is for a person."""
        environment = coded_messages.selection_value(self, "environment", self.environment)
        message = CodedMessage("connection_changed", environment=environment, profile=self.profile)
        if self.state == message_states.SENDABLE:
            self._fail(coded_messages.stored(CodedMessage("submit_again", reason=message)))
        else:
            self._to(self.state, error_coded=coded_messages.stored(message))
            self._wait_for_person()

    def _may_lie(self):
        """Whether its file was begun in a folder, and may lie there."""
        return bool(self.begun_in) and self.state in message_states.ASKABLE

    def _was_begun_elsewhere(self):
        """Whether its file may lie in a folder that the connection does not lead to any more."""
        return self._may_lie() and self.begun_in != self.platform_id._root()

    def _is_overtaken(self):
        """Whether this content no longer holds."""
        if self.kind == "filing":
            return bool(self.search_count([("filing_id", "=", self.filing_id.id), ("id", ">", self.id)], limit=1))
        certificate = self.certificate_id
        return certificate.revision != self.revision or certificate.state in NOT_SENT

    def _waits_for_earlier(self):
        """Whether something earlier about the same certificate is still on its way."""
        if self.kind not in certificate_states.REQUESTS:
            return False
        earlier = [("certificate_id", "=", self.certificate_id.id), ("id", "<", self.id)]
        waits = self.search_count([*earlier, ("state", "in", message_states.OPEN)], limit=1)
        if waits:
            self._later(seconds=FIRST_PAUSE)
        return bool(waits)

    def _waits_for_filings(self):
        """Whether goods of this application are not filed yet; where a filing was sent back, so is the application."""
        waits = self.kind == "application" and self.state == message_states.SENDABLE
        if not waits or not self.platform_id._offers("filing"):
            return False  # what may have left is asked for, whatever became of the filings
        filings = self.env["rcep.filing"]._at(self.platform_id, self.certificate_id.line_ids.product_id)
        open_filings = filings.filtered(lambda filing: filing.state != "accepted")
        returned = open_filings.filtered(lambda filing: filing.state == "returned")
        if returned:
            self._fail(
                coded_messages.stored(
                    *(
                        CodedMessage("filing_says", product=filing.display_name, said=_sentences(filing.returned_coded))
                        for filing in returned
                    )
                )
            )
        elif open_filings:
            self._later(seconds=FILING_PAUSE)
        return bool(open_filings)


def _sentences(stored):
    return [CodedMessage.from_json(each) for each in stored or ()]

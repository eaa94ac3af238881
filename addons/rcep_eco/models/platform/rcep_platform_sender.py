"""The sender: takes messages out of the outbox one by one and has each arrive exactly once.

A message is claimed under a row lock whose commit writes who has it and until when; the call is made while no
transaction of ours is open; what came of it is committed for itself. So a process may die anywhere: a lease that ran
out means that the message may have left, and the platform is asked before anything is sent. Several senders work side
by side: each is a job of its own with the same code.
"""

import collections
import concurrent.futures
import datetime
import logging
import os
import time
import typing

import psycopg2.errors
from odoo import api, fields, models

from ... import link
from ...states import message_states
from ...texts.coded_messages import CodedMessage, stored
from ...tools.isolated import Result, isolated
from .rcep_platform_connection import LONGEST_AHEAD, LONGEST_ASKED

_logger = logging.getLogger(__name__)

CANDIDATES = 20  # looked at when one is claimed: other senders have some of them
MOST_CONTESTED = 10  # claims in a row that other senders were faster with
SEND = "model._cron_deliver()"  # the code of every job that sends
TRIES = 5  # at writing down what others write to as well, such as two senders to what waits for one filing
# By database and platform: when this process last took a message of its company, of a clock that only goes forward.
_SERVED = collections.defaultdict(dict)
LOOKED_FOR = 30  # seconds until a file that nobody has taken is looked for again
MOMENT = 1  # seconds until what could not be written down is asked for


class Claimed(typing.NamedTuple):
    """A message that this sender has, and its way to the platform, with nothing left to read."""

    message: typing.Any
    client: link.client.Client
    parcel: link.delivery.Parcel
    seconds: float  # that it may take in all

    def deliver(self):
        """What the platform says of it, or the :class:`link.errors.LinkError` that says what is known."""
        try:
            with link.guarded_connections.within(self.seconds):
                return self.parcel.deliver(self.client)
        except link.errors.LinkError as error:
            return error
        except Exception:  # whatever it is, it stops neither the run nor the other messages
            _logger.exception("The call for message %s ended in a way that nobody foresaw.", self.parcel.message_id)
            return link.errors.UnknownOutcome(link.coded_message.CodedMessage("foreseen_by_nobody"))


class RcepPlatformMessage(models.Model):
    _inherit = "rcep.platform.message"

    @api.model
    def _wake_senders(self, at=None):
        """Have every job that sends called, at a time or as soon as this is committed."""
        model = self.env["ir.model"]._get_id(self._name)
        # Jobs are the system's; whoever submits only wakes them.
        jobs = self.env["ir.cron"].sudo().search([("model_id", "=", model), ("code", "=", SEND)])
        for job in jobs:
            job._trigger(at)

    @api.model
    def _cron_deliver(self):
        """Deliver what is due. One call is on its way while the next is claimed and the last is written down."""
        progress = self.env["ir.cron"]
        self.env["rcep.platform"]._mend_clock()
        clients = {}
        time_left = progress._commit_progress(remaining=self.search_count(self._due_domain()))
        with concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="rcep-sender") as wire:
            on_its_way = None
            while True:
                claimed = self._claim_next(clients) if time_left else None
                answered = on_its_way and (on_its_way[0], on_its_way[1].result())
                on_its_way = claimed and (claimed.message, wire.submit(claimed.deliver))
                if answered:
                    self._write_down(*answered)
                    time_left = progress._commit_progress(1)
                if not on_its_way:
                    break
        self._wake_when_due()

    @api.model
    def _waiting_domain(self):
        waits = ["|", ("waits_for_person", "=", False), *self._gave_up_too_soon()]
        return [("state", "in", message_states.OPEN), *waits]

    @api.model
    def _gave_up_too_soon(self):
        """Given up by a clock that was ahead: the time of trying is not over."""
        return ["&", ("gave_up", "=", True), ("give_up_at", ">", fields.Datetime.now())]

    @api.model
    def _due_domain(self):
        now = fields.Datetime.now()
        paused = self.env["rcep.platform"].search(self.env["rcep.platform"]._paused_domain())
        # A moment further ahead than any pause or lease was written while our clock was wrong: nothing waits for it.
        ahead = now + LONGEST_AHEAD
        free = ["|", "|", ("lease_until", "=", False), ("lease_until", "<", now), ("lease_until", ">", ahead)]
        due = ["|", ("next_try", "<=", now), ("next_try", ">", ahead)]
        quiet = [*paused.ids, *self.env["rcep.platform"]._ids_in_copies()]
        return [*self._waiting_domain(), *due, ("platform_id", "not in", quiet), *free]

    @api.model
    def _turn(self):
        """The due messages of the company whose turn it is: none whose platform is slow takes the others' time.

        A platform that no sender is waiting for comes first, then whoever was served longest ago.
        """
        due = self._due_domain()
        platforms = [platform for platform, in self._read_group(due, ["platform_id"])]
        if len(platforms) > 1:
            now, served = fields.Datetime.now(), _SERVED[self.env.cr.dbname]
            leased = [("lease_until", ">=", now), ("lease_until", "<=", now + LONGEST_AHEAD)]
            waited_for = {each.id for each, in self._read_group(leased, ["platform_id"])}
            platforms.sort(key=lambda each: (each.id in waited_for, served.get(each.id, 0.0), each.id))
        # Filings before applications, which wait for them; what takes back or cancels waits for what is earlier.
        for platform in platforms:
            found = self.search([*due, ("platform_id", "=", platform.id)], order="kind desc, id", limit=CANDIDATES)
            message = found.try_lock_for_update(allow_referencing=True, limit=1)
            if message:
                _SERVED[self.env.cr.dbname][platform.id] = time.monotonic()
                return message
        return self.browse()

    def _wake_when_due(self):
        """Have the jobs called when the next message is due, or the next lease runs out."""
        existing = self.env["rcep.platform"]._ids_in_copies()
        waits = [*self._waiting_domain(), ("platform_id", "not in", existing)]
        soonest = self.search(waits, order="next_try", limit=1)
        if soonest:
            now = fields.Datetime.now()
            # What is due and was not taken is held by somebody else: a moment later, and not again and again.
            next_look = now + datetime.timedelta(seconds=MOMENT)
            times = (soonest.next_try, soonest.lease_until, soonest.platform_id.paused_until)
            self._wake_senders(max([next_look, *(each for each in times if each and each <= now + LONGEST_AHEAD)]))

    # --- claim -------------------------------------------------------------------------------------------
    def _claim_next(self, clients):
        """Take the next message that may leave and commit that; None where nothing is due."""
        contested, claimed, go_on = 0, None, True
        while go_on and contested < MOST_CONTESTED:
            try:
                claimed, go_on = self._try_claim(clients)
            except psycopg2.errors.SerializationFailure:  # another sender was faster
                self.env.cr.rollback()
                contested += 1
            else:
                self.env["ir.cron"]._commit_progress()
        return claimed

    def _try_claim(self, clients):
        """
        :return: (what was claimed or None, whether to look further)
        """
        message = self._turn()
        if not message:
            return None, False
        message = message.with_company(message.company_id)
        if not message._may_leave():
            return None, True
        parcel = message._claim()
        try:
            client = message.platform_id._client_of(clients)
        except link.errors.LinkError as error:  # such as a key that cannot be read: nothing leaves now
            message._not_now(error)
            return None, True
        return Claimed(message, client, parcel, message.platform_id._longest()), False

    def _claim(self):
        """Write down that this sender has it; the parcel that leaves."""
        asks = self.state in message_states.ASKABLE
        folder = self.platform_id._root()
        self.write(
            {
                "waits_for_person": False,
                "gave_up": False,
                "attempts": self.attempts + 1,
                "state": "unknown" if asks else "sending",
                "begun_at": self.begun_at or (folder and fields.Datetime.now()),
                "begun_in": folder,
                "lease_owner": f"{os.uname().nodename}:{os.getpid()}",
                "lease_until": fields.Datetime.now() + self.platform_id._lease(),
            }
        )
        return link.delivery.Parcel(
            kind=self.kind,
            client_ref=self.client_ref,
            body=self._content(),
            message_id=self.message_uuid,
            revision=self.revision,
            certificate_ref=self.certificate_id.certificate_ref or "",
            ask_first=asks,
            was_placed=bool(self.placed_at or self.carried_at),
        )

    # --- what came of it ---------------------------------------------------------------------------------
    def _write_down(self, message, outcome):
        """Commit what came of one call; where that cannot be done now, the platform is asked again."""

        def conclude():
            message.lock_for_update(allow_referencing=True)
            message._conclude(outcome)

        for _try in range(TRIES):
            came, _nothing = isolated(self.env, conclude, f"message {message.message_uuid}")
            if came is not Result.BUSY:
                break
        if message.state not in message_states.ASKABLE:
            return  # concluded, or the platform told of it by another way meanwhile
        if came is Result.BUSY:
            message._later(seconds=MOMENT, state="unknown")
        elif came is Result.BROKEN:
            message._later(stored(CodedMessage("not_taken_over")), state="unknown")

    def _conclude(self, outcome):
        """Take over what is known now: an outcome, or why there is none."""
        if self.state not in message_states.ASKABLE:
            return  # another sender took it when the lease ran out, and knows more
        if not isinstance(outcome, link.errors.LinkError):
            self._delivered(outcome)
        elif isinstance(outcome, link.errors.Refused) and not isinstance(outcome, link.errors.Unauthorised):
            self._refused(outcome)
        else:
            self._not_now(outcome)

    def _delivered(self, outcome):
        now = fields.Datetime.now()
        self._to("delivered", delivered_at=now, error_coded=False)
        self.platform_id._note_contact()
        self._subject()._apply(outcome)

    def _not_now(self, error):
        """Nothing is decided: tried again later, by sending where nothing has left, else by asking."""
        if isinstance(error, link.errors.Waiting):
            self._lies_there(error)
            return
        left = isinstance(error, link.errors.UnknownOutcome) or self.state == "unknown"
        pause = min(error.retry_after, LONGEST_ASKED) if isinstance(error, link.errors.Busy) else None
        self._later(stored(error), seconds=pause, state="unknown" if left else "queued")
        if not left:
            self.begun_at = False
        self.platform_id._note_failure(error, pause)

    def _lies_there(self, error):
        """It lies where another takes it from: nothing is wrong with the connection, and it is looked for again."""
        self._later(stored(error), seconds=LOOKED_FOR, state="unknown")
        if error.placed:
            self.filtered(lambda message: not message.placed_at).placed_at = fields.Datetime.now()
        if isinstance(error, link.errors.Gone):
            self._wait_for_person()

    def _refused(self, error):
        """The platform read it and said no: a person's task."""
        _logger.info("Message %s was refused with %s.", self.message_uuid, error.code)
        if self.kind == "withdrawal" and isinstance(error, link.errors.NotFound):
            self._to("delivered", delivered_at=fields.Datetime.now(), error_coded=False)
            self.certificate_id._withdrawn_unknown()
            return
        fields_of_it = error.errors and self.certificate_id and self.certificate_id._wrong_fields(error.errors)
        self._fail(fields_of_it or stored(error))

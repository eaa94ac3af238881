"""One delivery: a message on its way, and the rule by which it arrives exactly once.

A parcel holds everything that its call needs, so nothing else (no database, no lock) is open while it travels. What
may have arrived already is asked for first: the platform is the only one who knows. It is sent only where the
platform says that it does not hold it.

==============  ============================  ==============================================
kind            sent as                       held, so not sent again, where the answer says
==============  ============================  ==============================================
`filing`        the filing's whole content    the same content
`application`   one revision of it            the same content, or a later revision
`attachment`    one paper of an application   the same
`withdrawal`    a reason                      that it is withdrawn
`cancellation`  a reason                      that it is cancelled
==============  ============================  ==============================================

>>> Parcel(kind="letter", client_ref="7c1d", body=b"{}", message_id="4b7e")
Traceback (most recent call last):
...
ValueError: No letter can be delivered; known are: filing, application, attachment, withdrawal, cancellation.
"""

from __future__ import annotations

import http
import typing
from dataclasses import dataclass

from .canonical import digest
from .coded_message import CodedMessage
from .errors import Conflict, FileRefused, Gone, NotFound, Refused, UnknownOutcome

if typing.TYPE_CHECKING:
    from .client import Client
    from .event import FilingOutcome, Outcome


@dataclass(frozen=True)
class Parcel:
    """A message as it leaves: the exact body, its idempotency key, and whether it may have left before.

    ``was_placed``: it is a file that was seen where it is taken from, so it is not written again.

    ``certificate_ref`` is the issuing body's identity of a certificate, for its cancellation.
    """

    kind: str
    client_ref: str
    body: bytes
    message_id: str
    revision: int = 0
    certificate_ref: str = ""
    ask_first: bool = False
    was_placed: bool = False

    def __post_init__(self):
        if self.kind not in ROUTES:
            raise ValueError(f"No {self.kind} can be delivered; known are: {', '.join(ROUTES)}.")

    def deliver(self, client: Client) -> Outcome | FilingOutcome:
        """Have the platform hold this message, and return what it says of it then.

        :raises LinkError: `Busy`, `NotSent`, `Refused` (nothing was taken), `UnknownOutcome` (ask first next time)
        """
        route = ROUTES[self.kind]
        if self.ask_first:
            existing = self._ask(route, client)
            if existing is not None:
                return existing
        outcome = route.send(client, self)
        if outcome.duplicate and route.differs(self, outcome):
            raise self._conflict()
        return outcome

    def _ask(self, route, client):
        """What the platform holds, or None where it does not hold this message and it may be sent."""
        try:
            outcome = route.ask(client, self)
        except NotFound as error:
            if self.was_placed:
                raise Gone(CodedMessage("file_gone")) from error
            return None
        except FileRefused:
            raise
        except Refused as error:  # the question was refused; what became of the message is still open
            raise UnknownOutcome(error.coded) from error
        if route.holds(self, outcome):
            return outcome
        if route.differs(self, outcome):
            raise self._conflict()
        return None

    def _conflict(self):
        message = CodedMessage("other_content", revision=self.revision, reference=self.client_ref)
        return Conflict(http.HTTPStatus.CONFLICT.value, "conflict", message)

    def has_content(self, outcome) -> bool:
        """Whether what the platform holds is this very body, as far as it tells."""
        return outcome.content_digest in ("", digest(self.body))


class Route(typing.NamedTuple):
    """How one kind travels: the call that sends it, the one that asks, and what the answer to that means."""

    send: typing.Callable
    ask: typing.Callable
    holds: typing.Callable
    differs: typing.Callable = lambda _parcel, _outcome: False


def _is_overtaken_or_held(parcel, outcome):
    return outcome.revision > parcel.revision or (outcome.revision == parcel.revision and parcel.has_content(outcome))


def _has_other_content(parcel, outcome):
    return outcome.revision == parcel.revision and not parcel.has_content(outcome)


ROUTES = {
    "filing": Route(
        send=lambda client, parcel: client.file_product(parcel.client_ref, parcel.body, parcel.message_id),
        ask=lambda client, parcel: client.filing_status(parcel.client_ref),
        holds=Parcel.has_content,
    ),
    "application": Route(
        send=lambda client, parcel: client.submit(
            parcel.client_ref, parcel.body, parcel.message_id, parcel.revision
        ),
        ask=lambda client, parcel: client.status(parcel.client_ref, parcel.revision),
        holds=_is_overtaken_or_held,
        differs=_has_other_content,
    ),
    "attachment": Route(
        send=lambda client, parcel: client.attachments.submit(
            parcel.client_ref, parcel.body, parcel.message_id, parcel.revision
        ),
        ask=lambda client, parcel: client.attachments.status(parcel.client_ref, parcel.revision),
        holds=_is_overtaken_or_held,
        differs=_has_other_content,
    ),
    "withdrawal": Route(
        send=lambda client, parcel: client.withdraw(parcel.client_ref, parcel.body, parcel.message_id),
        ask=lambda client, parcel: client.status(parcel.client_ref),
        holds=lambda _parcel, outcome: outcome.state == "withdrawn",
    ),
    "cancellation": Route(
        send=lambda client, parcel: client.cancel(parcel.certificate_ref, parcel.body, parcel.message_id),
        ask=lambda client, parcel: client.status(parcel.client_ref),
        holds=lambda _parcel, outcome: outcome.state == "cancelled",
    ),
}

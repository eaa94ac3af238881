"""What a platform says back, in canonical words: events, and the outcome of each call.

An event carries the whole state of one application, numbered by ``sequence`` per ``client_ref``: the highest
seen is applied, older ones are only kept. So the order of arrival and repeats do no harm.

>>> STATES.index("issued") > STATES.index("under_review")
True
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .record import FieldError, Record, one_of

STATES = (
    "draft", "ready", "submitted", "under_review", "returned", "issued", "rejected", "withdrawn", "cancelled",
    "replaced",
)  # fmt: skip
# No event can follow; an issued certificate may still be cancelled or replaced.
FINAL_STATES = frozenset({"rejected", "withdrawn", "cancelled", "replaced"})
FILING_STATES = ("pending", "accepted", "returned")
PRINT_STATES = ("", "not_printed", "printed", "transmitted")
NUMBER_TAKEN = "number_taken"  # code of what is wrong where an application's number is another's


@dataclass(frozen=True, kw_only=True)
class Outcome(Record):
    """The platform's whole knowledge of one application: the answer to submitting and to asking.

    ``content_digest`` is the SHA-256 in hexadecimal of the body that the platform holds for ``revision``;
    compare it with the stored message's before adopting a ``duplicate``.
    """

    client_ref: str
    revision: int
    state: str = one_of(STATES)
    sequence: int = 0
    duplicate: bool = False
    content_digest: str = ""
    certificate_id: str = ""
    certificate_no: str = ""
    occurred_at: dt.datetime | None = None
    issued_at: dt.datetime | None = None
    valid_until: dt.date | None = None
    print_state: str = one_of(PRINT_STATES, default="")
    errors: tuple[FieldError, ...] = ()
    issuer_check_url: str = ""
    request_id: str = ""
    remarks: tuple[
        dict, ...
    ] = ()  # what was said beside, made no sense, and was left out: a kept `coded_message.CodedMessage` each
    raw: dict = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Event(Record):
    """One change of state, pushed by the platform or read from its feed.

    ``content_digest`` is that of the revision which the event is about, where the platform says it; ``remarks`` as in
    `Outcome`.
    """

    event_id: str
    client_ref: str
    sequence: int
    certificate_id: str = ""
    certificate_no: str = ""
    state: str = one_of(STATES)
    revision: int
    occurred_at: dt.datetime
    issued_at: dt.datetime | None = None
    valid_until: dt.date | None = None
    print_state: str = one_of(PRINT_STATES, default="")
    errors: tuple[FieldError, ...] = ()
    issuer_check_url: str = ""
    content_digest: str = ""
    remarks: tuple[dict, ...] = ()
    raw: dict = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class OddEvent(Record):
    """Something in the feed that makes no sense: why, what it seems to be about, and its text as it came."""

    coded: dict  # a kept `coded_message.CodedMessage`
    event_id: str = ""
    client_ref: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class AttachmentReceipt(Record):
    """What the office says of one attachment (``client_ref``): whether it took it, and why not."""

    event_id: str
    client_ref: str
    accepted: bool
    occurred_at: dt.datetime
    text: str = ""
    reply: str = field(default="", repr=False)  # as it came


@dataclass(frozen=True, kw_only=True)
class EventPage(Record):
    """A page of the feed; ask again with ``cursor`` while ``more``. What is odd does not hold up the others."""

    events: tuple[Event, ...]
    cursor: str
    attachments: tuple[AttachmentReceipt, ...] = ()
    more: bool = False
    odd: tuple[OddEvent, ...] = ()
    remarks: tuple[dict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FilingOutcome(Record):
    """The platform's whole knowledge of one product filing."""

    client_ref: str
    state: str = one_of(FILING_STATES)
    duplicate: bool = False
    content_digest: str = ""
    valid_until: dt.date | None = None
    errors: tuple[FieldError, ...] = ()
    request_id: str = ""
    raw: dict = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class IssuerCheck(Record):
    """The issuing body's own page for one certificate, whose answer decides."""

    url: str
    token: str = ""

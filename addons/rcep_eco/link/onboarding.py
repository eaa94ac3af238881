"""What is said before any certificate: who an enterprise is, and what its integration has to show.

A platform may ask an integration to pass *cases* before it lets it into production. The integration does them, claims
how each went, and the platform reports what it saw of that itself.

>>> Claim(case="token", outcome="passed", began=dt.datetime(2026, 5, 1, tzinfo=dt.timezone.utc),
...     ended=dt.datetime(2026, 5, 1, tzinfo=dt.timezone.utc)).client_ref
''
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .record import Record, one_of

OUTCOMES = ("passed", "failed", "skipped")


@dataclass(frozen=True, kw_only=True)
class Enrolment(Record):
    """An enterprise that wants to be known: our public key, its name, and where pushes may go."""

    name: str
    uscc: str
    key_id: str
    public_key_pem: str
    push_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Enrolled(Record):
    """What a platform answers to an enrolment; the secret is told once."""

    client_id: str
    client_secret: str
    platform_key_id: str = ""
    platform_public_key_pem: str = ""

    def __repr__(self):
        return f"Enrolled({self.client_id!r})"  # the secret is shown nowhere


@dataclass(frozen=True, kw_only=True)
class AnnouncedKey(Record):
    """A public key with which the platform signs its pushes, or soon will; ``ends`` is when it no longer does."""

    key_id: str
    public_key_pem: str
    ends: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Case(Record):
    """One thing that an integration has to show, in English and Chinese."""

    id: str
    title: str
    title_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim(Record):
    """How one case went, says the integration; ``client_ref`` names what it was done with."""

    case: str
    outcome: str = one_of(OUTCOMES)
    client_ref: str = ""
    began: dt.datetime
    ended: dt.datetime
    coded: dict = field(default_factory=dict)  # why it did not pass, a kept `coded_message.CodedMessage`; stays here


@dataclass(frozen=True, kw_only=True)
class Judged(Record):
    """What the platform says of one case."""

    case: str
    passed: bool
    message: str = ""
    message_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class Report(Record):
    """What the platform says of a run."""

    run_id: str
    passed: bool
    cases: tuple[Judged, ...]

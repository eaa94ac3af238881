"""Profiles: all that is known about one platform's wire, replaceable without touching a certificate.

A profile knows how canonical records become request bodies, where they go, how replies and pushes are read,
which state word means which canonical state, and what an error code means for a person. Queue, retries,
signatures, time-outs and states are the same for all profiles and live outside.

>>> get("ccpit-json-1").code
'ccpit-json-1'
>>> get("nothing")
Traceback (most recent call last):
...
LookupError: There is no platform profile named nothing; known are: ccpit-json-1.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field

if typing.TYPE_CHECKING:
    from ..application import Application
    from ..event import Event, EventPage, FilingOutcome, IssuerCheck, Outcome
    from ..filing import Filing
    from ..record import FieldError


DEFAULT = "ccpit-json-1"


@dataclass(frozen=True)
class Call:
    """A request as a profile wants it; ``target`` is path and query below the connection's address."""

    method: str
    target: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # the token call has the secret in it
    authorised: bool = True  # carries the bearer token


@dataclass(frozen=True)
class Reply:
    """An answer as it came: status, header fields and a body of bounded size."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Token:
    """A bearer token and the seconds that it is good for."""

    value: str = field(repr=False)
    expires_in: int


@dataclass(frozen=True)
class Failure:
    """What a refusal says: the platform's code and words, and canonical paths of what is wrong."""

    code: str
    message: str
    errors: tuple[FieldError, ...] = ()
    request_id: str = ""


@dataclass(frozen=True)
class Explanation:
    """An error code for a person: what it means, and what to do next."""

    cause: str
    next_step: str


class Profile(typing.Protocol):
    """What a profile offers. Readers raise `Unreadable` and never anything else, whatever the bytes."""

    code: str
    name: str

    def token_call(self, client_id: str, client_secret: str) -> Call: ...
    def call(self, operation: str, body: bytes = b"", **facts: str) -> Call: ...
    def filing_body(self, filing: Filing) -> bytes: ...
    def application_body(self, application: Application, revision: int, submit: bool) -> bytes: ...
    def reason_body(self, reason: str) -> bytes: ...
    def read_token(self, reply: Reply) -> Token: ...
    def read_filing(self, reply: Reply) -> FilingOutcome: ...
    def read_application(self, reply: Reply) -> Outcome: ...
    def read_events(self, reply: Reply) -> EventPage: ...
    def read_issuer_check(self, reply: Reply) -> IssuerCheck: ...
    def read_failure(self, reply: Reply) -> Failure: ...
    def read_push(self, body: bytes) -> Event: ...
    def explain(self, code: str) -> Explanation | None: ...


def explained(profile: Profile, error: FieldError) -> str:
    """Return what is wrong, with the cause and the next step where the profile's catalogue knows the code."""
    known = profile.explain(error.code)
    return f"{known.cause} {known.next_step} “{error.message}”" if known else error.message


def registry() -> dict[str, Profile]:
    """Return every profile by its code."""
    from . import ccpit_json_1  # noqa: PLC0415  it needs the classes above

    return {profile.code: profile for profile in (ccpit_json_1.PROFILE,)}


def get(code: str) -> Profile:
    """Return the profile of that code, or raise LookupError in words."""
    known = registry()
    if code not in known:
        raise LookupError(f"There is no platform profile named {code}; known are: {', '.join(sorted(known))}.")
    return known[code]

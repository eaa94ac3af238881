"""Profiles: all that is known about one platform's wire, replaceable without touching a certificate.

A profile knows how canonical records become request bodies, where they go, how a request says who asks and is
signed, how replies and pushes are read, which state word means which canonical state, and what an error code means
for a person. Queue, retries, time-outs and states are the same for all profiles and live outside. A module in this
folder that has a ``PROFILE`` is one; add-ons of their own `register` theirs.

>>> get("ccpit-json-1").code
'ccpit-json-1'
>>> get("nothing")
Traceback (most recent call last):
...
LookupError: There is no platform profile named nothing; known are: ccpit-json-1, gacc-xml-2022.
"""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

if typing.TYPE_CHECKING:
    import datetime as dt

    from ..application import Application
    from ..attachment import Attachment
    from ..coded_message import CodedMessage
    from ..event import Event, EventPage, FilingOutcome, IssuerCheck, Outcome
    from ..filing import Filing
    from ..filing_party import Filer
    from ..onboarding import AnnouncedKey, Case, Claim, Enrolled, Enrolment, Report
    from ..record import FieldError
    from ..rules import Broken
    from ..signatures import Signer, Verifier


DEFAULT = "ccpit-json-1"
# How messages travel.
HTTPS, FOLDERS = "https", "folders"
# What a platform may do beside taking applications and saying what became of them.
OFFERS = frozenset({"withdrawal", "cancellation", "filing", "status", "document", "issuer_check", "push", "attachment"})


@dataclass(frozen=True)
class Call:
    """A request as a profile wants it; ``target`` is path and query below the connection's address."""

    method: str
    target: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # the token call has the secret in it


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
class Asker:
    """Who asks: what the platform gave us, our own key, and the token, None at the call that fetches it."""

    client_id: str
    client_secret: str = field(repr=False)
    signer: Signer
    token: str | None = field(repr=False)


@dataclass(frozen=True)
class Known:
    """What a push of the platform can be checked with: its public keys by name, and the secret that we share."""

    keys: Mapping[str, Verifier]
    client_secret: str = field(repr=False)


# What a reply that is no success means; the client raises the error that belongs to it.
RENEW = "renew"  # the token is not accepted: renewed once
FORBIDDEN = "forbidden"  # who asks is not accepted
NOT_FOUND = "not_found"
CONFLICT = "conflict"
BUSY = "busy"
ELSEWHERE = "elsewhere"  # it points to another address
BROKEN = "broken"  # an error of the platform's own: whether it did the work is not known
REFUSED = "refused"


@dataclass(frozen=True)
class Failure:
    """A reply that is no success: what it means, the platform's code and words, canonical paths of what is wrong."""

    kind: str
    code: str
    message: str | CodedMessage
    errors: tuple[FieldError, ...] = ()
    request_id: str = ""
    retry_after: int | None = None  # seconds, of a busy platform


@dataclass(frozen=True)
class Explanation:
    """An error code for a person: what it means, and what to do next."""

    cause: str
    next_step: str


class Profile(typing.Protocol):
    """What a profile offers. Bodies are UTF-8; readers raise `Unreadable` and nothing else, whatever the bytes."""

    code: str
    name: str
    names: Mapping[str, str]  # in other languages than English, by their codes
    wire: str  # HTTPS or FOLDERS; the latter has the readers of `folders.FolderClient` in place of the calls below
    offers: frozenset[str]  # of OFFERS
    is_proven: bool  # whether a real platform has taken a message of it
    attachment_kinds: Mapping[str, str]  # our kinds of papers (`attachment.KINDS`) as it names them
    filer_fields: Sequence[str]  # of `filer.Filer`, what each message has to say beside the application
    can_enrol: bool  # whether a stand-in of this platform takes enterprises by a call
    has_conformance: bool  # whether there are cases to be shown
    needs_conformance: bool  # whether a passed run is asked for before production
    rehearsal_steps: Mapping[str, str]  # which step of a rehearsal shows a case, by the ids of its cases
    announces_keys: bool  # whether it says which keys sign its pushes

    # --- before any certificate; only where the platform has it
    def enrolment_body(self, enrolment: Enrolment) -> bytes: ...
    def read_enrolled(self, reply: Reply) -> Enrolled: ...
    def rehearsal_remark(self, what: str) -> str: ...  # what has a rehearsal's application returned, held, unanswered
    def read_cases(self, reply: Reply) -> tuple[Case, ...]: ...
    def run_body(self, run_ref: str, claims: Sequence[Claim]) -> bytes: ...
    def read_report(self, reply: Reply) -> Report: ...
    def read_keys(self, reply: Reply) -> tuple[AnnouncedKey, ...]: ...

    # --- who asks
    def token_call(self, client_id: str, client_secret: str) -> Call | None: ...  # None: it works without a token
    def sign(
        self, who: Asker, method: str, target: str, body: bytes, *, now: dt.datetime, headers: Mapping[str, str]
    ) -> dict[str, str]: ...  # the header fields, with those that say and prove who asks; raises `KeyUnusable`

    def check_push(
        self, known: Known, method: str, target: str, headers: Mapping, body: bytes, *, now: dt.datetime
    ) -> None: ...  # raises `BadSignature` where this push is not the platform's, made just now

    # --- out
    def call(self, operation: str, body: bytes = b"", **facts: str) -> Call: ...
    def filing_body(self, filing: Filing) -> bytes: ...
    def application_body(self, application: Application, revision: int, submit: bool, filer: Filer) -> bytes: ...
    def attachment_body(self, application: Application, filer: Filer, attachment: Attachment) -> bytes: ...
    def problems(self, application: Application, filer: Filer) -> Sequence[Broken]: ...  # what it would not take
    def reason_body(self, reason: str) -> bytes: ...

    # --- in
    def read_token(self, reply: Reply) -> Token: ...
    def read_filing(self, reply: Reply) -> FilingOutcome: ...
    def read_application(self, reply: Reply) -> Outcome: ...
    def read_events(self, reply: Reply) -> EventPage: ...
    def read_issuer_check(self, reply: Reply) -> IssuerCheck: ...
    def read_document(self, reply: Reply) -> bytes: ...
    def read_failure(self, reply: Reply) -> Failure | None: ...  # None: the reply is a success
    def read_push(self, body: bytes) -> Event: ...
    def explain(self, code: str) -> Explanation | None: ...


def explained(profile: Profile, error: FieldError) -> str:
    """Return what is wrong, with the cause and the next step where the profile's catalogue knows the code."""
    known = profile.explain(error.code)
    return f"{known.cause} {known.next_step} “{error.message}”" if known else error.message


_registered: dict[str, Profile] = {}


def register(profile: Profile) -> None:
    """Make a profile known whose module does not lie in this folder, such as one of another add-on."""
    _registered[profile.code] = profile


def registry() -> dict[str, Profile]:
    """Return every profile by its code."""
    modules = (importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    here = (module.PROFILE for module in modules if hasattr(module, "PROFILE"))
    return {profile.code: profile for profile in (*here, *_registered.values())}


def get(code: str) -> Profile:
    """Return the profile of that code, or raise LookupError in words."""
    known = registry()
    if code not in known:
        raise LookupError(f"There is no platform profile named {code}; known are: {', '.join(sorted(known))}.")
    return known[code]

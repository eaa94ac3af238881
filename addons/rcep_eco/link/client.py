"""Carries messages to a platform over HTTPS, and says exactly what is known when it fails.

What decides is *when* a call broke. Before the connection stood, nothing was sent (`NotSent`); after that, a
time-out, a reset or an answer that cannot be read leaves the outcome open (`UnknownOutcome`), because the
platform may have done the work. Redirects are refused: a signed message goes where the administrator said.

::

    client = Client(profiles.get(profiles.DEFAULT), Connection("https://platform.example", "C-1", secret), signer)
    body = client.profile.application_body(application, revision=1, submit=True)
    outcome = client.submit(application.client_ref, body, message_id)
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import ssl
import time
import urllib.parse
import zlib
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

import requests
import requests.auth
import urllib3.exceptions

from . import profiles
from .coded_message import CodedMessage
from .errors import (
    Busy,
    Conflict,
    NotFound,
    NotSent,
    Refused,
    TimeOver,
    Unauthorised,
    UnknownOutcome,
    Unreadable,
    plain,
)
from .event import EventPage, FilingOutcome, IssuerCheck, Outcome
from .guarded_connections import Limit, NoPlatformThere, NotInClear, SocksProxy, left, watched_session, within
from .onboarding import AnnouncedKey, Case, Claim, Enrolled, Enrolment, Report
from .profiles import Asker, Call, Failure, Profile, Reply
from .signatures import Signer

USER_AGENT = "rcep-eco-link/1"
REPLY_LIMIT = 20 * 1024 * 1024  # bytes; a signed PDF of fifty sheets stays far below
CHUNK = 64 * 1024
TOKEN_MARGIN = 30  # seconds before its end at which a token is no longer used
PACKINGS = {"identity": False, "": False, "gzip": True, "x-gzip": True, "deflate": True}  # and whether it is packed
ZLIB_OR_GZIP = 47  # whichever its first bytes say
PDF_START, PDF_END = b"%PDF-", b"%%EOF"
PDF_TAIL = 1024  # bytes in which readers look for its end

REFUSALS = {
    profiles.RENEW: Unauthorised,
    profiles.FORBIDDEN: Unauthorised,
    profiles.NOT_FOUND: NotFound,
    profiles.CONFLICT: Conflict,
    profiles.REFUSED: Refused,
}
LOCAL_MISTAKES = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidProxyURL,
)
BEFORE_SENDING = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.ProxyError,
    ssl.SSLCertVerificationError,
)


@dataclass(frozen=True)
class Connection:
    """Where a company's platform is and who we are there; time-outs in seconds.

    ``longest`` is how long one call may take in all, its token included: by the clock on the wall, whatever the other
    side does meanwhile; both time-outs together where it is not said. ``plain_hosts``: see `wires.watched_session`.
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    longest: float = 0.0
    plain_hosts: frozenset[str] = frozenset()

    def seconds(self) -> float:
        """How long one call may take."""
        both = self.connect_timeout + self.read_timeout
        return min(both, self.longest) if self.longest else both


class Client:
    """One company's way to one platform; ``tokens`` may be shared to keep tokens between clients.

    Every method raises only `LinkError` for what goes wrong outside, and what the signer raises.
    """

    def __init__(
        self,
        profile: Profile,
        connection: Connection,
        signer: Signer,
        session: requests.Session | None = None,
        tokens: MutableMapping | None = None,
    ):
        self.profile = profile
        self.connection = connection
        self.signer = signer
        self._session = session or watched_session(connection.plain_hosts)
        self._tokens = {} if tokens is None else tokens
        self._base = connection.base_url.rstrip("/")
        self.skew: float | None = None  # seconds that the platform's clock was ahead of ours at its last answer

    # --- calls, in canonical words
    def file_product(self, client_ref: str, body: bytes, message_id: str) -> FilingOutcome:
        """Send a product filing (`profile.filing_body`); the same bytes again are a duplicate, no harm."""
        return self._read("read_filing", "file_product", body, message_id, client_ref=client_ref)

    def filing_status(self, client_ref: str) -> FilingOutcome:
        """Ask for a product filing; `NotFound` when it was never received."""
        return self._read("read_filing", "filing_status", client_ref=client_ref)

    def submit(self, client_ref: str, body: bytes, message_id: str, revision: int = 0) -> Outcome:
        """Send a revision of an application (`profile.application_body`), which says its number itself."""
        return self._read("read_application", "submit", body, message_id, client_ref=client_ref)

    def status(self, client_ref: str, revision: int = 0) -> Outcome:
        """Ask for the whole state of an application, of its last revision; `NotFound` when it was never received."""
        return self._read("read_application", "status", client_ref=client_ref)

    def withdraw(self, client_ref: str, body: bytes, message_id: str) -> Outcome:
        """Take an application back before it is issued (`profile.reason_body`); repeating is success."""
        return self._read("read_application", "withdraw", body, message_id, client_ref=client_ref)

    def cancel(self, certificate_id: str, body: bytes, message_id: str) -> Outcome:
        """Have an issued certificate cancelled (`profile.reason_body`); repeating is success."""
        return self._read("read_application", "cancel", body, message_id, certificate_id=certificate_id)

    def events(self, after: str = "") -> EventPage:
        """Read the feed of the enterprise's events after a cursor ("" from the start)."""
        return self._read("read_events", "events", after=after)

    def document(self, certificate_id: str) -> bytes:
        """Return the PDF that the issuing body signed, byte for byte."""
        body = self._read("read_document", "document", certificate_id=certificate_id)
        if not body.startswith(PDF_START) or PDF_END not in body[-PDF_TAIL:]:  # cut off, it would be kept for good
            raise UnknownOutcome(CodedMessage("no_pdf"))
        return body

    def issuer_check(self, certificate_id: str) -> IssuerCheck:
        """Return the address of the issuing body's own page for a certificate."""
        return self._read("read_issuer_check", "issuer_check", certificate_id=certificate_id)

    def within(self, seconds: float = 0.0):
        """Everything that is asked in this block takes no longer than one call, or than so many seconds."""
        return within(seconds or self.connection.seconds())

    def connect(self) -> None:
        """Fetch a new token and use it: tells whether address, client number, secret, key and clock are accepted."""
        with self.within():
            self._tokens.pop(self._token_key(), None)
            self.events()

    # --- before any certificate
    def enrol(self, enrolment: Enrolment) -> Enrolled:
        """Have a stand-in take this enterprise; signed with our key, without a token, since nobody knows us yet."""
        reply = self._exchange(self.profile.call("enrol", self.profile.enrolment_body(enrolment)), "", None)
        return self.profile.read_enrolled(self._accepted(reply))

    def announced_keys(self) -> tuple[AnnouncedKey, ...]:
        """Return the keys that the platform announces for its pushes, asked for as who we are."""
        return self._read("read_keys", "keys")

    def conformance(self) -> tuple[Case, ...]:
        """Return the cases that the platform asks an integration to show."""
        return self._read("read_cases", "conformance")

    def report_run(self, run_ref: str, claims: Sequence[Claim], message_id: str) -> Report:
        """Claim how the cases went; the platform says what it saw of them."""
        return self._read("read_report", "conformance_run", self.profile.run_body(run_ref, claims), message_id)

    # --- one call
    def _read(self, reader: str, operation: str, body: bytes = b"", message_id: str = "", **facts):
        with self.within():
            reply = self._ask(self.profile.call(operation, body, **facts), message_id)
        try:
            return getattr(self.profile, reader)(reply)
        except Unreadable as error:
            raise UnknownOutcome(CodedMessage("answer_unreadable", status=reply.status, reason=error.coded)) from error

    def _ask(self, call: Call, message_id: str = "") -> Reply:
        reply = self._exchange(call, message_id, self._token())
        failure = self.profile.read_failure(reply)
        if failure and failure.kind == profiles.RENEW:
            self._tokens.pop(self._token_key(), None)
            reply = self._exchange(call, message_id, self._token())
        return self._accepted(reply)

    def _accepted(self, reply: Reply) -> Reply:
        """A reply that is a success; any other is raised as what it means."""
        failure = self.profile.read_failure(reply)
        if failure:
            self._raise(failure, reply)
        return reply

    @staticmethod
    def _raise(failure: Failure, reply: Reply) -> None:
        if failure.kind == profiles.BUSY:
            raise Busy(failure.retry_after, failure.request_id)
        if failure.kind == profiles.BROKEN:
            raise UnknownOutcome(CodedMessage("own_error", status=reply.status, code=failure.code))
        if failure.kind == profiles.ELSEWHERE:
            raise Refused(reply.status, "redirect", CodedMessage("redirected"))
        refusal = REFUSALS[failure.kind]
        raise refusal(reply.status, failure.code, failure.message, failure.errors, failure.request_id)

    def _exchange(self, call: Call, message_id: str, token: str | None) -> Reply:
        target = self._target(call)
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **call.headers}
        if message_id:
            headers["Idempotency-Key"] = message_id
        now = dt.datetime.now(dt.timezone.utc)
        who = Asker(self.connection.client_id, self.connection.client_secret, self.signer, token)
        signed = self.profile.sign(who, call.method, target, call.body, now=now, headers=headers)
        request = requests.Request(
            call.method, self._base + call.target, headers=signed, data=call.body or None, auth=_AsSigned()
        )
        seconds = left(self.connection.seconds())
        if not seconds:
            raise TimeOver(CodedMessage("time_over"))
        with Limit(seconds) as limit:
            try:
                return self._transfer(request, limit)
            except SocksProxy as error:
                raise NotSent(CodedMessage("socks_proxy")) from error
            except LOCAL_MISTAKES as error:
                if limit.sending:  # what is wrong is in the answer, so the message may have arrived
                    raise self._transport_error(error, limit) from error
                raise self._unusable() from error
            except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
                raise self._transport_error(error, limit) from error

    def _target(self, call: Call) -> str:
        """Return path and query as they will stand on the request line."""
        try:
            target = urllib.parse.urlsplit(self._base).path + call.target
            target.encode("ascii")  # of other characters each library makes its own escape, so no signature would fit
        except ValueError as error:
            raise self._unusable() from error
        return target

    def _unusable(self) -> NotSent:
        return NotSent(CodedMessage("address_unusable", address=plain(self._base)))

    def _transfer(self, request: requests.Request, limit) -> Reply:
        prepared = self._session.prepare_request(request)
        timeouts = (self.connection.connect_timeout, self.connection.read_timeout)
        settings = self._session.merge_environment_settings(prepared.url, {}, True, True, None)
        with self._session.send(prepared, timeout=timeouts, allow_redirects=False, **settings) as response:
            if (response.raw.length_remaining or 0) > REPLY_LIMIT:  # as it says itself
                raise UnknownOutcome(CodedMessage("too_long"))
            body = self._body(response)
            if limit.over:  # what was cut off may look whole
                raise UnknownOutcome(self._too_slow(limit))
            self._note_clock(response.headers.get("Date"))
            return Reply(response.status_code, response.headers, body)

    def _body(self, response) -> bytes:
        """The body, unpacked here: libraries unpack all that came, which may be gigabytes, before they give any."""
        packing = response.headers.get("Content-Encoding", "identity").strip().lower()
        if packing not in PACKINGS:
            raise UnknownOutcome(CodedMessage("packed", packing=plain(packing[:40])))
        unpack = zlib.decompressobj(ZLIB_OR_GZIP) if PACKINGS[packing] else None
        body = bytearray()
        for chunk in response.raw.stream(CHUNK, decode_content=False):
            body += unpack.decompress(chunk, REPLY_LIMIT + 1 - len(body)) if unpack else chunk
            if len(body) > REPLY_LIMIT:
                raise UnknownOutcome(CodedMessage("too_long"))
        if body and unpack and not unpack.eof:
            raise UnknownOutcome(CodedMessage("packed", packing=plain(packing[:40])))
        return bytes(body)

    def _note_clock(self, date: str | None) -> None:
        with contextlib.suppress(ValueError, TypeError, IndexError):  # not every answer says a time that can be read
            self.skew = (email.utils.parsedate_to_datetime(date) - dt.datetime.now(dt.timezone.utc)).total_seconds()

    def _too_slow(self, limit):
        return CodedMessage("too_slow", seconds=round(limit.seconds))

    def _transport_error(self, error, limit):
        where = plain(urllib.parse.urlsplit(self._base).netloc)
        if limit.sending is not False and limit.over:
            return UnknownOutcome(self._too_slow(limit))
        if limit.sending is False or any(isinstance(cause, BEFORE_SENDING) for cause in _causes(error)):
            return NotSent(CodedMessage("not_reached", where=where, reason=_reason(error)))
        return UnknownOutcome(CodedMessage("no_answer", where=where, reason=_reason(error)))

    # --- token
    def _token_key(self):
        return self._base, self.connection.client_id

    def _token(self) -> str:
        value, good_until = self._tokens.get(self._token_key(), ("", 0.0))
        if value and time.monotonic() < good_until:
            return value
        call = self.profile.token_call(self.connection.client_id, self.connection.client_secret)
        if call is None:
            return ""
        try:
            token = self.profile.read_token(self._accepted(self._exchange(call, "", None)))
        except TimeOver:
            raise
        except (UnknownOutcome, Unreadable) as error:  # the message itself has not left yet
            raise NotSent(CodedMessage("not_sent_no_token", reason=error.coded)) from error
        lifetime = max(token.expires_in - TOKEN_MARGIN, token.expires_in / 2)
        self._tokens[self._token_key()] = (token.value, time.monotonic() + lifetime)
        return token.value


def reach(base_url: str, seconds: float, plain_hosts: frozenset[str] = frozenset()) -> None:
    """See that some server answers at an address, and tell it nothing.

    :raises NotSent: where none does within so many seconds
    """
    request = requests.Request("GET", base_url, headers={"User-Agent": USER_AGENT}, auth=_AsSigned())
    session = watched_session(plain_hosts)
    try:
        with Limit(seconds), session.send(
            session.prepare_request(request), timeout=seconds, allow_redirects=False, stream=True
        ):
            return
    except SocksProxy as error:
        raise NotSent(CodedMessage("socks_proxy")) from error
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        raise NotSent(CodedMessage("no_server", address=plain(base_url), reason=_reason(error))) from error


class _AsSigned(requests.auth.AuthBase):
    """Keeps `requests` from taking credentials out of a netrc file: the profile has set what says who asks."""

    def __call__(self, request):
        return request


def _causes(error):
    """Yield an exception and everything that it wraps, as `requests` and `urllib3` wrap each other."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen or not isinstance(cause, BaseException):
            continue
        seen.add(id(cause))
        yield cause
        waiting += [getattr(cause, "reason", None), getattr(cause, "original_error", None)]
        waiting += [cause.__cause__, cause.__context__, *cause.args]


REASONS = (
    (NotInClear, "in_clear"),
    (NoPlatformThere, "no_platform_there"),
    (ssl.SSLCertVerificationError, "tls_untrusted"),
    (urllib3.exceptions.ProxyError, "proxy"),
    (urllib3.exceptions.NameResolutionError, "unknown_name")
    if hasattr(urllib3.exceptions, "NameResolutionError")
    else (OSError, "network"),
    (urllib3.exceptions.ConnectTimeoutError, "connection_late"),
    (urllib3.exceptions.NewConnectionError, "connection_refused"),
    (requests.exceptions.ReadTimeout, "answer_late"),
    (urllib3.exceptions.ReadTimeoutError, "answer_late"),
    (ssl.SSLError, "tls_broke"),
)


def _reason(error) -> CodedMessage:
    causes = list(_causes(error))
    for kind, code in REASONS:
        if any(isinstance(cause, kind) for cause in causes):
            return CodedMessage(code)
    return CodedMessage("connection_broke")

"""Profile ``ccpit-json-1``: OUR JSON profile of an origin data platform. It is not an official text.

No field list or interface description of the RCEP e-CO platform is public. This profile has the shape that
public middleware uses and carries what the users' requirements demand; this project's sandbox speaks it. When
an official description appears, another profile takes its place and nothing else changes.

Words, states, codes and the error catalogue are data, in ``ccpit_json_1.json``. Answers come in an envelope
``{code, message, data, errors: [{path, code, message}], request_id}`` whose paths are JSON pointers into the
request (``/application/goods/0/hs_code``).

>>> PROFILE.call("status", client_ref="7c1d")
Call(method='GET', target='/v1/applications/7c1d', body=b'')
>>> PROFILE.path("/application/goods/0/hs_code")
'items.0.hs6'
>>> PROFILE.pointer("application", "items.0.hs6")
'/application/goods/0/hs_code'
>>> PROFILE.explain("no_filing").next_step
'File the product, wait until the filing is accepted, then submit again.'
"""

from __future__ import annotations

import base64
import contextlib
import json
import pathlib
import re
import urllib.parse

from .. import signatures
from ..application import Application
from ..canonical import canonical_bytes
from ..coded_message import CodedMessage
from ..conformance import Rehearsal
from ..errors import Unreadable, plain
from ..event import Event, EventPage, FilingOutcome, IssuerCheck, Outcome
from ..filing import Filing
from ..filing_party import NOBODY, Filer
from ..onboarding import AnnouncedKey, Case, Enrolled, Enrolment, Judged, Report
from ..record import FieldError, InvalidRecord, read_date, read_datetime
from ..rules import Broken
from . import BUSY, HTTPS, OFFERS, Asker, Call, Explanation, Failure, Known, Reply, Token, http_status
from .ccpit_json_1_errors import ERRORS
from .field_table import Wording
from .strict_json import (
    LONGEST_ADDRESS,
    Beside,
    address_of,
    check_once,
    count_of,
    digest_of,
    is_storable,
    json_of,
    moment_of,
    number_of,
    object_of,
    odd_event,
    parsed,
    reference_of,
    unfit,
)

TABLES = {**json.loads(pathlib.Path(__file__).with_suffix(".json").read_text(encoding="utf-8")), "errors": ERRORS}
JSON_BODY = {"Content-Type": "application/json"}
MOST_ERRORS = 200  # of one reply
MOST_EVENTS = 5000  # in one page of the feed
TOKEN = re.compile(r"[\x21-\x7e]{1,8192}")  # it goes into a header field
SAY_WHY = ("returned", "rejected", "withdrawn", "cancelled")  # states that come with a reason
ROOTS = {"application": Application, "filing": Filing}  # what request bodies hold
TOKEN_SECONDS = 300  # where a reply does not say how long its token is good for


class CcpitJson1:
    """The profile; stateless, so one object serves every company."""

    code = TABLES["code"]
    name = TABLES["name"]
    names = TABLES["names"]
    wire = HTTPS
    offers = OFFERS - {"attachment"}
    is_proven = False
    filer_fields = ()
    can_enrol = True
    has_conformance = needs_conformance = True
    rehearsal_steps = TABLES["rehearsal_steps"]
    announces_keys = True

    def __init__(self):
        self._wording = Wording(TABLES["words"], TABLES["codes"])

    # --- before any certificate
    def enrolment_body(self, enrolment: Enrolment) -> bytes:
        """Return the bytes of an enrolment, which only a stand-in takes by a call."""
        return canonical_bytes(enrolment.to_json())

    def read_enrolled(self, reply: Reply) -> Enrolled:
        _envelope, data = self._data(reply)
        names = ("client_id", "client_secret", "platform_key_id", "platform_public_key_pem")
        try:
            return Enrolled(**{name: data.get(name) for name in names})
        except InvalidRecord:
            raise Unreadable(CodedMessage("no_credentials")) from None  # not repeated here

    def rehearsal(self, *arguments) -> Rehearsal:
        """A run of the platform's cases, by the arguments of `rehearsal.Rehearsal`."""
        return Rehearsal(*arguments)

    def rehearsal_remark(self, what: str) -> str:
        return TABLES["rehearsal"][what]

    def read_cases(self, reply: Reply) -> tuple[Case, ...]:
        return self._list(reply, "cases", lambda each: Case(
            id=each.get("id"), title=each.get("title"), title_zh=each.get("title_zh") or ""))  # fmt: skip

    def run_body(self, run_ref: str, claims) -> bytes:
        """Return the bytes of a run's report."""
        rows = [
            {"id": claim.case, "client_ref": claim.client_ref, "outcome": claim.outcome,
             "started_at": claim.began.isoformat(), "ended_at": claim.ended.isoformat()}
            for claim in claims
        ]  # fmt: skip
        return canonical_bytes({"run_ref": run_ref, "cases": rows})

    def read_report(self, reply: Reply) -> Report:
        _envelope, data = self._data(reply)
        cases = self._list(reply, "cases", lambda each: Judged(
            case=each.get("id"), passed=each.get("passed") is True, message=plain(each.get("message") or ""),
            message_zh=plain(each.get("message_zh") or "")))  # fmt: skip
        return self._made(
            Report, reply.body, run_id=data.get("run_id"), passed=data.get("passed") is True, cases=cases
        )

    def read_keys(self, reply: Reply) -> tuple[AnnouncedKey, ...]:
        return self._each(reply, "keys", lambda each: AnnouncedKey(
            key_id=each.get("key_id"), public_key_pem=each.get("public_key_pem"),
            ends=moment_of(read_datetime, each.get("ends"), reply.body)))  # fmt: skip

    # --- requests
    def token_call(self, client_id: str, client_secret: str) -> Call:
        """OAuth 2.0 client credentials, RFC 6749 section 4.4, with HTTP Basic (section 2.3.1)."""
        pair = ":".join(urllib.parse.quote_plus(part) for part in (client_id, client_secret))
        method, target = TABLES["operations"]["token"]
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
        }
        return Call(method, target, b"grant_type=client_credentials", headers)

    def sign(self, who: Asker, method: str, target: str, body: bytes, *, now, headers) -> dict[str, str]:
        """RFC 9421 with the digest of RFC 9530, and the bearer token of RFC 6750."""
        signed = signatures.sign(who.signer, method, target, body, now=now, headers=headers)
        return signed if who.token is None else {**signed, "Authorization": f"Bearer {who.token}"}

    def check_push(self, known: Known, method: str, target: str, headers, body: bytes, *, now) -> None:
        """Pushes are signed as our requests are; raises `BadSignature`."""
        signatures.verify(known.keys, method, target, headers, body, now=now)

    def call(self, operation: str, body: bytes = b"", **facts: str) -> Call:
        """Return the request of an operation; ``facts`` fill the places in its address."""
        method, target = TABLES["operations"][operation]
        filled = target.format(**{key: urllib.parse.quote(str(fact), safe="") for key, fact in facts.items()})
        return Call(method, filled, body, JSON_BODY if body else {})

    def filing_body(self, filing: Filing) -> bytes:
        """Return the bytes of a product filing."""
        return canonical_bytes({"filing": self._wording.out(filing)})

    def application_body(
        self, application: Application, revision: int, submit: bool, filer: Filer = NOBODY
    ) -> bytes:
        """Return the bytes of revision 1, 2, … of an application, to be saved or to be submitted."""
        content = self._wording.out(application)
        return canonical_bytes({"revision": revision, "submit": submit, "application": content})

    def problems(self, application: Application, filer: Filer) -> tuple:
        """Beside the form's own rules there is one: it is the platform of one agreement."""
        if application.agreement == "RCEP":
            return ()
        return (Broken("agreement", "other", CodedMessage("other_agreement", agreement=application.agreement)),)

    def reason_body(self, reason: str) -> bytes:
        """Return the bytes of a withdrawal or a cancellation."""
        return canonical_bytes({"reason": reason})

    def read_application_body(self, body: bytes) -> Application:
        """Return the application that a request body says: the inverse of `application_body`."""
        return self._record(Application, object_of(json_of(body), "application", body), body)

    def read_filing_body(self, body: bytes) -> Filing:
        """Return the filing that a request body says: the inverse of `filing_body`."""
        return self._record(Filing, object_of(json_of(body), "filing", body), body)

    # --- replies
    def read_token(self, reply: Reply) -> Token:
        data = json_of(reply.body)
        value, seconds = data.get("access_token"), data.get("expires_in", TOKEN_SECONDS)
        if not isinstance(value, str) or not TOKEN.fullmatch(value):
            raise Unreadable(CodedMessage("no_token"))  # and is not repeated here
        return Token(value, seconds if type(seconds) is int and seconds > 0 else TOKEN_SECONDS)

    def read_filing(self, reply: Reply) -> FilingOutcome:
        envelope, data = self._data(reply)
        return self._made(
            FilingOutcome,
            reply.body,
            client_ref=data.get("client_ref"),
            state=_word("filing_states", data.get("state"), reply.body),
            duplicate=data.get("duplicate") is True,
            content_digest=digest_of(data.get("content_digest")),
            valid_until=moment_of(read_date, data.get("valid_until"), reply.body),
            errors=self._errors(data.get("errors"), "/filing"),
            request_id=plain(envelope.get("request_id") or ""),
            raw=data,
        )

    def read_application(self, reply: Reply) -> Outcome:
        envelope, data = self._data(reply)
        return self._made(
            Outcome,
            reply.body,
            **self._whole_state(data, reply.body),
            duplicate=data.get("duplicate") is True,
            occurred_at=moment_of(read_datetime, data.get("occurred_at"), reply.body),
            request_id=plain(envelope.get("request_id") or ""),
        )

    def read_events(self, reply: Reply) -> EventPage:
        value, twice = parsed(reply.body)
        if not isinstance(value, dict):
            raise Unreadable(CodedMessage("no_object"), reply.body)
        data = object_of(value, "data", reply.body)
        events = data.get("events")
        if not isinstance(events, list):
            raise Unreadable(CodedMessage("no_list_named", name="events"), reply.body)
        if len(events) > MOST_EVENTS:
            raise Unreadable(CodedMessage("feed_long_page", events=MOST_EVENTS), reply.body)
        read, odd, remarks = [], [], []
        for event in events:
            try:
                check_once(event, twice, reply.body)
                read.append(self._event(event, reply.body))
            except Unreadable as error:
                odd.append(odd_event(event, error.coded))
        cursor = data.get("cursor")
        if not isinstance(cursor, str) or len(cursor) > LONGEST_ADDRESS or not is_storable(cursor):
            remarks.append(CodedMessage("no_place_in_feed").to_json())
            cursor = ""
        more = bool(cursor) and data.get("more") is True
        return EventPage(events=tuple(read), odd=tuple(odd), cursor=cursor, more=more, remarks=tuple(remarks))

    def read_issuer_check(self, reply: Reply) -> IssuerCheck:
        _envelope, data = self._data(reply)
        return self._made(
            IssuerCheck, reply.body, url=data.get("check_url"), token=data.get("check_token") or ""
        )

    def read_document(self, reply: Reply) -> bytes:
        return reply.body

    def read_failure(self, reply: Reply) -> Failure | None:
        """Return what a refusal says; where it says nothing readable, the status alone speaks."""
        kind = http_status.kind_of(reply.status)
        if kind is None:
            return None
        try:
            envelope = json_of(reply.body)
        except Unreadable:
            envelope = {}
        return Failure(
            kind,
            plain(envelope.get("code") or ""),
            plain(envelope.get("message") or "") or CodedMessage("no_explanation"),
            self._errors(envelope.get("errors"), ""),
            plain(envelope.get("request_id") or ""),
            http_status.retry_after(reply) if kind == BUSY else None,
        )

    def read_push(self, body: bytes) -> Event:
        """Return the event of a push's body; raises `Unreadable`."""
        return self._event(json_of(body), body)

    # --- words
    def explain(self, code: str) -> Explanation | None:
        """Return what an error code of this platform means for a person, or None."""
        entry = TABLES["errors"].get(code)
        return Explanation(*entry) if entry else None

    def path(self, pointer: str) -> str:
        """Return the canonical path of a JSON pointer into a request body."""
        for root, cls in ROOTS.items():
            start = f"/{root}"
            if pointer == start or pointer.startswith(f"{start}/"):
                return self._wording.path(cls, pointer[len(start) :])
        return plain(pointer).lstrip("/").replace("/", ".")

    def pointer(self, root: str, path: str) -> str:
        """Return the JSON pointer of a canonical path below ``application`` or ``filing``: the inverse of `path`."""
        return f"/{root}{self._wording.pointer(ROOTS[root], path)}" if path else f"/{root}"

    def _list(self, reply, name, made) -> tuple:
        _envelope, data = self._data(reply)
        found = data.get(name)
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise Unreadable(CodedMessage("no_list_named", name=name), reply.body)
        try:
            return tuple(made(each) for each in found)
        except InvalidRecord as invalid:
            raise unfit(invalid, reply.body) from invalid

    def _each(self, reply, name, made) -> tuple:
        """As `_list`, without what makes no sense: one of them does not hold up the others."""
        _envelope, data = self._data(reply)
        found = data.get(name)
        if not isinstance(found, list):
            raise Unreadable(CodedMessage("no_list_named", name=name), reply.body)
        read = []
        for each in found[:MOST_ERRORS]:
            with contextlib.suppress(InvalidRecord, Unreadable):
                read += [made(each)] if isinstance(each, dict) else []
        return tuple(read)

    def _data(self, reply):
        envelope = json_of(reply.body)
        return envelope, object_of(envelope, "data", reply.body)

    def _event(self, data, body) -> Event:
        if not isinstance(data, dict):
            raise Unreadable(CodedMessage("no_event"), body)
        moment = moment_of(read_datetime, data.get("occurred_at"), body)
        state = self._whole_state(data, body)
        return self._made(Event, body, event_id=reference_of(data.get("event_id"), body), occurred_at=moment, **state)

    def _whole_state(self, data, body) -> dict:
        """What decides is read or refused; what is only said beside is left out where it makes no sense."""
        remarks: list[dict] = []
        beside = Beside(data, body, remarks)
        return {
            "client_ref": reference_of(data.get("client_ref"), body),
            "revision": count_of(data.get("revision"), body),
            "sequence": count_of(data.get("sequence"), body),
            "state": _word("states", data.get("state"), body),
            "certificate_id": reference_of(data.get("certificate_id") or "", body),
            "certificate_no": number_of(data.get("certificate_no") or "", body),
            "issued_at": moment_of(read_datetime, data.get("issued_at"), body),
            "valid_until": beside.fact("valid_until", lambda message: moment_of(read_date, message, body), None),
            "print_state": beside.fact("print_state", lambda message: _word("print_states", message or "", body), ""),
            "errors": self._errors(data.get("errors"), "/application") + self._reason(data),
            "issuer_check_url": beside.fact("issuer_check_url", lambda message: address_of(message or "", body), ""),
            "content_digest": digest_of(data.get("content_digest")),
            "remarks": tuple(remarks),
            "raw": data,
        }

    def _reason(self, data) -> tuple[FieldError, ...]:
        """Why it was refused or ended, where one text says that and not a field of its own."""
        reason = plain(data.get("reason") or "") if TABLES["states"].get(data.get("state")) in SAY_WHY else ""
        return (FieldError(path=self.path("/application"), code="", message=reason),) if reason else ()

    def _errors(self, entries, root) -> tuple[FieldError, ...]:
        if not isinstance(entries, list):
            return ()
        found = []
        for entry in entries[:MOST_ERRORS]:
            if isinstance(entry, dict):
                pointer, code, message = (plain(entry.get(key) or "") for key in ("path", "code", "message"))
                path = self.path(pointer if pointer.startswith(root or "/") else f"{root}/{pointer.lstrip('/')}")
                found.append(FieldError(path=path, code=code, message=message))
        return tuple(found)

    def _record(self, cls, wire, body):
        try:
            return self._wording.back(cls, wire)
        except InvalidRecord as invalid:
            raise unfit(invalid, body) from invalid

    @staticmethod
    def _made(made, body, **facts):
        try:
            return made(**facts)
        except InvalidRecord as invalid:
            raise unfit(invalid, body) from invalid


def _word(table: str, word, body: bytes) -> str:
    known = TABLES[table]
    if not isinstance(word, str) or word not in known:
        raise Unreadable(CodedMessage("no_such_word", word=plain(word), known=", ".join(filter(None, known))), body)
    return known[word]


PROFILE = CcpitJson1()

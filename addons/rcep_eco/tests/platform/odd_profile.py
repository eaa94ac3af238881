"""A profile as odd as can be, for tests: a platform that shares nothing with ours but what it is for.

One address for everything, success told by a word and not by the status, no tokens and no keys but a shared secret
(HMAC-SHA256), other words, states by number, places counted from one, dates in another form, the document inside JSON.
Written as a file of ``link/profiles/`` would be, and loaded as if it lay there: see :mod:`.odd_platform`.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
from types import MappingProxyType

from ..application import Application
from ..canonical import canonical_bytes
from ..errors import BadSignature, Unreadable, plain
from ..event import Event, EventPage, FilingOutcome, IssuerCheck, Outcome
from ..filing import Filing
from ..record import FieldError, InvalidRecord
from . import (
    BROKEN,
    BUSY,
    CONFLICT,
    FORBIDDEN,
    HTTPS,
    NOT_FOUND,
    OFFERS,
    REFUSED,
    Asker,
    Call,
    Explanation,
    Failure,
    Known,
    Reply,
)
from .field_table import Wording

WORDS = {
    "Application": {"items": "SPXX", "exporter": "FHR", "invoices": "FP", "importing_party": "MDG"},
    "Filing": {"materials": "CL", "hs6": "HSBM", "product_ref": "HH"},
    "Item": {"number": "XH", "hs6": "HSBM", "marks": "MT", "criterion": "YCDBZ"},
    "Invoice": {"number": "FPH"},
}
CODES = {"Item.criterion": {"WO": "1", "PE": "2", "CTC": "3", "RVC": "4", "CR": "5"}}
STATES = {10: "submitted", 20: "under_review", 30: "returned", 40: "issued", 50: "rejected", 60: "withdrawn",
          70: "cancelled", 71: "replaced"}  # fmt: skip
FILING_STATES = {0: "pending", 1: "accepted", 2: "returned"}
KINDS = {"E1": FORBIDDEN, "E4": NOT_FOUND, "E5": CONFLICT, "E7": BUSY, "E9": BROKEN}
OPERATIONS = {
    "file_product": "BA", "filing_status": "BACX", "submit": "SQ", "status": "SQCX", "withdraw": "CH", "cancel": "ZX",
    "events": "XX", "document": "WJ", "issuer_check": "YZ",
}  # fmt: skip
ADDRESS = "/gw"
WINDOW = dt.timedelta(minutes=5)
MOMENT = "%Y%m%d%H%M%S"


def mac(secret: str, stamp: str, body: bytes) -> str:
    """What proves who says this."""
    return hmac.new(secret.encode(), stamp.encode() + b"\n" + body, hashlib.sha256).hexdigest()


class Odd:
    """The profile."""

    code = "odd-1"
    name = "A platform that is quite different"
    names = {}
    wire = HTTPS
    offers = OFFERS - {"attachment"}
    is_proven = False
    filer_fields = ()
    can_enrol = False
    has_conformance = needs_conformance = False
    rehearsal_steps = MappingProxyType({})
    announces_keys = False

    def __init__(self):
        self._wording = Wording(WORDS, CODES)

    # --- who asks
    def token_call(self, _client_id, _client_secret):
        return None

    def sign(self, who: Asker, _method, _target, body, *, now, headers):
        stamp = now.astimezone(dt.timezone.utc).strftime(MOMENT)
        return {**headers, "X-App": who.client_id, "X-Stamp": stamp, "X-Mac": mac(who.client_secret, stamp, body)}

    def check_push(self, known: Known, _method, _target, headers, body, *, now):
        stamp, given = headers.get("X-Stamp") or "", headers.get("X-Mac") or ""
        try:
            moment = dt.datetime.strptime(stamp, MOMENT).replace(tzinfo=dt.timezone.utc)
        except ValueError:
            raise BadSignature("The push does not say when it was made.") from None
        if not hmac.compare_digest(mac(known.client_secret, stamp, body), given) or abs(now - moment) > WINDOW:
            raise BadSignature("The push is not the platform's, or not just now.")

    # --- out
    def call(self, operation, body=b"", **facts):
        values = {"op": OPERATIONS[operation], "who": facts, "what": json.loads(body) if body else None}
        return Call("POST", ADDRESS, canonical_bytes(values), {"Content-Type": "text/plain"})

    def filing_body(self, filing):
        return canonical_bytes(["BA", self._wording.out(filing)])

    def problems(self, application, filer):
        return ()

    def application_body(self, application, revision, submit, filer=None):
        return canonical_bytes(["SQ", revision, submit, self._wording.out(application)])

    def reason_body(self, reason):
        return canonical_bytes(["LY", reason])

    # --- in
    def read_application_body(self, body):
        return self._record(Application, body)

    def read_filing_body(self, body):
        return self._record(Filing, body)

    def read_filing(self, reply):
        result = _result(reply.body)
        return _made(FilingOutcome, client_ref=result.get("id"), state=_state(FILING_STATES, result),
                     errors=self._errors(Filing, result), raw=result)  # fmt: skip

    def read_application(self, reply):
        result = _result(reply.body)
        return _made(Outcome, **self._whole(result), duplicate=result.get("again") == "Y")

    def read_events(self, reply):
        result = _result(reply.body)
        found = result.get("list")
        if not isinstance(found, list):
            raise Unreadable("No list of news.", reply.body)
        events = tuple(self._event(each) for each in found)
        return _made(EventPage, events=events, cursor=result.get("upto"), more=result.get("more") == "Y")

    def read_document(self, reply):
        try:
            return base64.b64decode(_result(reply.body).get("pdf"), validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise Unreadable("No document.", reply.body) from None

    def read_issuer_check(self, reply):
        return _made(IssuerCheck, url=_result(reply.body).get("url"))

    def read_failure(self, reply: Reply):
        try:
            data = _json(reply.body)
        except Unreadable:
            return Failure(BROKEN, str(reply.status), "no sense in the answer")
        ret = str(data.get("ret"))
        if ret == "0":
            return None
        again = data.get("again")
        return Failure(
            KINDS.get(ret[:2], REFUSED), plain(ret), plain(data.get("tip") or ""), self._errors(Application, data),
            retry_after=again if type(again) is int else None,
        )  # fmt: skip

    def read_push(self, body):
        return self._event(_json(body))

    def explain(self, code):
        return Explanation("The marks name another origin.", "Correct the marks.") if code == "E6" else None

    def _event(self, message):
        if not isinstance(message, dict):
            raise Unreadable("News that is no object.")
        return _made(Event, event_id=message.get("nid"), **self._whole(message))

    def _whole(self, message):
        issued = _moment(message.get("qfsj"))
        return {
            "client_ref": message.get("id"), "revision": message.get("ver"), "sequence": message.get("n"),
            "state": _state(STATES, message), "certificate_id": message.get("zsid") or "", "issued_at": issued,
            "certificate_no": message.get("zsh") or "", "occurred_at": _moment(message.get("t")), "raw": message,
            "errors": self._errors(Application, message),
        }  # fmt: skip

    def _errors(self, cls, coded):
        found = coded.get("errs")
        return tuple(
            FieldError(path=self._path(cls, plain(each.get("at"))), code=plain(coded.get("ret") or "E6"),
                       message=plain(each.get("tip")))
            for each in (found if isinstance(found, list) else ()) if isinstance(each, dict)
        )  # fmt: skip

    def _path(self, cls, place):
        """``SPXX#1#HSBM`` counts from one."""
        parts = [str(int(part) - 1) if part.isascii() and part.isdigit() else part for part in place.split("#")]
        return self._wording.path(cls, "/" + "/".join(parts))

    def _record(self, cls, body):
        try:
            data = json.loads(body)
            return self._wording.back(cls, data[-1])
        except (ValueError, RecursionError, LookupError, TypeError, InvalidRecord) as error:
            raise Unreadable("No record.", body) from error


def _json(body):
    try:
        data = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise Unreadable("No JSON.", body) from None
    if not isinstance(data, dict):
        raise Unreadable("No object.", body)
    return data


def _result(body):
    data = _json(body).get("res")
    if not isinstance(data, dict):
        raise Unreadable("No result.", body)
    return data


def _state(table, message):
    number = message.get("zt")
    if type(number) is not int or number not in table:
        raise Unreadable("A state that is not known.")
    return table[number]


def _moment(text):
    if not text:
        return None
    try:
        return dt.datetime.strptime(text, MOMENT).replace(tzinfo=dt.timezone.utc)
    except (ValueError, TypeError):
        raise Unreadable("A time that cannot be read.") from None


def _made(cls, **facts):
    try:
        return cls(**facts)
    except InvalidRecord as invalid:
        raise Unreadable(f"It does not fit: {plain(invalid)}.") from invalid


PROFILE = Odd()

"""JSON Schemas of what goes over the wire: requests made out of the records themselves, answers written here.

The words of a record's schema are the profile's, so a field that is added to a record stands in the description.

>>> from rcep_link.application import Invoice, ThirdParty
>>> sorted(of_record(ThirdParty)["required"])
['country', 'name']
>>> of_record(Invoice)["properties"]["price_terms"]
{'type': 'string'}
"""

from __future__ import annotations

import datetime as dt

from rcep_link.application import Application
from rcep_link.filing import Filing
from rcep_link.record import Record, Slot, slots
from rcep_link.schema import SCALARS

from .conformance import CASES, OUTCOMES
from .conformance import LONGEST_REFERENCE as LONGEST_CLAIM
from .wire import TABLES

TEXT, WHOLE, YES_NO = SCALARS[str], {"type": "integer", "minimum": 0}, SCALARS[bool]
DAY, DATETIME = SCALARS[dt.date], SCALARS[dt.datetime]
DIGEST = {"type": "string", "pattern": "^sha-256:[0-9a-f]{64}$"}


def of_record(cls: type[Record]) -> dict:
    """The schema of a record in the profile's words; records in it are referred to by name."""
    words = TABLES["words"].get(cls.__name__, {})
    named = {words.get(name, name): slot for name, slot in slots(cls).items()}
    return {
        "type": "object",
        "description": (cls.__doc__ or "").split("\n", maxsplit=1)[0],
        "properties": {name: _of_slot(cls, slot) for name, slot in named.items()},
        "required": [name for name, slot in named.items() if slot.required],
        "additionalProperties": False,
    }


def _of_slot(cls: type[Record], slot: Slot) -> dict:
    schema = ref(slot.type.__name__) if issubclass(slot.type, Record) else dict(SCALARS[slot.type])
    if slot.choices:
        codes = TABLES["codes"].get(f"{cls.__name__}.{slot.name}", {})
        schema["enum"] = [codes.get(choice, choice) for choice in slot.choices]
    if slot.many:
        schema = {"type": "array", "items": schema}
    return {"anyOf": [schema, {"type": "null"}]} if slot.optional else schema


def ref(name: str) -> dict:
    """A reference to a schema of `COMPONENTS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: dict, description: str = "", **optional) -> dict:
    """A closed object of an answer."""
    schema = {
        "type": "object", "properties": {**required, **optional}, "required": list(required),
        "additionalProperties": False,
    }  # fmt: skip
    return {**schema, "description": description} if description else schema


def _request(required: dict, description: str, **optional) -> dict:
    """An object of a request; what else stands in it is not looked at."""
    schema = {"type": "object", "properties": {**required, **optional}, "required": list(required)}
    return {**schema, "description": description}


def _maybe(schema: dict) -> dict:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: dict) -> dict:
    return {"type": "array", "items": schema}


def _one_of(words) -> dict:
    return {"type": "string", "enum": list(words)}


def _records(*roots: type[Record]) -> dict[str, dict]:
    found: dict[str, dict] = {}
    waiting = list(roots)
    while waiting:
        cls = waiting.pop()
        if cls.__name__ not in found:
            found[cls.__name__] = of_record(cls)
            waiting += [slot.type for slot in slots(cls).values() if issubclass(slot.type, Record)]
    return found


STATE = {
    "client_ref": TEXT, "revision": {"type": "integer", "minimum": 1}, "content_digest": DIGEST,
    "state": _one_of(TABLES["states"]), "sequence": {"type": "integer", "minimum": 1}, "occurred_at": DATETIME,
    "errors": _list(ref("FieldProblem")), "reason": TEXT, "certificate_id": TEXT, "certificate_no": TEXT,
    "issued_at": _maybe(DATETIME), "valid_until": _maybe(DAY), "print_state": _one_of(TABLES["print_states"]),
    "issuer_check_url": TEXT, "replaced_by": TEXT, "specimen": {"const": True},
}  # fmt: skip
REFERENCE = {"type": "string", "minLength": 1, "maxLength": LONGEST_CLAIM}
COMPONENTS = {
    **_records(Application, Filing),
    "FieldProblem": _object(
        {"path": {"type": "string", "description": "JSON pointer into the request"}, "code": TEXT, "message": TEXT}
    ),
    "Refusal": _object(
        {"code": TEXT, "message": TEXT, "data": {"type": "null"}, "errors": _list(ref("FieldProblem")),
         "request_id": TEXT},
        "The platform's no, with every place that is wrong",
    ),
    "ApplicationBody": _request(
        {"revision": {"type": "integer", "minimum": 1, "maximum": 1_000_000}, "submit": YES_NO,
         "application": ref("Application")},
        "A revision of an application, to be saved or to be submitted",
    ),
    "FilingBody": _request({"filing": ref("Filing")}, "A product filing"),
    "ReasonBody": _request({"reason": {"type": "string", "minLength": 1, "pattern": r"\S"}}, "Why"),
    "RunBody": _request(
        {
            "run_ref": REFERENCE,
            "cases": {
                "type": "array", "minItems": 1, "maxItems": len(CASES),
                "items": _request(
                    {"id": _one_of(case["id"] for case in CASES), "outcome": _one_of(OUTCOMES),
                     "started_at": DATETIME, "ended_at": DATETIME},
                    "What the integration reports of a case",
                    client_ref={"type": ["string", "null"], "maxLength": LONGEST_CLAIM},
                ),
            },
        },
        "A conformance run as the integration saw it",
    ),
    "AttachmentBody": _request({"file": {"type": "string", "format": "binary"}}, "One PDF, PNG or JPEG file"),
    "EnrolmentBody": _request(
        {"name": TEXT, "uscc": TEXT, "key_id": TEXT, "public_key_pem": TEXT}, "Who wants to be known", push_url=TEXT
    ),
    "Enrolled": _object(
        {"client_id": TEXT, "client_secret": TEXT, "platform_key_id": TEXT, "platform_public_key_pem": TEXT},
        "The secret is shown once",
    ),
    "TokenBody": _request({"grant_type": {"const": "client_credentials"}}, "RFC 6749, 4.4"),
    "Token": _object({"access_token": TEXT, "token_type": {"const": "Bearer"}, "expires_in": WHOLE}),
    "FilingState": _object(
        {"client_ref": TEXT, "product_code": TEXT, "state": _one_of(TABLES["filing_states"]), "content_digest": DIGEST,
         "valid_until": _maybe(DAY), "errors": _list(ref("FieldProblem"))},
        "The whole state of a product filing",
        duplicate=YES_NO,
    ),
    "ApplicationState": _object(STATE, "The whole state of an application and its certificate", duplicate=YES_NO),
    "Event": _object({"event_id": TEXT, **STATE}, "What happened, with the whole state; also the body of a push"),
    "Events": _object({"events": _list(ref("Event")), "cursor": TEXT, "more": YES_NO}),
    "IssuerCheck": _object({"check_url": {"type": "string", "format": "uri"}, "check_token": TEXT}),
    "Attachment": _object(
        {"attachment_id": DIGEST, "name": TEXT, "size": WHOLE, "content_type": TEXT, "duplicate": YES_NO}
    ),
    "CodeList": _object({
        "name": TEXT,
        "entries": _list(_object(
            {"code": TEXT, "canonical": TEXT, "name": TEXT, "name_zh": TEXT},
            electronic=YES_NO, next_step=TEXT,
        )),
    }),
    "Keys": _object({
        "keys": _list(_object(
            {"key_id": TEXT, "public_key_pem": TEXT, "signs_from": _maybe(DATETIME), "ends": _maybe(DATETIME)}
        ))
    }),
    "Cases": _object({
        "cases": _list(_object(
            {"id": TEXT, "about": _one_of(("connection", "filing", "application")), "title": TEXT, "title_zh": TEXT,
             "looks_at": TEXT, "looks_at_zh": TEXT}
        ))
    }),
    "Report": _object(
        {
            "run_id": TEXT, "run_ref": TEXT, "enterprise": TEXT, "judged_at": DATETIME, "passed": YES_NO,
            "cases": _list(_object({"id": TEXT, "passed": YES_NO, "message": TEXT, "message_zh": TEXT})),
            "specimen": {"const": True},
        },
        "A run, judged by what the platform saw",
        duplicate=YES_NO,
    ),
}  # fmt: skip

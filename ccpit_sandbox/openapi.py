"""The OpenAPI 3.1 description of the public port, made from its routes, so that no call can be missing."""

from __future__ import annotations

import http
import typing

from werkzeug.routing import Map, Rule

from .codelists import NAMES_OF_LISTS
from .schemas import COMPONENTS, ref
from .wire import PROFILE

VERSION = "1"
JSON, HTML, PDF = "application/json", "text/html", "application/pdf"
MULTIPART, FORM = "multipart/form-data", "application/x-www-form-urlencoded"
ANY_CALL = (400, 404, 405, 411, 413, 429, 500, 503)  # what each call may be refused with
WITH_TOKEN = (401,)
WITH_CONTENT = (415, 422)
PAUSES = (429, 503)
ABOUT = (
    "OUR JSON profile of an origin data platform, spoken by this stand-in. It is not an official interface, and "
    "whatever is issued here is a SPECIMEN. Each call but the token's, the check page's and this description's needs "
    "an access token and a message signature (RFC 9421) over method, path, query, date and content digest "
    "(RFC 9530); a call that changes something names its Idempotency-Key, which is then signed too."
)
SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "signature": {
        "type": "apiKey", "in": "header", "name": "Signature",
        "description": "HTTP message signature with Signature-Input, Date and Content-Digest beside it; ES256 or RS256",
    },
    "client": {"type": "http", "scheme": "basic", "description": "client number and secret"},
}  # fmt: skip


class Operation(typing.NamedTuple):
    """What a call takes and gives; ``data`` is the schema of the envelope's data, or the bare content's."""

    summary: str
    data: str = ""
    body: str = ""
    body_type: str = JSON
    answers: tuple[int, ...] = (200,)
    refusals: tuple[int, ...] = ()
    content_type: str = ""  # of an answer that has no envelope
    has_token: bool = True


OPERATIONS = {
    "enrol": Operation(
        "Enrol an enterprise, signed with the key that it names, or renew its key and secret, signed with the key on "
        "file. A sandbox's own call",
        "Enrolled", "EnrolmentBody", refusals=(401, 409), has_token=False,
    ),
    "token": Operation(
        "Get an access token", "Token", "TokenBody", FORM, refusals=(401,), content_type=JSON, has_token=False
    ),
    "file_product": Operation(
        "File a product; other content is a new decision", "FilingState", "FilingBody", answers=(200, 201)
    ),
    "filing_status": Operation("Ask for a product filing", "FilingState"),
    "submit": Operation(
        "Save or submit a revision of an application", "ApplicationState", "ApplicationBody", answers=(200, 201),
        refusals=(409,),
    ),
    "status": Operation("Ask for the whole state of an application", "ApplicationState"),
    "withdraw": Operation(
        "Withdraw an application before it is issued; repeating succeeds", "ApplicationState", "ReasonBody",
        refusals=(409,),
    ),
    "cancel": Operation(
        "Cancel an issued certificate; repeating succeeds", "ApplicationState", "ReasonBody", refusals=(409,)
    ),
    "document": Operation("Fetch the signed document of a certificate", content_type=PDF),
    "issuer_check": Operation("Where anybody may check a certificate", "IssuerCheck"),
    "events": Operation("Read the feed of events after a cursor", "Events"),
    "attachment": Operation(
        "Send an attachment, which is known by the hash of its content", "Attachment", "AttachmentBody", MULTIPART,
        answers=(200, 201),
    ),
    "codelist": Operation("Read a code list", "CodeList", answers=(200, 304)),
    "keys": Operation("The keys that pushes are signed with", "Keys"),
    "conformance": Operation("The cases that an integration must pass before production", "Cases"),
    "conformance_run": Operation(
        "Report a conformance run and have it judged", "Report", "RunBody", answers=(200, 201), refusals=(409,)
    ),
    "conformance_report": Operation("Read the report of a conformance run", "Report"),
    "check": Operation("The issuing body's check page, for anybody", content_type=HTML, has_token=False),
    "openapi": Operation("This description", content_type=JSON, has_token=False),
}  # fmt: skip
PARAMETERS = {
    "client_ref": "the sender's own reference, a UUID for life",
    "certificate_id": "the platform's name of a certificate; its number never stands in a path",
    "run_id": "the platform's name of a conformance run",
    "token": "the secret part of a check page's address",
    "name": "the name of a code list",
}


def describe(routes: Map, url: str) -> dict:
    """The whole description; ``url`` is the address under which others see the platform."""
    paths: dict[str, dict] = {}
    for rule in routes.iter_rules():
        path = rule.rule.replace("<", "{").replace(">", "}")
        (method,) = rule.methods - {"HEAD", "OPTIONS"}
        paths.setdefault(path, {})[method.lower()] = _operation(rule)
    return {
        "openapi": "3.1.0",
        "info": {"title": PROFILE.name, "version": VERSION, "description": ABOUT},
        "servers": [{"url": url}],
        "paths": paths,
        "webhooks": {"event": {"post": _push()}},
        "components": {"schemas": COMPONENTS, "securitySchemes": SECURITY},
    }


def _operation(rule: Rule) -> dict:
    operation = OPERATIONS[rule.endpoint]
    found = {
        "operationId": rule.endpoint,
        "summary": operation.summary,
        "parameters": [_parameter(name) for name in sorted(rule.arguments)],
        "responses": _responses(operation),
        "security": [{"token": [], "signature": []}] if operation.has_token else [],
    }
    if rule.endpoint == "enrol":
        found["security"] = [{"signature": []}]
    if rule.endpoint == "token":
        found["security"] = [{"client": [], "signature": []}]
    if rule.endpoint == "events":
        cursor = {"type": "string", "pattern": "^[0-9]{0,18}$"}
        found["parameters"].append({"name": "after", "in": "query", "schema": cursor, "description": "a page's cursor"})
    if operation.body:
        content = {operation.body_type: {"schema": ref(operation.body)}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _parameter(name: str) -> dict:
    schema = {"type": "string", "minLength": 1, "maxLength": 100}
    if name == "name":
        schema = {"type": "string", "enum": list(NAMES_OF_LISTS)}
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": PARAMETERS[name]}


def _responses(operation: Operation) -> dict:
    responses = {str(status): _success(operation, status) for status in operation.answers}
    refusals = (*ANY_CALL, *operation.refusals)
    refusals += (WITH_TOKEN if operation.has_token else ()) + (WITH_CONTENT if operation.body else ())
    for status in sorted(set(refusals)):
        responses[str(status)] = _refusal(status)
    if operation.content_type == HTML:
        responses["404"]["content"][HTML] = {"schema": {"type": "string"}}
    return responses


def _success(operation: Operation, status: int) -> dict:
    found = {"description": http.HTTPStatus(status).phrase}
    if status == http.HTTPStatus.NOT_MODIFIED:
        return found
    if not operation.content_type:
        found["content"] = {JSON: {"schema": _envelope(operation.data)}}
    elif operation.data:
        found["content"] = {operation.content_type: {"schema": ref(operation.data)}}
    else:
        bare = {"type": "object"} if operation.content_type == JSON else {"type": "string"}
        found["content"] = {operation.content_type: {"schema": bare}}
    return found


def _envelope(data: str) -> dict:
    refused = COMPONENTS["Refusal"]
    properties = {**refused["properties"], "code": {"const": "ok"}, "data": ref(data)}
    return {
        "type": "object", "properties": properties, "required": refused["required"], "additionalProperties": False,
    }  # fmt: skip


def _refusal(status: int) -> dict:
    found = {"description": http.HTTPStatus(status).phrase, "content": {JSON: {"schema": ref("Refusal")}}}
    if status in PAUSES:
        words = "seconds, or an HTTP date"
        found["headers"] = {"Retry-After": {"schema": {"type": "string"}, "description": words}}
    return found


def _push() -> dict:
    answers = {
        "202": "stored, and new", "200": "stored already",
        "401": "the signature does not fit, or is older than five minutes",
    }  # fmt: skip
    return {
        "operationId": "push",
        "summary": "What the platform sends to the enterprise's website, signed with one of its announced keys",
        "requestBody": {"required": True, "content": {JSON: {"schema": ref("Event")}}},
        "responses": {status: {"description": words} for status, words in answers.items()},
    }

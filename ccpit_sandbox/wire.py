"""The envelope of every answer, and refusals as one exception that names each place by a JSON pointer."""

from __future__ import annotations

import http
import json
import secrets

from rcep_link.canonical import canonical_bytes
from rcep_link.errors import Unreadable, plain
from rcep_link.profiles import ccpit_json_1
from rcep_link.record import FieldError, InvalidRecord
from werkzeug.exceptions import HTTPException, LengthRequired
from werkzeug.wrappers import Request, Response

PROFILE = ccpit_json_1.PROFILE
TABLES = ccpit_json_1.TABLES
MOST_BODY_BYTES = 4 * 1024 * 1024
LONGEST_REFERENCE = 100
HTTP_REFUSALS = {
    http.HTTPStatus.NOT_FOUND: ("address", "There is nothing at this address."),
    http.HTTPStatus.METHOD_NOT_ALLOWED: ("method", "This address does not take this method."),
    http.HTTPStatus.LENGTH_REQUIRED: ("length", "The length of the body must be named; chunks are not taken."),
    http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("size", f"A body may have at most {MOST_BODY_BYTES} bytes."),
}
STATE_WORDS = {state: word for word, state in TABLES["states"].items()}
FILING_WORDS = {state: word for word, state in TABLES["filing_states"].items()}
PRINT_WORDS = {state: word for word, state in TABLES["print_states"].items()}


class Refusal(Exception):
    """The platform's no: HTTP status, code, one sentence, and entries of ``{path, code, message}``."""

    def __init__(self, status: int, code: str, message: str, errors=(), headers=None):
        self.status, self.code, self.message = status, code, message
        self.errors = list(errors)
        self.headers = dict(headers or {})
        super().__init__(message)


class PlatformRequest(Request):
    """A request with a bounded body, whose length must be named: one in chunks would only be cut off."""

    max_content_length = MOST_BODY_BYTES
    enterprise = None  # whose token the request carries, once that is known
    skew: float | None = None  # seconds by which the signature's clock is ahead of the platform's

    def whole_body(self) -> bytes:
        """The body; 413 when it is too long, 411 when its length is not named."""
        if self.headers.get("Transfer-Encoding"):
            raise LengthRequired
        return self.get_data()


def answer(data: dict, status: int = http.HTTPStatus.OK) -> Response:
    """The envelope of a success."""
    return _envelope(status, "ok", "", data, [])


def refusal(error: Refusal) -> Response:
    """The envelope of a refusal."""
    response = _envelope(error.status, error.code, error.message, None, error.errors)
    response.headers.extend(error.headers)
    return response


def http_refusal(error: HTTPException) -> Response:
    """The envelope of what routing or reading a request refused."""
    status = http.HTTPStatus(error.code or http.HTTPStatus.BAD_REQUEST)
    code, words = HTTP_REFUSALS.get(status, ("request", "The request could not be read."))
    headers = {"Allow": ", ".join(sorted(error.valid_methods))} if getattr(error, "valid_methods", None) else {}
    return refusal(Refusal(status, code, words, headers=headers))


def _envelope(status, code, message, data, errors) -> Response:
    body = {"code": code, "message": message, "data": data, "errors": errors, "request_id": secrets.token_hex(8)}
    return Response(canonical_bytes(body), status, content_type="application/json")


def entry(path: str, code: str, message: str) -> dict:
    """One error at one place of the request; ``path`` is a JSON pointer."""
    return {"path": path, "code": code, "message": message}


def entries(root: str, errors: tuple[FieldError, ...]) -> list[dict]:
    """Canonical field errors as entries with pointers into the request."""
    return [entry(PROFILE.pointer(root, error.path), error.code, error.message) for error in errors]


def incomplete(errors: list[dict]) -> Refusal:
    """422: read, and not acceptable at these places; the common code where all have the same."""
    codes = {error["code"] for error in errors}
    code = codes.pop() if len(codes) == 1 else "invalid"
    return Refusal(http.HTTPStatus.UNPROCESSABLE_ENTITY, code, "The content is not acceptable as it stands.", errors)


def read_object(body: bytes) -> dict:
    """A request's JSON object, or 400."""
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Refusal(http.HTTPStatus.BAD_REQUEST, "body", "The body must be a JSON object in UTF-8.")
    return value


def read_record(reader, root: str, body: bytes, client_ref: str):
    """The record in a body, read by a profile's reader; 400 or 422 with places, and the address must name it."""
    read_object(body)
    try:
        record = reader(body)
    except Unreadable as error:
        cause = error.__cause__
        if isinstance(cause, InvalidRecord):
            found = [FieldError(path=e.path, code="format", message=e.message) for e in cause.errors]
            raise incomplete(entries(root, tuple(found))) from error
        raise Refusal(http.HTTPStatus.BAD_REQUEST, "body", f"The body holds no object named {root}.") from error
    if record.client_ref != client_ref or len(client_ref) > LONGEST_REFERENCE:
        words = f"the reference must be that of the address, of at most {LONGEST_REFERENCE} characters"
        raise incomplete([entry(f"/{root}/client_ref", "mismatch", words)])
    return record


def read_reason(body: bytes) -> str:
    """The reason of a withdrawal or cancellation; 422 without one."""
    reason = read_object(body).get("reason")
    if not isinstance(reason, str) or not plain(reason):
        raise incomplete([entry("/reason", "required", "a reason is needed")])
    return plain(reason)


def not_found(words: str = "Nothing was received under this reference.") -> Refusal:
    """404: never received from this enterprise."""
    return Refusal(http.HTTPStatus.NOT_FOUND, "not_found", words)

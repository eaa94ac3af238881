"""The control port, for tools and tests on this machine only: enrolment, faults, counts, health."""

from __future__ import annotations

import http

from rcep_link.canonical import canonical_bytes
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from . import enterprises
from .faults import KINDS, LONGEST_DELAY, MOST, REVIEW, Fault, Faults
from .keys import Keys
from .server import OPERATIONS
from .store import Store
from .wire import PROFILE, PlatformRequest, Refusal, entry, http_refusal, incomplete, read_object, refusal

ROUTES = Map([
    Rule("/health", methods=["GET"], endpoint="health"),
    Rule("/enterprises", methods=["POST"], endpoint="enrol"),
    Rule("/faults", methods=["POST"], endpoint="add_fault"),
    Rule("/faults", methods=["DELETE"], endpoint="clear_faults"),
    Rule("/requests", methods=["GET"], endpoint="requests"),
])  # fmt: skip


class Control:
    """The WSGI application of the control port; its answers are plain objects, its refusals the envelope."""

    def __init__(self, store: Store, keys: Keys, faults: Faults, check_base: str):
        self._store, self._keys, self._faults, self._check_base = store, keys, faults, check_base

    def __call__(self, environ, start_response):
        request = PlatformRequest(environ)
        try:
            endpoint, _facts = ROUTES.bind_to_environ(environ).match()
            response = _plain(*getattr(self, f"_{endpoint}")(request))
        except Refusal as error:
            response = refusal(error)
        except HTTPException as error:
            response = http_refusal(error)
        return response(environ, start_response)

    def _health(self, _request):
        return {"state": "up", "profile": PROFILE.code}, http.HTTPStatus.OK

    def _enrol(self, request):
        client_id, secret = enterprises.enrol(self._store, _content(request))
        return {
            "client_id": client_id,
            "client_secret": secret,
            "platform_key_id": self._keys.push.key_id,
            "platform_public_key_pem": self._keys.push.public_pem().decode(),
            "issuer_check_url": self._check_base,
            "issuer_root_certificate_pem": self._keys.root.certificate_pem.decode(),
        }, http.HTTPStatus.OK

    def _add_fault(self, request):
        fault = _fault(_content(request))
        self._faults.add(fault)
        return {"operation": fault.operation, "kind": fault.kind, "count": fault.count}, http.HTTPStatus.OK

    def _clear_faults(self, _request):
        self._faults.clear()
        return {}, http.HTTPStatus.OK

    def _requests(self, _request):
        return self._faults.calls(), http.HTTPStatus.OK


def _content(request: PlatformRequest) -> dict:
    """The request's object; its type must be named, so that no web page in a browser here can send it."""
    if request.mimetype != "application/json":
        raise Refusal(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "body", "The content type must be application/json.")
    return read_object(request.whole_body())


def _fault(wanted: dict) -> Fault:
    kind = wanted.get("kind")
    operation = REVIEW if kind == "return_for_review" else wanted.get("operation")
    count, seconds = wanted.get("count", 1), wanted.get("seconds", 1.0)
    errors = []
    if kind not in tuple(KINDS):
        errors.append(entry("/kind", "unknown", f"one of {', '.join(KINDS)} is needed"))
    if operation not in (*OPERATIONS, REVIEW):
        errors.append(entry("/operation", "unknown", f"one of {', '.join(OPERATIONS)} is needed"))
    if type(count) is not int or not 1 <= count <= MOST:
        errors.append(entry("/count", "range", f"a whole number from 1 to {MOST} is needed"))
    if type(seconds) not in (int, float) or not 0 <= seconds <= LONGEST_DELAY:
        errors.append(entry("/seconds", "range", f"a number from 0 to {LONGEST_DELAY:.0f} is needed"))
    if errors:
        raise incomplete(errors)
    return Fault(operation, kind, count, float(seconds))


def _plain(content: dict, status: int) -> Response:
    return Response(canonical_bytes(content), status, content_type="application/json")

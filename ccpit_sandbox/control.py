"""The control port, for tools and tests on this machine only: enrolment, faults, counts, health,
and the pages on which a trainer sees what came in and decides in the reviewer's place.
"""

from __future__ import annotations

import http
import json
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from . import enterprises, faults
from .faults import Faults
from .keys import Keys
from .server import OPERATIONS
from .status import StatusPages
from .store import Store
from .wire import PROFILE, PlatformRequest, Refusal, entry, http_refusal, incomplete, read_object, refusal

ROUTES = Map([
    Rule("/", methods=["GET"], endpoint="page_overview"),
    Rule("/status", methods=["GET"], endpoint="page_overview"),
    Rule("/applications/<int:enterprise_id>/<client_ref>", methods=["GET"], endpoint="page_application"),
    Rule("/applications/<int:enterprise_id>/<client_ref>", methods=["POST"], endpoint="page_decide"),
    Rule("/review", methods=["POST"], endpoint="page_review"),
    Rule("/health", methods=["GET"], endpoint="health"),
    Rule("/enterprises", methods=["POST"], endpoint="enrol"),
    Rule("/faults", methods=["GET"], endpoint="faults_set"),
    Rule("/faults", methods=["POST"], endpoint="add_fault"),
    Rule("/faults", methods=["DELETE"], endpoint="clear_faults"),
    Rule("/requests", methods=["GET"], endpoint="requests"),
    Rule("/restart", methods=["POST"], endpoint="restart"),
    Rule("/keys/rotate", methods=["POST"], endpoint="rotate"),
])  # fmt: skip
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LONGEST_ROTATION = 366 * 86_400


@dataclass(frozen=True)
class Backstage:
    """What the control port may reach; ``restart`` does not return."""

    store: Store
    keys: Keys
    faults: Faults
    pages: StatusPages
    check_base: str
    restart: Callable[[], None]


class Control:
    """The WSGI application of the control port; its answers are plain objects or pages, its refusals the envelope."""

    def __init__(self, backstage: Backstage):
        self._store, self._keys, self._faults = backstage.store, backstage.keys, backstage.faults
        self._pages, self._check_base, self._restart_now = backstage.pages, backstage.check_base, backstage.restart

    def __call__(self, environ, start_response):
        request = PlatformRequest(environ)
        try:
            response = self._respond(request)
        except Refusal as error:
            response = refusal(error)
        except HTTPException as error:
            response = http_refusal(error)
        return response(environ, start_response)

    def _respond(self, request: PlatformRequest) -> Response:
        if request.host.rpartition(":")[0] not in LOOPBACK and request.host not in LOOPBACK:
            words = "The control port is for this machine only: call it by 127.0.0.1 or localhost."
            raise Refusal(http.HTTPStatus.FORBIDDEN, "host", words)  # a web page elsewhere gave the name its address
        endpoint, facts = ROUTES.bind_to_environ(request.environ).match()
        if endpoint.startswith("page_"):
            return getattr(self._pages, endpoint.removeprefix("page_"))(request, **facts)
        answer = getattr(self, f"_{endpoint}")(request)
        return answer if isinstance(answer, Response) else _plain(*answer)

    def _health(self, _request):
        return {"state": "up", "profile": PROFILE.code, "start": self._faults.start}, http.HTTPStatus.OK

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
        fault = faults.read(_content(request), OPERATIONS)
        self._faults.add(fault)
        return fault.facts(), http.HTTPStatus.OK

    def _faults_set(self, _request):
        return {"waiting": self._faults.waiting(), "struck": self._faults.struck()}, http.HTTPStatus.OK

    def _clear_faults(self, _request):
        self._faults.clear()
        return {}, http.HTTPStatus.OK

    def _requests(self, _request):
        return self._faults.calls(), http.HTTPStatus.OK

    def _restart(self, request):
        _content(request)
        response = _plain({"state": "restarting"}, http.HTTPStatus.OK)
        response.call_on_close(self._restart_now)  # the server closes an answer when all of it is sent
        return response

    def _rotate(self, request):
        wanted = _content(request)
        key = self._keys.rotate(_seconds(wanted, "in_seconds", 0), _seconds(wanted, "overlap_seconds", 600))
        return {"key_id": key.key_id, "public_key_pem": key.public_pem().decode()}, http.HTTPStatus.OK


def _content(request: PlatformRequest) -> dict:
    """The request's object; its type must be named, so that no web page in a browser here can send it."""
    if request.mimetype != "application/json":
        raise Refusal(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "body", "The content type must be application/json.")
    return read_object(request.whole_body())


def _seconds(wanted: dict, name: str, usual: int) -> float:
    seconds = wanted.get(name, usual)
    if type(seconds) not in (int, float) or not 0 <= seconds <= LONGEST_ROTATION:
        raise incomplete([entry(f"/{name}", "range", f"a number from 0 to {LONGEST_ROTATION} is needed")])
    return float(seconds)


def _plain(content: dict, status: int) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), status, content_type="application/json")

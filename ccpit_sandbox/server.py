"""The public port: from a request to the desk that answers it.

Every call but the token's and the check page's needs a token and a valid signature of the same enterprise.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from dataclasses import dataclass

from rcep_link.canonical import canonical_bytes
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from . import attachments, codelists, conformance, enterprises, feed, filings, openapi, pages
from .applications import Applications
from .certificates import Certificates
from .fault_effects import FaultEffects, Silence, busy, close
from .faults import LOSING, Faults
from .journal import Journal
from .keys import Keys
from .store import Store
from .wire import PlatformRequest, Refusal, answer, http_refusal, read_object, refusal

LOG = logging.getLogger(__name__)
CHECK_PATH = "/check/"
ROUTES = Map([
    Rule("/v1/enterprises", methods=["POST"], endpoint="enrol"),
    Rule("/oauth/token", methods=["POST"], endpoint="token"),
    Rule("/v1/filings/<client_ref>", methods=["PUT"], endpoint="file_product"),
    Rule("/v1/filings/<client_ref>", methods=["GET"], endpoint="filing_status"),
    Rule("/v1/applications/<client_ref>", methods=["PUT"], endpoint="submit"),
    Rule("/v1/applications/<client_ref>", methods=["GET"], endpoint="status"),
    Rule("/v1/applications/<client_ref>/withdraw", methods=["POST"], endpoint="withdraw"),
    Rule("/v1/certificates/<certificate_id>/cancel", methods=["POST"], endpoint="cancel"),
    Rule("/v1/certificates/<certificate_id>/document", methods=["GET"], endpoint="document"),
    Rule("/v1/certificates/<certificate_id>/qr", methods=["GET"], endpoint="issuer_check"),
    Rule("/v1/events", methods=["GET"], endpoint="events"),
    Rule("/v1/attachments", methods=["POST"], endpoint="attachment"),
    Rule("/v1/codelists/<name>", methods=["GET"], endpoint="codelist"),
    Rule("/v1/keys", methods=["GET"], endpoint="keys"),
    Rule("/v1/conformance", methods=["GET"], endpoint="conformance"),
    Rule("/v1/conformance/runs", methods=["POST"], endpoint="conformance_run"),
    Rule("/v1/conformance/runs/<run_id>", methods=["GET"], endpoint="conformance_report"),
    Rule("/openapi.json", methods=["GET"], endpoint="openapi"),
    Rule(f"{CHECK_PATH}<token>", methods=["GET"], endpoint="check"),
])  # fmt: skip
OPERATIONS = tuple(sorted({rule.endpoint for rule in ROUTES.iter_rules()}))
WITHOUT_TOKEN = ("enrol", "token", "check", "openapi")


@dataclass(frozen=True)
class Office:
    """Where the platform works: what it holds, and who decides."""

    store: Store
    applications: Applications
    keys: Keys
    journal: Journal
    filing_seconds: float
    url: str
    open_enrolment: bool = False


class Platform:
    """The WSGI application of the public port."""

    def __init__(self, office: Office, faults: Faults, effects: FaultEffects):
        self._store, self._applications, self._signing_keys = office.store, office.applications, office.keys
        self._journal, self._filing_seconds = office.journal, office.filing_seconds
        self._open_enrolment = office.open_enrolment
        self._faults, self._effects = faults, effects
        self._description = canonical_bytes(openapi.describe(ROUTES, office.url))
        self._certificates = Certificates(office.store, office.keys, office.applications.check_base)

    def __call__(self, environ, start_response):
        request = PlatformRequest(environ)
        try:
            response = self._respond(request)
        except Silence:
            response = close(request)
        except Refusal as error:
            response = refusal(error)
        except HTTPException as error:
            response = http_refusal(error)
        except sqlite3.OperationalError as error:
            LOG.warning("The database did not answer: %s", error)
            response = refusal(busy(1.0))
        return response(environ, start_response)

    def _respond(self, request: PlatformRequest) -> Response:
        operation, facts = ROUTES.bind_to_environ(request.environ).match()
        self._faults.note(operation)
        request.whole_body()  # read once, so that the signature and the form see the same bytes
        struck = self._faults.take(operation)
        subject = next(iter(facts.values()), "")
        try:
            self._effects.before(struck)
            response = self._work(operation, request, facts)
        except Refusal as error:
            response = refusal(error)  # it is an answer like any other, and can get lost like any other
        except Silence:
            self._journal.note(operation, subject, 0, "no_answer")
            raise
        if operation == "submit" and request.enterprise:
            body = request.whole_body()
            struck += conformance.asked_of_answer(self._journal, request.enterprise, subject, body)
        self._write_down(operation, subject, request, response, any(fault.kind in LOSING for fault in struck))
        return self._effects.after(struck, response)

    def _write_down(self, operation, subject, request: PlatformRequest, response: Response, lost: bool) -> None:
        who = request.enterprise.id if request.enterprise else None
        content = json.loads(response.get_data()) if response.is_json else {}
        is_duplicate = isinstance(content.get("data"), dict) and content["data"].get("duplicate")
        code = "duplicate" if is_duplicate else content.get("code", "ok")
        self._journal.note(
            operation, subject, response.status_code, code, enterprise_id=who, lost=lost, skew=request.skew
        )

    def _work(self, operation: str, request: PlatformRequest, facts: dict) -> Response:
        if operation in WITHOUT_TOKEN:
            return getattr(self, f"_{operation}")(request, **facts)
        enterprise = enterprises.who_asks(self._store, request)
        return getattr(self, f"_{operation}")(request, enterprise, **facts)

    # --- one operation each, by the names that the profile gives them
    def _token(self, request) -> Response:
        token = canonical_bytes(enterprises.give_token(self._store, request))  # bare, as OAuth 2.0 wants it
        return Response(token, headers={"Cache-Control": "no-store"}, content_type="application/json")

    def _enrol(self, request) -> Response:
        wanted = read_object(request.whole_body())
        client_id, secret = enterprises.enrol_signed(self._store, wanted, request, self._open_enrolment)
        push = self._signing_keys.push
        facts = {
            "client_id": client_id, "client_secret": secret, "platform_key_id": push.key_id,
            "platform_public_key_pem": push.public_pem().decode(),
        }  # fmt: skip
        return answer(facts)

    def _check(self, _request, token) -> Response:
        return pages.check_page(self._certificates.by_token(token))

    def _openapi(self, _request) -> Response:
        headers = {"Access-Control-Allow-Origin": "*"}  # anybody may read it, a browser's page too
        return Response(self._description, headers=headers, content_type="application/json")

    def _file_product(self, request, enterprise, client_ref) -> Response:
        return answer(*filings.take(self._store, enterprise, client_ref, request.whole_body(), self._filing_seconds))

    def _filing_status(self, _request, enterprise, client_ref) -> Response:
        return answer(filings.show(self._store, enterprise, client_ref))

    def _submit(self, request, enterprise, client_ref) -> Response:
        return answer(*self._applications.take(enterprise, client_ref, request.whole_body()))

    def _status(self, _request, enterprise, client_ref) -> Response:
        return answer(self._applications.show(enterprise, client_ref))

    def _withdraw(self, request, enterprise, client_ref) -> Response:
        return answer(self._applications.withdraw(enterprise, client_ref, request.whole_body()))

    def _cancel(self, request, enterprise, certificate_id) -> Response:
        return answer(self._applications.cancel(enterprise, certificate_id, request.whole_body()))

    def _document(self, _request, enterprise, certificate_id) -> Response:
        number, pdf = self._certificates.document(enterprise, certificate_id)
        name = f"SPECIMEN-{number.replace('/', '-')}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(pdf, headers=headers, content_type="application/pdf")

    def _issuer_check(self, _request, enterprise, certificate_id) -> Response:
        return answer(self._certificates.issuer_check(enterprise, certificate_id))

    def _events(self, request, enterprise) -> Response:
        return answer(feed.page(self._store, enterprise, request.args.get("after", "")))

    def _keys(self, _request, _enterprise) -> Response:
        return answer({"keys": self._signing_keys.announced()})

    def _attachment(self, request, enterprise) -> Response:
        return answer(*attachments.take(self._store, enterprise, request))

    def _codelist(self, request, _enterprise, name) -> Response:
        return codelists.show(name, request.if_none_match)

    def _conformance(self, _request, _enterprise) -> Response:
        return answer({"cases": conformance.CASES})

    def _conformance_run(self, request, enterprise) -> Response:
        return answer(*conformance.take(self._store, self._journal, enterprise, request.whole_body()))

    def _conformance_report(self, _request, enterprise, run_id) -> Response:
        return answer(conformance.show(self._store, enterprise, run_id))

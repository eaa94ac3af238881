"""The status pages: what came in, what was answered, which faults are set; and a form to decide by hand.

Firms train their clerks with them. They are on the control port, which only this machine reaches; every form
carries a secret of this process, so that no page elsewhere can send one.
"""

from __future__ import annotations

import hmac
import http
import secrets

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from . import translations
from .application_record import ApplicationRecord, from_row
from .decisions import MOVES, WITHOUT_REASON, Decisions
from .faults import REVIEW, Fault, Faults
from .journal import Journal
from .status_parts import Parts
from .store import Store
from .wire import PlatformRequest, Refusal

MOST_APPLICATIONS, MOST_CALLS, MOST_PUSHES = 100, 30, 10
REFRESH_SECONDS = 5
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class StatusPages:
    """The pages of the control port; each answers in Chinese or English, as ``?lang=`` or the browser wishes."""

    def __init__(self, store: Store, faults: Faults, journal: Journal, decisions: Decisions):
        self._store, self._faults, self._journal, self._decisions = store, faults, journal, decisions
        self._secret = secrets.token_urlsafe(24)

    # --- pages
    def overview(self, request: PlatformRequest) -> Response:
        """Everything at a glance; looks again by itself."""
        parts = self._parts(request)
        with self._store.reading() as database:
            rows = database.execute(
                "SELECT * FROM application ORDER BY occurred_at DESC, client_ref LIMIT ?", (MOST_APPLICATIONS,)
            ).fetchall()
            firms = database.execute(
                "SELECT enterprise.*, "
                "(SELECT count(*) FROM application WHERE enterprise_id = enterprise.id) AS applied, "
                "(SELECT count(*) FROM filing WHERE enterprise_id = enterprise.id) AS filed, "
                "(SELECT count(*) FROM event WHERE enterprise_id = enterprise.id AND next_try IS NOT NULL) AS waiting "
                "FROM enterprise ORDER BY name"
            ).fetchall()
        names = {firm["id"]: firm["name"] for firm in firms}
        content = [
            parts.applications([from_row(row) for row in rows], names),
            parts.review(self._is_by_hand()),
            parts.enterprises(firms),
            parts.faults(self._faults.waiting()),
            parts.calls("calls", self._journal.last(MOST_CALLS, pushes=False)),
            parts.calls("last_pushes", self._journal.last(MOST_PUSHES, pushes=True)),
        ]
        return self._page(parts, parts.text("title"), "".join(content), refresh=REFRESH_SECONDS)

    def application(self, request: PlatformRequest, enterprise_id: int, client_ref: str, problem: str = "") -> Response:
        """One application with its history, and what may be decided on it; ``problem`` says why something was not."""
        parts = self._parts(request)
        try:
            record = self._decisions.find(enterprise_id, client_ref)
        except Refusal as error:
            return self._page(parts, parts.text("title"), parts.error(error.message), status=error.status)
        with self._store.reading() as database:
            events = database.execute(
                "SELECT event.body, event.tries, event.next_try, enterprise.name FROM event "
                "JOIN enterprise ON enterprise.id = event.enterprise_id WHERE enterprise_id = ? "
                "AND json_extract(CAST(body AS TEXT), '$.client_ref') = ? ORDER BY event.id",
                (enterprise_id, client_ref),
            ).fetchall()
        content = [
            parts.error(problem),
            parts.facts(record, events[0]["name"] if events else ""),
            *(parts.decision(each, each not in WITHOUT_REASON) for each in self._open(record)),
            parts.history(events),
        ]
        status = http.HTTPStatus.UNPROCESSABLE_ENTITY if problem else http.HTTPStatus.OK
        return self._page(parts, parts.text("application"), "".join(content), status=status)

    # --- forms
    def decide(self, request: PlatformRequest, enterprise_id: int, client_ref: str) -> Response:
        """Take a decision and show the application again."""
        self._must_be_ours(request)
        decision, reason = request.form.get("decision", ""), request.form.get("reason", "")
        try:
            self._decisions.decide(enterprise_id, client_ref, decision, reason)
        except Refusal as error:
            problem = "; ".join(each["message"] for each in error.errors) or error.message
            return self.application(request, enterprise_id, client_ref, problem)
        return _seen(request, request.path)

    def review(self, request: PlatformRequest) -> Response:
        """Let the reviewer decide, or leave every application to the trainer from now on."""
        self._must_be_ours(request)
        by_hand = request.form.get("by_hand") == "1"
        if by_hand and not self._is_by_hand():
            self._faults.add(Fault(REVIEW, "hold", count=None, persistent=True))
        elif not by_hand:
            self._faults.remove("hold")
        return _seen(request, "/status")

    # ---
    def _is_by_hand(self) -> bool:
        return any(fault["kind"] == "hold" and fault["count"] is None for fault in self._faults.waiting())

    @staticmethod
    def _open(record: ApplicationRecord) -> list[str]:
        return [decision for decision, (states, _state) in MOVES.items() if record.state in states]

    def _must_be_ours(self, request: PlatformRequest) -> None:
        request.whole_body()
        if not hmac.compare_digest(request.form.get("secret", "").encode(), self._secret.encode()):
            words = "The form is not of this page, or of an earlier start; open the page again and decide there."
            raise Refusal(http.HTTPStatus.FORBIDDEN, "form", words)

    def _parts(self, request: PlatformRequest) -> Parts:
        wished = request.args.get("lang") or request.accept_languages.best_match(translations.LANGUAGES) or ""
        return Parts(wished if wished in translations.LANGUAGES else "en", self._secret)

    @staticmethod
    def _page(parts: Parts, title: str, content: str, *, status: int = http.HTTPStatus.OK, refresh=None) -> Response:
        text = parts.page(title, content, refresh)
        return Response(text, status, headers=HEADERS, content_type="text/html; charset=utf-8")


def _seen(request: PlatformRequest, path: str) -> Response:
    language = request.args.get("lang")
    return redirect(f"{path}?lang={language}" if language in translations.LANGUAGES else path, 303)

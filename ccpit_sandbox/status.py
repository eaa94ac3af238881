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
from .application_record import from_row
from .decisions import MOVES, WITHOUT_REASON, Decisions
from .faults import REVIEW, Fault, Faults
from .journal import Journal
from .rendering import page
from .status_view import StatusView
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
        return self._page(
            request, "overview.html", "title", refresh=REFRESH_SECONDS, firms=firms,
            applications=[from_row(row) for row in rows], firm_names={firm["id"]: firm["name"] for firm in firms},
            by_hand=self._is_by_hand(), faults=self._faults.waiting(),
            calls=self._journal.last(MOST_CALLS, pushes=False), pushes=self._journal.last(MOST_PUSHES, pushes=True),
        )  # fmt: skip

    def application(self, request: PlatformRequest, enterprise_id: int, client_ref: str, problem: str = "") -> Response:
        """One application with its history and the decisions open on it; ``problem``: why one was not taken."""
        try:
            record = self._decisions.find(enterprise_id, client_ref)
        except Refusal as error:
            return self._page(request, "application.html", "title", error.status, record=None, problem=error.message)
        with self._store.reading() as database:
            events = database.execute(
                "SELECT event.body, event.tries, event.next_try, enterprise.name FROM event "
                "JOIN enterprise ON enterprise.id = event.enterprise_id WHERE enterprise_id = ? "
                "AND json_extract(CAST(body AS TEXT), '$.client_ref') = ? ORDER BY event.id",
                (enterprise_id, client_ref),
            ).fetchall()
        status = http.HTTPStatus.UNPROCESSABLE_ENTITY if problem else http.HTTPStatus.OK
        return self._page(
            request, "application.html", "application", status, record=record, problem=problem, events=events,
            firm=events[0]["name"] if events else "",
            decisions=[(name, name not in WITHOUT_REASON) for name, (states, _state) in MOVES.items()
                       if record.state in states],
        )  # fmt: skip

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

    def _must_be_ours(self, request: PlatformRequest) -> None:
        request.whole_body()
        if not hmac.compare_digest(request.form.get("secret", "").encode(), self._secret.encode()):
            words = "The form is not of this page, or of an earlier start; open the page again and decide there."
            raise Refusal(http.HTTPStatus.FORBIDDEN, "form", words)

    def _page(self, request: PlatformRequest, template: str, title: str, status: int = http.HTTPStatus.OK, *,
              refresh: int | None = None, **facts) -> Response:  # fmt: skip
        wished = request.args.get("lang") or request.accept_languages.best_match(translations.LANGUAGES) or ""
        language = wished if wished in translations.LANGUAGES else "en"
        view = StatusView(language, self._secret)
        return page(
            template, status, HEADERS, view=view, text=view.text, language=language, title=title, refresh=refresh,
            languages=zip(translations.LANGUAGES, translations.LANGUAGE_NAMES, strict=True), **facts,
        )  # fmt: skip


def _seen(request: PlatformRequest, path: str) -> Response:
    language = request.args.get("lang")
    return redirect(f"{path}?lang={language}" if language in translations.LANGUAGES else path, 303)

"""What a trainer decides in the reviewer's place: issue now, return, refuse, cancel; one table says when."""

from __future__ import annotations

import http
import json

from rcep_link.errors import plain

from .application_record import ApplicationRecord, find
from .applications import Applications
from .review import Reviewer
from .store import Store
from .wire import Refusal, entry, incomplete, not_found

WAITING = ("submitted", "under_review")
MOVES = {  # decision: the states in which it may be taken, and the state that it leads to
    "issue": (WAITING, "issued"),
    "return": (WAITING, "returned"),
    "refuse": (WAITING, "rejected"),
    "cancel": (("issued",), "cancelled"),
}
WITHOUT_REASON = ("issue",)


class Decisions:
    """The trainer's desk. All is done in the reviewer's own thread, so both never work on one application at once."""

    def __init__(self, store: Store, applications: Applications, reviewer: Reviewer):
        self._store, self._applications, self._reviewer = store, applications, reviewer

    def decide(self, enterprise_id: int, client_ref: str, decision: str, reason: str) -> ApplicationRecord:
        """Take a decision; returns the record afterwards. Raises `Refusal` with a sentence where it cannot be."""
        record, reason = self.find(enterprise_id, client_ref), plain(reason)
        if decision not in MOVES:
            raise incomplete([entry("/decision", "unknown", f"one of {', '.join(MOVES)} is needed")])
        states, state = MOVES[decision]
        if record.state not in states:
            raise _conflict(f"The application is {record.state.replace('_', ' ')}, so this cannot be decided now.")
        if decision not in WITHOUT_REASON and not reason:
            raise incomplete([entry("/reason", "required", "a reason is needed, which the enterprise will read")])
        self._reviewer.by_hand(getattr(self, f"_{decision}"), record, reason)
        now = self.find(enterprise_id, client_ref)
        if now.state != state:
            raise _conflict("The application changed meanwhile; look at it again.")
        return now

    def find(self, enterprise_id: int, client_ref: str) -> ApplicationRecord:
        """An application, or 404."""
        with self._store.reading() as database:
            record = find(database, enterprise_id, client_ref)
        if not record:
            raise not_found()
        return record

    def _issue(self, record: ApplicationRecord, _reason: str) -> None:
        errors = self._reviewer.objections(record)
        if errors:
            raise _conflict(f"It cannot be issued: {'; '.join(error['message'] for error in errors)}.")
        self._reviewer.issue(record)

    def _return(self, record: ApplicationRecord, reason: str) -> None:
        errors = json.dumps([entry("/application", "reviewer", reason)])
        self._reviewer.move(record, state="returned", errors=errors, due=None)

    def _refuse(self, record: ApplicationRecord, reason: str) -> None:
        self._reviewer.move(record, state="rejected", reason=reason, due=None)

    def _cancel(self, record: ApplicationRecord, reason: str) -> None:
        self._reviewer.move(record, state="cancelled", reason=reason, due=None)


def _conflict(words: str) -> Refusal:
    return Refusal(http.HTTPStatus.CONFLICT, "not_editable", words)

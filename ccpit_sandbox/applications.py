"""Applications: taken in by (client_ref, revision), asked for, withdrawn; certificates cancelled."""

from __future__ import annotations

import http
import json
import time
from dataclasses import dataclass

from rcep_link.canonical import digest

from . import filings
from .application_record import ApplicationRecord, change, find, find_certificate, whole_state
from .enterprises import Enterprise
from .store import Store
from .wire import (
    PROFILE,
    Refusal,
    entries,
    entry,
    incomplete,
    not_found,
    read_object,
    read_reason,
    read_record,
)

EDITABLE = ("draft", "returned")
WITHDRAWABLE = ("draft", "submitted", "under_review", "returned")
CONNECTED_PARTIES = ("VN", "TH", "MY", "ID", "PH", "KH", "LA")  # where electronic certificates are read
MOST_REVISIONS = 1_000_000


@dataclass(frozen=True)
class Applications:
    """The desk that takes applications; ``check_base`` is the address below which certificates are checked."""

    store: Store
    check_base: str
    review_seconds: float

    def view(self, record: ApplicationRecord) -> dict:
        """The whole state of an application, as answers and events show it."""
        check_url = f"{self.check_base}{record.check_token}" if record.check_token else ""
        return whole_state(record, check_url, json.loads(record.errors))

    def take(self, enterprise: Enterprise, client_ref: str, body: bytes):
        """Take a revision in, to stay a draft or to be reviewed; returns (answer, status)."""
        application = read_record(PROFILE.read_application_body, "application", body, client_ref)
        revision, is_submitted = _switches(body)
        fingerprint = digest(body)
        with self.store.transaction() as database:
            record = find(database, enterprise.id, client_ref)
            if record and self._is_repeated(database, record, revision, fingerprint):
                return {**self.view(record), "duplicate": True}, http.HTTPStatus.OK
            if is_submitted:
                self._check(database, enterprise, application)
            database.execute(
                "INSERT INTO revision (enterprise_id, client_ref, revision, digest) VALUES (?, ?, ?, ?)",
                (enterprise.id, client_ref, revision, fingerprint),
            )
            facts = {
                "revision": revision, "body": body, "digest": fingerprint, "errors": "[]",
                "state": "submitted" if is_submitted else "draft",
                "due": time.time() + self.review_seconds if is_submitted else None,
            }  # fmt: skip
            base = record or ApplicationRecord(enterprise.id, client_ref, revision, body, fingerprint, "draft")
            new = change(database, base, self.view, **facts)
        status = http.HTTPStatus.OK if record else http.HTTPStatus.CREATED
        return {**self.view(new), "duplicate": False}, status

    def show(self, enterprise: Enterprise, client_ref: str) -> dict:
        """The whole state of an application, or 404."""
        with self.store.reading() as database:
            record = find(database, enterprise.id, client_ref)
        if not record:
            raise not_found()
        return self.view(record)

    def withdraw(self, enterprise: Enterprise, client_ref: str, body: bytes) -> dict:
        """Take an application back before it is issued; repeating succeeds."""
        reason = read_reason(body)
        with self.store.transaction() as database:
            record = find(database, enterprise.id, client_ref)
            return self._end(database, record, "withdrawn", WITHDRAWABLE, reason)

    def cancel(self, enterprise: Enterprise, certificate_id: str, body: bytes) -> dict:
        """Cancel an issued certificate; repeating succeeds."""
        reason = read_reason(body)
        with self.store.transaction() as database:
            record = find_certificate(database, enterprise.id, certificate_id)
            return self._end(database, record, "cancelled", ("issued",), reason)

    def _end(self, database, record, state, allowed, reason) -> dict:
        if not record:
            raise not_found()
        if record.state == state:
            return {**self.view(record), "duplicate": True}
        if record.state not in allowed:
            raise _conflict("not_editable", f"It is {record.state.replace('_', ' ')} and can no longer be {state}.")
        return self.view(change(database, record, self.view, state=state, reason=reason, due=None))

    @staticmethod
    def _is_repeated(database, record, revision, fingerprint) -> bool:
        """Was this very revision taken before? Raises 409 where it may not be taken at all."""
        row = database.execute(
            "SELECT digest FROM revision WHERE enterprise_id = ? AND client_ref = ? AND revision = ?",
            (record.enterprise_id, record.client_ref, revision),
        ).fetchone()
        if row and row["digest"] == fingerprint:
            return True
        if row or revision < record.revision:
            raise _conflict("conflict", f"Revision {revision} or a later one is on file already, with other content.")
        if record.state not in EDITABLE:
            words = record.state.replace("_", " ")
            raise _conflict("not_editable", f"The application is {words}, so it takes no new revision.")
        return False

    @staticmethod
    def _check(database, enterprise, application) -> None:
        errors = entries("application", application.problems())
        if application.exporter.uscc and application.exporter.uscc != enterprise.uscc:
            pointer = PROFILE.pointer("application", "exporter.uscc")
            errors.append(entry(pointer, "credit_code", "the exporter must be the registered enterprise"))
        if application.importing_party not in CONNECTED_PARTIES:
            pointer = PROFILE.pointer("application", "importing_party")
            words = f"{application.importing_party or 'it'} takes no part in electronic certificates"
            errors.append(entry(pointer, "party_not_connected", words))
        errors += filings.problems(database, enterprise.id, application)
        if errors:
            raise incomplete(errors)


def _switches(body: bytes) -> tuple[int, bool]:
    """Revision number and the switch between saving and submitting."""
    content = read_object(body)
    revision, submit = content.get("revision"), content.get("submit")
    errors = []
    if type(revision) is not int or not 1 <= revision <= MOST_REVISIONS:
        errors.append(entry("/revision", "format", "a whole number from 1 is needed"))
    if type(submit) is not bool:
        errors.append(entry("/submit", "format", "true or false is needed"))
    if errors:
        raise incomplete(errors)
    return revision, submit


def _conflict(code: str, message: str) -> Refusal:
    return Refusal(http.HTTPStatus.CONFLICT, code, message)

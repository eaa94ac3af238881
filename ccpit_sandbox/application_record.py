"""An application as the platform has it on file, and the one way to change it: with a new event.

The state words in here are canonical; on the wire they are the profile's.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import uuid
from dataclasses import dataclass

from rcep_link.canonical import canonical_bytes

from . import clock
from .wire import PRINT_WORDS, STATE_WORDS


@dataclass(frozen=True)
class ApplicationRecord:
    """One row of ``application``; ``errors`` is JSON text, ``due`` the time of the reviewer's next step."""

    enterprise_id: int
    client_ref: str
    revision: int
    body: bytes
    digest: str
    state: str
    sequence: int = 0
    occurred_at: str = ""
    errors: str = "[]"
    reason: str = ""
    certificate_id: str | None = None
    certificate_no: str | None = None
    check_token: str | None = None
    issued_at: str | None = None
    valid_until: str | None = None
    print_state: str = ""
    replaced_by: str = ""
    due: float | None = None


def find(database: sqlite3.Connection, enterprise_id: int, client_ref: str) -> ApplicationRecord | None:
    """The application of an enterprise by its reference."""
    return from_row(database.execute(
        "SELECT * FROM application WHERE enterprise_id = ? AND client_ref = ?", (enterprise_id, client_ref)
    ).fetchone())  # fmt: skip


def find_certificate(database: sqlite3.Connection, enterprise_id: int, certificate_id: str) -> ApplicationRecord | None:
    """The application of an enterprise by the certificate that was issued on it."""
    return from_row(database.execute(
        "SELECT * FROM application WHERE enterprise_id = ? AND certificate_id = ?", (enterprise_id, certificate_id)
    ).fetchone())  # fmt: skip


def from_row(row: sqlite3.Row | None) -> ApplicationRecord | None:
    """The record of a row."""
    return ApplicationRecord(**row) if row else None


def change(database: sqlite3.Connection, record: ApplicationRecord, view, **facts) -> ApplicationRecord:
    """Store a changed (or new) application and its event, numbered next; ``view`` gives the whole state."""
    new = dataclasses.replace(record, sequence=record.sequence + 1, occurred_at=clock.text(clock.now()), **facts)
    database.execute(
        "INSERT INTO application (enterprise_id, client_ref, revision, body, digest, state, sequence, "
        "occurred_at, errors, reason, certificate_id, certificate_no, check_token, issued_at, valid_until, "
        "print_state, replaced_by, due) VALUES (:enterprise_id, :client_ref, :revision, :body, :digest, :state, "
        ":sequence, :occurred_at, :errors, :reason, :certificate_id, :certificate_no, :check_token, :issued_at, "
        ":valid_until, :print_state, :replaced_by, :due) ON CONFLICT (enterprise_id, client_ref) DO UPDATE SET "
        "revision = excluded.revision, body = excluded.body, digest = excluded.digest, state = excluded.state, "
        "sequence = excluded.sequence, occurred_at = excluded.occurred_at, errors = excluded.errors, "
        "reason = excluded.reason, certificate_id = excluded.certificate_id, "
        "certificate_no = excluded.certificate_no, check_token = excluded.check_token, "
        "issued_at = excluded.issued_at, valid_until = excluded.valid_until, print_state = excluded.print_state, "
        "replaced_by = excluded.replaced_by, due = excluded.due",
        dataclasses.asdict(new),
    )
    event_id = str(uuid.uuid4())
    database.execute(
        "INSERT INTO event (enterprise_id, event_id, body, tries, next_try) VALUES (?, ?, ?, 0, 0)",
        (new.enterprise_id, event_id, canonical_bytes({"event_id": event_id, **view(new)})),
    )
    return new


def whole_state(record: ApplicationRecord, check_url: str, errors: list[dict]) -> dict:
    """Everything an answer and an event show of an application, in the wire's words."""
    return {
        "client_ref": record.client_ref,
        "revision": record.revision,
        "content_digest": f"sha-256:{record.digest}",
        "state": STATE_WORDS[record.state],
        "sequence": record.sequence,
        "occurred_at": record.occurred_at,
        "errors": errors,
        "reason": record.reason,
        "certificate_id": record.certificate_id or "",
        "certificate_no": record.certificate_no or "",
        "issued_at": record.issued_at,
        "valid_until": record.valid_until,
        "print_state": PRINT_WORDS[record.print_state],
        "issuer_check_url": check_url,
        "replaced_by": record.replaced_by,
        "specimen": True,
    }

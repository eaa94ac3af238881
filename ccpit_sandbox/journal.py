"""What came in and what went out, call by call: for the status page, and for what a conformance run is compared with.

Bodies, tokens and signatures are not stored in it. Only the last `MOST` notes stay.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import time
from dataclasses import dataclass

from .faults import PUSH
from .store import Store

MOST = 200_000


@dataclass(frozen=True)
class Note:
    """One call: ``subject`` is the reference in its address, ``lost`` says that a fault lost the answer."""

    at: float
    enterprise_id: int | None
    operation: str
    subject: str
    status: int
    code: str
    lost: bool = False
    skew: float | None = None


class Journal:
    """The notes of all enterprises."""

    def __init__(self, store: Store):
        self._store = store
        with store.transaction() as database:
            database.execute("DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?", (MOST,))

    def note(self, operation: str, subject: str, status: int, code: str, *, enterprise_id=None, lost=False, skew=None):
        """Write a call down."""
        with self._store.noting() as database:
            write(database, Note(time.time(), enterprise_id, operation, subject, status, code, lost, skew))

    def of(self, enterprise_id: int, operations: tuple[str, ...], subject: str | None = None) -> list[Note]:
        """The notes of an enterprise's operations, about one subject or any, oldest first."""
        found = []
        with self._store.reading() as database:
            for operation in operations:
                found += database.execute(
                    "SELECT * FROM journal WHERE enterprise_id = ? AND operation = ? AND (? IS NULL OR subject = ?) "
                    "ORDER BY id",
                    (enterprise_id, operation, subject, subject),
                ).fetchall()
        return [_note(row) for row in sorted(found, key=lambda row: row["id"])]

    def last(self, many: int, *, pushes: bool) -> list[tuple[Note, str]]:
        """The newest notes of all calls, or of all pushes, newest first, each with the enterprise's name."""
        with self._store.reading() as database:
            rows = database.execute(
                "SELECT journal.*, coalesce(enterprise.name, '') AS name FROM journal "
                "LEFT JOIN enterprise ON enterprise.id = journal.enterprise_id "
                "WHERE (journal.operation = ?) = ? ORDER BY journal.id DESC LIMIT ?",
                (PUSH, pushes, many),
            ).fetchall()
        return [(_note(row), row["name"]) for row in rows]


def write(database: sqlite3.Connection, note: Note) -> None:
    """Write a note down in a transaction that is open already."""
    database.execute(
        "INSERT INTO journal (at, enterprise_id, operation, subject, status, code, lost, skew) "
        "VALUES (:at, :enterprise_id, :operation, :subject, :status, :code, :lost, :skew)",
        {**dataclasses.asdict(note), "lost": int(note.lost)},
    )


def _note(row) -> Note:
    return Note(
        row["at"], row["enterprise_id"], row["operation"], row["subject"], row["status"], row["code"],
        bool(row["lost"]), row["skew"],
    )  # fmt: skip

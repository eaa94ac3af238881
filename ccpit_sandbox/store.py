"""The platform's memory: one SQLite file in write-ahead mode; each use is a transaction of its own."""

from __future__ import annotations

import contextlib
import os
import pathlib
import sqlite3
from collections.abc import Iterator

FILE_NAME = "platform.sqlite3"
BUSY_SECONDS = 15.0

SCHEMA = """
CREATE TABLE IF NOT EXISTS keypair (
    name TEXT PRIMARY KEY, key_id TEXT NOT NULL, private_pem BLOB NOT NULL, certificate_pem BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS enterprise (
    id INTEGER PRIMARY KEY, client_id TEXT NOT NULL UNIQUE, uscc TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    secret_hash TEXT NOT NULL, key_id TEXT NOT NULL, public_key_pem TEXT NOT NULL, push_url TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS token (
    token_hash TEXT PRIMARY KEY, enterprise_id INTEGER NOT NULL REFERENCES enterprise, expires_at REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS filing (
    enterprise_id INTEGER NOT NULL REFERENCES enterprise, client_ref TEXT NOT NULL, product_ref TEXT NOT NULL,
    body BLOB NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, valid_until TEXT NOT NULL, errors TEXT NOT NULL,
    changed_at REAL NOT NULL, due REAL, PRIMARY KEY (enterprise_id, client_ref)
) STRICT;
CREATE INDEX IF NOT EXISTS filing_product ON filing (enterprise_id, product_ref);
CREATE TABLE IF NOT EXISTS application (
    enterprise_id INTEGER NOT NULL REFERENCES enterprise, client_ref TEXT NOT NULL, revision INTEGER NOT NULL,
    body BLOB NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, sequence INTEGER NOT NULL,
    occurred_at TEXT NOT NULL, errors TEXT NOT NULL, reason TEXT NOT NULL, certificate_id TEXT UNIQUE,
    certificate_no TEXT UNIQUE, check_token TEXT UNIQUE, issued_at TEXT, valid_until TEXT,
    print_state TEXT NOT NULL, replaced_by TEXT NOT NULL, due REAL, PRIMARY KEY (enterprise_id, client_ref)
) STRICT;
CREATE INDEX IF NOT EXISTS application_due ON application (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS revision (
    enterprise_id INTEGER NOT NULL, client_ref TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (enterprise_id, client_ref, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS invoice (
    enterprise_id INTEGER NOT NULL, number TEXT NOT NULL, client_ref TEXT NOT NULL,
    PRIMARY KEY (enterprise_id, number, client_ref)
) STRICT;
CREATE TABLE IF NOT EXISTS document (certificate_id TEXT PRIMARY KEY, pdf BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS attachment (
    enterprise_id INTEGER NOT NULL REFERENCES enterprise, sha256 TEXT NOT NULL, name TEXT NOT NULL,
    content_type TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (enterprise_id, sha256)
) STRICT;
CREATE TABLE IF NOT EXISTS journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, enterprise_id INTEGER, operation TEXT NOT NULL,
    subject TEXT NOT NULL, status INTEGER NOT NULL, code TEXT NOT NULL, lost INTEGER NOT NULL, skew REAL
) STRICT;
CREATE INDEX IF NOT EXISTS journal_of ON journal (enterprise_id, operation, subject);
CREATE TABLE IF NOT EXISTS conformance_run (
    run_id TEXT PRIMARY KEY, enterprise_id INTEGER NOT NULL REFERENCES enterprise, run_ref TEXT NOT NULL,
    digest TEXT NOT NULL, report TEXT NOT NULL, UNIQUE (enterprise_id, run_ref)
) STRICT;
CREATE TABLE IF NOT EXISTS persistent_fault (id INTEGER PRIMARY KEY AUTOINCREMENT, facts TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS push_key (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key_id TEXT NOT NULL UNIQUE, private_pem BLOB NOT NULL,
    signs_from REAL NOT NULL, ends REAL
) STRICT;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT, enterprise_id INTEGER NOT NULL REFERENCES enterprise,
    event_id TEXT NOT NULL UNIQUE, body BLOB NOT NULL, tries INTEGER NOT NULL, next_try REAL
) STRICT;
CREATE INDEX IF NOT EXISTS event_feed ON event (enterprise_id, id);
CREATE INDEX IF NOT EXISTS event_waiting ON event (next_try) WHERE next_try IS NOT NULL;
"""


class Store:
    """Opens the database of a folder; `transaction` gives a connection whose work is committed whole or not at all."""

    def __init__(self, folder: pathlib.Path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / FILE_NAME
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        self._keeper = self._open()  # while it is open, closing another connection does not fold the log away
        self._keeper.execute("PRAGMA journal_mode=WAL")
        self._keeper.executescript(SCHEMA)

    def close(self) -> None:
        """Fold the log into the file."""
        self._keeper.close()

    @contextlib.contextmanager
    def transaction(self, kind: str = "IMMEDIATE", synchronous: str = "FULL") -> Iterator[sqlite3.Connection]:
        """One transaction, committed at the end of the block, rolled back when it raises."""
        database = self._open(synchronous)
        try:
            database.execute("BEGIN IMMEDIATE" if kind == "IMMEDIATE" else "BEGIN")
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.commit()
        finally:
            database.close()

    def reading(self):
        """A transaction that only reads, so that it waits for nobody."""
        return self.transaction("DEFERRED")

    def noting(self):
        """A transaction for the journal: outlives the process at once, and a power failure a little later."""
        return self.transaction(synchronous="NORMAL")

    def _open(self, synchronous: str = "FULL") -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA foreign_keys=ON")
        # FULL: what was answered is on the disk, even if the power fails
        database.execute("PRAGMA synchronous=FULL" if synchronous == "FULL" else "PRAGMA synchronous=NORMAL")
        return database


def count_up(database: sqlite3.Connection, name: str) -> int:
    """The next number of a running count, from 1."""
    row = database.execute(
        "INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 "
        "RETURNING value",
        (name,),
    ).fetchone()
    return row["value"]

"""The automatic reviewer: moves filings and applications on, step by step, as the database says they are due.

Nothing waits in memory, so a restart goes on where the last run stopped. One application that cannot be
processed is put off and holds up no other.
"""

from __future__ import annotations

import concurrent.futures
import json
import logging
import secrets
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from decimal import Decimal

from rcep_link import customs_checks
from rcep_link.application import Application

from . import clock, conformance, filings
from .application_record import ApplicationRecord, change, find, from_row
from .applications import Applications
from .faults import REVIEW, Faults
from .store import Store, count_up
from .wire import PROFILE, entry

LOG = logging.getLogger(__name__)
BATCH = 50
POLL_SECONDS = 0.1
PUT_OFF_SECONDS = 60.0
LOCAL_BODY = "3302"


class Reviewer:
    """Runs in a thread of its own between `start` and `stop`."""

    def __init__(self, store: Store, applications: Applications, faults: Faults):
        self._store, self._applications, self._faults = store, applications, faults
        self._stopping = threading.Event()
        self._hand = concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="review")
        self._thread = threading.Thread(target=self._run, name="reviewer", daemon=True)

    def start(self) -> None:
        """Begin reviewing."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the step at hand and end."""
        self._stopping.set()
        self._thread.join()
        self._hand.shutdown()

    def _run(self) -> None:
        while not self._stopping.wait(POLL_SECONDS):
            try:
                self._work_off()
            except sqlite3.Error as error:
                LOG.warning("The review waits because the database did not answer: %s", error)

    def _work_off(self) -> None:
        for table, row in self._due():
            if self._stopping.is_set():
                return
            step = self._filing if table == "filing" else self._application
            error = self._hand.submit(step, row).exception()  # whatever it is, it stays with this one
            if error:
                LOG.error("The review of %s %s failed; it is put off.", table, row["client_ref"], exc_info=error)
                self._put_off(row)

    def _due(self):
        with self._store.reading() as database:
            bounds = (time.time(), BATCH)
            filed = database.execute("SELECT * FROM filing WHERE due <= ? ORDER BY due LIMIT ?", bounds).fetchall()
            asked = database.execute("SELECT * FROM application WHERE due <= ? ORDER BY due LIMIT ?", bounds).fetchall()
        return [("filing", row) for row in filed] + [("application", row) for row in asked]

    def _put_off(self, row) -> None:
        with self._store.transaction() as database:
            facts = (time.time() + PUT_OFF_SECONDS, row["enterprise_id"], row["client_ref"], row["digest"])
            for statement in (
                "UPDATE filing SET due = ? WHERE enterprise_id = ? AND client_ref = ? AND digest = ?",
                "UPDATE application SET due = ? WHERE enterprise_id = ? AND client_ref = ? AND digest = ?",
            ):
                database.execute(statement, facts)

    def _filing(self, row) -> None:
        with self._store.transaction() as database:
            filings.review(database, row)

    def _application(self, row) -> None:
        record = from_row(row)
        if record.state == "submitted":
            self._begin(record)
        else:
            self._decide(record)

    def _begin(self, record: ApplicationRecord) -> None:
        due = time.time() + self._applications.review_seconds
        self.move(record, state="under_review", due=due)

    def _decide(self, record: ApplicationRecord) -> None:
        application = PROFILE.read_application_body(record.body)
        errors = self.objections(record)
        kind = next((fault.kind for fault in self._faults.take(REVIEW)), "")
        kind = kind or conformance.asked_of_reviewer(application.remarks)
        if kind == "return_for_review":
            errors.append(entry("/application", "reviewer", "the reviewer asks for a correction"))
        if kind == "hold":
            self._hold(record)
        elif kind == "refuse":
            self.move(record, state="rejected", reason="The reviewer refuses the application.", due=None)
        elif errors:
            self.move(record, state="returned", errors=json.dumps(errors), due=None)
        else:
            self.issue(record)

    # --- what a trainer does too, in the reviewer's place
    def by_hand(self, step: Callable, *facts) -> None:
        """Do a step in the reviewer's thread, wait for its end, and raise what it raises."""
        self._hand.submit(step, *facts).result()

    def objections(self, record: ApplicationRecord) -> list[dict]:
        """Why an application cannot be issued as it stands."""
        with self._store.reading() as database:
            return _objections(database, record, PROFILE.read_application_body(record.body))

    def issue(self, record: ApplicationRecord) -> None:
        """Number the certificate, unless the application changed meanwhile; its document is drawn when asked for."""
        application = PROFILE.read_application_body(record.body)
        timestamp = clock.text(clock.now())
        day = clock.day_of(timestamp)
        with self._store.transaction() as database:
            old = _live(database, record.enterprise_id, application.old.number) if application.kind != "new" else None
            if not self._is_unchanged(database, record) or (application.kind != "new" and not old):
                return  # withdrawn, or the old one cancelled, meanwhile: looked at again
            number = _next_number(database, record.enterprise_id, day.year)
            facts = {
                "certificate_id": uuid.uuid4().hex, "certificate_no": number, "check_token": secrets.token_urlsafe(18),
                "issued_at": timestamp, "valid_until": clock.a_year_after(day).isoformat(),
                "state": "issued", "print_state": "transmitted", "due": None,
            }  # fmt: skip
            change(database, record, self._applications.view, **facts)
            database.executemany(
                "INSERT OR IGNORE INTO invoice (enterprise_id, number, client_ref) VALUES (?, ?, ?)",
                [(record.enterprise_id, invoice.number, record.client_ref) for invoice in application.invoices],
            )
            if old:
                change(database, old, self._applications.view, state="replaced", replaced_by=number)

    def _hold(self, record: ApplicationRecord) -> None:
        """Leave it under review until somebody decides; nobody outside notices, so there is no event."""
        with self._store.transaction() as database:
            database.execute(
                "UPDATE application SET due = NULL WHERE enterprise_id = ? AND client_ref = ? AND sequence = ?",
                (record.enterprise_id, record.client_ref, record.sequence),
            )

    def move(self, record: ApplicationRecord, **facts) -> None:
        """Change an application, unless it changed meanwhile."""
        with self._store.transaction() as database:
            if self._is_unchanged(database, record):
                change(database, record, self._applications.view, **facts)

    @staticmethod
    def _is_unchanged(database, record: ApplicationRecord) -> bool:
        now = find(database, record.enterprise_id, record.client_ref)
        return now is not None and now.sequence == record.sequence


def _objections(database, record: ApplicationRecord, application: Application) -> list[dict]:
    """What only a reviewer sees: other certificates of the enterprise, and the marks on the goods."""
    errors = []
    replaced = ""
    if application.kind != "new":
        old = _live(database, record.enterprise_id, application.old.number)
        replaced = old.client_ref if old else ""
        if not old:
            pointer = PROFILE.pointer("application", "old.number")
            errors.append(entry(pointer, "unknown", "no valid certificate of the enterprise has this number"))
    for i, invoice in enumerate(application.invoices):
        rows = database.execute(
            "SELECT application.* FROM invoice JOIN application USING (enterprise_id, client_ref) "
            "WHERE invoice.enterprise_id = ? AND invoice.number = ? AND application.state = 'issued' "
            "AND invoice.client_ref NOT IN (?, ?)",
            (record.enterprise_id, invoice.number, record.client_ref, replaced),
        ).fetchall()
        others = [PROFILE.read_application_body(from_row(row).body) for row in rows]
        value = sum((_value_of(each, invoice.number) for each in (application, *others)), Decimal(0))
        if others and value > invoice.amount:  # less is a part shipment
            row = rows[0]
            pointer = PROFILE.pointer("application", f"invoices.{i}.number")
            words = f"invoice {invoice.number} stands on the valid certificate {row['certificate_no']} already"
            errors.append(entry(pointer, "reviewer", words))
    for i, item in enumerate(application.items):
        if customs_checks.MADE_IN.search(item.marks):
            pointer = PROFILE.pointer("application", f"items.{i}.marks")
            errors.append(entry(pointer, "marks_abroad", f"item {item.number}: the marks name another origin"))
    return errors


def _value_of(application: Application, number: str) -> Decimal:
    """What the goods of one invoice are worth on a certificate."""
    return sum((item.invoice_value for item in application.items if item.invoice_number == number), Decimal(0))


def _live(database, enterprise_id: int, number: str) -> ApplicationRecord | None:
    row = database.execute(
        "SELECT * FROM application WHERE enterprise_id = ? AND certificate_no = ? AND state = 'issued'",
        (enterprise_id, number),
    ).fetchone()
    return from_row(row)


def _next_number(database, enterprise_id: int, year: int) -> str:
    """A certificate number such as 26C3302A0001/00042; unique, and nothing may be read out of it."""
    running = count_up(database, f"certificate {year} {enterprise_id}")
    return f"{year % 100:02d}C{LOCAL_BODY}A{enterprise_id:04d}/{running:05d}"

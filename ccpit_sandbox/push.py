"""Signed pushes of events to the enterprises' websites, until each is answered with success.

What waits stands in the database. Each enterprise with something due is served by a thread of its own, so a
website that does not answer holds up nobody else's. Every try is signed anew, because a signature ages.
"""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
import threading
import time
import urllib.parse

import requests
import urllib3.exceptions
from rcep_link.signatures import sign

from . import clock
from .faults import PUSH, Faults
from .journal import Journal
from .keys import Keys
from .store import Store

LOG = logging.getLogger(__name__)
POLL_SECONDS = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 300.0  # seconds between tries, doubled each time
MOST_TRIES = 30  # about two hours; the feed keeps the event
TIMEOUTS = (5.0, 15.0)
BATCH = 50
NOT_ARRIVED = (requests.RequestException, urllib3.exceptions.HTTPError, UnicodeError)  # the last: an odd host name
SUCCESSES = range(200, 300)


class Pusher:
    """Runs in threads of its own between `start` and `stop`."""

    def __init__(self, store: Store, keys: Keys, faults: Faults, journal: Journal):
        self._store, self._keys, self._faults = store, keys, faults
        self._journal = journal
        self._held_back: dict[int, tuple[str, float]] = {}  # events that a fault delays: its kind, and until when
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._busy: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="pusher", daemon=True)

    def start(self) -> None:
        """Begin pushing."""
        self._thread.start()

    def stop(self) -> None:
        """End; a try that is under way is abandoned and made again after the next start."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(POLL_SECONDS):
            try:
                waiting = self._with_due_events()
            except sqlite3.Error as error:
                LOG.warning("Events wait because the database did not answer: %s", error)
                continue
            for enterprise_id in waiting:
                with self._lock:
                    if enterprise_id in self._busy:
                        continue
                    self._busy.add(enterprise_id)
                threading.Thread(target=self._serve, args=(enterprise_id,), daemon=True).start()

    def _with_due_events(self) -> list[int]:
        with self._store.reading() as database:
            rows = database.execute("SELECT DISTINCT enterprise_id FROM event WHERE next_try <= ?", (time.time(),))
            return [row["enterprise_id"] for row in rows]

    def _serve(self, enterprise_id: int) -> None:
        """Try every event of one enterprise that is due, oldest first."""
        try:
            for url, event in self._due(enterprise_id):
                if self._stopping.is_set():
                    return
                self._deliver(url, event)
        except sqlite3.Error as error:
            LOG.warning("Events wait because the database did not answer: %s", error)
        finally:
            with self._lock:
                self._busy.discard(enterprise_id)

    def _due(self, enterprise_id: int) -> list[tuple[str, sqlite3.Row]]:
        with self._store.reading() as database:
            rows = database.execute(
                "SELECT event.*, push_url FROM event JOIN enterprise ON enterprise.id = event.enterprise_id "
                "WHERE enterprise_id = ? AND next_try <= ? ORDER BY event.id LIMIT ?",
                (enterprise_id, time.time(), BATCH),
            ).fetchall()
        return [(row["push_url"], row) for row in rows]

    def _deliver(self, url: str, event: sqlite3.Row) -> None:
        """One event: pushed, or what a fault makes of it. One that was delayed once is not struck again."""
        number, kind = event["id"], ""
        if number in self._held_back:
            if self._held_back[number][1] > time.time():
                return
        elif url:
            fault = next(iter(self._faults.take(PUSH)), None)
            kind = fault.kind if fault else ""
            if kind in ("push_delay", "push_reorder"):
                self._held_back[number] = (kind, time.time() + fault.seconds)
                return
        if not url or kind == "push_lost":
            self._note(event, is_done=True)
            return
        is_done = self._try(url, event, is_genuine=kind != "push_bad_signature")
        if kind == "push_duplicate":
            self._try(url, event)
        self._held_back.pop(number, None)
        self._note(event, is_done)
        self._let_go_what_was_overtaken(event)

    def _let_go_what_was_overtaken(self, event: sqlite3.Row) -> None:
        if not self._held_back:
            return
        with self._store.reading() as database:
            older = database.execute(
                "SELECT id FROM event WHERE enterprise_id = ? AND id < ? AND next_try IS NOT NULL",
                (event["enterprise_id"], event["id"]),
            ).fetchall()
        for row in older:
            if self._held_back.get(row["id"], ("",))[0] == "push_reorder":
                self._held_back[row["id"]] = ("push_reorder", 0.0)

    def _try(self, url: str, event: sqlite3.Row, *, is_genuine: bool = True) -> bool:
        parts = urllib.parse.urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/json", "Idempotency-Key": event["event_id"]}
        signed = sign(self._keys.push, "POST", target, event["body"], now=clock.now(), headers=headers)
        if not is_genuine:
            signed["Signature"] = f"sig1=:{base64.b64encode(bytes(64)).decode()}:"
        with requests.Session() as session:
            session.trust_env = False  # neither proxies nor credentials of this machine
            try:
                with session.post(
                    url, data=event["body"], headers=signed, timeout=TIMEOUTS, allow_redirects=False, stream=True
                ) as reply:
                    status = reply.status_code
            except NOT_ARRIVED as error:
                LOG.info("Push %s did not arrive: %s", event["event_id"], type(error).__name__)
                status = 0
        LOG.info("Push %s was answered %s", event["event_id"], status)
        content = json.loads(event["body"])
        self._journal.note(PUSH, content["client_ref"], status, content["state"], enterprise_id=event["enterprise_id"])
        return status in SUCCESSES

    def _note(self, event: sqlite3.Row, is_done: bool) -> None:
        tries = event["tries"] + 1
        pause = min(FIRST_PAUSE * 2 ** event["tries"], LONGEST_PAUSE)
        next_try = None if is_done or tries >= MOST_TRIES else time.time() + pause
        with self._store.transaction() as database:
            database.execute("UPDATE event SET tries = ?, next_try = ? WHERE id = ?", (tries, next_try, event["id"]))

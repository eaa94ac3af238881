"""Faults on demand, and a count of what was asked: for tests, for long random runs, and to see what a user sees.

`KINDS` is the table of what can be asked for. A fault is set on the control port::

    POST /faults {"operation": "submit", "kind": "drop_reply", "count": 2, "seconds": 1}
    POST /faults {"operation": "*", "kind": "busy", "probability": 0.1, "seed": 7, "persistent": true}

``operation`` is one of the public port's, or ``*`` for any; kinds of pushes, of the review and of the clock need
none. ``count`` is how often it strikes: once where neither it nor ``probability`` is given, without end where only
``probability`` is. ``probability`` is drawn at each call from ``seed``; the same seed gives the same sequence of
draws within one run of the process, and another one after each restart, so that no run is caught in a circle of
restarts. ``seconds`` is the pause, delay or offset. A ``persistent`` fault outlives a restart, others do not.

Delays add up and may meet another fault; of all other kinds one strikes a call, the one that was set first.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import random
import threading
from dataclasses import dataclass, field

from . import clock
from .store import Store, count_up
from .wire import entry, incomplete

ANY = "*"
CALL, PUSH, REVIEW, CLOCK = "call", "push", "review", "clock"  # what a kind strikes; the last three name themselves
KINDS = {
    "delay": (CALL, "the call waits `seconds` before it is looked at"),
    "delay_answer": (CALL, "the work is done at once, the answer comes after `seconds`"),
    "timeout_before": (CALL, "nothing is done; after `seconds` of silence the connection is closed"),
    "timeout_after": (CALL, "the work is done; after `seconds` of silence the connection is closed"),
    "drop_request": (CALL, "nothing is done, the connection is closed without an answer"),
    "drop_reply": (CALL, "the work is done, then the connection is closed without an answer"),
    "too_many": (CALL, "429 with `Retry-After: seconds`, nothing is done"),
    "busy": (CALL, "503 with `Retry-After: seconds`, nothing is done"),
    "busy_until": (CALL, "503 with `Retry-After` as an HTTP date `seconds` ahead, nothing is done"),
    "error_500": (CALL, "500, nothing is done"),
    "error_500_after": (CALL, "the work is done, then the answer is 500"),
    "malformed": (CALL, "the work is done, the answer is a page of a proxy in place of JSON"),
    "truncated": (CALL, "the work is done, the answer is the first half of its JSON"),
    "cut_off": (CALL, "the work is done, the connection breaks in the middle of the answer"),
    "slow_drip": (CALL, "the work is done, the answer comes byte by byte, with `seconds` before each"),
    "odd_word": (CALL, "the work is done, the answer says a state that nobody knows; of a feed, its first event does"),
    "restart_before": (CALL, "nothing is done; the process ends as by SIGKILL and starts again"),
    "restart_after": (CALL, "the work is done; before the answer the process ends as by SIGKILL and starts again"),
    "push_bad_signature": (PUSH, "the push goes out with a signature that does not fit; it is tried again"),
    "push_duplicate": (PUSH, "the push goes out twice"),
    "push_reorder": (PUSH, "the push waits until the enterprise's next one went out, `seconds` at most"),
    "push_delay": (PUSH, "the push goes out `seconds` later, and others may overtake it"),
    "push_lost": (PUSH, "the push never goes out; only the feed has the event"),
    "return_for_review": (REVIEW, "the reviewer sends the next application back"),
    "refuse": (REVIEW, "the reviewer refuses the next application for good"),
    "hold": (REVIEW, "the reviewer leaves the next application under review, to be decided on the status page"),
    "clock_off": (CLOCK, "the platform's clock is `seconds` ahead (or behind, below zero) until it is taken back"),
}  # fmt: skip
LATENCIES = ("delay", "delay_answer")
LOSING = (  # the answer of the work that was done
    "timeout_after", "drop_reply", "error_500_after", "malformed", "truncated", "cut_off", "slow_drip", "odd_word",
    "restart_after",
)  # fmt: skip
MOST = 1_000_000
LONGEST_DELAY = 120.0
LONGEST_CLOCK_ERROR = 3 * 366 * 86_400.0  # of a history that is played with both clocks set back


@dataclass
class Fault:
    """One kind of fault for calls of an operation; without ``count`` it does not end by itself."""

    operation: str
    kind: str
    count: int | None = 1
    seconds: float = 1.0
    probability: float = 1.0
    seed: int = 0
    persistent: bool = False
    struck: int = 0
    draws: random.Random = field(default_factory=random.Random, repr=False)

    def concerns(self, operation: str) -> bool:
        """May this fault strike a call of an operation, a push (``push``) or a review (``review``)?"""
        if KINDS[self.kind][0] == CALL and operation in (PUSH, REVIEW):
            return False
        return self.operation in (operation, ANY)

    def facts(self) -> dict:
        """What the control port shows of it."""
        return {each.name: getattr(self, each.name) for each in dataclasses.fields(self) if each.name != "draws"}


class Faults:
    """The faults that wait, and how often each operation was called; ``start`` counts the starts of the platform."""

    def __init__(self, store: Store):
        self._store = store
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._calls: collections.Counter[str] = collections.Counter()
        self._struck: collections.Counter[str] = collections.Counter()
        with store.transaction() as database:
            self.start = count_up(database, "start")
            rows = database.execute("SELECT facts FROM persistent_fault ORDER BY id").fetchall()
        for row in rows:
            self._take_up(Fault(**json.loads(row["facts"])))

    def add(self, fault: Fault) -> None:
        """Let a fault wait for its operation; a persistent one is in the database when this returns."""
        if fault.persistent:
            facts = {key: value for key, value in fault.facts().items() if key != "struck"}
            with self._store.transaction() as database:
                database.execute("INSERT INTO persistent_fault (facts) VALUES (?)", (json.dumps(facts),))
        self._take_up(fault)

    def clear(self) -> None:
        """Forget every fault, and set the clock right."""
        with self._store.transaction() as database:
            database.execute("DELETE FROM persistent_fault")
        with self._lock:
            self._waiting.clear()
            clock.set_offset(0)

    def remove(self, kind: str) -> None:
        """Forget the faults of one kind."""
        with self._store.transaction() as database:
            database.execute("DELETE FROM persistent_fault WHERE json_extract(facts, '$.kind') = ?", (kind,))
        with self._lock:
            self._waiting = [each for each in self._waiting if each.kind != kind]

    def take(self, operation: str) -> list[Fault]:
        """The faults that strike this call: any delays, and at most one of another kind."""
        struck: list[Fault] = []
        with self._lock:
            for fault in [each for each in self._waiting if each.concerns(operation)]:
                is_second = fault.kind not in LATENCIES and any(each.kind not in LATENCIES for each in struck)
                if is_second or fault.draws.random() >= fault.probability:
                    continue
                struck.append(fault)
                fault.struck += 1
                self._struck[f"{operation} {fault.kind}"] += 1
                if fault.count is not None:
                    fault.count -= 1
                    if not fault.count:
                        self._waiting.remove(fault)
        return struck

    def note(self, operation: str) -> None:
        """Count a call."""
        with self._lock:
            self._calls[operation] += 1

    def calls(self) -> dict[str, int]:
        """How often each operation was called since the start."""
        with self._lock:
            return dict(self._calls)

    def waiting(self) -> list[dict]:
        """What is set at present."""
        with self._lock:
            return [fault.facts() for fault in self._waiting]

    def struck(self) -> dict[str, int]:
        """How often each kind struck each operation since the start."""
        with self._lock:
            return dict(self._struck)

    def _take_up(self, fault: Fault) -> None:
        fault.draws.seed(f"{fault.seed} {self.start}")
        with self._lock:
            if fault.operation == CLOCK:
                self._waiting = [each for each in self._waiting if each.operation != CLOCK]
                clock.set_offset(fault.seconds)
            self._waiting.append(fault)


def read(wanted: dict, operations: tuple[str, ...]) -> Fault:
    """The fault that an object asks for; 422 names each place that is wrong."""
    kind, errors = wanted.get("kind"), []
    scope = KINDS[kind][0] if isinstance(kind, str) and kind in KINDS else ""
    operation = wanted.get("operation") if scope in (CALL, "") else scope
    probability, seed = wanted.get("probability", 1.0), wanted.get("seed", 0)
    persistent = wanted.get("persistent", False)
    count, seconds = wanted.get("count", None if "probability" in wanted else 1), wanted.get("seconds", 1.0)
    least, most = (-LONGEST_CLOCK_ERROR, LONGEST_CLOCK_ERROR) if scope == CLOCK else (0.0, LONGEST_DELAY)
    if not scope:
        errors.append(entry("/kind", "unknown", f"one of {', '.join(KINDS)} is needed"))
    if scope in (CALL, "") and operation not in (*operations, ANY):
        errors.append(entry("/operation", "unknown", f"one of {', '.join((ANY, *operations))} is needed"))
    if count is not None and (type(count) is not int or not 1 <= count <= MOST):
        errors.append(entry("/count", "range", f"a whole number from 1 to {MOST} is needed"))
    if type(seconds) not in (int, float) or not least <= seconds <= most:
        errors.append(entry("/seconds", "range", f"a number from {least:.0f} to {most:.0f} is needed"))
    if type(probability) not in (int, float) or not 0 < probability <= 1:
        errors.append(entry("/probability", "range", "a number above 0, up to 1, is needed"))
    if type(seed) is not int:
        errors.append(entry("/seed", "format", "a whole number is needed"))
    if type(persistent) is not bool:
        errors.append(entry("/persistent", "format", "true or false is needed"))
    if errors:
        raise incomplete(errors)
    if scope == CLOCK:
        count = None
    return Fault(operation, kind, count, float(seconds), float(probability), seed, persistent)

"""Faults on demand, and a count of what was asked: for tests and for trying out what a user sees.

Both are kept in memory only: a restart ends every fault.
"""

from __future__ import annotations

import collections
import threading
from dataclasses import dataclass

KINDS = {
    "drop_reply": "the work is done, then the connection is closed without an answer",
    "busy": "503 with Retry-After, nothing is done",
    "error_500": "500, nothing is done",
    "delay": "the call waits `seconds` before it is looked at",
    "return_for_review": "the reviewer sends the next application back",
}
REVIEW = "review"  # the operation of `return_for_review`
MOST = 1000
LONGEST_DELAY = 120.0


@dataclass
class Fault:
    """One kind of trouble for the next ``count`` calls of an operation; ``seconds`` is the delay or the pause."""

    operation: str
    kind: str
    count: int = 1
    seconds: float = 1.0


class Faults:
    """The faults that wait, and how often each operation was called."""

    def __init__(self):
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._calls: collections.Counter[str] = collections.Counter()

    def add(self, fault: Fault) -> None:
        """Let a fault wait for its operation."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Forget every fault."""
        with self._lock:
            self._waiting.clear()

    def take(self, operation: str) -> Fault | None:
        """The fault that strikes this call, if any; each strikes as often as its count says."""
        with self._lock:
            fault = next((each for each in self._waiting if each.operation == operation), None)
            if fault:
                fault.count -= 1
                if fault.count <= 0:
                    self._waiting.remove(fault)
            return fault

    def note(self, operation: str) -> None:
        """Count a call."""
        with self._lock:
            self._calls[operation] += 1

    def calls(self) -> dict[str, int]:
        """How often each operation was called since the start."""
        with self._lock:
            return dict(self._calls)

"""How often somebody may guess: tries in vain are counted by address and in all, in the memory of each process.

Whoever has a right token or right numbers is never counted. Addresses are forgotten after a while, and only so many are
remembered, so that counting costs no memory either.

>>> all(may_try("a", now=0.0) and not note("a", now=0.0) for _each in range(OF_ONE))
True
>>> may_try("a", now=1.0), may_try("b", now=1.0), may_try("a", now=WINDOW + 1.0)
(False, True, True)
"""

import threading
import time

WINDOW = 60.0  # seconds
OF_ONE = 60  # tries in vain of one address in a window
OF_ALL = 1200
REMEMBERED = 10_000  # addresses

_lock = threading.Lock()
_counts: dict[str, int] = {}
_state = {"began": 0.0, "all": 0}


def _turn(now):
    """Begin a new window where the last one is over."""
    if not 0 <= now - _state["began"] < WINDOW:
        _counts.clear()
        _state.update(began=now, all=0)


def may_try(address, now=None):
    """Whether this address may guess once more."""
    now = time.monotonic() if now is None else now
    with _lock:
        _turn(now)
        return _counts.get(address, 0) < OF_ONE and _state["all"] < OF_ALL


def note(address, now=None):
    """It guessed in vain."""
    now = time.monotonic() if now is None else now
    with _lock:
        _turn(now)
        _state["all"] += 1
        if address in _counts or len(_counts) < REMEMBERED:
            _counts[address] = _counts.get(address, 0) + 1


def forget():
    """Begin anew; for tests."""
    with _lock:
        _counts.clear()
        _state.update(began=0.0, all=0)

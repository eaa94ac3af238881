"""How often somebody may guess: wrong tries are counted by kind of guess, by address and in all, in each process.

Whoever has a right token or right numbers is never counted. Addresses are forgotten after a while, and only so many are
remembered, so that counting costs no memory either.

>>> all(may_try("form", "a", now=0.0) and not note("form", "a", now=0.0) for _each in range(OF_ONE))
True
>>> may_try("form", "a", now=1.0), may_try("token", "a", now=1.0), may_try("form", "b", now=1.0)
(False, True, True)
>>> seconds_left(now=20.0), may_try("form", "a", now=WINDOW + 1.0)
(40, True)
>>> party("203.0.113.7"), party("2001:db8:1:2:3:4:5:6"), party("::ffff:203.0.113.7")
('203.0.113.7', '2001:db8:1:2::/64', '203.0.113.7')
"""

import collections
import ipaddress
import math
import threading
import time

from odoo.http import request

WINDOW = 60.0  # seconds
OF_ONE = 60  # wrong tries of one address in a window, of each kind
OF_ALL = 1200
REMEMBERED = 10_000  # addresses
ONE_PARTY = 64  # bits of an IPv6 address that one party has: it chooses the others as it likes

_lock = threading.Lock()
_counts: collections.Counter[tuple[str, str]] = collections.Counter()
_all: collections.Counter[str] = collections.Counter()
_state = {"began": 0.0}


def _turn(now):
    """Begin a new window where the last one is over."""
    if not 0 <= now - _state["began"] < WINDOW:
        _counts.clear()
        _all.clear()
        _state["began"] = now


def may_try(kind, address, now=None):
    """Whether this address may guess once more."""
    now = time.monotonic() if now is None else now
    with _lock:
        _turn(now)
        return _counts[kind, address] < OF_ONE and _all[kind] < OF_ALL


def note(kind, address, now=None):
    """It guessed wrong."""
    now = time.monotonic() if now is None else now
    with _lock:
        _turn(now)
        _all[kind] += 1
        if (kind, address) in _counts or len(_counts) < REMEMBERED:
            _counts[kind, address] += 1


def seconds_left(now=None):
    """Until when whoever guessed too often waits."""
    now = time.monotonic() if now is None else now
    return max(1, math.ceil(WINDOW - (now - _state["began"])))


def forget():
    """Begin anew; for tests."""
    with _lock:
        _counts.clear()
        _all.clear()
        _state.update(began=0.0)


# --- of a request ------------------------------------------------------------------------------------------
def caller():
    """Who asks: the address that the server was told by its proxy, where it knows that there is one."""
    return party(request.httprequest.remote_addr or "")


def party(address):
    """What tells one party from another in an address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    known = getattr(known, "ipv4_mapped", None) or known
    return str(ipaddress.ip_network((known, ONE_PARTY), strict=False)) if known.version == 6 else str(known)


def too_many(headers=(), words=""):
    """The answer to whoever guessed too often, in a few bytes.

    :param words: what it says, where the page has a language of its own
    """
    return request.make_response(
        words or request.env._("Too many tries from your network. Wait a minute, then try again."),
        headers=list({
            **dict(headers), "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store",
            "Retry-After": str(seconds_left()),
        }.items()),
        status=429,
    )  # fmt: skip

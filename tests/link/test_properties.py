"""What must hold of every profile and of the tables of states, tried on records and bytes made at random."""

import datetime as dt
import importlib.util
import json
import sys
import types
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rcep_link import event, profiles
from rcep_link.application import Application
from rcep_link.errors import Unreadable
from rcep_link.filing import Filing
from rcep_link.profiles import Reply
from rcep_link.record import Record, slots

from tools.paths import ADDONS

HEART = ADDONS / "rcep_eco"
settings.register_profile("link", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("link")


def table(name):
    """A table of states of the add-on, which needs no Odoo, without the add-on itself, which does."""
    heart = types.ModuleType("heart")
    heart.__path__ = [str(HEART)]
    sys.modules.setdefault(heart.__name__, heart)
    return importlib.import_module(f"heart.states.{name}")


ODD_PLATFORM = importlib.util.spec_from_file_location("odd_platform", HEART / "tests/platform/odd_platform.py")
ODD = importlib.util.module_from_spec(ODD_PLATFORM)
ODD_PLATFORM.loader.exec_module(ODD)
ODD = ODD.load(profiles)
PROFILES = {profile.code: profile for profile in (profiles.get(profiles.DEFAULT), ODD.PROFILE)}
REPLIES = ("read_token", "read_filing", "read_application", "read_events", "read_issuer_check", "read_failure")
BODIES = ("read_push", "read_application_body", "read_filing_body")

# --- records at random
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
SCALARS = {
    str: TEXTS,
    int: st.integers(0, 10**6),
    bool: st.booleans(),
    Decimal: st.integers(0, 10**9).map(lambda number: Decimal(number) / 100),
    dt.date: st.dates(dt.date(2022, 1, 1), dt.date(2040, 1, 1)),
}


def records(cls):
    """Any record of a class, with every combination of what may be absent."""
    facts = {name: _values(slot) for name, slot in slots(cls).items()}
    return st.fixed_dictionaries(facts).map(lambda drawn: cls(**drawn))


def _values(slot):
    one = records(slot.type) if issubclass(slot.type, Record) else SCALARS[slot.type]
    if slot.choices:
        one = st.sampled_from(slot.choices)
    if slot.many:
        return st.lists(one, max_size=2).map(tuple)
    return st.none() | one if slot.optional else one


@pytest.mark.parametrize("code", PROFILES)
@given(application=records(Application), revision=st.integers(1, 99))
def test_an_application_goes_out_and_comes_back_the_same(code, application, revision):
    profile = PROFILES[code]
    body = profile.application_body(application, revision, True)
    assert profile.read_application_body(body) == application
    assert body.decode().encode() == body  # it is kept as text


@pytest.mark.parametrize("code", PROFILES)
@given(filing=records(Filing))
def test_a_filing_goes_out_and_comes_back_the_same(code, filing):
    profile = PROFILES[code]
    assert profile.read_filing_body(profile.filing_body(filing)) == filing


# --- bytes at random
KEYS = st.sampled_from(
    ("data", "res", "events", "list", "state", "zt", "errors", "errs", "ret", "client_ref", "id", "n", "sequence", "at")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
BYTES = st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode())


@pytest.mark.parametrize("code", PROFILES)
@pytest.mark.parametrize("reader", [*REPLIES, *BODIES])
@given(body=BYTES, status=st.integers(100, 599))
def test_any_bytes_are_read_or_unreadable(code, reader, body, status):
    read = getattr(PROFILES[code], reader, None)
    if read is None:
        assert (code, reader) == ("odd-1", "read_token")  # it works without tokens
        return
    try:
        read(body if reader in BODIES else Reply(status, {"Retry-After": body.decode("latin-1")}, body))
    except Unreadable as error:
        assert str(error)


# --- the tables
STATES = table("certificate_states")
PLATFORM = table("actors").PLATFORM
MESSAGES = table("message_states")


def reached(start, moves):
    """Every state that can be come to."""
    found, waiting = set(), [start]
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting += [after for before, after in moves if before == state]
    return found


def test_every_state_of_the_link_is_in_the_table_and_can_be_come_to():
    assert {state for move in STATES.MOVES for state in move} == set(event.STATES)
    assert reached("draft", STATES.MOVES) == set(event.STATES)


def test_what_the_platform_has_ended_nothing_moves():
    assert not [move for move in STATES.MOVES if move[0] in event.FINAL_STATES]


def test_only_the_platform_decides_and_only_people_prepare():
    decided = {*STATES.DECIDED, "under_review"}
    for (before, after), who in STATES.MOVES.items():
        assert (who == (PLATFORM,)) == (after in decided or before in ("submitted", "under_review") or (
            before == "returned" and after != "draft")), (before, after)


def test_every_message_can_arrive_and_none_that_arrived_moves():
    for state, _label in MESSAGES.STATES:
        assert "delivered" in reached(state, MESSAGES.MOVES)
    assert not [move for move in MESSAGES.MOVES if move[0] == "delivered"]


@given(st.lists(st.sampled_from(sorted(dict(MESSAGES.STATES))), max_size=12))
def test_what_may_have_left_is_never_sent_without_asking(wanted):
    """Along any allowed way, a message that is unknown does not become one that is simply sent."""
    state, way = "queued", ["queued"]
    for after in wanted:
        if (state, after) in MESSAGES.MOVES:
            state = after
            way.append(after)
    if "unknown" in way:
        assert MESSAGES.SENDABLE not in way[way.index("unknown") :]

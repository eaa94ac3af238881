"""Whatever a platform sends, a reader gives a record or raises `Unreadable`, and never anything else."""

import json
import random

import pytest
from rcep_link import profiles
from rcep_link.application import Application
from rcep_link.errors import Unreadable
from rcep_link.event import Event, EventPage, FilingOutcome, IssuerCheck, Outcome
from rcep_link.filing import Filing
from rcep_link.profiles import Reply, ccpit_json_1

from .test_record import GOOD

PROFILE = profiles.get("ccpit-json-1")
STATE = {
    "client_ref": "7c1d", "revision": 1, "sequence": 2, "state": "ISSUED", "certificate_id": "c-1",
    "certificate_no": "26C3302A0001/00042", "issued_at": "2026-05-01T08:00:00Z", "valid_until": "2027-05-01",
    "print_state": "PRINTED", "issuer_check_url": "https://platform.example/check/x",
    "occurred_at": "2026-05-01T08:00:00Z", "content_digest": "sha-256:00", "duplicate": False,
    "errors": [{"path": "/application/goods/0/hs_code", "code": "format", "message": "six digits"}],
}  # fmt: skip
EVENT = {**STATE, "event_id": "e-1"}
READERS = {
    "read_application": ({"data": STATE, "request_id": "r"}, Outcome),
    "read_filing": ({"data": {**STATE, "state": "ACCEPTED"}, "request_id": "r"}, FilingOutcome),
    "read_events": ({"data": {"events": [EVENT], "cursor": "5", "more": False}}, EventPage),
    "read_issuer_check": ({"data": {"check_url": "https://platform.example/x", "check_token": "t"}}, IssuerCheck),
    "read_token": ({"access_token": "t-1", "expires_in": 60}, profiles.Token),
    "read_failure": ({"code": "no", "message": "words", "errors": STATE["errors"]}, profiles.Failure),
    "read_keys": ({"data": {"keys": [{"key_id": "k-1", "public_key_pem": "PEM", "ends": None}]}}, tuple),
    "read_push": (EVENT, Event),
    "read_application_body": (json.loads(PROFILE.application_body(Application.from_json(GOOD), 1, True)), Application),
}
JUNK = (
    None, True, False, 0, -1, 1.5, 10**400, "", "x", "\ud800", "\x00", "2026-13-40", "9" * 5000, [], [[]], [None], {},
    {"": {}}, [{"path": 5, "code": [], "message": {}}], [5, "x", None],
)  # fmt: skip
BAD_BYTES = (
    b"", b" ", b"null", b"5", b'"x"', b"[]", b"{", b"{}", b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"data":NaN}',
    b'{"data":5}',
    b'{"data":[]}', b'{"data":{}}', b"[" * 200_000, b'{"a":' * 200_000, b"<html>", b"%PDF-1.7", b"\x00" * 100,
    b'{"data":{"state":"ISSUED"}}', b'{"data":' + b"9" * 10_000 + b"}",
)  # fmt: skip
TRIES = 400


def read(reader: str, body: bytes):
    status = 422 if reader == "read_failure" else 200
    given = body if reader in ("read_push", "read_application_body") else Reply(status, {}, body)
    return getattr(PROFILE, reader)(given)


def places(value, way=()):
    """Every place inside a JSON value."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*way, key))


def replaced(value, way, junk):
    if not way:
        return junk
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[way[0]] = replaced(value[way[0]], way[1:], junk)
    return changed


@pytest.mark.parametrize("reader", READERS)
def test_a_good_reply_is_read(reader):
    body, kind = READERS[reader]
    assert isinstance(read(reader, json.dumps(body).encode()), kind)


@pytest.mark.parametrize("reader", READERS)
def test_bytes_without_sense_are_unreadable(reader):
    for body in BAD_BYTES:
        if reader == "read_failure":  # a refusal without words is a refusal all the same
            assert isinstance(read(reader, body), profiles.Failure)
            continue
        with pytest.raises(Unreadable):
            read(reader, body)


@pytest.mark.parametrize("reader", READERS)
def test_junk_in_any_place_is_read_or_unreadable(reader):
    body, kind = READERS[reader]
    for way in places(body):
        for junk in JUNK:
            text = json.dumps(replaced(body, way, junk)).encode()
            try:
                assert isinstance(read(reader, text), kind)
            except Unreadable as error:
                assert str(error)


@pytest.mark.parametrize("reader", READERS)
def test_damaged_bytes_are_read_or_unreadable(reader):
    body, kind = READERS[reader]
    text = json.dumps(body).encode()
    chance = random.Random(19)
    for _each in range(TRIES):
        damaged = bytearray(text)
        for _change in range(chance.randint(1, 4)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 2))
        try:
            assert isinstance(read(reader, bytes(damaged)), kind)
        except Unreadable as error:
            assert len(error.raw) <= 300


def test_an_unknown_state_is_not_guessed():
    with pytest.raises(Unreadable, match="none of"):
        read("read_push", json.dumps({**EVENT, "state": "PERHAPS"}).encode())


@pytest.mark.parametrize(
    "facts", [{"sequence": 2**31}, {"sequence": -1}, {"revision": 10**30}, {"client_ref": "a\0"}, {"event_id": "\0"}]
)
def test_what_no_database_holds_is_unreadable(facts):
    with pytest.raises(Unreadable):
        read("read_push", json.dumps({**EVENT, **facts}).encode())


def test_the_token_is_in_no_error():
    with pytest.raises(Unreadable) as unreadable:
        read("read_token", json.dumps({"access_token": "geheim\u00fc"}).encode())
    assert "geheim" not in str(unreadable.value) + repr(unreadable.value.raw)


def pointers(cls, root, wording=ccpit_json_1.TABLES["words"]):
    return [(root, name) for name in wording[cls.__name__]]


@pytest.mark.parametrize(("root", "name"), [*pointers(Application, "application"), *pointers(Filing, "filing")])
def test_pointer_and_path_are_inverse(root, name):
    for path in (name, f"{name}.0", f"{name}.0.hs6", f"{name}.0.number"):
        assert PROFILE.path(PROFILE.pointer(root, path)) == path


def test_every_error_has_a_cause_and_a_next_step():
    for code in ccpit_json_1.TABLES["errors"]:
        explanation = PROFILE.explain(code)
        assert explanation.cause.endswith(".")
        assert explanation.next_step.endswith(".")


@pytest.mark.parametrize("state", ["RETURNED", "REFUSED", "WITHDRAWN", "CANCELLED"])
def test_why_it_ended_is_read_where_no_field_is_named(state):
    event = PROFILE.read_push(json.dumps({**EVENT, "state": state, "errors": [], "reason": "No such\nfirm."}).encode())
    assert [(each.path, each.message) for each in event.errors] == [("", "No such firm.")]


def test_of_what_goes_on_no_earlier_reason_is_read():
    event = PROFILE.read_push(json.dumps({**EVENT, "errors": [], "reason": "No such firm."}).encode())
    assert event.errors == ()


@pytest.mark.parametrize("junk", JUNK)
def test_a_reason_that_makes_no_sense_stops_nothing(junk):
    body = json.dumps({**EVENT, "state": "REFUSED", "reason": junk}).encode()
    assert PROFILE.read_push(body).state == "rejected"

"""Pushes that go wrong on demand, and a key of pushes that is replaced in flight."""

import datetime as dt

import pytest
from rcep_link import profiles
from rcep_link.errors import BadSignature
from rcep_link.signatures import Verifier, verify

from .conftest import new_uscc
from .running import wait_for
from .website import website

PROFILE = profiles.get("ccpit-json-1")


def draft_twice(firm):
    """Two events of one application."""
    application = firm.application()
    firm.send(application, submit=False)
    firm.send(application, revision=2, submit=False)


def sequences(received):
    return [PROFILE.read_push(body).sequence for _path, _headers, body in received]


def signed_by(keys: dict, push) -> str:
    path, headers, body = push
    verifiers = {key_id: Verifier.from_pem(pem) for key_id, pem in keys.items()}
    return verify(verifiers, "POST", path, headers, body, now=dt.datetime.now(dt.timezone.utc))


def announced(firm) -> dict:
    keys = firm.get("/v1/keys").json()["data"]["keys"]
    return {key["key_id"]: key["public_key_pem"] for key in keys}


@pytest.fixture
def listening(own_sandbox):
    """A firm with a website, in a sandbox whose pushes nobody else has."""
    with website() as (address, received):
        yield own_sandbox, own_sandbox.enrol(push_url=address), received


def test_a_duplicated_push_arrives_twice(listening):
    sandbox, firm, received = listening
    sandbox.fault(kind="push_duplicate")
    draft_twice(firm)
    wait_for(lambda: len(received) == 3)
    assert sequences(received) == [1, 1, 2]


def test_a_reordered_push_comes_after_the_next_one(listening):
    sandbox, firm, received = listening
    sandbox.fault(kind="push_reorder", seconds=60)
    draft_twice(firm)
    wait_for(lambda: len(received) == 2, patience=10)
    assert sequences(received) == [2, 1]


def test_a_reordered_push_that_nothing_follows_does_not_wait_for_ever(listening):
    sandbox, firm, received = listening
    sandbox.fault(kind="push_reorder", seconds=0.3)
    firm.send(firm.application(), submit=False)
    wait_for(lambda: received)
    assert sequences(received) == [1]


def test_a_delayed_push_is_overtaken(listening):
    sandbox, firm, received = listening
    sandbox.fault(kind="push_delay", seconds=1)
    draft_twice(firm)
    wait_for(lambda: len(received) == 2)
    assert sequences(received) == [2, 1]


def test_a_lost_push_is_only_in_the_feed(listening):
    sandbox, firm, received = listening
    sandbox.fault(kind="push_lost")
    draft_twice(firm)
    wait_for(lambda: received)
    assert sequences(received) == [2]
    assert [event.sequence for event in firm.all_events()] == [1, 2]


def test_a_push_with_a_bad_signature_is_refused_and_comes_again_with_a_good_one(own_sandbox):
    with website(401) as (address, received):
        firm = own_sandbox.enrol(push_url=address)
        own_sandbox.fault(kind="push_bad_signature")
        firm.send(firm.application(), submit=False)
        wait_for(lambda: len(received) == 2)
    bad, good = received
    with pytest.raises(BadSignature):
        signed_by(announced(firm), bad)
    assert signed_by(announced(firm), good) == firm.enrolment["platform_key_id"]


def test_a_new_key_signs_and_the_old_one_is_announced_for_a_while(listening):
    sandbox, firm, received = listening
    firm.send(firm.application("NB-1"), submit=False)
    wait_for(lambda: len(received) == 1)
    new = sandbox.ask("POST", "/keys/rotate", {"overlap_seconds": 60}).json()
    assert announced(firm).keys() == {firm.enrolment["platform_key_id"], new["key_id"]}
    firm.send(firm.application("NB-2"), submit=False)
    wait_for(lambda: len(received) == 2)
    signers = [signed_by(announced(firm), push) for push in received]
    assert signers == [firm.enrolment["platform_key_id"], new["key_id"]]


def test_a_key_that_signs_later_is_announced_first(listening):
    sandbox, firm, received = listening
    new = sandbox.ask("POST", "/keys/rotate", {"in_seconds": 3600, "overlap_seconds": 60}).json()
    sandbox.kill()
    sandbox.start()
    assert new["key_id"] in announced(firm)
    firm.send(firm.application(), submit=False)
    wait_for(lambda: received)
    assert signed_by(announced(firm), received[0]) == firm.enrolment["platform_key_id"]
    assert sandbox.enrol(new_uscc()).enrolment["platform_key_id"] == firm.enrolment["platform_key_id"]


def test_without_overlap_the_old_key_is_gone(listening):
    sandbox, firm, _received = listening
    new = sandbox.ask("POST", "/keys/rotate", {"overlap_seconds": 0}).json()
    assert announced(firm) == {new["key_id"]: new["public_key_pem"]}


def test_a_rotation_without_sense_is_refused(sandbox):
    reply = sandbox.ask("POST", "/keys/rotate", {"in_seconds": "soon"})
    assert (reply.status_code, [error["path"] for error in reply.json()["errors"]]) == (422, ["/in_seconds"])

"""Events: pushed and signed, tried again, the same in the feed."""

import datetime as dt
import json
import socket

import pytest
from rcep_link import profiles
from rcep_link.errors import BadSignature
from rcep_link.signatures import Verifier, verify

from .conftest import new_uscc
from .running import wait_for
from .website import website

PROFILE = profiles.get("ccpit-json-1")


def platform_keys(firm):
    answer = firm.enrolment
    return {answer["platform_key_id"]: Verifier.from_pem(answer["platform_public_key_pem"])}


def test_each_change_is_pushed_and_signed(sandbox):
    with website() as (address, received):
        firm = sandbox.enrol(new_uscc(), push_url=address)
        issued = firm.issue(firm.application())
        wait_for(lambda: len(received) == 3)
    for path, headers, body in received:
        verify(platform_keys(firm), "POST", path, headers, body, now=dt.datetime.now(dt.timezone.utc))
        with pytest.raises(BadSignature):
            verify(platform_keys(firm), "POST", path, headers, body + b" ", now=dt.datetime.now(dt.timezone.utc))
    events = [PROFILE.read_push(body) for _path, _headers, body in received]
    assert [event.state for event in events] == ["submitted", "under_review", "issued"]
    assert [event.sequence for event in events] == [1, 2, 3]
    assert events[-1].certificate_no == issued.certificate_no
    assert firm.all_events() == events


def test_a_push_that_failed_is_made_again_with_a_new_signature(sandbox):
    with website(500, 302) as (address, received):
        firm = sandbox.enrol(new_uscc(), push_url=address)
        firm.send(firm.application(), submit=False)
        wait_for(lambda: len(received) == 3)
    bodies = {body for _path, _headers, body in received}
    signatures = {headers["Signature"] for _path, headers, _body in received}
    assert (len(bodies), len(signatures)) == (1, 3)


def test_a_website_that_never_answers_holds_up_no_other(sandbox):
    with socket.create_server(("127.0.0.1", 0)) as silent, website() as (address, received):
        dead = sandbox.enrol(new_uscc(), push_url=f"http://127.0.0.1:{silent.getsockname()[1]}/events")
        dead.send(dead.application(), submit=False)
        with silent.accept()[0]:  # its push is under way now, and gets no answer
            alive = sandbox.enrol(new_uscc(), push_url=address)
            alive.send(alive.application(), submit=False)
            wait_for(lambda: received, patience=5)


def test_events_wait_for_a_website_that_was_away(sandbox):
    uscc = new_uscc()
    firm = sandbox.enrol(uscc, push_url="http://127.0.0.1:9/events")
    firm.send(firm.application(), submit=False)
    with website() as (address, received):
        sandbox.enrol(uscc, push_url=address)
        wait_for(lambda: received)


def test_the_feed_goes_on_after_a_cursor(firm):
    firm.send(firm.application(), submit=False)
    page = firm.client.events()
    assert (len(page.events), page.more) == (1, False)
    assert firm.client.events(page.cursor).events == ()
    firm.send(firm.application(), submit=False)
    assert len(firm.client.events(page.cursor).events) == 1


def test_a_long_feed_comes_in_pages(firm):
    drafts = [firm.application(f"NB-{i}") for i in range(101)]
    for draft in drafts:
        firm.send(draft, submit=False)
    assert firm.client.events().more
    assert [event.client_ref for event in firm.all_events()] == [draft.client_ref for draft in drafts]


def test_every_event_says_specimen(firm):
    firm.send(firm.application(), submit=False)
    (event,) = firm.all_events()
    assert json.loads(json.dumps(event.raw))["specimen"] is True

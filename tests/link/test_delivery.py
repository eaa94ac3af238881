"""Exactly once over real sockets: what may have arrived is asked for, and only what is not held is sent."""

import pytest
from rcep_link import profiles
from rcep_link.canonical import digest
from rcep_link.client import Client, Connection
from rcep_link.delivery import Parcel
from rcep_link.errors import Conflict, UnknownOutcome
from rcep_link.signatures import LocalSigner

from .wire import envelope, hang_up, platform, reply

BODY = b'{"application":{},"revision":2,"submit":true}'
MISSING = reply(404, envelope(code="not_found"))


def held(state="RECEIVED", revision=2, content=BODY, **facts):
    values = {"client_ref": "A-1", "revision": revision, "sequence": 3, "state": state, **facts}
    if content is not None:
        values["content_digest"] = f"sha-256:{digest(content)}"
    return reply(200, envelope(values))


def deliver(server, kind="application", **facts):
    connection = Connection(server.url, "C-1", "secret", read_timeout=2.0)
    client = Client(profiles.get("ccpit-json-1"), connection, LocalSigner.generate("k-1"))
    facts = {"client_ref": "A-1", "body": BODY, "message_id": "m-1", "revision": 2, **facts}
    return Parcel(kind=kind, **facts).deliver(client)


def sent(server):
    return [line for line, _fields, _body in server.requests if line.startswith(("PUT", "POST /v1"))]


def test_what_never_left_is_sent_without_a_question():
    with platform(held()) as server:
        assert deliver(server).state == "submitted"
        assert not server.named("GET")


def test_a_lost_answer_is_unknown_and_the_next_try_only_asks():
    with platform(hang_up, held()) as server:
        with pytest.raises(UnknownOutcome):
            deliver(server)
        assert deliver(server, ask_first=True).state == "submitted"
        assert len(sent(server)) == 1


def test_what_the_platform_never_received_is_sent():
    with platform(MISSING, held()) as server:
        deliver(server, ask_first=True)
        assert len(sent(server)) == 1


def test_an_earlier_revision_there_means_that_this_one_is_sent():
    with platform(held(revision=1, content=b"{}"), held()) as server:
        deliver(server, ask_first=True)
        assert len(sent(server)) == 1


def test_a_later_revision_there_means_that_this_one_is_not_sent():
    with platform(held(revision=3, content=b"{}")) as server:
        assert deliver(server, ask_first=True).revision == 3
        assert not sent(server)


def test_other_content_under_the_same_revision_is_never_adopted():
    with platform(held(content=b"{}")) as server:
        with pytest.raises(Conflict, match="other content; nothing was adopted"):
            deliver(server, ask_first=True)
        assert not sent(server)
    with platform(held(content=b"{}", duplicate=True)) as server, pytest.raises(Conflict):
        deliver(server)


def test_a_platform_that_tells_no_digest_is_taken_by_its_revision():
    with platform(held(content=None)) as server:
        assert deliver(server, ask_first=True).revision == 2
        assert not sent(server)


def test_a_refused_question_leaves_open_what_became_of_the_message():
    with platform(reply(422, envelope(code="format"))) as server, pytest.raises(UnknownOutcome):
        deliver(server, ask_first=True)


@pytest.mark.parametrize(("kind", "state"), [("withdrawal", "WITHDRAWN"), ("cancellation", "CANCELLED")])
def test_what_is_done_already_is_not_asked_for_again(kind, state):
    with platform(held(state)) as server:
        deliver(server, kind, certificate_ref="c-1", ask_first=True)
        assert not sent(server)


@pytest.mark.parametrize(
    ("kind", "address"),
    [("withdrawal", "/v1/applications/A-1/withdraw"), ("cancellation", "/v1/certificates/c-1/cancel")],
)
def test_what_is_not_done_yet_is_asked_for(kind, address):
    with platform(held("ISSUED"), held()) as server:
        deliver(server, kind, certificate_ref="c-1", ask_first=True)
        assert server.named(f"POST {address}")

"""Faults on demand, endings, and a restart in the middle of everything."""

import pytest
import requests
from rcep_link.errors import Busy, NotFound, UnknownOutcome

from . import samples
from .running import wait_for
from .website import website


def test_a_lost_answer_is_an_unknown_outcome_and_asking_finds_it(sandbox, firm):
    firm.file(samples.filing())
    application = firm.application()
    sandbox.fault(operation="submit", kind="drop_reply")
    with pytest.raises(UnknownOutcome):
        firm.send(application)
    assert firm.client.status(application.client_ref).revision == 1
    assert firm.send(application).duplicate
    firm.reach(application.client_ref, "issued")
    assert {event.client_ref for event in firm.all_events()} == {application.client_ref}


def test_a_busy_platform_names_its_pause_and_does_nothing(sandbox, firm):
    sandbox.fault(operation="submit", kind="busy", seconds=7)
    application = firm.application()
    with pytest.raises(Busy) as busy:
        firm.send(application, submit=False)
    assert busy.value.retry_after == 7
    with pytest.raises(NotFound):
        firm.client.status(application.client_ref)


def test_an_error_of_its_own_leaves_the_outcome_open(sandbox, firm):
    sandbox.fault(operation="submit", kind="error_500")
    with pytest.raises(UnknownOutcome):
        firm.send(firm.application(), submit=False)


def test_a_late_answer_is_an_unknown_outcome(sandbox, firm):
    impatient = firm.make_client(read_timeout=0.3)
    impatient.connect()
    sandbox.fault(operation="submit", kind="delay", seconds=2)
    application = firm.application()
    body = firm.client.profile.application_body(application, 1, False)
    with pytest.raises(UnknownOutcome):
        impatient.submit(application.client_ref, body, "m-1")
    wait_for(lambda: firm.state_in(application.client_ref, ("draft",)))


def test_the_reviewer_sends_back_on_demand(own_sandbox):
    firm = own_sandbox.enrol()
    own_sandbox.fault(kind="return_for_review")
    firm.file(samples.filing())
    application = firm.application()
    firm.send(application)
    returned = firm.reach(application.client_ref, "returned")
    assert [error.code for error in returned.errors] == ["reviewer"]
    firm.send(application, revision=2)
    firm.reach(application.client_ref, "issued")


def test_faults_strike_as_often_as_asked_and_can_be_taken_back(sandbox, firm):
    sandbox.fault(operation="status", kind="busy", count=2)
    for _each in range(2):
        with pytest.raises(Busy):
            firm.client.status("some")
    sandbox.fault(operation="status", kind="busy")
    sandbox.ask("DELETE", "/faults")
    with pytest.raises(NotFound):
        firm.client.status("some")


def test_a_fault_that_nobody_knows_is_refused(sandbox):
    reply = sandbox.ask("POST", "/faults", {"operation": "dance", "kind": "fall", "count": 0, "seconds": "x"})
    assert [error["path"] for error in reply.json()["errors"]] == ["/kind", "/operation", "/count", "/seconds"]


def test_a_draft_is_withdrawn_and_repeating_succeeds(firm):
    application = firm.application()
    firm.send(application, submit=False)
    for _each in range(2):
        reply = firm.post(f"/v1/applications/{application.client_ref}/withdraw", {"reason": "not needed"})
        assert (reply.status_code, reply.json()["data"]["state"]) == (200, "WITHDRAWN")
    assert firm.client.status(application.client_ref).state == "withdrawn"


def test_a_certificate_is_cancelled_and_never_withdrawn(firm):
    issued = firm.issue(firm.application())
    assert firm.post(f"/v1/applications/{issued.client_ref}/withdraw", {"reason": "too late"}).status_code == 409
    for _each in range(2):
        reply = firm.post(f"/v1/certificates/{issued.certificate_id}/cancel", {"reason": "order fell through"})
        assert (reply.status_code, reply.json()["data"]["state"]) == (200, "CANCELLED")
    assert "Cancelled" in requests.get(issued.issuer_check_url, timeout=10).text
    assert firm.post(f"/v1/certificates/{issued.certificate_id}/cancel", {"reason": ""}).status_code == 422


def test_an_invoice_is_free_again_after_cancelling(firm):
    first = firm.issue(firm.application("NB2026-007"))
    firm.post(f"/v1/certificates/{first.certificate_id}/cancel", {"reason": "order fell through"})
    second = firm.application("NB2026-007")
    firm.send(second)
    assert firm.reach(second.client_ref, "issued", "returned").state == "issued"


def test_a_restart_keeps_everything_and_goes_on(own_sandbox):
    firm = own_sandbox.enrol()
    issued = firm.issue(firm.application("NB2026-001"))
    pdf = firm.client.document(issued.certificate_id)
    waiting = firm.application("NB2026-002")
    firm.send(waiting)
    assert own_sandbox.stop() == 0
    own_sandbox.start()
    assert firm.client.status(issued.client_ref).certificate_no == issued.certificate_no
    assert firm.client.document(issued.certificate_id) == pdf
    assert firm.reach(waiting.client_ref, "issued").revision == 1
    again = own_sandbox.enrol()
    assert again.enrolment["platform_key_id"] == firm.enrolment["platform_key_id"]


def test_a_killed_platform_delivers_after_its_restart(own_sandbox):
    with website(*[500] * 3) as (address, received):
        firm = own_sandbox.enrol(push_url=address)
        application = firm.application()
        firm.send(application, submit=False)
        wait_for(lambda: received)
        own_sandbox.kill()
        own_sandbox.start()
        wait_for(lambda: len(received) >= 4)
    assert len({body for _path, _headers, body in received}) == 1

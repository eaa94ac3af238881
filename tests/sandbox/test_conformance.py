"""A conformance run: done with the real client, claimed, and judged by what the platform saw."""

import contextlib
import dataclasses
import datetime as dt
import uuid

import pytest
from rcep_link.errors import Conflict, UnknownOutcome

from ccpit_sandbox.conformance import CASES

from . import samples
from .conftest import new_uscc
from .running import wait_for
from .website import website

RUNS = "/v1/conformance/runs"
SHOWN_BY_CONNECTING = ("token", "signature", "feed")  # a client that connects reads the feed, signed, with a token


class Run:
    """An integration that does each case and claims it."""

    def __init__(self, firm):
        self.firm = firm
        self.began = dt.datetime.now(dt.timezone.utc)
        self.refs = {}

    def claims(self) -> dict:
        ended = dt.datetime.now(dt.timezone.utc)
        return {
            "run_ref": str(uuid.uuid4()),
            "cases": [
                {
                    "id": case["id"], "client_ref": self.refs.get(case["id"], ""), "outcome": "passed",
                    "started_at": self.began.isoformat(), "ended_at": ended.isoformat(),
                }
                for case in CASES
            ],
        }  # fmt: skip

    def do_everything(self) -> None:
        self.filings()
        self.issued()
        self.corrected()
        self.lost_answer()
        self.withdrawn()
        self.firm.all_events()

    def filings(self) -> None:
        bare, whole = samples.filing(materials=(), product_ref="LAMP-2"), samples.filing()
        assert self.firm.file(bare).state == "returned"
        assert self.firm.file(whole).state == "accepted"
        self.refs |= {"filing_returned": bare.client_ref, "filing_accepted": whole.client_ref}

    def issued(self) -> None:
        application = self.firm.application("NB-1")
        self.firm.send(application)
        assert self.firm.send(application).duplicate
        with pytest.raises(Conflict):
            self.firm.send(dataclasses.replace(application, remarks="OTHER"))
        issued = self.firm.reach(application.client_ref, "issued")
        self.firm.client.document(issued.certificate_id)
        self.firm.client.issuer_check(issued.certificate_id)
        reason = self.firm.client.profile.reason_body("order fell through")
        self.firm.client.cancel(issued.certificate_id, reason, "m-1")
        cases = ("application_issued", "duplicate", "conflict", "document", "cancelled", "push")
        self.refs |= dict.fromkeys(cases, application.client_ref)

    def corrected(self) -> None:
        application = self.firm.application("NB-2", remarks="CONFORMANCE RETURN")
        self.firm.send(application)
        self.firm.reach(application.client_ref, "returned")
        self.firm.send(dataclasses.replace(application, remarks=""), revision=2)
        self.refs["application_corrected"] = application.client_ref

    def lost_answer(self) -> None:
        application = self.firm.application("NB-3", remarks="CONFORMANCE LOSE ANSWER")
        with pytest.raises(UnknownOutcome):
            self.firm.send(application)
        assert self.firm.client.status(application.client_ref).revision == 1
        self.refs["lost_answer"] = application.client_ref

    def withdrawn(self) -> None:
        application = self.firm.application("NB-4", remarks="CONFORMANCE HOLD")
        self.firm.send(application)
        reason = self.firm.client.profile.reason_body("not needed")
        self.firm.client.withdraw(application.client_ref, reason, "m-1")
        self.refs["withdrawn"] = application.client_ref


@pytest.fixture(scope="module")
def whole_run(sandbox):
    with website() as (address, received):
        firm = sandbox.enrol(new_uscc(), push_url=address)
        run = Run(firm)
        run.do_everything()
        wait_for(lambda: len(received) >= len(firm.all_events()))
        yield run


def results(reply) -> dict:
    assert reply.status_code in (200, 201), reply.text
    return {case["id"]: case["passed"] for case in reply.json()["data"]["cases"]}


def test_the_cases_are_reported_in_both_languages(firm):
    cases = firm.get("/v1/conformance").json()["data"]["cases"]
    assert len(cases) == 14
    assert all(case[key] for case in cases for key in ("id", "title", "title_zh", "looks_at", "looks_at_zh", "about"))


def test_an_integration_that_did_everything_passes(whole_run):
    reply = whole_run.firm.post(RUNS, whole_run.claims())
    assert results(reply) == {case["id"]: True for case in CASES}
    report = reply.json()["data"]
    assert (reply.status_code, report["passed"], report["specimen"]) == (201, True, True)
    stored = whole_run.firm.get(f"{RUNS}/{report['run_id']}").json()["data"]
    assert stored == {key: value for key, value in report.items() if key != "duplicate"}


def test_the_same_report_again_is_a_duplicate_and_another_a_conflict(whole_run):
    claims = whole_run.claims()
    first, again = (whole_run.firm.post(RUNS, claims).json()["data"] for _each in range(2))
    assert (first["run_id"], again["duplicate"]) == (again["run_id"], True)
    claims["cases"][0]["outcome"] = "failed"
    assert whole_run.firm.post(RUNS, claims).status_code == 409


@pytest.mark.parametrize("case", [case["id"] for case in CASES])
def test_who_did_nothing_cannot_claim_it(sandbox, whole_run, case):
    idle = sandbox.enrol(new_uscc())
    claims = whole_run.claims()
    claims["cases"] = [claim for claim in claims["cases"] if claim["id"] == case]
    passed = results(idle.post(RUNS, claims))
    assert passed.pop(case) is (case in SHOWN_BY_CONNECTING)
    assert not any(passed.values())


def test_what_the_integration_itself_calls_failed_is_not_passed(whole_run):
    claims = whole_run.claims()
    claims["cases"][4]["outcome"] = "failed"
    reply = whole_run.firm.post(RUNS, claims)
    assert [case for case, passed in results(reply).items() if not passed] == [claims["cases"][4]["id"]]
    assert reply.json()["data"]["passed"] is False


def test_what_happened_at_another_time_does_not_count(whole_run):
    claims = whole_run.claims()
    for claim in claims["cases"]:
        claim["started_at"] = claim["ended_at"] = "2026-01-01T00:00:00Z"
    assert not any(results(whole_run.firm.post(RUNS, claims)).values())


def test_who_sends_again_blindly_after_a_lost_answer_does_not_pass(firm):
    run = Run(firm)
    firm.file(samples.filing())
    application = firm.application("NB-9", remarks="CONFORMANCE LOSE ANSWER")
    with contextlib.suppress(UnknownOutcome):
        firm.send(application)
    firm.send(application)
    firm.client.status(application.client_ref)
    run.refs["lost_answer"] = application.client_ref
    claims = run.claims()
    claims["cases"] = [claim for claim in claims["cases"] if claim["id"] == "lost_answer"]
    assert results(firm.post(RUNS, claims))["lost_answer"] is False


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"id": "dance"}, "/cases/0/id"),
        ({"outcome": "fine"}, "/cases/0/outcome"),
        ({"started_at": "yesterday"}, "/cases/0/started_at"),
        ({"ended_at": "2026-01-01T00:00:00"}, "/cases/0/ended_at"),
        ({"client_ref": 5}, "/cases/0/client_ref"),
        ({"id": "push", "client_ref": ""}, "/cases/0/client_ref"),
    ],
)
def test_a_claim_that_makes_no_sense_is_named(firm, change, path):
    time = "2026-01-01T00:00:00Z"
    claim = {"id": "token", "outcome": "passed", "started_at": time, "ended_at": time}
    reply = firm.post(RUNS, {"run_ref": "r", "cases": [{**claim, **change}]})
    assert (reply.status_code, [error["path"] for error in reply.json()["errors"]]) == (422, [path])


def test_a_report_of_another_enterprise_is_not_found(whole_run, firm):
    run_id = whole_run.firm.post(RUNS, whole_run.claims()).json()["data"]["run_id"]
    assert firm.get(f"{RUNS}/{run_id}").status_code == 404

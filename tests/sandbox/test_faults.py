"""Every fault that can be asked for, as the exporter's side meets it."""

import datetime as dt
import email.utils
import re
import time
from pathlib import Path

import pytest
import requests
from rcep_link.errors import Busy, NotFound, Unauthorised, UnknownOutcome

import ccpit_sandbox
from ccpit_sandbox.faults import KINDS, Fault, Faults
from ccpit_sandbox.server import OPERATIONS
from ccpit_sandbox.store import Store

from . import samples
from .running import wait_for

README = Path(ccpit_sandbox.__file__).with_name("README.md")
NOTHING_IS_DONE = {
    "timeout_before": UnknownOutcome, "drop_request": UnknownOutcome, "error_500": UnknownOutcome,
    "too_many": Busy, "busy": Busy, "busy_until": Busy,
}  # fmt: skip
IT_IS_DONE = ("timeout_after", "drop_reply", "error_500_after", "malformed", "truncated", "cut_off", "odd_word")


@pytest.mark.parametrize("kind", NOTHING_IS_DONE)
def test_a_fault_before_the_work_leaves_nothing_behind(with_faults, firm, kind):
    application = firm.application()
    with_faults.fault(operation="submit", kind=kind, seconds=0.2)
    with pytest.raises(NOTHING_IS_DONE[kind]):
        firm.send(application, submit=False)
    with pytest.raises(NotFound):
        firm.client.status(application.client_ref)
    assert not firm.send(application, submit=False).duplicate


@pytest.mark.parametrize("kind", IT_IS_DONE)
def test_a_fault_after_the_work_leaves_the_outcome_open_and_the_work_done(with_faults, firm, kind):
    application = firm.application()
    with_faults.fault(operation="submit", kind=kind, seconds=0.2)
    with pytest.raises(UnknownOutcome):
        firm.send(application, submit=False)
    assert firm.client.status(application.client_ref).revision == 1
    assert firm.send(application, submit=False).duplicate


@pytest.mark.parametrize("kind", ["too_many", "busy", "busy_until"])
def test_the_pause_is_named_as_a_number_or_as_a_date(with_faults, firm, kind):
    firm.client.connect()
    with_faults.fault(operation="status", kind=kind, seconds=40)
    with pytest.raises(Busy) as busy:
        firm.client.status("some")
    assert 35 <= busy.value.retry_after <= 41


def test_an_answer_that_is_late_was_worked_on_at_once(with_faults, firm):
    impatient = firm.make_client(read_timeout=0.3)
    impatient.connect()
    firm.client.connect()
    application = firm.application()
    with_faults.fault(operation="submit", kind="delay_answer", seconds=5)
    began = time.monotonic()
    with pytest.raises(UnknownOutcome):
        impatient.submit(application.client_ref, firm.client.profile.application_body(application, 1, False), "m-1")
    assert firm.client.status(application.client_ref).revision == 1
    assert time.monotonic() - began < 3


def test_an_answer_that_comes_byte_by_byte_is_whole_where_it_is_waited_for(with_faults, firm):
    firm.client.connect()
    with_faults.fault(operation="status", kind="slow_drip", seconds=0.001)
    with pytest.raises(NotFound):
        firm.client.status("some")


@pytest.mark.parametrize(("kind", "is_done"), [("restart_before", False), ("restart_after", True)])
def test_a_restart_in_the_middle_of_a_call(own_sandbox, kind, is_done):
    firm = own_sandbox.enrol()
    application = firm.application()
    own_sandbox.fault(operation="submit", kind=kind)
    with pytest.raises(UnknownOutcome):
        firm.send(application, submit=False)
    wait_for(lambda: own_sandbox.starts() == 2)
    assert own_sandbox.struck() == {}  # it is a new process, which knows nothing of the fault
    assert firm.send(application, submit=False).duplicate is is_done


def test_a_restart_is_had_by_the_control_port(own_sandbox):
    firm = own_sandbox.enrol()
    firm.send(firm.application(), submit=False)
    own_sandbox.fault(operation="submit", kind="busy")
    assert own_sandbox.ask("POST", "/restart", {}).status_code == 200
    wait_for(lambda: own_sandbox.starts() == 2)
    assert own_sandbox.ask("GET", "/faults").json()["waiting"] == []
    assert len(firm.all_events()) == 1


def test_latency_meets_another_fault(with_faults, firm):
    firm.client.connect()
    with_faults.fault(operation="*", kind="delay", probability=1, seconds=0.3)
    with_faults.fault(operation="status", kind="busy")
    began = time.monotonic()
    with pytest.raises(Busy):
        firm.client.status("some")
    with pytest.raises(NotFound):
        firm.client.status("some")
    assert time.monotonic() - began >= 0.6


def test_a_share_of_the_calls_fails_and_what_struck_is_counted(with_faults, firm):
    firm.client.connect()
    before = with_faults.struck().get("events busy", 0)
    with_faults.fault(operation="events", kind="busy", probability=0.5, seed=7)
    failed = 0
    for _each in range(40):
        try:
            firm.client.events()
        except Busy:
            failed += 1
    assert 8 <= failed <= 32
    assert with_faults.struck()["events busy"] - before == failed


def test_the_same_seed_strikes_the_same_calls_and_another_start_others(tmp_path):
    def pattern(folder):
        store = Store(folder)
        faults = Faults(store)
        faults.add(Fault("*", "busy", count=None, probability=0.5, seed=7))
        drawn = [bool(faults.take("submit")) for _each in range(64)]
        store.close()
        return drawn

    assert pattern(tmp_path / "a") == pattern(tmp_path / "b")
    assert pattern(tmp_path / "a") != pattern(tmp_path / "c")  # its second start, and a first one


def test_any_operation_is_no_push_and_no_review(tmp_path):
    faults = Faults(Store(tmp_path))
    faults.add(Fault("*", "busy", count=None))
    assert faults.take("push") == faults.take("review") == []
    assert [fault.kind for fault in faults.take("status")] == ["busy"]


def test_a_kept_fault_outlives_sigkill_until_it_is_taken_back(own_sandbox):
    firm = own_sandbox.enrol()
    own_sandbox.fault(operation="status", kind="busy", probability=1, persistent=True)
    own_sandbox.fault(operation="status", kind="error_500")
    own_sandbox.kill()
    own_sandbox.start()
    assert [fault["kind"] for fault in own_sandbox.ask("GET", "/faults").json()["waiting"]] == ["busy"]
    with pytest.raises(Busy):
        firm.client.status("some")
    own_sandbox.ask("DELETE", "/faults")
    own_sandbox.kill()
    own_sandbox.start()
    with pytest.raises(NotFound):
        firm.client.status("some")


@pytest.mark.parametrize("seconds", [600, -600])
def test_a_clock_that_is_ten_minutes_off_refuses_our_signature(with_faults, firm, seconds):
    firm.client.connect()
    with_faults.fault(kind="clock_off", seconds=seconds)
    date = requests.get(f"{with_faults.url}/check/x", timeout=10).headers["Date"]
    server_time = email.utils.parsedate_to_datetime(date)
    assert abs((server_time - dt.datetime.now(dt.timezone.utc)).total_seconds() - seconds) < 5
    with pytest.raises(Unauthorised) as refused:
        firm.client.status("some")
    assert "check the clocks" in str(refused.value)
    with_faults.ask("DELETE", "/faults")
    with pytest.raises(NotFound):
        firm.client.status("some")


def test_the_reviewer_refuses_for_good(own_sandbox):
    firm = own_sandbox.enrol()
    own_sandbox.fault(kind="refuse")
    firm.file(samples.filing())
    application = firm.application()
    firm.send(application)
    assert firm.reach(application.client_ref, "rejected").raw["reason"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("probability", 0), ("probability", "x"), ("seed", 1.5), ("persistent", "yes"), ("seconds", -1), ("count", 0),
     ("kind", ["busy"]), ("operation", "push")],
)  # fmt: skip
def test_a_fault_that_makes_no_sense_is_named(sandbox, name, value):
    reply = sandbox.ask("POST", "/faults", {"operation": "status", "kind": "busy", "count": 1, name: value})
    assert [error["path"] for error in reply.json()["errors"]] == [f"/{name}"]


def test_the_handbook_has_every_kind_in_the_same_words():
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert {kind: (scope, words) for kind, scope, words in rows} == KINDS


def test_the_handbook_names_every_operation():
    readme = README.read_text(encoding="utf-8")
    assert [name for name in OPERATIONS if f"`{name}`" not in readme] == []

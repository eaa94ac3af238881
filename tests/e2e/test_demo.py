"""`./eco demo --check` from a clerk's invoice to the public page, twice: the second run makes a new certificate."""

import json
import subprocess

import pytest

from tools import instance as instances
from tools import setup
from tools.demo import ANSWER
from tools.paths import CHECKOUT

INSTANCE = "e2e"
PATIENCE = 600  # seconds for a run; it takes about ten when the template is there
# What the demo firm's goods are there to show: one of each kind, by its code.
VERDICTS = {
    "YJ-B18": ("originating", "CTC"),
    "YJ-C65": ("not_originating", None),
    "YJ-D45": ("originating", "RVC"),
    "YJ-H110": ("originating", "CTC"),
    "YJ-M30": ("originating", "RVC"),
}
HISTORY = """
    SELECT count(*), count(DISTINCT importing_party_id), count(*) FILTER (WHERE issued_at < '2026-04-29'),
           count(*) FILTER (WHERE issued_at >= '2026-04-29'),
           (SELECT string_agg(DISTINCT outcome, ',') FROM rcep_recognition)
      FROM rcep_certificate WHERE state = 'issued'
"""


def eco(*arguments, patience=PATIENCE):
    """Run the front door as a user does."""
    return subprocess.run([CHECKOUT / "eco", *arguments], capture_output=True, text=True, timeout=patience, check=False)


@pytest.fixture(scope="module")
def runs():
    """Two runs, one after the other, on an instance of their own that is removed afterwards."""
    yield [eco("demo", "--check", "--instance", INSTANCE) for _run in range(2)]
    assert eco("clean", "--instance", INSTANCE).returncode == 0


@pytest.fixture(scope="module")
def answers(runs):
    """The JSON line that each run ended with."""
    return [json.loads(run.stdout.splitlines()[-1]) for run in runs]


def test_both_runs_end_well(runs, answers):
    for run, answer in zip(runs, answers, strict=True):
        assert answer["ok"] is True, answer
        assert run.returncode == 0
        assert tuple(answer) == ANSWER


def test_each_good_gets_the_verdict_that_it_is_there_for(answers):
    for answer in answers:
        found = {entry["product"].partition("]")[0].strip("["): (entry["verdict"], entry["criterion"])
                 for entry in answer["verdicts"]}
        assert found == VERDICTS


def test_a_stranger_sees_a_specimen(answers):
    for answer in answers:
        assert answer["verify_state"] == "specimen"
        assert "/eco/" in answer["verify_url"]


def test_the_second_run_makes_a_new_certificate_for_a_new_invoice(answers):
    for fact in ("certificate_no", "invoice", "verify_url"):
        first, second = (answer[fact] for answer in answers)
        assert first
        assert second
        assert first != second


def test_the_firm_has_eighteen_months_behind_it(runs):
    """Sixty certificates, made once, in seven markets, before the platform began and since; and what became of them."""
    assert runs
    place = setup.get_workplace()
    database = instances.of_checkout(INSTANCE).database
    count, markets, before, after, outcomes = place.server.sql(HISTORY, database)[0]
    assert (count, markets) == ("63", "7")  # one goes on with its original; and one of each run
    assert int(before) > 0
    assert int(after) > 0
    assert set(outcomes.split(",")) == {"recognised", "after_query", "refused", "not_used"}


def test_nothing_of_it_runs_afterwards(runs):
    """What a run started it stopped; a demo that a person left running is another instance."""
    assert all(run.returncode == 0 for run in runs)
    report = eco("doctor").stdout.splitlines()
    assert [line.rpartition("; logs")[0].endswith("stopped") for line in report if f" {INSTANCE}-" in line] == [True]

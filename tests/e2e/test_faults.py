"""`./eco faults` at a minute's size: processes die, calls fail, and both sides' books agree all the same."""

import json
import os

import pytest

from tests.e2e.test_demo import eco

PATIENCE = 3600  # seconds
# (seed, kills, certificates): two full ones before a release.
FULL = ((21, 200, 500), (22, 200, 500))
RUNS = FULL if os.environ.get("ECO_LONG") else ((11, 6, 12),)


@pytest.fixture(scope="module", params=RUNS, ids=lambda each: f"seed {each[0]}")
def size(request):
    """Seed, kills and certificates of a run."""
    return request.param


@pytest.fixture(scope="module")
def run(size):
    """One run; its database is removed where it ended well."""
    seed, kills, certificates = map(str, size)
    return eco("faults", "--seed", seed, "--kills", kills, "--certificates", certificates, patience=PATIENCE)


@pytest.fixture(scope="module")
def answer(run):
    """The JSON line that it ended with."""
    return json.loads(run.stdout.splitlines()[-1])


def test_the_books_agree(run, answer):
    assert answer["ok"] is True, run.stderr[-4000:]
    assert run.returncode == 0
    assert (answer["differences"], answer["secrets_found_in"]) == (0, [])


def test_it_really_broke_and_really_worked(answer, size):
    _seed, kills, certificates = size
    assert sum(answer["kills"].values()) == kills
    assert answer["certificates"] == answer["applications"] >= certificates
    delivered = sum(count for kind, count in answer["messages"].items() if kind.endswith(" delivered"))
    assert delivered >= certificates
    assert sum(answer["states"].values()) == answer["certificates"]

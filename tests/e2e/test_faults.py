"""`./eco faults` at a minute's size: processes die, calls fail, and both sides' books agree all the same."""

import json
import os

import pytest

from tests.e2e.test_demo import eco

PATIENCE = 3600  # seconds
CALLS, FILES = "ccpit-json-1", "gacc-xml-2022"
# (profile, seed, kills, certificates): full ones before a release.
FULL = ((CALLS, 21, 200, 500), (CALLS, 22, 200, 500), (FILES, 31, 60, 150))
RUNS = FULL if os.environ.get("ECO_LONG") else ((CALLS, 11, 6, 12), (FILES, 41, 5, 8))


@pytest.fixture(scope="module", params=RUNS, ids=lambda each: f"{each[0]} seed {each[1]}")
def size(request):
    """Profile, seed, kills and certificates of a run."""
    return request.param


@pytest.fixture(scope="module")
def run(size):
    """One run; its database is removed where it ended well."""
    profile, seed, kills, certificates = map(str, size)
    options = ("--profile", profile, "--seed", seed, "--kills", kills, "--certificates", certificates)
    return eco("faults", *options, patience=PATIENCE)


@pytest.fixture(scope="module")
def answer(run):
    """The JSON line that it ended with."""
    return json.loads(run.stdout.splitlines()[-1])


def test_the_books_agree(run, answer):
    assert answer["ok"] is True, run.stderr[-4000:]
    assert run.returncode == 0
    assert (answer["differences"], answer["secrets_found_in"]) == (0, [])


def test_it_really_broke_and_really_worked(answer, size):
    profile, _seed, kills, certificates = size
    assert sum(answer["kills"].values()) == kills
    assert answer["certificates"] == answer["applications"] >= certificates
    delivered = sum(count for kind, count in answer["messages"].items() if kind.endswith(" delivered"))
    assert delivered >= certificates
    assert sum(answer["states"].values()) == answer["certificates"]
    if profile == FILES:
        assert answer["messages"]["attachment delivered"] >= certificates // 3

"""`./eco faults` at a minute's size: processes die, calls fail, and both sides' books agree all the same."""

import json

import pytest

from tests.e2e.test_demo import eco

KILLS, CERTIFICATES = 6, 12


@pytest.fixture(scope="module")
def run():
    """One run; its database is removed where it ended well."""
    return eco("faults", "--seed", "11", "--kills", str(KILLS), "--certificates", str(CERTIFICATES))


@pytest.fixture(scope="module")
def answer(run):
    """The JSON line that it ended with."""
    return json.loads(run.stdout.splitlines()[-1])


def test_the_books_agree(run, answer):
    assert answer["ok"] is True, run.stderr[-4000:]
    assert run.returncode == 0
    assert (answer["differences"], answer["secrets_found_in"]) == (0, [])


def test_it_really_broke_and_really_worked(answer):
    assert sum(answer["kills"].values()) == KILLS
    assert answer["certificates"] == answer["applications"] >= CERTIFICATES
    delivered = sum(count for kind, count in answer["messages"].items() if kind.endswith(" delivered"))
    assert delivered >= CERTIFICATES
    assert sum(answer["states"].values()) == answer["certificates"]

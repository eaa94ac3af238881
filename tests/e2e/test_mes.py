"""`./eco mes` at a minute's size: reports come in disorder, again and over cut connections, and the books agree."""

import json

import pytest

from tests.e2e.test_demo import eco

ORDERS, MESSAGES, ITEMS = 40, 400, 1000
BOOKED, BOOKED_MESSAGES = 12, 120
PATIENCE = 1200  # seconds


@pytest.fixture(scope="module")
def run():
    size = ("--orders", str(ORDERS), "--messages", str(MESSAGES), "--items", str(ITEMS))
    return eco("mes", "--json", "--seed", "7", *size, patience=PATIENCE)


@pytest.fixture(scope="module")
def found(run):
    assert run.stdout, run.stderr[-4000:]
    return json.loads(run.stdout.splitlines()[-1])


def test_nothing_is_lost_nothing_doubled_and_the_books_agree(run, found):
    assert found["ok"] is True, run.stderr[-4000:]
    assert run.returncode == 0
    assert (found["lost"], found["doubled"], found["differences"]) == (0, 0, 0)
    assert found["entries"] > ORDERS


def test_it_really_was_in_disorder(found):
    assert found["sent"] == found["planned"] == MESSAGES
    assert found["answers"]["202"] > found["reports"]  # some came again
    assert found["answers"]["409"] and found["answers"]["hung up"] and found["mended"]
    assert found["states"]["corrected"]
    assert found["states"].keys() == {"applied", "corrected"}


def test_a_large_report_counts_soon(found):
    large = found["large"]
    assert (large["items"], large["state"]) == (ITEMS, "applied")
    assert large["applied_s"] < 10


def test_what_is_booked_closes_each_order_once_and_moves_what_was_reported():
    size = ("--orders", str(BOOKED), "--messages", str(BOOKED_MESSAGES), "--items", "0")
    run = eco("mes", "--json", "--book", "--seed", "7", *size, patience=PATIENCE)
    assert run.stdout, run.stderr[-4000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["ok"] is True, run.stderr[-4000:]
    assert (found["lost"], found["doubled"], found["differences"]) == (0, 0, 0)
    assert found["closed"] == BOOKED

"""Senders as real processes on one queue: none sends a message twice, none holds a transaction while it waits."""

import threading

import pytest

from tools import bench_submit
from tools.console import CommandError

COUNT = 12
LATENCY = 1.0
LONGEST_TRANSACTION = 0.5  # seconds; half of what each call takes
FAIL_AT_COMMIT = """
    CREATE FUNCTION bench_no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$;
    CREATE CONSTRAINT TRIGGER bench_no_room AFTER UPDATE ON rcep_platform_message DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.state = 'delivered') EXECUTE FUNCTION bench_no_room()"""
OLD_TRANSACTIONS = f"""
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND xact_start < clock_timestamp() - interval '{LONGEST_TRANSACTION} s'"""


@pytest.fixture(scope="module")
def place():
    """A firm with certificates, and a stand-in that waits at each application."""
    with bench_submit.prepared(COUNT) as place:
        yield place


def sql(place, statement):
    return place.workplace.server.sql(statement, place.database)


def submitted(place) -> int:
    return place.control("GET", "/requests").get("submit", 0)


def states(place) -> dict:
    rows = sql(place, "SELECT state, count(*) FROM rcep_platform_message GROUP BY state")
    return {state: int(count) for state, count in rows}


def test_two_senders_share_a_queue_and_no_transaction_is_open_while_they_wait(place):
    delay = {"operation": "submit", "kind": "delay", "seconds": LATENCY, "probability": 1}
    place.control("POST", "/faults", delay)
    before, delivered = submitted(place), states(place)["delivered"]
    place.run("queue")
    runs, found, ended = place.senders(2), [], threading.Event()
    watch = threading.Thread(target=_watch, args=(place, found, ended))
    watch.start()
    answers = [bench_submit.answer_of(run) for run in runs]
    ended.set()
    watch.join()
    place.control("DELETE", "/faults")
    assert sum(each["sent"] for each in answers) == submitted(place) - before == COUNT
    assert all(each["sent"] for each in answers)
    assert states(place) == {"delivered": delivered + COUNT}
    assert found.count("looked") > 5  # so many times, while calls were on their way
    assert set(found) == {"looked"}


def _watch(place, found, ended):
    while not ended.wait(LATENCY / 5):
        found.append("looked")
        found.extend(f"open in {row[0]}" for row in sql(place, OLD_TRANSACTIONS))


def test_what_cannot_be_written_down_for_want_of_room_is_asked_for_and_not_sent_again(place):
    before, delivered = submitted(place), states(place)["delivered"]
    place.run("queue")
    sql(place, FAIL_AT_COMMIT)
    with pytest.raises(CommandError, match="no space left"):
        bench_submit.answer_of(place.senders(1)[0])
    sql(place, "DROP TRIGGER bench_no_room ON rcep_platform_message")
    left = submitted(place) - before
    assert left >= 1  # it went out, and its answer could not be stored
    assert states(place)["delivered"] == delivered
    sql(place, "UPDATE rcep_platform_message SET lease_until = now() AT TIME ZONE 'UTC' - interval '1 s', "
               "next_try = now() AT TIME ZONE 'UTC' - interval '1 s' WHERE state <> 'delivered'")
    bench_submit.answer_of(place.senders(1)[0])
    assert submitted(place) - before == COUNT  # each was sent once
    assert states(place) == {"delivered": delivered + COUNT}

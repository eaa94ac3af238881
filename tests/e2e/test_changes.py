"""The feed of changes of a real Odoo: writers that commit late, and many who ask at once; nobody misses anything."""

import concurrent.futures
import contextlib
import subprocess

import pytest
import requests

from tests.e2e.served import PATIENCE, WebUser, copied
from tools.postgres import binaries
from tools.programs import wait_for

CHANGES = "/eco/erp/v1/changes"
AT_ONCE = 6
LONG = 300  # seconds: other tests of the same server may hold a transaction that long
CODES = ("YJ-M30", "YJ-H110", "YJ-D45")
TURN = """
    UPDATE rcep_origin SET verdict = CASE verdict WHEN 'originating' THEN 'not_originating' ELSE 'originating' END
     WHERE product_id = (SELECT id FROM product_product WHERE default_code = '{}')"""


@pytest.fixture(scope="module")
def place():
    """An Odoo with the demo firm."""
    with copied("feed") as place:
        place.serve()
        yield place


@pytest.fixture(scope="module")
def token(place):
    manager = WebUser(place, "manager")
    key = manager.call("rcep.integration.key", "create", {"name": "ERP", "may_read_changes": True})
    return manager.call("rcep.integration.key", "action_give", [key])["context"]["default_token"]


class Reader:
    """A foreign ERP: it keeps what it was told, and where it stands."""

    def __init__(self, place, token):
        self.place, self.headers = place, {"Authorization": f"Bearer {token}"}
        self.cursor, self.known = "", {}

    def ask(self):
        address = f"{self.place.url}{CHANGES}?limit=1000&after={self.cursor}"
        reply = requests.get(address, headers=self.headers, timeout=PATIENCE)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def follow(self):
        """References of what is told now, in turn."""
        answer = self.ask()
        self.cursor = answer["next"]
        self.known |= {(each["kind"], each["id"]): each for each in answer["changes"]}
        return [each["reference"] for each in answer["changes"]]

    def follow_until(self, *references):
        """Follow until all these were told: a transaction of any database of this server may hold them back a while.

        :return: the references that were told, in turn
        """
        told = []

        def all_told():
            told.extend(self.follow())
            return set(references) <= set(told)

        assert wait_for(all_told, LONG, 0.5), f"told were {told}"
        return told


@contextlib.contextmanager
def writer(place, statement):
    """A transaction of somebody's own that has done this and commits at the end of the block."""
    command = [binaries() / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", place.name]
    with subprocess.Popen(command, env=place.workplace.server.environment(), stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as held:  # fmt: skip
        held.stdin.write(f"BEGIN;\n{statement};\n\\echo done\n")
        held.stdin.flush()
        assert "done\n" in iter(held.stdout.readline, "")
        yield
        held.stdin.write("COMMIT;\n")
        held.stdin.close()
        assert held.wait(PATIENCE) == 0


@pytest.fixture
def reader(place, token):
    """One that knows everything."""
    reader = Reader(place, token)
    reader.follow_until(*CODES)
    return reader


def verdicts(place):
    rows = place.sql("SELECT product_id, verdict FROM rcep_origin WHERE stale IS NOT TRUE AND problem IS NULL")
    return {int(product): verdict for product, verdict in rows}


def test_of_two_writers_the_earlier_that_commits_later_is_not_missed(place, reader):
    with writer(place, TURN.format(CODES[0])):
        with writer(place, TURN.format(CODES[1])):
            pass
        assert reader.follow() == []  # the earlier may still tell something before it
    reader.follow_until(CODES[0], CODES[1])
    told = {number: each["verdict"] for (kind, number), each in reader.known.items()
            if kind == "product" and "gone" not in each and each["verdict"]}  # fmt: skip
    assert told == verdicts(place)


def test_a_change_that_is_noted_late_is_told_before_what_came_after_it(place, reader):
    noted = "UPDATE rcep_change SET committed_in = pg_current_xact_id()::text::numeric WHERE reference = '{}'"
    with writer(place, noted.format(CODES[2])):  # another server notes it, and has not committed yet
        place.sql(TURN.format(CODES[0]))
        before = reader.cursor
        assert reader.follow() == []  # what was noted after it waits for it
        assert reader.cursor == before
    assert set(reader.follow_until(CODES[2], CODES[0])) == {CODES[2], CODES[0]}


def test_whoever_asks_at_once_is_told_the_same(place, token, reader):
    place.sql(TURN.format(CODES[1]))
    readers = [Reader(place, token) for _reader in range(AT_ONCE)]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(Reader.follow, readers))
    reader.follow_until(CODES[1])
    for each in readers:
        assert wait_for(lambda each=each: each.follow() is not None and each.known == reader.known, LONG, 0.5)

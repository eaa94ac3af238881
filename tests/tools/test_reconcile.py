"""The reconciliation of a faults run: each difference is noticed and named."""

import contextlib
import copy
import json
import sqlite3
from types import SimpleNamespace

import pytest

from tools.faults.reconcile import Reconciliation
from tools.faults.side_calls import Calls

HERE = {
    "rcep_certificate": [
        {"id": 1, "name": "CO/1", "client_ref": "a", "state": "issued", "revision": 1, "sequence": 3,
         "certificate_no": "N/1", "old_certificate_id": None, "digest": "d1"},
        {"id": 2, "name": "CO/2", "client_ref": "b", "state": "withdrawn", "revision": 1, "sequence": 0,
         "certificate_no": "", "old_certificate_id": None, "digest": None},
    ],
    "rcep_platform_message": [
        {"kind": "application", "state": "delivered", "error": None, "waits_for_person": None, "revision": 1, "now": 1,
         "certificate": "issued"},
    ],
    "rcep_platform_event": [{"event_id": "e1", "handling": "applied"}],
}
THERE = {"client_ref": "a", "state": "issued", "revision": 1, "certificate_no": "N/1", "digest": "d1",
         "body": json.dumps({"application": {"invoices": [{"invoice_no": "I-1"}]}})}


def differences(folder, here=HERE, there=(THERE,), events=("e1",), revisions=1):
    """The differences between these two sides."""
    def sql(statement, _database):
        inner = statement.partition("FROM (")[2]
        table = next(name for name in ("rcep_platform_event", "rcep_certificate", "rcep_platform_message")
                     if f"FROM {name}" in inner)  # certificates first: they look up their messages
        return [[json.dumps(here[table])]]

    (folder / "sandbox").mkdir()
    with contextlib.closing(sqlite3.connect(folder / "sandbox/platform.sqlite3")) as database:
        database.execute("CREATE TABLE application (client_ref, state, revision, certificate_no, digest, body)")
        database.execute("CREATE TABLE event (event_id)")
        database.execute("CREATE TABLE revision (number)")
        columns = ":client_ref, :state, :revision, :certificate_no, :digest, :body"
        database.executemany(f"INSERT INTO application VALUES ({columns})", there)
        database.executemany("INSERT INTO event VALUES (?)", [(event,) for event in events])
        database.executemany("INSERT INTO revision VALUES (?)", [(number,) for number in range(revisions)])
        database.commit()
    instance = SimpleNamespace(folder=folder, database="d")
    reconciliation = Reconciliation(SimpleNamespace(server=SimpleNamespace(sql=sql)), instance, Calls(instance))
    reconciliation.compare()
    return reconciliation.differences


def changed(table, row, **facts):
    """Odoo's side with one row otherwise."""
    here = copy.deepcopy(HERE)
    here[table][row].update(facts)
    return here


def test_two_sides_that_agree(tmp_path):
    assert differences(tmp_path) == []


OTHERWISE = {
    "another state": ({"here": changed("rcep_certificate", 0, state="cancelled")}, "state is cancelled in Odoo and"),
    "another revision": ({"here": changed("rcep_certificate", 0, revision=2)}, "revision is 2 in Odoo and 1"),
    "another content": ({"here": changed("rcep_certificate", 0, digest="d2")}, "digest is d2"),
    "lost at the platform": ({"there": (), "events": (), "revisions": 1}, "0 applications at the platform"),
    "doubled": ({"there": (THERE, {**THERE, "client_ref": "c"})}, "certificate number N/1 is used 2 times"),
    "one invoice twice": ({"there": (THERE, {**THERE, "client_ref": "c", "certificate_no": "N/2"})},
                          "invoice I-1 is on 2 live applications"),
    "a stranger": ({"there": (THERE, {**THERE, "client_ref": "c", "certificate_no": "N/2"})}, "c: the platform holds"),
    "a stuck message": ({"here": changed("rcep_platform_message", 0, state="unknown")}, "still unknown"),
    "a wordless failure": ({"here": changed("rcep_platform_message", 0, state="failed")}, "failed without a word"),
    "a revision too many": ({"revisions": 2}, "the platform took 2 revisions"),
    "a lost event": ({"events": ("e1", "e2")}, "1 events never reached Odoo"),
    "an event that waits": ({"here": changed("rcep_platform_event", 0, handling="waiting")}, "1 events wait"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERWISE)
def test_what_differs_is_named(tmp_path, case):
    sides, words = OTHERWISE[case]
    assert any(words in sentence for sentence in differences(tmp_path, **sides))

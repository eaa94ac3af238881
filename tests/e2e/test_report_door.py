"""The door of an MES in a real Odoo: requests that really come at once, and a server that is killed in between."""

import concurrent.futures
import uuid

import pytest
import requests

from tests.e2e.served import PATIENCE, WebUser, copied

AT_ONCE = 8
REPORTS = "/eco/mes/v1/reports"


@pytest.fixture(scope="module")
def place():
    """An Odoo with the demo firm."""
    with copied("door") as place:
        place.serve()
        yield place


def make_key(place, **values):
    """A key as a connection manager makes one; it is shown this once."""
    manager = WebUser(place, "manager")
    key = manager.call("rcep.integration.key", "create", {"name": "MES", "may_report": True, **values})
    return manager.call("rcep.integration.key", "action_give", [key])["context"]["default_token"]


def report(report_id, quantity="1"):
    return {
        "report_id": report_id, "kind": "report", "order": "WH/MO/99999", "produced_at": "2026-11-20T09:30:00+08:00",
        "items": [{"use": "consumed", "product": "YJ-H110", "quantity": quantity, "uom": "C62"}],
    }  # fmt: skip


def hand_in(place, token, told):
    headers = {"Authorization": f"Bearer {token}"}
    return requests.post(f"{place.url}{REPORTS}", json=told, headers=headers, timeout=PATIENCE)


def at_once(work, many):
    with concurrent.futures.ThreadPoolExecutor(len(many)) as pool:
        return list(pool.map(work, many))


def test_the_same_report_at_once_is_one_and_all_are_answered_alike(place):
    token, report_id = make_key(place), str(uuid.uuid4())
    replies = at_once(lambda told: hand_in(place, token, told), [report(report_id)] * AT_ONCE)
    assert {(reply.status_code, reply.json()["reports"][0]["report_id"]) for reply in replies} == {(202, report_id)}
    assert place.count(f"SELECT count(*) FROM rcep_production_report WHERE report_id = '{report_id}'") == 1


def test_of_two_that_differ_at_once_one_is_kept_and_the_other_told(place):
    token, report_id = make_key(place), str(uuid.uuid4())
    replies = at_once(lambda told: hand_in(place, token, told), [report(report_id, each) for each in ("1", "2")])
    assert sorted(reply.status_code for reply in replies) == [202, 409]
    assert place.count(f"SELECT count(*) FROM rcep_production_report WHERE report_id = '{report_id}'") == 1


def test_at_once_no_more_pass_than_the_key_allows(place):
    token = make_key(place, per_minute=5)
    replies = at_once(lambda told: hand_in(place, token, told), [report(str(uuid.uuid4())) for _each in range(12)])
    codes = sorted(reply.status_code for reply in replies)
    assert codes.count(202) <= 5
    assert set(codes) == {202, 429}
    assert all(int(reply.headers["Retry-After"]) >= 1 for reply in replies if reply.status_code == 429)


def test_what_was_confirmed_outlives_the_server_and_is_sent_again_without_harm(place):
    token, report_id = make_key(place), str(uuid.uuid4())
    first = hand_in(place, token, report(report_id))
    place.kill()
    place.serve(port=int(place.url.rpartition(":")[2]))
    again = hand_in(place, token, report(report_id))
    assert (first.status_code, again.status_code, again.json()) == (202, 202, first.json())
    assert token not in (place.folder / "odoo.log").read_text()

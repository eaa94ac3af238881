"""Two servers behind the proxy on one database: one is killed in mid-work, and nothing is lost; with ``--long``."""

import pytest

from .machine import play


@pytest.fixture(scope="module")
def found():
    return play("two_servers", queue=True)


def test_every_user_comes_to_an_end(found):
    assert found["stale"]
    assert found["under_way"]  # there was something to lose
    assert found["done"], found


def test_both_sides_agree(found):
    assert found["differences"] == []
    assert found["counts"]["certificates"] >= 24


def test_users_lose_no_more_than_the_calls_that_were_under_way(found):
    assert found["answers"]
    assert found["answered_after"] < 15
    assert len(found["errors"]) <= 5


def test_senders_and_recomputing_are_jobs_and_none_stays_with_the_dead(found):
    assert found["jobs"]
    assert found["recomputed"]
    assert found["open_jobs"] == []


def test_health_names_the_dead_server(found):
    assert found["health"] == {"odoo-1": False, "odoo-2": True}
    assert found["through_proxy"]
    assert "odoo-1:8069" in found["called_ill"]

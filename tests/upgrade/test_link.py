"""A firm that comes from 19.0.1.0.0 finds its connection, keys, pages and tokens again; run with ``--long``."""

import json

import pytest

from .database import old_database

MODULES = "rcep_eco,rcep_eco_website"


@pytest.fixture(scope="module")
def upgraded():
    """(what was there before, the database after the upgrade)"""
    with old_database("link", "-i", MODULES) as database:
        wishes = json.dumps({"company": "new", "country": "cn"})
        made = database.script("certify.py", database.old, database.name, wishes)
        assert made["state"] == "submitted", made
        database.life("issue", database.old)
        before = database.life("pages", database.old)
        database.odoo(database.new, "-u", "rcep_eco")
        yield before, database


def test_pages_answer_under_their_tokens_and_the_form_finds_them(upgraded):
    before, database = upgraded
    assert before
    assert database.life("pages", database.new) == before


def test_tokens_are_kept_with_their_certificates(upgraded):
    _before, database = upgraded
    for stored, token in database.life("connections", database.new)["tokens"]:
        assert stored == token


def test_a_connection_knows_where_it_is_at_home_and_its_keys_left_the_file_store(upgraded):
    _before, database = upgraded
    found = database.life("connections", database.new)
    assert found["in_copy"] == [False]
    assert found["key_files"] == 0

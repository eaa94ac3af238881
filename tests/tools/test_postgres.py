"""A database server of the user's own: how its address is read, and what is refused in words."""

import pytest

from tools.console import CommandError
from tools.postgres import check_foreign, foreign


class Answering:
    """A server that gives one answer."""

    user = "own"

    def __init__(self, *row):
        self.row = list(row)

    def sql(self, _statement):
        return [self.row]


def test_without_an_address_the_server_is_the_private_one(monkeypatch):
    monkeypatch.delenv("ECO_PG", raising=False)
    assert foreign() is None


def test_an_address_may_hold_signs_that_urls_escape(monkeypatch):
    monkeypatch.setenv("ECO_PG", "postgresql://own:x%40y@db.example:5433")
    server = foreign()
    assert (server.host, server.port, server.user, server.password) == ("db.example", 5433, "own", "x@y")
    assert not server.private
    assert "x@y" not in repr(server)


@pytest.mark.parametrize(("address", "words"), [
    ("mysql://own@db.example", "should look like"),
    ("postgresql:///eco", "should look like"),
    ("postgresql://postgres:x@db.example", "Odoo refuses"),
    ("postgresql://db.example", "Odoo refuses"),
])
def test_an_address_that_will_not_do_is_refused(monkeypatch, address, words):
    monkeypatch.setenv("ECO_PG", address)
    with pytest.raises(CommandError, match=words):
        foreign()


def test_a_server_that_is_too_old_is_refused():
    with pytest.raises(CommandError, match="Odoo 19 needs 13"):
        check_foreign(Answering("12.4", "120004", "t"))


def test_a_user_who_may_not_create_databases_reads_the_remedy():
    with pytest.raises(CommandError, match='ALTER ROLE "own" CREATEDB'):
        check_foreign(Answering("16.1", "160001", "f"))


def test_a_fitting_server_tells_its_version():
    assert check_foreign(Answering("16.1", "160001", "t")) == "16.1"

"""The cache folder lies outside the checkout, where the database's account can reach it."""

from pathlib import Path

import pytest

from tools.console import CommandError
from tools.paths import CHECKOUT, cache_folder, check_cache, write_whole


def test_root_gets_a_folder_that_is_not_below_its_home():
    assert cache_folder({"XDG_CACHE_HOME": "/root/.cache"}, 0) == Path("/var/cache/rcep-eco")


def test_others_get_their_own_cache():
    assert cache_folder({"XDG_CACHE_HOME": "/home/li/caches"}, 65534) == Path("/home/li/caches/rcep-eco")


def test_eco_cache_decides():
    assert cache_folder({"ECO_CACHE": "/srv/eco"}, 0) == Path("/srv/eco")


def test_a_path_too_long_for_a_socket_is_refused_in_words():
    with pytest.raises(CommandError, match="ECO_CACHE"):
        check_cache(Path("/srv") / ("x" * 100), 1000)


def test_a_cache_in_the_checkout_is_refused():
    with pytest.raises(CommandError, match="outside"):
        check_cache(CHECKOUT / "c", 1000)


def test_root_cannot_use_a_folder_that_the_database_account_may_not_enter(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(CommandError, match="nobody"):
        check_cache(closed / "c", 0)


def test_a_file_is_whole_or_absent(tmp_path):
    path = tmp_path / "secret"
    write_whole(path, "one", 0o600)
    write_whole(path, "two", 0o600)
    assert path.read_text() == "two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]

"""What a newcomer meets first: help that names every command, a doctor that changes nothing, refusals in words."""

import os
import subprocess

import pytest

from tools.checks import is_pure
from tools.paths import CHECKOUT


def eco(*arguments, **environment):
    """Run the front door as a user does."""
    return subprocess.run([CHECKOUT / "eco", *arguments], capture_output=True, text=True, check=False,
                          env={**os.environ, **environment})


@pytest.mark.parametrize("command", ["demo", "stop", "test", "lint", "origin", "bench", "faults", "mes", "bundle",
                                     "doctor", "clean"])
def test_help_names_every_command(command):
    assert f"  ./eco {command} " in eco("--help").stdout


def test_doctor_on_an_empty_cache_says_what_comes_by_itself_and_makes_nothing(tmp_path_factory):
    cache = tmp_path_factory.getbasetemp().parent.parent / "eco-none"
    done = eco("doctor", ECO_CACHE=str(cache), ECO_PG="", ODOO_SOURCE="")
    assert "not made yet" in done.stdout
    assert "· PostgreSQL" in done.stdout
    assert not cache.exists()


def test_doctor_names_what_needs_a_person(tmp_path):
    done = eco("doctor", ODOO_SOURCE=str(tmp_path))
    assert done.returncode == 1
    assert f"✗ Odoo          ODOO_SOURCE={tmp_path} is not an Odoo checkout" in done.stdout


@pytest.mark.parametrize(("arguments", "words"), [
    (("demo", "--instance", "No_Good"), "small letters, digits and hyphens"),
    (("stop", "--all", "--instance", "demo"), "exclude each other"),
    (("lint", "--fast"), "unknown option --fast"),
])
def test_what_makes_no_sense_is_refused_in_words(arguments, words):
    done = eco(*arguments)
    assert done.returncode
    assert words in done.stderr


@pytest.mark.parametrize(("paths", "pure"), [
    (["tests/origin"], True),
    (["tests/link/test_record.py::test_x", "tests/tools"], True),
    (["tests/e2e"], False),
    (["tests/origin", "addons"], False),
    ([], False),
])
def test_odoo_is_set_up_only_for_tests_that_need_it(monkeypatch, paths, pure):
    monkeypatch.chdir(CHECKOUT)
    assert is_pure(paths) is pure

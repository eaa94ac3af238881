"""A template database is made anew when, and only when, what went into it changed."""

import pytest

from tools.template import addons_digest, our_modules


@pytest.fixture
def addons(tmp_path):
    addon = tmp_path / "rcep_example"
    for folder in ("models", "tests", "static/src", "readme"):
        (addon / folder).mkdir(parents=True)
    (addon / "__manifest__.py").write_text('{"name": "Example"}')
    (addon / "models" / "a.py").write_text("A = 1\n")
    return tmp_path


def test_the_modules_are_the_folders_with_an_installable_manifest(addons):
    (addons / "notes").mkdir()
    (addons / "rcep_off").mkdir()
    (addons / "rcep_off" / "__manifest__.py").write_text('{"installable": False}')
    assert our_modules(addons) == ["rcep_example"]


@pytest.mark.parametrize("path", ["models/a.py", "models/b.py", "data.xml"])
def test_code_and_data_change_the_key(addons, path):
    before = addons_digest(addons)
    (addons / "rcep_example" / path).write_text("B = 2\n")
    assert addons_digest(addons) != before


@pytest.mark.parametrize("path", ["tests/test_a.py", "static/src/a.js", "readme/USAGE.md", "models/a.pyc"])
def test_tests_scripts_and_notes_do_not(addons, path):
    before = addons_digest(addons)
    (addons / "rcep_example" / path).write_text("x")
    assert addons_digest(addons) == before

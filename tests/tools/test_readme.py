"""What a stranger sees of an add-on is whole and fresh: lint names what is missing or stale."""

import shutil
import subprocess

import pytest

from tools import setup
from tools.paths import ADDONS, CHECKOUT

SAMPLE = ADDONS / "rcep_eco_website"


@pytest.fixture
def addon(tmp_path):
    folder = tmp_path / SAMPLE.name
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    return folder


def look_at(addon, *options):
    done = subprocess.run([setup.get_lint() / "python", CHECKOUT / "tools/readme.py", *options, addon],
                          capture_output=True, text=True, check=False)
    assert not done.stderr
    assert bool(done.stdout.strip()) == bool(done.returncode)
    return done.stdout


def test_an_add_on_as_it_is_committed_is_whole(addon):
    assert look_at(addon) == "\n"


def test_what_is_missing_is_named_all_at_once(addon):
    (addon / "static/description/icon.png").unlink()
    (addon / "static/description/verification.png").unlink()
    (addon / "readme/USAGE.md").write_text("\n")
    manifest = addon / "__manifest__.py"
    manifest.write_text(manifest.read_text().replace('"version": "19.', '"version": "20.').replace("LGPL-3", "MIT"))
    output = look_at(addon)
    for fault in ("icon.png is missing", "verification.png is shown and missing", "readme/USAGE.md is missing or empty",
                  "no heading for version 20.", "license: 'MIT' in place of 'LGPL-3'"):
        assert fault in output


def test_a_changed_fragment_makes_readme_and_page_stale_until_they_are_made_anew(addon):
    with (addon / "readme/ROADMAP.md").open("a") as file:
        file.write("- A tower is built.\n")
    output = look_at(addon)
    assert "README.rst is not what readme/ makes" in output
    assert "index.html is not what readme/ makes" in output
    assert look_at(addon, "--write") == "\n"
    assert look_at(addon) == "\n"
    assert "A tower is built." in (addon / "README.rst").read_text()
    assert "A tower is built." in (addon / "static/description/index.html").read_text()

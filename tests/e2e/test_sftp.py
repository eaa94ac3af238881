"""Folders by SFTP: the stories of all folders over a real server, then the add-on in a database of its own."""

import os
import re
import subprocess

import pytest

from tests.e2e.catalogue import committed, exported
from tools import setup, template
from tools.odoo import odoo_command, write_configuration
from tools.paths import CACHE, CHECKOUT
from tools.programs import remove
from tools.pyenv import get_packages

LOCK = "requirements-sftp.lock"
PATIENCE = 600
FEWEST = {"stories": 42, "tests": 19}  # of folders; of the add-on


@pytest.fixture(scope="module")
def packages():
    """The folder that OCA's module and the libraries it needs are unpacked into."""
    return get_packages("sftp", LOCK, "OCA's fs_storage")


def test_the_stories_of_folders_are_true_over_sftp(packages):
    place = setup.get_workplace(with_tests=True)
    command = [place.python, "-m", "pytest", "-q", "-p", "no:odoo", "--rootdir", CHECKOUT, "-c",
               CHECKOUT / "pyproject.toml", CHECKOUT / "tests/link/test_folders.py"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(packages), "ECO_SFTP": "1"}
    done = subprocess.run([str(part) for part in command], env=environment, cwd=CHECKOUT, capture_output=True,
                          text=True, timeout=PATIENCE, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= FEWEST["stories"]


@pytest.fixture(scope="module")
def run(packages):
    """Odoo installs the add-on and runs its tests; the run, and the texts of the add-on."""
    place = setup.get_workplace(with_tests=True)
    name = f"{template.owned(place, template.TEST)}sftp_{os.getpid()}"
    folder = CACHE / "tests" / name
    try:
        with template.locked_suite(place) as suite:
            folder.mkdir(parents=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        addons = f"{place.addons_path()},{packages / 'odoo/addons'}"
        configuration = write_configuration(place, folder / "odoo.conf", folder / "data", addons_path=addons)
        environment = place.environment()
        environment["PYTHONPATH"] += f":{packages}"
        options = ("-i", "rcep_eco_sftp", "--stop-after-init", "--no-http", "--max-cron-threads=0")
        command = [*odoo_command(place), "-c", configuration, "-d", name, *options, "--test-tags=/rcep_eco_sftp"]
        done = subprocess.run([str(part) for part in command], env=environment, cwd=folder, capture_output=True,
                              text=True, timeout=PATIENCE, check=False)  # fmt: skip
        found = exported(place, configuration, name, "rcep_eco_sftp", env=environment, cwd=folder)
        yield done, found
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)


def test_it_installs_beside_fs_storage_and_its_tests_pass(run):
    done, _texts = run
    assert done.returncode == 0, done.stderr[-5000:]
    assert int(re.search(r"0 failed, 0 error\(s\) of (\d+) tests", done.stderr)[1]) >= FEWEST["tests"]


def test_its_catalogue_of_texts_is_fresh(run):
    _done, texts = run
    assert committed("rcep_eco_sftp") == texts

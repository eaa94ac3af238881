"""The bridge to OCA's queue_job: installed beside it in a database of its own, where its tests run."""

import os
import subprocess

import pytest

from tests.e2e.catalogue import committed, exported
from tools import setup, template
from tools.odoo import odoo_command, write_configuration
from tools.paths import CACHE
from tools.programs import remove
from tools.pyenv import get_packages

LOCK = "requirements-queue.lock"
PATIENCE = 600
TESTS = 5  # of the bridge


@pytest.fixture(scope="module")
def queue_job():
    """The folder that OCA's module and the library it needs are unpacked into."""
    return get_packages("queue_job", LOCK, "OCA's queue_job")


@pytest.fixture(scope="module")
def run(queue_job):
    """Odoo installs the bridge and runs its tests; the run, and the texts of the add-on."""
    place = setup.get_workplace(with_tests=True)
    name = f"{template.owned(place, template.TEST)}queue_{os.getpid()}"
    folder = CACHE / "queue-test"
    try:
        with template.locked_suite(place) as suite:
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        addons = f"{place.addons_path()},{queue_job / 'odoo/addons'}"
        configuration = write_configuration(place, folder / "odoo.conf", folder / "data", addons_path=addons)
        environment = place.environment()
        environment["PYTHONPATH"] += f":{queue_job}"
        options = ("-i", "rcep_eco_queue_job", "--stop-after-init", "--no-http", "--max-cron-threads=0")
        command = [*odoo_command(place), "-c", configuration, "-d", name, *options, "--test-tags=/rcep_eco_queue_job"]
        done = subprocess.run([str(part) for part in command], env=environment, cwd=folder, capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        found = exported(place, configuration, name, "rcep_eco_queue_job", env=environment, cwd=folder)
        yield done, found
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)


def test_it_installs_beside_queue_job_and_its_tests_pass(run):
    done, _texts = run
    assert done.returncode == 0, done.stderr[-5000:]
    assert f"0 failed, 0 error(s) of {TESTS} tests" in done.stderr, done.stderr[-5000:]


def test_its_catalogue_of_texts_is_fresh(run):
    _done, texts = run
    assert committed("rcep_eco_queue_job") == texts

"""A firm that comes from 19.0.1.0.0 finds its connection, keys, pages and tokens again; run with ``--long``."""

import io
import json
import os
import subprocess
import tarfile

import pytest

from tools import settings, setup, template
from tools.odoo import odoo_command, write_configuration
from tools.places import CACHE, CHECKOUT
from tools.programs import remove

BEFORE = "19.0.1.0.0"
PATIENCE = 900  # seconds
MODULES = "rcep_eco,rcep_eco_website"
INSIDE = CHECKOUT / "tools/inside_odoo"


class Database:
    """A database of the old version; scripts run in it with the old add-ons, then with these."""

    def __init__(self, place, name, folder):
        self.place, self.name, self.folder = place, name, folder
        old = folder / "old"
        archive = subprocess.run(["git", "archive", settings.RELEASED[BEFORE], "addons"], cwd=CHECKOUT, check=True,
                                 capture_output=True).stdout  # fmt: skip
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(old)  # of this repository itself
        path = place.addons_path()
        path = path.replace(str(CHECKOUT / "addons"), str(old / "addons"))
        self.old = write_configuration(place, folder / "old.conf", folder / "data", addons_path=path)
        self.new = write_configuration(place, folder / "new.conf", folder / "data")

    def odoo(self, configuration, *options):
        self.run([*odoo_command(self.place), "-c", configuration, "-d", self.name, "--stop-after-init", "--no-http",
                  "--max-cron-threads=0", "--log-level=error", *options])  # fmt: skip

    def run(self, command):
        done = subprocess.run([str(part) for part in command], env=self.place.environment(), capture_output=True,
                              text=True, timeout=PATIENCE, check=False)  # fmt: skip
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
        return done.stdout

    def script(self, name, *arguments):
        return json.loads(self.run([self.place.python, INSIDE / name, *arguments]).splitlines()[-1])

    def life(self, role, configuration):
        return self.script("lifecycle.py", role, configuration, self.name)


@pytest.fixture(scope="module")
def upgraded():
    """(what was there before, the database after the upgrade)"""
    place = setup.get_workplace()
    name = f"{template.owned(place, template.TEST)}upgrade_link_{os.getpid()}"
    folder = CACHE / "tests" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        database = Database(place, name, folder)
        template.duplicate(place, template.get_base(place), template.DATA, name, folder / "data")
        database.odoo(database.old, "-i", MODULES)
        wishes = json.dumps({"company": "new", "country": "cn"})
        made = database.script("certify.py", database.old, name, wishes)
        assert made["state"] == "submitted", made
        database.life("issue", database.old)
        before = database.life("pages", database.old)
        database.odoo(database.new, "-u", "rcep_eco")
        yield before, database
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)


def test_pages_answer_under_their_tokens_and_the_form_finds_them(upgraded):
    before, database = upgraded
    assert before
    assert database.life("pages", database.new) == before


def test_tokens_are_kept_with_their_certificates(upgraded):
    _before, database = upgraded
    for kept, token in database.life("held", database.new)["tokens"]:
        assert kept == token


def test_a_connection_knows_where_it_is_at_home_and_its_keys_left_the_file_store(upgraded):
    _before, database = upgraded
    found = database.life("held", database.new)
    assert found["held"] == [False]
    assert found["key_files"] == 0

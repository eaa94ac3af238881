"""A database of an earlier version, and scripts that run in it: with the add-ons of then, and with these."""

import contextlib
import io
import json
import os
import socket
import subprocess
import tarfile

import requests

from tools import settings, setup, template
from tools.odoo import odoo_command, serve_command, write_configuration
from tools.paths import CACHE, CHECKOUT
from tools.programs import end, remove, spawn, wait_for

BEFORE = "19.0.1.0.0"
PATIENCE = 900  # seconds
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
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            options = {"db_name": name, "http_port": probe.getsockname()[1], "max_cron_threads": 0}
        self.url = f"http://127.0.0.1:{options['http_port']}"
        path = place.addons_path()
        path = path.replace(str(CHECKOUT / "addons"), str(old / "addons"))
        self.old = write_configuration(place, folder / "old.conf", folder / "data", addons_path=path, **options)
        self.new = write_configuration(place, folder / "new.conf", folder / "data", **options)

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

    @contextlib.contextmanager
    def served(self, configuration):
        """A session of somebody at large, at Odoo's web server with these add-ons."""
        log = self.folder / "served.log"
        process = spawn([*serve_command(self.place), "-c", configuration], log, env=self.place.environment(),
                        cwd=self.folder)  # fmt: skip
        try:
            assert wait_for(self._is_up, PATIENCE), log.read_text()[-4000:]
            yield requests.Session()
        finally:
            end(process)

    def _is_up(self):
        try:
            return requests.get(f"{self.url}/web/health", timeout=PATIENCE).ok
        except OSError:
            return False


@contextlib.contextmanager
def old_database(name, *options):
    """A copy of the base template in which the add-ons of then are installed with these options."""
    place = setup.get_workplace()
    named = f"{template.owned(place, template.TEST)}upgrade_{name}_{os.getpid()}"
    folder = CACHE / "tests" / named
    try:
        folder.mkdir(parents=True, exist_ok=True)
        database = Database(place, named, folder)
        template.duplicate(place, template.get_base(place), template.DATA, named, folder / "data")
        database.odoo(database.old, *options)
        yield database
    finally:
        template.discard(place, named, folder / "data")
        remove(folder)

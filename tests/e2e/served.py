"""An Odoo of a test's own, with a copy of the demo, that can be killed; and users who use it by its calls."""

import contextlib
import os
import signal
import socket
import subprocess

import requests

from tools import setup, template
from tools.odoo import serve_command, write_configuration
from tools.paths import CACHE
from tools.postgres import binaries
from tools.programs import alive, end, remove, spawn, wait_for

LOCK = 19  # of the database, which a test may hold
PATIENCE = 120  # seconds


class Place:
    """A copy of the demo, and the Odoo that serves it."""

    def __init__(self, workplace, name, folder):
        self.workplace, self.name, self.folder = workplace, name, folder
        self.process = None

    def serve(self, jobs=0, port=None, **environment):
        """Start Odoo with so many threads for jobs, until it answers; at a free port where none is given."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = port or probe.getsockname()[1]
        options = {"db_name": self.name, "http_port": port, "max_cron_threads": jobs}
        configuration = write_configuration(self.workplace, self.folder / "odoo.conf", self.folder / "data", **options)
        command = [*serve_command(self.workplace), "-c", configuration]
        environment = self.workplace.environment() | environment
        self.process = spawn(command, self.folder / "odoo.log", env=environment, cwd=self.folder)
        self.url = f"http://127.0.0.1:{port}"
        assert wait_for(self._is_up, PATIENCE), (self.folder / "odoo.log").read_text()[-2000:]

    def _is_up(self):
        try:
            return requests.get(f"{self.url}/web/health", timeout=PATIENCE).ok
        except OSError:
            return False

    def kill(self):
        """End it as the machine's out-of-memory killer does."""
        os.killpg(self.process["pid"], signal.SIGKILL)
        assert wait_for(lambda: not alive(self.process), PATIENCE)

    def sql(self, statement):
        return self.workplace.server.sql(statement, self.name)

    def count(self, statement):
        return int(self.sql(statement)[0][0])

    @contextlib.contextmanager
    def blocked(self):
        """The lock at which each load waits half-way."""
        command = [binaries() / "psql", "-X", "-q", "-A", "-t", "-d", self.name]
        with subprocess.Popen(command, env=self.workplace.server.environment(), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as holder:  # fmt: skip
            holder.stdin.write(f"SELECT pg_advisory_lock({LOCK});\n\\echo locked\n")
            holder.stdin.flush()
            assert "locked\n" in iter(holder.stdout.readline, "")
            yield
            holder.stdin.close()


class WebUser:
    """Somebody's browser; the demo's users have their logins as passwords."""

    def __init__(self, place, login="engineer"):
        self.place, self.session = place, requests.Session()
        self._post("/web/session/authenticate", db=place.name, login=login, password=login)

    def _post(self, path, **params):
        reply = self.session.post(f"{self.place.url}{path}", json={"params": params}, timeout=PATIENCE).json()
        assert "error" not in reply, reply["error"]["data"]["debug"]
        return reply.get("result")  # absent where a method answers nothing

    def call(self, model, method, *arguments, **more):
        call = {"model": model, "method": method, "args": list(arguments), "kwargs": more}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", **call)


@contextlib.contextmanager
def copied(name):
    """A copy of the demo, until the end of the block."""
    workplace = setup.get_workplace(with_tests=True)
    name = f"{template.owned(workplace, template.TEST)}{name}_{os.getpid()}"
    folder = CACHE / "tests" / name
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(workplace, name, folder)
    try:
        with template.locked_suite(workplace) as suite:
            template.duplicate(workplace, suite, template.DATA, name, folder / "data")
        yield place
    finally:
        end(place.process)
        template.discard(workplace, name, folder / "data")
        remove(folder)

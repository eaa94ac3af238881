"""What docker/ describes, natively: names, ports and mounts of its own by namespaces, programs as a firm runs them.

A scenario runs as ``python -m tests.deployment.SCENARIO FACTS`` inside the namespaces: there nothing but the loopback
is reached, every port is free, and the names of the compose file lead to the loopback.
"""

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import certifi
import requests

from tools import debian, settings, setup, template
from tools.locks import locked
from tools.odoo import serve_command
from tools.paths import CACHE, CHECKOUT
from tools.postgres import Server
from tools.programs import end, remove, run, spawn, wait_for
from tools.pyenv import get_packages

DOCKER = CHECKOUT / "docker"
HOSTS = "127.0.0.1 localhost sandbox sandbox.localhost\n127.0.0.2 odoo odoo-1\n127.0.0.3 odoo-2\n"
QUEUE_LOCK = "requirements-queue.lock"
NAMESPACES = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
PATIENCE = 180  # seconds
URL, SANDBOX, CONTROL = "https://localhost", "https://sandbox.localhost", "http://127.0.0.1:9169"
# Behind the same proxy, so that messages both ways pass TLS and a proxy as they do at a firm.
SANDBOX_SITE = "sandbox.localhost {\n\treverse_proxy sandbox:8169\n}\n"


def get_caddy() -> Path:
    """Debian's caddy, unpacked and not installed."""
    folder = CACHE / "caddy"
    with locked("caddy", "Debian's caddy"):
        if not (folder / "usr/bin/caddy").exists():
            remove(folder)
            debian.download(settings.TEST_PACKAGES["caddy"], folder, log="caddy")
            for package in folder.glob("*.deb"):
                run(["dpkg", "-x", package, folder], f"Unpacking {package.name}", log="caddy")
    return folder / "usr/bin/caddy"


def play(scenario: str, *, queue: bool = False, **more) -> dict:
    """Run a scenario on a copy of the demo; its last line is what it found."""
    place, caddy = setup.get_workplace(with_tests=True), get_caddy()
    name = f"{template.owned(place, template.TEST)}{scenario}_{os.getpid()}"
    folder = CACHE / "tests" / name
    folder.mkdir(parents=True)
    try:
        with template.locked_suite(place) as suite:
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        (folder / "hosts").write_text(HOSTS)
        packages = get_packages("queue_job", QUEUE_LOCK, "OCA's queue_job") if queue else ""
        facts = {"folder": str(folder), "database": name, "caddy": str(caddy), "addons": place.addons_path(),
                 "server": vars(place.server), "queue_job": str(packages), **more}  # fmt: skip
        environment = {**place.environment(), "PLACE": str(folder)}
        environment["PYTHONPATH"] += f":{CHECKOUT}" + (f":{facts['queue_job']}" if queue else "")
        enter = 'ip link set lo up && mount --bind "$PLACE/hosts" /etc/hosts && exec "$@"'
        command = [*NAMESPACES, "--", "sh", "-c", enter, "in", place.python, "-m", f"tests.deployment.{scenario}"]
        done = subprocess.run([*map(str, command), json.dumps(facts)], env=environment, cwd=CHECKOUT,
                              capture_output=True, text=True, check=False, timeout=1500)  # fmt: skip
        logs = "\n".join(f"{path.name}: {path.read_text(errors='replace')[-1500:]}" for path in folder.glob("*.log"))
        assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-4000:]}\n{logs}"
        return json.loads(done.stdout.splitlines()[-1])
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)


class Machine:
    """Inside the namespaces: proxy, stand-in and Odoo servers, which end with the block."""

    def __init__(self, facts: dict):
        self.folder, self.database, self.facts = Path(facts["folder"]), facts["database"], facts
        self.server = Server(**facts["server"])
        self.python = shutil.which("python")
        self.processes: dict[str, dict] = {}
        self.bundle = self.folder / "ca.pem"

    def sql(self, statement):
        return self.server.sql(statement, self.database)

    def start(self, name, command, **environment):
        self.processes[name] = spawn(command, self.folder / f"{name}.log", env={**os.environ, **environment},
                                     cwd=self.folder)  # fmt: skip

    def start_proxy(self, caddyfile: str) -> None:
        """Caddy with its own certificate authority, which this namespace trusts."""
        (self.folder / "Caddyfile").write_text(f"{caddyfile}\n{SANDBOX_SITE}")
        home = self.folder / "caddy"
        command = [self.facts["caddy"], "run", "--config", self.folder / "Caddyfile", "--adapter", "caddyfile"]
        self.start("caddy", command, HOME=str(home), XDG_DATA_HOME=str(home), XDG_CONFIG_HOME=str(home),
                   SITE_ADDRESS="localhost", PATH="/nonexistent")  # no program with which it would change the machine
        root = home / "caddy/pki/authorities/local/root.crt"
        assert wait_for(root.is_file, PATIENCE)
        self.bundle.write_text(Path(certifi.where()).read_text() + root.read_text())
        subprocess.run(["mount", "--bind", self.bundle, certifi.where()], check=True)  # seen in this namespace only
        os.environ["REQUESTS_CA_BUNDLE"] = str(self.bundle)  # for this process, which has read the other already

    def start_sandbox(self, review_seconds: float = 0.2) -> None:
        data = self.folder / "sandbox"
        self.start("sandbox", [self.python, "-m", "ccpit_sandbox", "--host", "127.0.0.1", "--port", "8169", "--data",
                               data, "--public-url", SANDBOX, "--review-seconds", review_seconds, "--filing-seconds",
                               "0", "--open-enrolment"])  # fmt: skip
        assert wait_for(lambda: self.answers(f"{CONTROL}/health"), PATIENCE)

    def odoo_options(self) -> list[object]:
        """docker/odoo.conf with only paths and database overridden."""
        addons = self.facts["addons"]
        if self.facts["queue_job"]:
            addons += f",{self.facts['queue_job']}/odoo/addons"
        return ["-c", DOCKER / "odoo.conf", f"--addons-path={addons}", f"--data-dir={self.folder / 'data'}",
                f"--db_host={self.server.host}", f"--db_port={self.server.port}", f"--db_user={self.server.user}",
                "-d", self.database, f"--db-filter=^{self.database}$"]  # fmt: skip

    def start_odoo(self, name: str, address: str, *options, **environment) -> None:
        place = type("Place", (), {"python": self.python})
        self.start(name, [*serve_command(place), *self.odoo_options(), f"--http-interface={address}", *options],
                   **environment)  # fmt: skip

    def answers(self, address: str) -> bool:
        try:
            return requests.get(address, timeout=20).ok
        except requests.RequestException:
            return False

    def is_up(self, address: str) -> bool:
        return self.answers(f"http://{address}:8069/web/health")

    def set_parameter(self, key: str, value: str) -> None:
        self.sql(f"INSERT INTO ir_config_parameter (key, value) VALUES ('{key}', '{value}') "
                 f"ON CONFLICT (key) DO UPDATE SET value = '{value}'")  # fmt: skip


@contextlib.contextmanager
def machine(facts: str):
    """The machine of a scenario."""
    here = Machine(json.loads(facts))
    try:
        yield here
    finally:
        for process in here.processes.values():
            end(process)

"""One demo in the background: its database, its Odoo, its sandbox, each known by the checkout that it belongs to."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tools import settings, template
from tools.console import CommandError, info, step
from tools.locks import locked
from tools.odoo import Workplace, serve_command, write_configuration
from tools.paths import CACHE, CHECKOUT, checkout_key, write_whole
from tools.programs import alive, end, remove, spawn, tail, wait_for

START_PATIENCE = 180
PROGRAMS = ("odoo", "sandbox")
FOLDERS = "folders"  # the kind of stand-in that takes and gives files, in place of the one that is called
HISTORY = Path(__file__).parent / "inside_odoo/make_history.py"
SANDBOX = CHECKOUT / "ccpit_sandbox/__main__.py"
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


@dataclass(frozen=True)
class Instance:
    """A named demo of this checkout."""

    folder: Path

    @property
    def name(self) -> str:
        """Name and checkout in one: also the database's name."""
        return self.folder.name

    @property
    def database(self) -> str:
        """The instance's own database."""
        return "eco_" + self.name.replace("-", "_")

    def state(self) -> dict:
        """What the last run wrote down: template, ports, processes."""
        try:
            return json.loads((self.folder / "state.json").read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def note(self, **facts: object) -> dict:
        """Write down further facts."""
        state = {**self.state(), **facts}
        write_whole(self.folder / "state.json", json.dumps(state, indent=1) + "\n", 0o600)
        return state

    def living(self) -> list[str]:
        """Those of its programs that run."""
        state = self.state()
        return [program for program in PROGRAMS if alive(state.get(program))]

    def locked(self) -> contextlib.AbstractContextManager:
        """One run at a time brings it up, walks the scenario or removes it."""
        return locked(f"instance-{self.name}", f"the demo {self.name}")

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.state()['port']}"


def of_checkout(name: str = "demo") -> Instance:
    """The instance `name` of this checkout."""
    if not NAME.fullmatch(name):
        raise CommandError(f"--instance {name} will not do: small letters, digits and hyphens, "
                           "31 at most, a letter first.")
    return Instance(CACHE / "instances" / f"{name}-{checkout_key()}")


def all_instances(*, everywhere: bool) -> list[Instance]:
    """The instances of this checkout, or of all."""
    pattern = "*" if everywhere else f"*-{checkout_key()}"
    return [Instance(folder) for folder in sorted((CACHE / "instances").glob(pattern)) if folder.is_dir()]


def start(place: Workplace, instance: Instance, port: int | None, sandbox_port: int | None, *,
          with_history: bool = False) -> None:
    """Bring the instance up, under its lock; with the firm's last eighteen months, where a demo is to show them."""
    instance.folder.mkdir(parents=True, exist_ok=True)
    with template.locked_suite(place) as suite:
        _get_database(place, instance, suite)
    _get_ports(instance, port, sandbox_port)
    _set_address(place, instance)
    living = instance.living()
    for program in LAUNCH:
        if program not in living:
            if program == "odoo" and with_history:
                _make_history(place, instance)
            launch(place, instance, program)
    _wait_until_up(instance)


def _make_history(place: Workplace, instance: Instance) -> None:
    """The firm's last eighteen months, once for each new database, before Odoo runs: both clocks are set for it."""
    state = instance.state()
    if state.get("history") == state.get("template") or state.get("stand_in") == FOLDERS:
        return
    if not wait_for(lambda: is_up(instance, "sandbox"), START_PATIENCE):
        return  # why it is not up is told where all programs are waited for
    configuration = _configuration(place, instance)
    command = [place.python, HISTORY, configuration, instance.database, f"http://127.0.0.1:{state['sandbox_port']}",
               f"http://127.0.0.1:{state['control_port']}"]
    with step("Making the firm's last eighteen months: sixty certificates, with both clocks set back"):
        done = subprocess.run([str(part) for part in command], env=place.environment(), capture_output=True, text=True,
                              check=False, cwd=instance.folder)
    if done.returncode:
        raise CommandError(f"The firm's last months could not be made:\n{done.stderr[-2000:]}")
    instance.note(history=state.get("template"))


def launch(place: Workplace, instance: Instance, program: str) -> None:
    """Start one of its programs, without waiting until it answers."""
    LAUNCH[program](place, instance)


def stop(instance: Instance, programs: tuple[str, ...] | list[str] = PROGRAMS) -> None:
    """End the instance's processes."""
    state = instance.state()
    for program in programs:
        if alive(state.get(program)):
            with step(f"Stopping {program} of {instance.name}"):
                end(state[program])
    if state:
        instance.note(**dict.fromkeys(programs))


def _get_database(place: Workplace, instance: Instance, suite: str) -> None:
    """The instance's database: it stays for as long as the template that it came from is the current one."""
    state = instance.state()
    exists = instance.database in place.server.databases()
    if exists and state.get("template") == suite:
        return
    if exists and state.get("template"):
        info("· The add-ons or Odoo changed since this demo's database was made: making a new one.")
    stop(instance)
    with step("Copying the template database"):
        instance.note(template=None)
        remove(instance.folder / "sandbox")
        template.duplicate(place, suite, template.DATA, instance.database, instance.folder / "data")
        instance.note(template=suite)


def _set_address(place: Workplace, instance: Instance) -> None:
    """Odoo goes by it where it names itself: in QR codes, and where the platform is to push to."""
    place.server.sql(f"UPDATE ir_config_parameter SET value = '{instance.url}' "  # noqa: S608  (numbers of our own)
                     "WHERE key = 'web.base.url'", instance.database)


def _get_ports(instance: Instance, port: int | None, sandbox_port: int | None) -> None:
    """Ports that are free and that no other instance counts on; the same from run to run."""
    state = instance.state()
    wanted = {"port": port, "sandbox_port": sandbox_port}
    if instance.living():
        for name, number in wanted.items():
            if number and number != state.get(name):
                raise CommandError(f"This demo runs already, on port {state.get(name)}. "
                              f"Run ./eco stop first to change it to {number}.")
        return
    with locked("ports", "the choice of ports"):
        taken = {number for other in all_instances(everywhere=True) if other != instance
                 for key, number in other.state().items() if key.endswith("port") and number}
        chosen = {}
        for name, first in (("port", settings.DEFAULT_PORT), ("sandbox_port", settings.DEFAULT_SANDBOX_PORT),
                            ("control_port", settings.DEFAULT_SANDBOX_PORT + 1000)):
            number = wanted.get(name)
            if number and not _is_free(number):
                raise CommandError(f"Port {number} is taken by another program. "
                              f"Choose another with --{name.replace('_', '-')}.")
            chosen[name] = number or _first_free(state.get(name) or first, taken)
            taken.add(chosen[name])
        instance.note(**chosen)


def _first_free(first: int, taken: set[int]) -> int:
    for number in range(first, first + 500):
        if number not in taken and _is_free(number):
            return number
    raise CommandError(f"No port between {first} and {first + 500} is free.")


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def _configuration(place: Workplace, instance: Instance) -> Path:
    """Odoo's configuration of the instance."""
    return write_configuration(
        place, instance.folder / "odoo.conf", instance.folder / "data", db_name=instance.database,
        dbfilter=f"^{instance.database}$", http_port=instance.state()["port"])


def _launch_odoo(place: Workplace, instance: Instance) -> None:
    configuration = _configuration(place, instance)
    log = instance.folder / "odoo.log"
    command = [*serve_command(place), "-c", configuration]
    environment = {**place.environment(), "RCEP_ECO_FOLDERS": str(instance.folder / "sandbox/imp")}
    instance.note(odoo=spawn(command, log, env=environment, cwd=instance.folder))


def _launch_sandbox(place: Workplace, instance: Instance) -> None:
    """The stand-in platform: outside Odoo, with a database of its own."""
    if not SANDBOX.is_file():
        return
    state = instance.state()
    (instance.folder / "sandbox").mkdir(mode=0o700, exist_ok=True)
    environment = {**place.environment(), "PYTHONPATH": str(CHECKOUT)}
    data = instance.folder / "sandbox"
    by_calls = [place.python, "-m", "ccpit_sandbox", "--host", "127.0.0.1", "--port", state["sandbox_port"],
                "--control-port", state["control_port"], "--data", data, "--filing-seconds", "0", "--open-enrolment"]
    by_files = [place.python, "-m", "ccpit_sandbox.folders", "--folder", data / "imp", "--data", data,
                "--review-seconds", "0.5", "--faults", "0.3"]
    command = by_files if state.get("stand_in") == FOLDERS else by_calls
    instance.note(sandbox=spawn(command, instance.folder / "sandbox.log", env=environment, cwd=instance.folder))


LAUNCH = {"sandbox": _launch_sandbox, "odoo": _launch_odoo}


def is_up(instance: Instance, program: str) -> bool:
    """Whether a program answers on its port; one that works on folders, whether they are there."""
    if program == "sandbox" and instance.state().get("stand_in") == FOLDERS:
        return (instance.folder / "sandbox/imp/CooFile/InBox").is_dir()
    address = {"odoo": f"{instance.url}/web/health",
               "sandbox": f"http://127.0.0.1:{instance.state()['control_port']}/health"}[program]
    return _answers(address)


def _wait_until_up(instance: Instance) -> None:
    """Until every program answers on its port, or the end of its log says why it does not."""
    state = instance.state()
    for program in PROGRAMS:
        if program == "sandbox" and not SANDBOX.is_file():
            continue
        with step(f"Starting {program}"):
            up = wait_for(lambda p=program: not alive(state[p]) or is_up(instance, p), START_PATIENCE)
        if not up or not alive(state[program]):
            log = instance.folder / f"{program}.log"
            raise CommandError(f"{program} did not start. The end of {log}:\n{tail(log)}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  (our own loopback address)
            return answer.status == 200
    except urllib.error.HTTPError as error:
        return error.code == 404  # there, but without this page
    except OSError:
        return False


def clean(instances: list[Instance], server) -> None:
    """Remove instances with their databases."""
    for instance in instances:
        with instance.locked():
            stop(instance)
            server.drop(instance.database)
            remove(instance.folder)
        info(f"· Removed {instance.name}.")


def run_scenario(place: Workplace, instance: Instance) -> dict:
    """Walk the demo scenario in a process of its own, which writes its result to a file."""
    state = instance.state()
    request = {"url": instance.url, "database": instance.database,
               "sandbox": f"http://127.0.0.1:{state['sandbox_port']}",
               "control": f"http://127.0.0.1:{state['control_port']}"}
    result = instance.folder / "scenario.json"
    remove(result)
    environment = {**place.environment(), "PYTHONPATH": str(CHECKOUT)}
    subprocess.run([place.python, "-m", "tools.demo_scenario", json.dumps(request), result], env=environment,
                   check=False, stdout=sys.stderr, cwd=CHECKOUT)
    try:
        return json.loads(result.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {"ok": False, "error": f"The scenario ended without a result; see {instance.folder / 'odoo.log'}."}

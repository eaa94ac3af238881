"""./eco bench submit: what of the speed that the platform's latency allows is reached, by one, two and four senders."""

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import setup, template
from tools.console import CommandError, step
from tools.odoo import Workplace, write_configuration
from tools.paths import CACHE, CHECKOUT
from tools.programs import end, remove, spawn, wait_for

SCRIPT = Path(__file__).parent / "inside_odoo/measure_submit.py"
COUNT, EVENTS, SENDERS = 1000, 10_000, (1, 2, 4)
LATENCY = 0.1  # seconds
PATIENCE = 30


class Place:
    """A throw-away copy of the demo, and one stand-in for it; roles of the script run in processes of their own."""

    def __init__(self, workplace: Workplace, database: str, configuration: Path, address: dict):
        self.workplace, self.database, self.address = workplace, database, address
        self.configuration = configuration

    def run(self, role: str, *arguments: str) -> dict:
        """Run a role to its end."""
        return answer_of(self.start(role, *arguments))

    def start(self, role: str, *arguments: str) -> subprocess.Popen:
        """Start a role."""
        command = [self.workplace.python, SCRIPT, role, self.configuration, self.database, *arguments]
        return subprocess.Popen([str(part) for part in command], env=self.workplace.environment(), text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def control(self, method: str, path: str, content: dict | None = None) -> dict:
        """One call of the stand-in's control port."""
        data = None if content is None else json.dumps(content).encode()
        url, kind = f"{self.address['control']}{path}", {"Content-Type": "application/json"}
        request = urllib.request.Request(url, data, kind, method=method)  # noqa: S310  (our own loopback address)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  (as above: loopback)
            return json.load(answer)

    def senders(self, count: int) -> list[subprocess.Popen]:
        """Senders that are ready, and begin at once."""
        runs = [self.start("send") for _sender in range(count)]
        for run in runs:
            run.stdout.readline()  # it is ready, or its end says why not
        for run in runs:
            run.stdin.write("\n")
            run.stdin.flush()
        return runs


@contextmanager
def prepared(count: int) -> Iterator[Place]:
    """A place with so many certificates."""
    workplace = setup.get_workplace()
    database = template.owned(workplace, template.TEST) + str(os.getpid())
    folder = CACHE / "tests" / database
    try:
        with template.locked_suite(workplace) as suite:
            folder.mkdir(parents=True, exist_ok=True)
            template.duplicate(workplace, suite, template.DATA, database, folder / "data")
        configuration = write_configuration(workplace, folder / "odoo.conf", folder / "data", db_name=database)
        with _sandbox(workplace, folder) as address:
            place = Place(workplace, database, configuration, address)
            with step(f"Making {count:,d} certificates"):
                place.run("prepare", json.dumps(address), str(count))
            yield place
    finally:
        template.discard(workplace, database, folder / "data")
        remove(folder)


def submit(*, as_json: bool) -> int:
    """Measure, and print the figures."""
    with prepared(COUNT) as place:
        figures = _measure(place)
    if as_json:
        print(json.dumps(figures))
    else:
        _print(figures)
    return 0


def _measure(place: Place) -> dict:
    delay = {"operation": "submit", "kind": "delay", "seconds": LATENCY, "probability": 1}
    place.control("POST", "/faults", delay)
    figures: dict = {"applications": COUNT, "latency_s": LATENCY, "senders": {}}
    for senders in SENDERS:
        with step(f"{COUNT:,d} applications, senders: {senders}"):
            place.run("queue")
            figures["senders"][senders] = _send(place, senders)
    place.control("DELETE", "/faults")
    with step(f"{EVENTS:,d} events"):
        figures["events"] = place.run("events", str(EVENTS))
    figures["poll"] = place.run("poll", place.address["control"])
    return figures


def _send(place: Place, senders: int) -> dict:
    """What the latency alone would take, divided by what it took."""
    found = [answer_of(run) for run in place.senders(senders)]
    sent = sum(each["sent"] for each in found)
    if sent != COUNT:
        raise CommandError(f"{sent} calls were made for {COUNT} applications.")
    seconds = max(each["ended"] for each in found) - min(each["began"] for each in found)
    return {"seconds": seconds, "per_second": sent / seconds, "share": COUNT * LATENCY / senders / seconds,
            "grown_mib": max(each["grown_mib"] for each in found)}


def answer_of(run: subprocess.Popen) -> dict:
    """What a role found, once it has ended."""
    out, errors = run.communicate()
    if run.returncode:
        raise CommandError(f"The measurement failed:\n{errors[-3000:]}")
    return json.loads(out.splitlines()[-1])


@contextmanager
def _sandbox(place: Workplace, folder: Path) -> Iterator[dict]:
    """The stand-in platform, whose reviewer never gets to anything."""
    log = folder / "sandbox.log"
    environment = {**place.environment(), "PYTHONPATH": str(CHECKOUT)}
    process = spawn([place.python, "-m", "ccpit_sandbox", "--port=0", "--control-port=0", "--review-seconds=86400",
                     "--filing-seconds=0", "--data", folder / "sandbox"], log, env=environment, cwd=folder)
    started: list[dict] = []

    def listens() -> bool:
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        started.extend(json.loads(line) for line in lines if line.startswith('{"url"'))
        return bool(started)

    try:
        if not wait_for(listens, PATIENCE):
            raise CommandError(f"The sandbox did not start; see {log}.")
        yield {"sandbox": started[0]["url"], "control": started[0]["control"]}
    finally:
        end(process)


def _print(figures: dict) -> None:
    for senders, each in figures["senders"].items():
        print(f"senders: {senders}; {figures['applications']:,d} applications in {each['seconds']:.1f} s, "
              f"{each['per_second']:.1f} a second = {each['share']:.0%} of what the latency allows; "
              f"memory grew by {each['grown_mib']:.1f} MiB")
    events, poll = figures["events"], figures["poll"]
    print(f"events: {events['events']:,d}, {events['received_per_second']:.0f} a second taken in, "
          f"{events['applied_per_second']:.0f} a second applied")
    print(f"a look at a feed without news: {poll['requests']} request, {poll['writes']} writes, {poll['ms']:.0f} ms")

"""./eco bench page: the public page of a certificate and its JSON, beside what Odoo itself serves, in one run."""

import concurrent.futures
import gzip
import html.parser
import http.client
import json
import os
import socket
import statistics
import subprocess
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tools import setup, template
from tools.console import CommandError, step
from tools.odoo import serve_command, write_configuration
from tools.paths import CACHE
from tools.programs import end, remove, spawn, wait_for

SCRIPT = Path(__file__).parent / "inside_odoo/publish_page.py"
WORKERS, CONNECTIONS = 2, 8
ROUNDS, ROUND_SECONDS, WARM = 5, 4, 40  # WARM: requests of each address before anything is measured
PATIENCE, TIMEOUT = 180, 60  # seconds
# What is measured, and what each is held against.
AGAINST = {"page": "contactus", "json": "health"}
AIMS = {"page": 1.0, "json": 0.8}
LANGUAGE = {"Accept-Language": "vi"}


def page(*, as_json: bool) -> int:
    """Measure, and print the figures."""
    with _served() as (address, token):
        paths = {"page": f"/eco/{token}", "json": f"/eco/{token}.json", "contactus": "/contactus",
                 "health": "/web/health"}
        with step(f"{ROUNDS} rounds of four addresses, {WORKERS} workers, {CONNECTIONS} connections"):
            figures = {"rates": _rates(address, paths), "first_view": _first_view(address, paths["page"])}
    if as_json:
        print(json.dumps(figures))
    else:
        _print(figures)
    return 0


@contextmanager
def _served():
    """A copy of the demo with one published page, served by two workers."""
    place = setup.get_workplace(with_tests=True)
    name = template.owned(place, template.TEST) + str(os.getpid())
    folder = CACHE / "tests" / name
    process = None
    try:
        with template.locked_suite(place) as suite:
            folder.mkdir(parents=True, exist_ok=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        configuration = write_configuration(place, folder / "odoo.conf", folder / "data", db_name=name, http_port=port,
                                            workers=WORKERS, max_cron_threads=0, log_level="warn")
        command = [str(place.python), str(SCRIPT), str(configuration), name]
        done = subprocess.run(command, env=place.environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"The page could not be published:\n{done.stderr[-3000:]}")
        process = spawn([*serve_command(place), "-c", configuration], folder / "odoo.log", env=place.environment(),
                        cwd=folder)
        address = f"http://127.0.0.1:{port}"
        if not wait_for(lambda: _answers(address), PATIENCE):
            raise CommandError(f"Odoo did not start; see {folder / 'odoo.log'}.")
        yield address, json.loads(done.stdout.splitlines()[-1])["token"]
    finally:
        end(process)
        template.discard(place, name, folder / "data")
        remove(folder)


def _answers(address: str) -> bool:
    try:
        return bool(_body(f"{address}/web/health"))
    except OSError:
        return False


def _rates(address: str, paths: dict[str, str]) -> dict:
    """Of each address: answers a second, the median and the 99th percentile of their times, its ratio by rounds."""
    for path in paths.values():
        _round(address, path, count=WARM)
    times: dict[str, list[float]] = {name: [] for name in paths}
    rates: dict[str, list[float]] = {name: [] for name in paths}
    for _number in range(ROUNDS):
        for name, path in paths.items():
            taken, seconds = _round(address, path)
            times[name] += taken
            rates[name].append(len(taken) / seconds)
    return {
        name: {
            "per_second": statistics.median(rates[name]),
            "median_ms": statistics.median(times[name]) * 1000,
            "p99_ms": statistics.quantiles(times[name], n=100)[98] * 1000,
            **({"ratio": statistics.median(map(float.__truediv__, rates[name], rates[AGAINST[name]]))}
               if name in AGAINST else {}),
        }
        for name in paths
    }


def _round(address: str, path: str, count: int = 0) -> tuple[list[float], float]:
    """Seconds of each answer, and of the whole round; so many requests, or as many as the round's time allows."""
    began = time.perf_counter()
    until = began + ROUND_SECONDS

    def ask(number: int) -> list[float]:
        taken = []
        while len(taken) < count / CONNECTIONS if count else time.perf_counter() < until:
            taken.append(_get(address, path))
        return taken

    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        taken = [each for one in pool.map(ask, range(CONNECTIONS)) for each in one]
    return taken, time.perf_counter() - began


def _get(address: str, path: str) -> float:
    began = time.perf_counter()
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=TIMEOUT)
    connection.request("GET", path, headers=LANGUAGE)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise CommandError(f"{path} answered {answer.status}: see what Odoo printed.")
    return time.perf_counter() - began


def _first_view(address: str, path: str) -> dict:
    """What a phone loads to show the page: requests, and KiB as a proxy compresses them."""
    shown = _body(f"{address}{path}")
    links = _Links()
    links.feed(shown.decode())
    bodies = [shown, *(_body(urllib.parse.urljoin(f"{address}{path}", each)) for each in sorted(links.found))]
    return {"requests": len(bodies), "kib": sum(len(gzip.compress(each)) for each in bodies) / 1024}


class _Links(html.parser.HTMLParser):
    """What a page loads by itself."""

    def __init__(self):
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        loaded = values.get("src") if tag in {"script", "img"} else values.get("href")
        wanted = tag in {"script", "img"} or (tag == "link" and values.get("rel") in {"stylesheet", "icon"})
        if wanted and loaded and not loaded.startswith("data:"):
            self.found.add(loaded)


def _body(url: str) -> bytes:
    request = urllib.request.Request(url, headers=LANGUAGE)  # noqa: S310  (our own loopback address)
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310  (as above)
        return answer.read()


def _print(figures: dict) -> None:
    for name, each in figures["rates"].items():
        ratio = f"; {each['ratio']:.2f} × {AGAINST[name]}, aim {AIMS[name]}" if "ratio" in each else ""
        print(f"{name}: {each['per_second']:.0f} a second, median {each['median_ms']:.1f} ms, "
              f"99 % under {each['p99_ms']:.1f} ms{ratio}")
    view = figures["first_view"]
    print(f"first view: {view['requests']} requests, {view['kib']:.0f} KiB")

"""Scenario: what one machine carries behind its proxy: scans of a QR page, and certificates that users make."""

import json
import os
import sys
import threading
import time

import psutil
import requests

from tests.deployment.machine import CONTROL, DOCKER, PATIENCE, SANDBOX, URL, machine
from tools import demo_scenario
from tools.demo_scenario import WebUser
from tools.programs import wait_for

VISITORS, CLERKS = 8, 4
SECONDS = 20
CERTIFICATES_SECONDS = 60


def side_by_side(count, work, seconds):
    """(times of every call, seconds) of so many who do the work again and again, each with a state of their own."""
    times, ends = [[] for _each in range(count)], time.monotonic() + seconds

    def again(own):
        step = work()
        while time.monotonic() < ends:
            began = time.monotonic()
            step()
            own.append(time.monotonic() - began)

    threads = [threading.Thread(target=again, args=(own,)) for own in times]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(each for own in times for each in own), time.monotonic() - began


def spent(here, name):
    """Seconds of CPU that a program and its children used."""
    process = psutil.Process(here.processes[name]["pid"])
    return sum(sum(each.cpu_times()[:2]) for each in (process, *process.children(recursive=True)))


def rate(here, count, work, seconds):
    """Calls a second, their times, and whose CPU it took."""
    before, mine = {name: spent(here, name) for name in ("odoo", "caddy")}, time.process_time()
    times, took = side_by_side(count, work, seconds)
    cpu = {name: round((spent(here, name) - before[name]) / took, 2) for name in before}
    return {"a_second": round(len(times) / took, 2), "median_ms": round(times[len(times) // 2] * 1000),
            "p95_ms": round(times[int(len(times) * 0.95)] * 1000), "calls": len(times),
            "cores": {**cpu, "visitors": round((time.process_time() - mine) / took, 2)}}  # fmt: skip


def visitor(address):
    def begin():
        session = requests.Session()

        def scan():
            answer = session.get(address, timeout=60)
            assert answer.status_code == 200

        return scan

    return begin


def clerk(here):
    """From invoice to submission, as two users do it at their screens."""
    def begin():
        users = {login: WebUser(URL, here.database, login) for login in ("clerk", "signer")}

        def certificate():
            made = demo_scenario.prepare(users["clerk"], demo_scenario.sell(users["clerk"]))
            users["signer"].do("rcep.certificate", "action_approve", [made])
            users["signer"].do("rcep.certificate", "action_submit", [made])

        return certificate

    return begin


def main(facts):
    with machine(facts) as here:
        here.set_parameter("web.base.url", URL)
        here.set_parameter("web.base.url.freeze", "True")
        here.start_proxy((DOCKER / "Caddyfile").read_text())
        here.start_sandbox()
        here.start_odoo("odoo", "127.0.0.2", "--log-level=warn")
        assert wait_for(lambda: here.is_up("odoo"), PATIENCE), "Odoo is not up"
        request = {"url": URL, "database": here.database, "sandbox": SANDBOX, "control": CONTROL}
        page = demo_scenario.run(request)["verify_url"]
        side_by_side(VISITORS, visitor(page), 3)  # every worker is warm
        scans = rate(here, VISITORS, visitor(page), SECONDS)
        made = rate(here, CLERKS, clerk(here), CERTIFICATES_SECONDS)
        ended = time.monotonic()
        waiting = "SELECT count(*) FROM rcep_certificate WHERE state IN ('submitted', 'under_review', 'ready')"
        rest = wait_for(lambda: here.sql(waiting)[0][0] == "0", PATIENCE, pause=0.5)
        answer = {
            "cores": os.cpu_count(), "memory_gb": round(psutil.virtual_memory().total / 10**9), "scans": scans,
            "certificates": made, "all_issued": rest, "rest_s": round(time.monotonic() - ended, 1),
            "odoo_mib": round(sum(each.memory_info().rss for each in psutil.Process(
                here.processes["odoo"]["pid"]).children(recursive=True)) / 2**20),
        }  # fmt: skip
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])

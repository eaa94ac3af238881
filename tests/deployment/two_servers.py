"""Scenario: two Odoo servers with workers on one database and one file store; one is killed while users work."""

import json
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import requests

from tests.deployment.machine import CONTROL, DOCKER, PATIENCE, SANDBOX, URL, machine
from tools import demo_scenario
from tools.faults.actors import Actors
from tools.faults.reconcile import Reconciliation
from tools.faults.side_calls import Calls
from tools.odoo import odoo_command
from tools.programs import wait_for

SERVERS = {"odoo-1": "127.0.0.2", "odoo-2": "127.0.0.3"}
LOAD = "--load=base,web,queue_job"
CHANNELS = "root:4,root.rcep_eco:2,root.rcep_eco_recompute:1"
CERTIFICATES = 24
REST_PATIENCE = 300  # seconds
# The one change to docker/Caddyfile: both servers, each asked whether it is well. The proxy tries no call again:
# Caddy 2.6 closes a call's body with the first try, and then takes the other server for ill.
UPSTREAMS = """odoo-1:{port} odoo-2:{port} {{
		health_uri /web/health
		health_interval 1s
		health_timeout 5s
	}}"""


def caddyfile():
    text = (DOCKER / "Caddyfile").read_text()
    for port in (8069, 8072):
        assert f"odoo:{port}" in text
        text = text.replace(f"odoo:{port}", UPSTREAMS.format(port=port))
    return text


class Work:
    """The users of a faults run, at work through the proxy."""

    def __init__(self, here):
        state = {"sandbox_port": 8169, "control_port": 9169}
        self.here = here
        self.instance = SimpleNamespace(url=URL, database=here.database, folder=here.folder, state=lambda: state)
        self.side = Calls(self.instance)
        self.actors = Actors(URL, here.database, 7, self.side)
        self.errors, self.longest = [], 0.0

    def round(self):
        """One look at every certificate and what it needs next; whether all is done."""
        certificates = []
        try:
            certificates = self.actors.look()
            for task in self.actors.tasks(certificates, CERTIFICATES):
                began = time.monotonic()
                self.actors.work(task)
                self.longest = max(self.longest, time.monotonic() - began)
            self.actors.attend()
        except requests.RequestException as error:
            self.errors.append(type(error).__name__)
            return False
        return bool(certificates) and self.actors.is_done(certificates)

    def reconciliation(self):
        return Reconciliation(SimpleNamespace(server=self.here.server), self.instance, self.side)

    def count(self, statement):
        return int(self.here.sql(statement)[0][0])

    def is_at_rest(self):
        """Whether every user is done, every message has its end, every event was read and every verdict is fresh."""
        return self.round() and not self.count(
            "SELECT count(*) FROM rcep_platform_message WHERE state NOT IN ('delivered', 'failed')"
        ) and not self.reconciliation().unread() and not self.count("SELECT count(*) FROM rcep_origin WHERE stale")

    def change_prices(self):
        """The cost engineer raises every vendor price, on which all verdicts rest."""
        admin = self.actors.user("admin")
        prices = admin.do("product.supplierinfo", "search_read", [], ["price"])
        for each in prices:
            admin.do("product.supplierinfo", "write", [each["id"]], {"price": each["price"] * 1.01})
        return len(prices)


def install_queue(here):
    place = SimpleNamespace(python=here.python)
    command = [*odoo_command(place), *here.odoo_options(), "-i", "rcep_eco_queue_job", "--stop-after-init", "--no-http",
               "--workers=0", "--max-cron-threads=0", "--log-level=warn", LOAD]  # fmt: skip
    with (here.folder / "install.log").open("wb") as log:
        subprocess.run(list(map(str, command)), stdout=log, stderr=log, check=True)


def start(here):
    for name, address in SERVERS.items():
        here.start_odoo(name, address, LOAD, "--workers=3", "--max-cron-threads=1", ODOO_QUEUE_JOB_CHANNELS=CHANNELS,
                        ODOO_QUEUE_JOB_HOST=address, ODOO_QUEUE_JOB_PORT="8069")  # fmt: skip
    for address in SERVERS.values():
        assert wait_for(lambda at=address: here.is_up(at), PATIENCE), f"{address} is not up"




def called_ill(here):
    """The servers that the proxy's own health checks found ill."""
    log = (here.folder / "caddy.log").read_text()
    lines = [json.loads(line) for line in log.splitlines() if "health_checker" in line]
    return sorted({str(line.get("host", "")) for line in lines} - {""})


def main(facts):
    with machine(facts) as here:
        here.set_parameter("web.base.url", URL)
        here.set_parameter("web.base.url.freeze", "True")
        install_queue(here)
        here.start_proxy(caddyfile())
        here.start_sandbox()
        start(here)
        request = {"url": URL, "database": here.database, "sandbox": SANDBOX, "control": CONTROL}
        demo_scenario.connect(request)
        work = Work(here)
        work.actors.prepare(CERTIFICATES, lambda _made: None)
        jobs_before = work.count("SELECT count(*) FROM queue_job WHERE state = 'done'")
        for _round in range(3):  # submitted, partly under way
            work.round()
        prices = work.change_prices()
        stale = work.count("SELECT count(*) FROM rcep_origin WHERE stale")
        under_way = work.count("SELECT count(*) FROM rcep_platform_message WHERE state <> 'delivered'")
        killed = time.monotonic()
        os.killpg(here.processes["odoo-1"]["pid"], signal.SIGKILL)
        first = wait_for(lambda: here.answers(f"{URL}/web/health"), PATIENCE)
        answered = time.monotonic() - killed
        done = wait_for(work.is_at_rest, REST_PATIENCE, pause=0.5)
        books = work.reconciliation()
        books.compare()
        answer = {
            "done": done, "differences": books.differences, "counts": books.counts, "errors": work.errors,
            "longest": round(work.longest, 1), "prices": prices, "stale": stale, "under_way": under_way,
            "answered_after": round(answered, 1), "answers": first,
            "health": {name: here.is_up(address) for name, address in SERVERS.items()},
            "called_ill": called_ill(here), "through_proxy": here.answers(f"{URL}/web/health"),
            "jobs": work.count("SELECT count(*) FROM queue_job WHERE state = 'done'") - jobs_before,
            "recomputed": work.count("SELECT count(*) FROM queue_job WHERE method_name = '_cron_recompute' "
                                     "AND state = 'done'"),
            "open_jobs": here.sql("SELECT method_name, state FROM queue_job "
                                  "WHERE state IN ('started', 'enqueued', 'failed')"),
            "refused": dict(work.actors.refused), "seconds": round(time.monotonic() - killed),
        }  # fmt: skip
    print(json.dumps(answer, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])

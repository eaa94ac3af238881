"""One run of the simulator in a process of its own: ``python -m tools.mes.run OPTIONS``, a JSON object.

A throw-away copy of the demo is served by two workers and one process for jobs; it is removed where all went well.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from tools import setup, template
from tools.console import CommandError, info, step
from tools.demo_scenario import ScenarioError, WebUser
from tools.locks import release_all
from tools.mes import booked, books
from tools.mes.plan import LATE_LOTS, LOTS, MADE, MADE_EACH, MAGNET, MOMENT, OF_RUN, OIL, ROTOR, UNIT, draw
from tools.mes.plant import REPORTS, TAKEN, Plant
from tools.odoo import Workplace, serve_command, write_configuration
from tools.paths import CACHE
from tools.programs import end, remove, spawn, wait_for

SCRIPT = Path(__file__).parent.parent / "inside_odoo/make_orders.py"
WORKERS = 2
MOST_A_MINUTE = 6000  # calls that a key makes
START, REST = 180, 900  # seconds of patience
LOOK = 0.5  # seconds between two looks
WAITING = "SELECT count(*) AS waiting FROM rcep_production_report WHERE state = 'received'"
UNMATCHED = f"""
    SELECT id, report_id FROM rcep_production_report
     WHERE state = 'unmatched' AND report_id LIKE '{OF_RUN}%'
       AND problems #>> '{{0,code}}' IS DISTINCT FROM '{books.LATE}'
"""  # noqa: S608  (constants of ours)
ENOUGH = 2 * MADE_EACH  # of each lot for each order: no lot runs out
PRODUCTS = {
    MADE: ("uom.product_uom_unit", "lot", LOTS[MADE]),
    ROTOR: ("uom.product_uom_unit", "lot", LOTS[ROTOR]),
    MAGNET: ("uom.product_uom_kgm", "lot", LOTS[MAGNET]),
    OIL: ("uom.product_uom_litre", "none", ()),
}


class Site:
    """Where a run happens: a database, its Odoo, and what was made in it."""

    def __init__(self, workplace: Workplace, database: str, folder: Path):
        self.workplace, self.database, self.folder = workplace, database, folder
        self.rows = books.rows_of(workplace.server, database)
        self.stock = 0  # of each lot in the beginning
        self.process: dict | None = None
        self.url = ""

    def make(self, orders: int, items: int) -> dict:
        """Orders, products and lots."""
        self.stock = ENOUGH * orders
        request = {"made": MADE, "made_each": MADE_EACH, "products": PRODUCTS, "stock": self.stock, "orders": orders,
                   "items": items}
        configuration = write_configuration(self.workplace, self.folder / "make.conf", self.folder / "data",
                                            db_name=self.database)
        command = [str(each) for each in (self.workplace.python, SCRIPT, configuration, self.database)]
        done = subprocess.run([*command, json.dumps(request)], env=self.workplace.environment(), capture_output=True,
                              text=True, check=False)
        if done.returncode:
            raise CommandError(f"The orders could not be made:\n{done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def serve(self) -> None:
        """Start Odoo, and wait until it answers."""
        port, other = _free_ports()
        configuration = write_configuration(
            self.workplace, self.folder / "odoo.conf", self.folder / "data", db_name=self.database, http_port=port,
            gevent_port=other, workers=WORKERS, max_cron_threads=1)
        self.process = spawn([*serve_command(self.workplace), "-c", configuration], self.folder / "odoo.log",
                             env=self.workplace.environment(), cwd=self.folder)
        self.url = f"http://127.0.0.1:{port}"
        if not wait_for(self._answers, START):
            raise CommandError(f"Odoo did not start; see {self.folder / 'odoo.log'}.")

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/web/health", timeout=LOOK * 10).ok
        except OSError:
            return False

    def key(self, *, books: bool) -> str:
        """A key as a connection manager makes one; whether it books what is handed in with it."""
        manager = WebUser(self.url, self.database, "manager")
        made = manager.do("rcep.integration.key", "create", {"name": "MES", "may_report": True, "may_book": books,
                                                             "per_minute": MOST_A_MINUTE})
        return manager.do("rcep.integration.key", "action_give", [made])["context"]["default_token"]

    def rest(self) -> None:
        """Wait until the job has looked at every report."""
        if not wait_for(lambda: not self.rows(WAITING)[0]["waiting"], REST, LOOK):
            raise CommandError(f"Reports still wait after {REST} seconds; see {self.folder / 'odoo.log'}.")

    def mend(self, made: dict) -> list[str]:
        """Register the lots that were missing, with their stock, and replay what named them; the reports' numbers."""
        unmatched = self.rows(UNMATCHED)
        admin, engineer = (WebUser(self.url, self.database, login) for login in ("admin", "engineer"))
        late = [{"name": lot, "product_id": made["products"][code], "company_id": made["company"]}
                for code, lots in LATE_LOTS.items() for lot in lots]
        quants = [{"product_id": values["product_id"], "lot_id": lot, "location_id": made["shelf"],
                   "inventory_quantity": self.stock}
                  for lot, values in zip(admin.do("stock.lot", "create", late), late, strict=True)]
        counted = admin.do("stock.quant", "create", quants, context={"inventory_mode": True})
        admin.do("stock.quant", "action_apply_inventory", counted)
        if unmatched:
            engineer.do("rcep.production.report", "action_replay", [each["id"] for each in unmatched])
        return [each["report_id"] for each in unmatched]


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


@contextlib.contextmanager
def site(*, keep: bool) -> Iterator[Site]:
    """A site; its database stays where `keep` is said."""
    workplace = setup.get_workplace()
    database = f"{template.owned(workplace, template.TEST)}mes_{os.getpid()}"
    folder = CACHE / "tests" / database
    folder.mkdir(parents=True, exist_ok=True)
    place = Site(workplace, database, folder)
    try:
        with template.locked_suite(workplace) as suite:
            template.duplicate(workplace, suite, template.DATA, database, folder / "data")
        yield place
    finally:
        end(place.process)
        if keep:
            info(f"eco: database {database} and its folder {folder} stay.")
        else:
            template.discard(workplace, database, folder / "data")
            remove(folder)


def simulate(options: dict) -> dict:
    """All of it; the figures."""
    with site(keep=options["keep"]) as place:
        with step(f"Making {options['orders']:,d} orders"):
            made = place.make(options["orders"], options["items"])
        plan = draw(options["seed"], made["orders"], options["messages"], booked=options["book"])
        with step("Starting Odoo"):
            place.serve()
        plant = Plant(place.url, place.key(books=options["book"]))
        began = time.monotonic()
        with step(f"{sum(each.messages for each in plan.first):,d} messages"):
            plant.send(plan.first)
            place.rest()
        mended = place.mend(made)
        with step(f"{sum(each.messages for each in plan.second):,d} messages, late corrections among them"):
            plant.send(plan.second)
            place.rest()
        seconds = time.monotonic() - began
        kept, counted = books.read(place.rows)
        account, late = books.compare(plan, plant.confirmed, kept, counted), books.late_ones(kept)
        differences = [*plant.wrong, *account.differences]
        if options["book"]:
            differences += booked.differences(plan, late, place.rows, place.stock)
        if set(mended) != plan.unregistered:
            differences.append(f"{len(mended)} reports were unmatched and not the {len(plan.unregistered)} that name "
                               "a lot that was not registered")
        figures = {
            "ok": not differences, "seed": options["seed"], "orders": options["orders"], "sent": plant.sent,
            "planned": plan.messages, "answers": dict(sorted(plant.answers.items())), "reports": account.reports,
            "states": account.states, "mended": len(mended), "entries": account.entries, "lost": account.lost,
            "doubled": account.doubled, "differences": len(differences), "seconds": round(seconds, 1),
        }
        if options["book"]:
            figures |= {"closed": booked.closed(place.rows), "late": len(late)}
        if options["items"]:
            figures["large"] = _large(place, plant, made)
    for sentence in differences[:50]:
        info(f"✗ {sentence}")
    return figures


def _large(place: Site, plant: Plant, made: dict) -> dict:
    """One report of very many items: until it is confirmed, and until it counts."""
    items = [{"use": "consumed", "product": code, "lot": lot, "quantity": "1", "uom": UNIT}
             for code, lot in made["large"]]
    report = {"report_id": "LARGE", "kind": "report", "order": made["large_order"], "produced_at": MOMENT,
              "items": items}
    with step(f"One report of {len(items):,d} items"):
        began = time.monotonic()
        reply = plant.post(report)
        confirmed = time.monotonic() - began
        if reply.status_code != TAKEN:
            raise CommandError(f"The large report was answered {reply.status_code}: {reply.text[:300]}")
        state = f"{place.url}{REPORTS}/LARGE"
        told: list[dict] = []

        def applied() -> bool:
            told.append(plant.get(state).json())
            return told[-1]["state"] != "received"

        if not wait_for(applied, REST, LOOK / 5):
            raise CommandError("The large report still waits.")
    return {"items": len(items), "confirmed_s": round(confirmed, 2), "applied_s": round(time.monotonic() - began, 2),
            "state": told[-1]["state"]}


def show(figures: dict) -> None:
    """The table."""
    lines = [
        ("orders", f"{figures['orders']:,d}"),
        ("messages sent, repeats among them", f"{figures['sent']:,d} in {figures['seconds']:,.0f} s"),
        *((f"  answered {code}" if code.isdigit() else f"  {code}", f"{count:,d}")
          for code, count in figures["answers"].items()),
        ("reports", f"{figures['reports']:,d}"),
        *((f"  {state}", f"{count:,d}") for state, count in sorted(figures["states"].items())),
        ("  unmatched for a while, mended and replayed", f"{figures['mended']:,d}"),
        ("entries of order, product, lot and use", f"{figures['entries']:,d}"),
        ("lost", f"{figures['lost']:,d}"),
        ("doubled", f"{figures['doubled']:,d}"),
        ("differences of the books", f"{figures['differences']:,d}"),
    ]
    if "closed" in figures:
        lines += [("orders closed, and stock moved as reported", f"{figures['closed']:,d}"),
                  ("corrections after that, left to a person", f"{figures['late']:,d}")]
    if "large" in figures:
        large = figures["large"]
        took = f"confirmed after {large['confirmed_s']:.1f} s, {large['state']} after {large['applied_s']:.1f} s"
        lines.append((f"one report of {large['items']:,d} items", took))
    width = max(len(name) for name, _value in lines)
    for name, value in lines:
        print(f"{name:{width}}  {value}")


def main(text: str) -> int:
    """Run it, and print what came out."""
    options = json.loads(text)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # SIGTERM interrupts as Ctrl-C does
    try:
        figures = simulate(options)
    except (CommandError, ScenarioError, ValueError) as error:
        info(f"eco: {error}")
        return 1
    except KeyboardInterrupt:
        info("eco: interrupted.")
        return 130
    finally:
        release_all()
    if options["json"]:
        print(json.dumps(figures, ensure_ascii=False), flush=True)
    else:
        show(figures)
    return 0 if figures["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""./eco mes: sets up, then gives the run to the Python environment that can speak HTTP to Odoo."""

import json
import subprocess

from tools import setup
from tools.console import CommandError
from tools.paths import CHECKOUT


def mes(options: dict) -> int:
    """Run it, and end as it ended.

    :param options: seed, orders, messages, items, book, keep, json
    """
    if options["orders"] < 1 or options["items"] < 0:
        raise CommandError("--orders needs 1 or more and --items 0 or more.")
    if options["book"] and options["items"]:
        raise CommandError("--book is tried with the orders' own reports: say --items 0 beside it.")
    place = setup.get_workplace()
    environment = {**place.environment(), "PYTHONPATH": str(CHECKOUT)}
    run = subprocess.Popen([place.python, "-m", "tools.mes.run", json.dumps(options)], env=environment, cwd=CHECKOUT)
    try:
        return run.wait()
    except KeyboardInterrupt:
        run.terminate()  # where only this process was interrupted; the run stops what it started
        return run.wait()

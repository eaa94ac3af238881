"""./eco faults: sets up, then gives the run to the Python environment that can speak to Odoo's web client."""

import json
import subprocess

from tools import setup
from tools.console import CommandError
from tools.paths import CHECKOUT

LEAST = 1


def faults(profile: str, seed: int, kills: int, certificates: int, *, keep: bool, whole: bool = False) -> int:
    """Run it, and end as it ended."""
    if certificates < LEAST or kills < 0:
        raise CommandError("--certificates needs 1 or more and --kills 0 or more.")
    place = setup.get_workplace()
    options = json.dumps({"profile": profile, "seed": seed, "kills": kills, "certificates": certificates, "keep": keep,
                          "whole": whole})
    environment = {**place.environment(), "PYTHONPATH": str(CHECKOUT)}
    run = subprocess.Popen([place.python, "-m", "tools.faults.run", options], env=environment, cwd=CHECKOUT)
    try:
        return run.wait()
    except KeyboardInterrupt:
        run.terminate()  # where only this process was interrupted; the run stops what it started
        return run.wait()

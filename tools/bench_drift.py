"""./eco bench drift: how soon certificates that rest on one price are looked at again, of a thousand."""

import json
import os
import subprocess
from pathlib import Path

from tools import setup, template
from tools.console import CommandError, step
from tools.odoo import write_configuration
from tools.paths import CACHE
from tools.programs import remove

SCRIPT = Path(__file__).parent / "inside_odoo/measure_drift.py"
COUNT = 1000


def drift(*, as_json: bool) -> int:
    """Make the certificates, change one price, and print how long it takes."""
    place = setup.get_workplace(with_tests=True)
    name = template.owned(place, template.TEST) + str(os.getpid())
    folder = CACHE / "tests" / name
    try:
        with template.locked_suite(place) as suite:
            folder.mkdir(parents=True, exist_ok=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        with step(f"Making {COUNT:,d} certificates and changing one price"):
            configuration = write_configuration(place, folder / "odoo.conf", folder / "data", db_name=name)
            command = [str(place.python), str(SCRIPT), str(configuration), name, str(COUNT)]
            done = subprocess.run(command, env=place.environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"The measurement failed:\n{done.stderr[-3000:]}")
        figures = json.loads(done.stdout.splitlines()[-1])
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)
    if as_json:
        print(json.dumps(figures))
        return 0
    each = figures["look_again_s"] / max(1, figures["concerned"])
    print(
        f"{figures['certificates']:,d} certificates, {figures['concerned']} rest on the price: marked in "
        f"{figures['mark_s']:.2f} s, looked at again in {figures['look_again_s']:.2f} s; {figures['at_risk']} at risk"
    )
    print(f"a good costs {each / figures['one_by_itself_s']:.2f} × one that is determined by itself")
    return 0

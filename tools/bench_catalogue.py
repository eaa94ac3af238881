"""./eco bench catalogue: the whole catalogue determined, against what the database and Odoo itself take for as much."""

import json
import math
import os
import subprocess
from pathlib import Path

from tools import setup, template
from tools.console import CommandError, step
from tools.odoo import Workplace, write_configuration
from tools.paths import CACHE
from tools.programs import remove

SCALES = (1, 4, 16)  # 64,000, 256,000 and 1,024,000 lines
FAILING = (0, 30, 100)  # per cent of the goods; the larger catalogues with the first of them only
SCRIPT = Path(__file__).parent / "inside_odoo/measure_catalogue.py"  # not beside tools/odoo.py, which is no Odoo


def catalogue(*, as_json: bool, scales: tuple[int, ...] = SCALES, failing: tuple[int, ...] = FAILING) -> int:
    """Measure on one generated database a scale and a share of failing goods, and print the figures."""
    place = setup.get_workplace(with_tests=True)
    figures = [_measure(place, scale, failing[0]) for scale in scales]
    first, last = figures[0], figures[-1]
    figures += [_measure(place, scales[0], share) for share in failing[1:]]
    if len(scales) > 1:
        first["exponent"] = math.log(last["pass_s"] / first["pass_s"]) / math.log(last["lines"] / first["lines"])
    if as_json:
        print(json.dumps(figures))
        return 0
    for each in figures:
        print(f"{each['lines']:9,d} lines, {each['failing_percent']} % fail: read by SQL {each['sql_s']:.2f} s, "
              f"whole pass {each['pass_s']:.2f} s = "
              f"{each['pass_ratio']:.1f} ×, {each['product_ms']:.2f} ms a product, peak {each['peak_mib']:,.0f} MiB")
        print(f"          the same read, written and hashed, nothing decided {each['copy_limit_s']:.2f} s: the pass is "
              f"{each['copy_limit_ratio']:.1f} × that; read {each['read_s']:.2f}, decide {each['decide_s']:.2f}, "
              f"seal {each['seal_s']:.2f}, write {each['write_s']:.2f} s")
    if "times_faster" in first:
        print(f"Odoo's cost roll-up {first['odoo_product_ms']:.0f} ms a product: {first['times_faster']:.0f} × faster")
        print(f"one price changed: {first['ancestors']} products above it, {first['ancestors_s']:.2f} s, "
              f"{first['ancestors_queries']} queries, {first['ancestor_ratio']:.1f} × their share of the whole pass")
        print(f"prices of {first['board_products']} products: from their commit through the job to the board "
              f"{first['to_board_s']:.2f} s")
        print(f"overview {first['overview_s']:.2f} s, Odoo's own {first['odoo_overview_s']:.2f} s: "
              f"{first['overview_ratio']:.1f} × faster")
    if "exponent" in first:
        print(f"exponent {first['exponent']:.2f}")
    return 0


def _measure(place: Workplace, scale: int, failing: int) -> dict:
    name = template.owned(place, template.TEST) + str(os.getpid())
    folder = CACHE / "tests" / name
    try:
        with template.locked_suite(place) as suite:
            folder.mkdir(parents=True, exist_ok=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        with step(f"Generating and measuring a catalogue of {64 * scale:,d},000 lines, {failing} % failing"):
            configuration = write_configuration(place, folder / "odoo.conf", folder / "data", db_name=name,
                                                limit_memory_soft=0, limit_memory_hard=0)
            done = subprocess.run(
                [str(place.python), str(SCRIPT), str(configuration), name, str(scale), str(failing)],
                env=place.environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"The measurement failed:\n{done.stderr[-3000:]}")
        return json.loads(done.stdout.splitlines()[-1])
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)

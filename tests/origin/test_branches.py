"""How much of the law's code the tests of the law run: each branch of it is somebody's case."""

import json
import os
import subprocess
import sys

from tools.paths import ADDONS, CHECKOUT

LEAST = 95.0  # per cent of all branches and statements


def test_the_cases_and_properties_run_the_engines_branches(tmp_path):
    data, report = tmp_path / "data", tmp_path / "report.json"
    coverage = [sys.executable, "-m", "coverage"]
    measured = [*coverage, "run", "--branch", f"--include={ADDONS}/rcep_eco/origin/*", f"--data-file={data}"]
    tests = ["-m", "pytest", "-q", "-p", "no:odoo", "-p", "no:cacheprovider", "tests/origin", f"--ignore={__file__}"]
    run = subprocess.run([*measured, *tests], cwd=CHECKOUT, env=os.environ, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]
    subprocess.run([*coverage, "json", f"--data-file={data}", "-o", report], check=True, capture_output=True)
    assert json.loads(report.read_text())["totals"]["percent_covered"] >= LEAST

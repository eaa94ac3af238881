"""./eco bundle: from its archive, demo, tests and lint run in an empty cache with the network cut; with ``--long``."""

import json
import os
import re
import subprocess

import pytest

from tools.paths import CACHE, CHECKOUT
from tools.programs import remove

CUT = ["unshare", "--net", "--", "sh", "-c", 'ip link set lo up && exec "$@"', "cut"]
FEWEST = {"plain": 900, "in Odoo": 60}  # tests that run there: of what needs no Odoo, and of an add-on
PATIENCE = 1800  # seconds


@pytest.fixture(scope="module")
def machine():
    """A folder with the unpacked bundle and an empty cache; a call in it reaches nothing but the loopback."""
    folder = CACHE / f"bundle_{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        made = subprocess.run([CHECKOUT / "eco", "bundle"], capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stderr
        archive = made.stdout.split()[0]
        assert "./eco demo --check" in made.stdout
        subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
        outer = {name: value for name, value in os.environ.items()
                 if not name.startswith(("ECO_", "PIP_", "npm_", "PYTHON")) and name != "ODOO_SOURCE"}  # fmt: skip
        environment = {**outer, "ECO_CACHE": str(folder / "c")}

        def eco(*arguments):
            return subprocess.run([*CUT, "./eco", *arguments], cwd=folder / "rcep-eco-bundle/rcep_eco", env=environment,
                                  capture_output=True, text=True, timeout=PATIENCE, check=False)  # fmt: skip

        yield eco
        eco("stop")
    finally:
        remove(folder)


def test_the_network_is_cut():
    done = subprocess.run([*CUT, "ip", "-o", "link"], capture_output=True, text=True, check=True)
    assert re.findall(r"^\d+: (\w+)", done.stdout, re.MULTILINE) == ["lo"]


def test_a_certificate_is_obtained_from_an_empty_cache(machine):
    done = machine("demo", "--check")
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["ok"]
    assert answer["verify_state"] == "specimen"


@pytest.mark.parametrize(("paths", "fewest"), [
    (["tests/link", "tests/origin", "tests/tools"], FEWEST["plain"]),
    (["addons/rcep_eco_sale/tests", "addons/rcep_eco_website/tests"], FEWEST["in Odoo"]),
])  # fmt: skip
def test_tests_run(machine, paths, fewest):
    done = machine("test", "-q", *paths)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[-1]) >= fewest


def test_the_tools_of_lint_are_there(machine):
    done = machine("lint", "ruff", "shellcheck", "hadolint")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [name for name in ("ruff", "shellcheck", "hadolint") if f"{name}: clean" not in done.stdout] == []

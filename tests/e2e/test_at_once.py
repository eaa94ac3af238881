"""Two users at the same time, by two real transactions: one wins, the other gets a sentence, nothing is half done."""

import json
import os
import subprocess
import sys

import pytest

from tools import setup, template
from tools.odoo import write_configuration
from tools.paths import CACHE, CHECKOUT
from tools.programs import remove

PATIENCE = 600
SCRIPT = CHECKOUT / "tools/inside_odoo/at_once.py"
ONCE = ["application"]
# {case: (what the second reads, how it stands afterwards)}; an empty text: both went well, one after the other
CASES = {
    "certify and certify": ("on certificate|at work on", 1),
    "certify and reset": ("", ["draft", 1]),
    "approve and approve": ("not possible from there|at work on", ["ready", "posted", []]),
    "submit and submit": ("not possible from there|at work on", ["submitted", "posted", ONCE]),
    "submit and back to draft": ("not possible from there|at work on", ["submitted", "posted", ONCE]),
    "approve and reset": ("is on certificate|at work on", ["ready", "posted", []]),
    "reset and approve": ("is not confirmed|at work on", ["draft", "draft", []]),
    "withdraw and issued": ("|at work on", None),
    "issued and withdraw": ("not possible from there|at work on", ["issued", "posted", ONCE]),
    "first filing twice": ("|by somebody else just now", 1),
    "withdraw and withdraw": ("was asked for|at work on", ["submitted", "posted", [*ONCE, "withdrawal"]]),
    "replace and replace": ("is to take the place of|at work on", 1),
    "load and load": ("|at work on", ["02011000"]),
    "edition and edition": ("|at work on", 1),
    "draw and draw": ("is drawing on certificate|names 12000 Units, and 18000 would be shipped", 9000),
    "share and share": ("is at work on certificate|names 8000 PCS, and all its shares would be 10000", 5000),
    "book and book": ("|Cannot grab a lock", ["done", 10]),
    "file and file": ("|Cannot grab a lock", [3, 0, 2, 0]),
    "run and run": ("under way already|at work on", 1),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    place = setup.get_workplace(with_tests=True)
    name = f"{template.owned(place, template.TEST)}at_once_{os.getpid()}"
    folder = CACHE / "tests" / name
    command = [sys.executable, "-m", "ccpit_sandbox", "--port=0", "--control-port=0", "--data",
               str(tmp_path_factory.mktemp("platform"))]  # fmt: skip
    platform = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT, text=True)
    try:
        endpoints = platform.stdout.readline()
        folder.mkdir(parents=True, exist_ok=True)
        with template.locked_suite(place) as suite:
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        configuration = write_configuration(place, folder / "odoo.conf", folder / "data")
        command = [str(each) for each in (place.python, SCRIPT, configuration, name, endpoints)]
        environment = {**place.environment(), "RCEP_ECO_FOLDERS": str(tmp_path_factory.mktemp("plants"))}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        yield {(each["case"], each["behind"]): each for each in json.loads(done.stdout.splitlines()[-1])}
    finally:
        platform.terminate()
        platform.wait(20)
        platform.stdout.close()
        template.discard(place, name, folder / "data")
        remove(folder)


@pytest.mark.parametrize("behind", [False, True], ids=["beside", "behind"])
@pytest.mark.parametrize("case", CASES)
def test_one_wins_and_the_other_is_notified(found, case, behind):
    said, stands = CASES[case]
    came = found.pop((case, behind))
    assert came["fault"] == ""
    words = [each for each in said.split("|") if each]
    if came["said"] or not (not said or said.startswith("|")):
        assert any(each in came["said"] for each in words), came
    if stands is not None:
        assert came["stands"] == stands, came

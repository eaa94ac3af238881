"""Two runs at once: the second waits and says for what."""

import subprocess
import sys
import textwrap

from tools.places import CHECKOUT

HOLD = """
import sys
from pathlib import Path
from tools.locks import alone
with alone("odoo", "Odoo's source", Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def run(folder):
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(HOLD), folder], cwd=CHECKOUT, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_second_says_that_it_waits_and_goes_on_afterwards(tmp_path):
    with run(tmp_path) as first:
        assert first.stdout.readline() == "held\n"
        with run(tmp_path) as second:
            assert second.stderr.readline() == (
                f"· Another run (process {first.pid}) is at work on Odoo's source: waiting for it …\n")
            first.communicate("\n")
            assert second.stdout.readline() == "held\n"
            second.communicate("\n")
            assert second.returncode == 0


def test_a_run_that_was_killed_leaves_no_lock(tmp_path):
    with run(tmp_path) as first:
        assert first.stdout.readline() == "held\n"
        first.kill()
    with run(tmp_path) as second:
        assert second.stdout.readline() == "held\n"
        second.communicate("\n")
        assert second.returncode == 0

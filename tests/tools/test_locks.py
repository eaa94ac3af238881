"""Two runs at once: the second waits and shows what for."""

import subprocess
import sys

from tools.paths import CHECKOUT

HOLD = """
import sys
from pathlib import Path
from tools.locks import locked
with locked("odoo", "Odoo's source", Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.readline()
"""


def run(folder, program=HOLD):
    return subprocess.Popen([sys.executable, "-c", program, folder], cwd=CHECKOUT, text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_second_says_that_it_waits_and_goes_on_afterwards(tmp_path):
    with run(tmp_path) as first:
        assert first.stdout.readline() == "locked\n"
        with run(tmp_path) as second:
            assert second.stderr.readline() == (
                f"· Another run (process {first.pid}) is at work on Odoo's source: waiting for it …\n")
            first.communicate("\n")
            assert second.stdout.readline() == "locked\n"
            second.communicate("\n")
            assert second.returncode == 0


def test_what_a_killed_run_had_started_is_waited_for(tmp_path):
    child = "import subprocess; from tools.locks import inheritable\n    " \
            "subprocess.Popen(['sleep', '4'], pass_fds=inheritable())"
    with run(tmp_path, HOLD.replace("print(", f"{child}; print(")) as first:
        assert first.stdout.readline() == "locked\n"
        first.kill()
    with run(tmp_path) as second:
        assert "waiting" in second.stderr.readline()
        second.communicate("\n")
        assert second.returncode == 0


def test_a_run_that_was_killed_leaves_no_lock(tmp_path):
    with run(tmp_path) as first:
        assert first.stdout.readline() == "locked\n"
        first.kill()
    with run(tmp_path) as second:
        assert second.stdout.readline() == "locked\n"
        second.communicate("\n")
        assert second.returncode == 0

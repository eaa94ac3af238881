"""Whoever imports the package has every room of it: what was imported by chance before does not decide."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOAD = "import sys; sys.path.insert(0, '.'); from tools.pure import load; print(*vars(load('rcep_link')))"


def test_every_module_of_the_link_is_there_in_a_new_process():
    output = subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rooms = {path.stem for path in (ROOT / "addons/rcep_eco/link").glob("*.py")} - {"__init__"}
    assert rooms <= set(output.split())

"""The arrow: the sandbox stands on the exporter's ``link`` and on nothing else of this repository."""

import ast
import os
import shutil
import subprocess
import sys

from tools.paths import CHECKOUT

SANDBOX = CHECKOUT / "ccpit_sandbox"
OURS = {"tools", "tests", "addons", "odoo", "rcep_origin", "conftest"}


def imported(path):
    """The top-level names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_the_sandbox_imports_the_link_and_nothing_else_of_ours():
    found = {path.name: set(imported(path)) for path in SANDBOX.rglob("*.py")}
    assert {name: names & OURS for name, names in found.items() if names & OURS} == {}
    assert any("rcep_link" in names for names in found.values())


def test_two_folders_are_all_it_needs(tmp_path):
    for folder in ("ccpit_sandbox", "addons/rcep_eco/link"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-m", "ccpit_sandbox", "--help"], cwd=tmp_path, env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--control-port" in done.stdout


def test_no_page_takes_a_text_for_markup():
    """Autoescape is on, and no template or module switches it off for a text."""
    pages = [*SANDBOX.rglob("*.html"), *SANDBOX.rglob("*.py")]
    marks = ("| safe", "|safe", "autoescape false", "Markup(")
    assert [path.name for path in pages if any(mark in path.read_text(encoding="utf-8") for mark in marks)] == []

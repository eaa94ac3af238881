"""Set-up from a bare machine to a running database server and a template, with what can run at once at once."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import debian, postgres, pyenv, source
from tools.console import CommandError
from tools.locks import locked
from tools.odoo import Workplace
from tools.paths import make_cache

RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
LINT_LOCK = "requirements-lint.lock"
DOCS_LOCK = "requirements-docs.lock"


@dataclass(frozen=True)
class Job:
    """One part of set-up under a lock of its own."""

    lock: str
    what: str
    work: Callable

    def do(self):
        """Do the work, waiting for another run that is at it."""
        with locked(self.lock, self.what):
            return self.work()


DEBIAN = Job("debian", "Debian packages", debian.install_packages)
ODOO = Job("odoo", "Odoo's source", source.get_odoo)
PYTHON = Job("venv", "the Python environment", lambda: pyenv.get_environment("venv", RUN_LOCK, "Python packages"))
LINT = Job("lint", "the environment for lint", lambda: pyenv.get_environment("lint", LINT_LOCK, "the tools for lint"))
DOCS = Job("docs", "the environment for docs", lambda: pyenv.get_environment("docs", DOCS_LOCK, "the tools for docs"))
JOBS = (DEBIAN, ODOO, PYTHON, LINT, DOCS)


def in_parallel(*jobs: Callable) -> list:
    """Run the jobs in parallel; the first error is raised once all have ended."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        futures = [pool.submit(job) for job in jobs]
    return [future.result() for future in futures]


def get_workplace(*, with_tests: bool = False) -> Workplace:
    """Everything that Odoo needs, server running."""
    _check_machine()
    make_cache()
    _, odoo, python, server = in_parallel(DEBIAN.do, ODOO.do, lambda: _python(with_tests), postgres.get_server)
    return Workplace(odoo, python / "bin/python", pyenv.lock_text(RUN_LOCK), server)


def get_python(*, with_tests: bool = True) -> Path:
    """Only the Python environment, for what needs no Odoo."""
    make_cache()
    return _python(with_tests) / "bin/python"


def get_lint() -> Path:
    """The folder with the programs that lint runs."""
    make_cache()
    return LINT.do() / "bin"


def get_docs() -> Path:
    """The folder with the programs that build the documentation."""
    make_cache()
    return DOCS.do() / "bin"


def _python(with_tests: bool) -> Path:
    folder = PYTHON.do()
    if with_tests:
        with locked("venv", "the Python environment"):
            pyenv.add_layer(folder, TEST_LOCK, "Python packages for tests")
    return folder


def _check_machine() -> None:
    """Report at once what cannot be mended later."""
    missing = debian.missing_packages()
    if missing and not Path("/usr/bin/apt-get").exists():
        raise CommandError(f"This is no Debian and lacks {', '.join(missing)}: install them and run this again.")
    if missing and os.getuid() != 0:
        raise CommandError(f"Debian packages are missing. Run this first: sudo apt-get install {' '.join(missing)}")

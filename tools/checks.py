"""./eco test and ./eco lint."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from tools import settings, setup, template
from tools.odoo import Workplace, write_configuration
from tools.places import ADDONS, CACHE, CHECKOUT
from tools.programs import began, remove
from tools.say import say, step

PURE_FOLDERS = ("tools", "origin", "link", "sandbox")  # under tests/: these need neither Odoo nor a database


def is_pure(paths: list[str], checkout: Path = CHECKOUT) -> bool:
    """Do all these paths lie where tests need no Odoo?"""
    pure = [checkout / "tests" / name for name in PURE_FOLDERS]
    wanted = [Path(path.split("::")[0]).resolve() for path in paths]
    return bool(wanted) and all(any(path == root or root in path.parents for root in pure) for path in wanted)


def test(paths: list[str], expression: str | None, rest: list[str]) -> int:
    """Run pytest once over what was asked for, with a database of its own where Odoo is needed."""
    chosen = [*(["-k", expression] if expression else []), *rest]
    if is_pure(paths):
        python = setup.get_python()
        return _pytest(python, ["-p", "no:odoo", *chosen, *paths], dict(os.environ))
    place = setup.get_workplace(with_tests=True)
    _drop_abandoned(place)
    name = template.owned(place, template.TEST) + str(os.getpid())
    folder = CACHE / "tests" / name
    try:
        with template.held(place) as suite, step("Copying the template database"):
            folder.mkdir(parents=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        return _pytest(place.python, [*_odoo_options(place, name, folder), *chosen, *(paths or _everything())],
                       place.environment())
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)


def _drop_abandoned(place: Workplace) -> None:
    """Databases of test runs that were killed: their names end in the number of a process that is gone."""
    for folder in (CACHE / "tests").glob(f"{template.owned(place, template.TEST)}*"):
        if not began(int(folder.name.rpartition("_")[2])):
            template.discard(place, folder.name, folder / "data")
            remove(folder)


def _everything() -> list[str]:
    return [str(folder) for folder in (CHECKOUT / "tests", ADDONS) if folder.exists()]


def _odoo_options(place: Workplace, database: str, folder: Path) -> list[str]:
    configuration = write_configuration(place, folder / "odoo.conf", folder / "data", db_name=database,
                                        dbfilter=f"^{database}$", max_cron_threads=0,
                                        screenshots=CACHE / "screenshots")
    return [f"--odoo-config={configuration}", f"--odoo-database={database}", "--odoo-http", "--odoo-log-level=error"]


def _pytest(python: Path, options: list[str], environment: dict[str, str]) -> int:
    command = [python, "-m", "pytest", "--rootdir", CHECKOUT, "-c", CHECKOUT / "pyproject.toml", *options]
    return subprocess.run([str(part) for part in command], env=environment, check=False).returncode


def lint(*, fix: bool = False) -> int:
    """Every tool that looks at sources; one line each, details only of what fails."""
    programs = setup.get_lint()
    addons = [ADDONS / name for name in (*template.our_modules(), *settings.OPTIONAL_MODULES)]
    failed = [name for name, command in _tools(programs, addons, fix).items() if not _passes(name, command)]
    return 1 if failed else 0


def _tools(programs: Path, addons: list[Path], fix: bool) -> dict[str, list]:
    mend = ["--fix"] if fix else []
    tools: dict[str, list] = {
        "ruff": [programs / "ruff", "check", "--quiet", *mend, CHECKOUT],
        "shellcheck": [programs / "shellcheck", CHECKOUT / "eco", *_files(".ci/run", "docker/**/*.sh")],
    }
    if addons:
        tools["pylint-odoo"] = [programs / "pylint", f"--rcfile={CHECKOUT / '.pylintrc'}", *addons]
        tools["oca-checks"] = [programs / "oca-checks-odoo-module", *mend, *addons]
    dockerfiles = [path for path in _files("docker/Dockerfile*") if path.suffix != ".dockerignore"]
    if dockerfiles:
        tools["hadolint"] = [programs / "hadolint", *dockerfiles]
    yaml = _files("docker/**/*.yaml", "docker/**/*.yml")
    if yaml:
        tools["yamllint"] = [programs / "yamllint", "--strict", *yaml]
    return tools


def _files(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in sorted(CHECKOUT.glob(pattern)) if path.is_file()]


def _passes(name: str, command: list, show: Callable[[str], None] = say) -> bool:
    with step(f"Checking with {name}"):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False,
                              cwd=CHECKOUT,
                              env={**os.environ, "PATH": f"{Path(command[0]).parent}:{os.environ.get('PATH', '')}"})
    if done.returncode == 0:
        print(f"{name}: clean", flush=True)
        return True
    show((done.stdout + done.stderr).strip())
    print(f"{name}: not clean", flush=True)
    return False

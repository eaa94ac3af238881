"""./eco test and ./eco lint."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import docs, settings, setup, template
from tools.console import CommandError, info, step
from tools.odoo import Workplace, write_configuration
from tools.paths import ADDONS, CACHE, CHECKOUT
from tools.programs import began, remove

PURE_FOLDERS = ("house", "tools", "origin", "link", "sandbox")  # under tests/: these need neither Odoo nor a database
LONG_FOLDERS = ("bundle", "deployment", "matrix", "upgrade")  # under tests/: only before a release
LONG = "ECO_LONG"  # in the environment of tests: full size
HEART = "rcep_eco"
WORKERS = 2  # runs side by side
NOTHING_CHOSEN = 5  # pytest's exit code of a run in which no test was asked for


def is_pure(paths: list[str], checkout: Path = CHECKOUT) -> bool:
    """Do all these paths lie where tests need no Odoo?"""
    pure = [checkout / "tests" / name for name in PURE_FOLDERS]
    wanted = [Path(path.split("::")[0]).resolve() for path in paths]
    return bool(wanted) and all(any(path == root or root in path.parents for root in pure) for path in wanted)


def test(paths: list[str], expression: str | None, rest: list[str], *, long: bool = False) -> int:
    """Run pytest over what was asked for, with a database of its own where Odoo is needed; everything side by side."""
    chosen = [*(["-k", expression] if expression else []), *rest]
    if long:
        os.environ[LONG] = "1"
    if not paths:
        return _side_by_side(chosen, long)
    if is_pure(paths):
        python = setup.get_python()
        return _pytest(python, ["-p", "no:odoo", *chosen, *paths], dict(os.environ))
    place = setup.get_workplace(with_tests=True)
    _drop_abandoned(place)
    with _database(place, "") as options:
        return _pytest(place.python, [*options, *chosen, *paths], place.environment())


@contextlib.contextmanager
def _database(place: Workplace, lane: str) -> Iterator[list[str]]:
    """pytest's options for a copy of the template, which is removed afterwards."""
    name = template.owned(place, template.TEST) + f"{lane}{'_' if lane else ''}{os.getpid()}"
    folder = CACHE / "tests" / name
    try:
        with template.locked_suite(place) as suite, step("Copying the template database"):
            folder.mkdir(parents=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        yield _odoo_options(place, name, folder)
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)


# --- everything, side by side
def lanes(long: bool, checkout: Path = CHECKOUT) -> tuple[dict[str, list[Path]], dict[str, list[Path]]]:
    """What runs side by side, and what starts processes of its own and so runs alone afterwards: paths by name.

    The heart has most of the tests in Odoo, so it has a database of its own; all other add-ons share one.
    """
    addons = sorted(path.parent for path in (checkout / "addons").glob("*/tests")
                    if path.parent.name not in settings.OPTIONAL_MODULES)  # tested in databases of their own
    heart = [path for path in addons if path.name == HEART]
    folders = sorted(path for path in (checkout / "tests").iterdir() if path.is_dir() and path.name != "__pycache__")
    pure = [path for path in folders if path.name in PURE_FOLDERS]
    alone = {path.name: [path] for path in folders
             if path not in pure and (long or path.name not in LONG_FOLDERS)}
    beside = {"heart": heart, "bridges": [path for path in addons if path not in heart], "pure": pure}
    return {name: paths for name, paths in beside.items() if paths}, alone


def _side_by_side(chosen: list[str], long: bool) -> int:
    place = setup.get_workplace(with_tests=True)
    _drop_abandoned(place)
    beside, alone = lanes(long)
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(lambda lane: _lane(place, *lane, chosen), beside.items()))
    results +=  [_lane(place, name, paths, chosen) for name, paths in alone.items()]
    passed = sum(_counted(line, "passed") for _code, line in results)
    failed = sum(_counted(line, "failed", "error") for _code, line in results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return max((code for code, _line in results if code != NOTHING_CHOSEN), default=NOTHING_CHOSEN)


def _counted(line: str, *words: str) -> int:
    """How many tests pytest's closing line says passed, or failed: ``2 failed, 5 passed in 1.2s``."""
    return sum(int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", line) if word.rstrip("s") in words)


def _lane(place: Workplace, name: str, paths: list[Path], chosen: list[str]) -> tuple[int, str]:
    """One run of pytest into a log of its own: its exit code and its closing line; what failed is shown."""
    log = CACHE / "logs" / f"test-{name}.log"
    with contextlib.ExitStack() as stack:
        if name in ("heart", "bridges"):
            options = stack.enter_context(_database(place, name))
            environment = place.environment()
        elif name == "pure":
            options, environment = ["-p", "no:odoo"], dict(os.environ)
        else:
            options = stack.enter_context(_database(place, name))
            environment = {**place.environment(), LONG: os.environ.get(LONG, "")}
        file = stack.enter_context(log.open("wb"))
        with step(f"Testing {name}"):
            code = _pytest(place.python, [*options, *chosen, *map(str, paths)], environment, stdout=file, stderr=file)
    words = log.read_text(errors="replace")
    if code not in (0, NOTHING_CHOSEN):
        info(words)
    closing = words.strip().splitlines()[-1] if words.strip() else str(code)
    print(f"{name}: {closing}", flush=True)
    return code, closing


def _drop_abandoned(place: Workplace) -> None:
    """Databases of test runs that were killed: their names end in the number of a process that is gone."""
    for folder in (CACHE / "tests").glob(f"{template.owned(place, template.TEST)}*"):
        if not began(int(re.search(r"\d+$", folder.name)[0])):  # of whichever command: a run of tests, texts
            template.discard(place, folder.name, folder / "data")
            remove(folder)


def _odoo_options(place: Workplace, database: str, folder: Path) -> list[str]:
    configuration = write_configuration(place, folder / "odoo.conf", folder / "data", db_name=database,
                                        dbfilter=f"^{database}$", max_cron_threads=0,
                                        screenshots=CACHE / "screenshots")
    return [f"--odoo-config={configuration}", f"--odoo-database={database}", "--odoo-http", "--odoo-log-level=error"]


def _pytest(python: Path, options: list[str], environment: dict[str, str], **streams) -> int:
    command = [python, "-m", "pytest", "--rootdir", CHECKOUT, "-c", CHECKOUT / "pyproject.toml", *options]
    return subprocess.run([str(part) for part in command], env=environment, check=False, **streams).returncode


def lint(names: list[str], *, fix: bool = False) -> int:
    """Every tool that looks at sources, or those that are named; one line each, details only of what fails."""
    programs = setup.get_lint()
    addons = [ADDONS / name for name in (*template.our_modules(), *settings.OPTIONAL_MODULES)]
    commands = lint_commands(programs, setup.get_docs(), addons, fix)
    if unknown := set(names) - set(commands):
        raise CommandError(f"No check is called {', '.join(sorted(unknown))}: choose from {', '.join(commands)}.")
    failed = [name for name in names or commands if not _passes(name, commands[name])]
    return 1 if failed else 0


def lint_commands(programs: Path, docs_programs: Path, addons: list[Path], fix: bool) -> dict[str, list]:
    """How each check is run, by its name."""
    mend = ["--fix"] if fix else []
    tools: dict[str, list] = {
        "ruff": [programs / "ruff", "check", "--quiet", *mend, CHECKOUT],
        "shellcheck": [programs / "shellcheck", CHECKOUT / "eco", *_files(".ci/run", "docker/**/*.sh")],
    }
    if addons:
        tools["pylint-odoo"] = [programs / "pylint", f"--rcfile={CHECKOUT / '.pylintrc'}", *addons]
        # Blocks are dropped into div#wrap of a page, as on Odoo's own; its id is no name of ours.
        tools["oca-checks"] = [programs / "oca-checks-odoo-module", "--disable=xml-oe-structure-missing-id", *mend,
                               *addons]
        tools["oca-checks-po"] = [programs / "oca-checks-po", "--disable=po-pretty-format",
                                  *_files("addons/*/i18n/*.po", "addons/*/i18n/*.pot")]
        tools["readme"] = [programs / "python", CHECKOUT / "tools/readme.py", *(["--write"] if fix else [])]
    tools["walks"] = [sys.executable, CHECKOUT / "tools/walks.py", *(["--write"] if fix else [])]
    tools["docs"] = docs.build_command(docs_programs)
    dockerfiles = [path for path in _files("docker/Dockerfile*") if path.suffix != ".dockerignore"]
    if dockerfiles:
        tools["hadolint"] = [programs / "hadolint", *dockerfiles]
    yaml = _files(".*.yaml", "*.yml", ".github/**/*.yml", "docker/**/*.yaml", "docker/**/*.yml")
    if yaml:
        tools["yamllint"] = [programs / "yamllint", "--strict", *yaml]
    return tools


def _files(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in sorted(CHECKOUT.glob(pattern)) if path.is_file()]


def _passes(name: str, command: list, show: Callable[[str], None] = info) -> bool:
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

"""Template databases, in two layers: Odoo's own modules once, our add-ons on top whenever they change.

click-odoo-contrib does not serve here: its cache has one layer, so that each change would install Odoo's modules anew,
and stores files in the database; its copies need rsync to link files.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools import settings
from tools.console import CommandError, step
from tools.locks import locked
from tools.odoo import Workplace, odoo_command, write_configuration
from tools.paths import ADDONS, CACHE, cache_key, digest
from tools.programs import remove, run

BASE, SUITE, DRAFT, TEST = PREFIXES = "eco_base_", "eco_suite_", "eco_draft_", "eco_test_"
RETAINED = {BASE: 2, SUITE: 4}  # templates of a layer that stay when newer ones come; clones differ
DATA = CACHE / "templates"
LAYOUT = 1  # raise it when what a template holds changes for another reason
# Read when it is needed, from the add-ons themselves, or not at all: no reason for a new database.
PASSED_OVER = {"__pycache__", "tests", "readme", "description", "src", "doc"}
PASSED_SUFFIXES = {".md", ".rst", ".pyc", ".pot"}


def our_modules(addons: Path = ADDONS) -> list[str]:
    """The add-ons in this checkout that Odoo's own modules are enough for, by name."""
    return sorted(path.parent.name for path in addons.glob("*/__manifest__.py")
                  if path.parent.name not in settings.OPTIONAL_MODULES
                  and '"installable": False' not in path.read_text(encoding="utf-8"))


def addons_digest(addons: Path = ADDONS) -> str:
    """Changes when something changes that a database made from these add-ons would show."""
    found = []
    for folder, subfolders, files in os.walk(addons):
        subfolders[:] = sorted(name for name in subfolders if name not in PASSED_OVER)
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix not in PASSED_SUFFIXES:
                found.append((str(path.relative_to(addons)), digest(path.read_bytes().hex())))
    return digest(found)


def owned(place: Workplace, prefix: str) -> str:
    """How database names of this kind begin: on a server of the user's own each cache knows only its own."""
    return prefix if place.server.private else f"{prefix}{cache_key()}_"


def base_name(place: Workplace) -> str:
    """The base template's name: everything that went into it."""
    parts = (place.odoo.identity, place.lock, settings.BASE_MODULES, settings.LANGUAGES, LAYOUT)
    return owned(place, BASE) + digest(*parts)


def suite_name(place: Workplace) -> str:
    """The suite template's name."""
    return owned(place, SUITE) + digest(base_name(place), our_modules(), addons_digest())


def get_base(place: Workplace) -> str:
    """The name of the base template, Odoo's modules alone; made if need be."""
    with locked("templates", "the template database"):
        return _base(place)


@contextlib.contextmanager
def locked_suite(place: Workplace) -> Iterator[str]:
    """The name of the suite template for the add-ons as they stand; nobody drops it before the block ends."""
    with locked("templates", "the template database"):
        suite = suite_name(place)
        if not _is_there(place, suite):
            base = _base(place)
            with step(f"Making a database with our add-ons ({', '.join(our_modules()) or 'none yet'})"):
                _make(place, suite, our_modules(), source=base)
            _drop_stale(place, {base, suite})
        yield suite


def _base(place: Workplace) -> str:
    """The base template under a lock that this process has already."""
    base = base_name(place)
    if not _is_there(place, base):
        with step(f"Making a database with Odoo's modules ({', '.join(settings.BASE_MODULES)})"):
            _make(place, base, settings.BASE_MODULES, f"--load-language={','.join(settings.LANGUAGES)}")
    return base


def _is_there(place: Workplace, name: str) -> bool:
    return (DATA / "filestore" / name).is_dir() and name in place.server.databases()


def _make(place: Workplace, name: str, modules, *options: str, source: str = "") -> None:
    """Install `modules` in a database that has a draft's name until it is whole."""
    _drop_drafts(place)
    discard(place, name, DATA)
    draft = owned(place, DRAFT) + str(os.getpid())
    if source:
        duplicate(place, source, DATA, draft, DATA)
    if modules:
        configuration = write_configuration(place, DATA / f"{draft}.conf", DATA)
        try:
            run([*odoo_command(place), "-c", configuration, "-d", draft, "-i", ",".join(modules), "--with-demo",
                 "--stop-after-init", "--no-http", "--max-cron-threads=0", "--log-level=warn", *options],
                f"Installing {', '.join(modules)}", log="template", env=place.environment(), cwd=CACHE,
                pass_fds=())  # should it outlive a killed run, the next one drops its draft without waiting
        finally:
            remove(configuration)
        _check_installed(place, draft, modules)
    (DATA / "filestore" / draft).mkdir(parents=True, exist_ok=True)
    (DATA / "filestore" / draft).rename(DATA / "filestore" / name)
    place.server.rename(draft, name)


def _check_installed(place: Workplace, database: str, modules) -> None:
    """Odoo passes over a module that it cannot find, or whose dependencies it lacks, with no more than a warning."""
    installed = {row[0] for row in place.server.sql("SELECT name FROM ir_module_module WHERE state = 'installed'",
                                                    database)}
    missing = [name for name in modules if name not in installed]
    if missing:
        raise CommandError(f"Odoo did not install {', '.join(missing)}; see the end of {CACHE / 'logs/template.log'}.")


def duplicate(place: Workplace, source: str, source_data: Path, target: str, target_data: Path) -> None:
    """Copy a database with its file store. The files are named by their content and never change: links will do."""
    discard(place, target, target_data)
    files = source_data / "filestore" / source
    if files.exists():
        (target_data / "filestore").mkdir(parents=True, exist_ok=True)
        shutil.copytree(files, target_data / "filestore" / target, copy_function=_link)
    place.server.copy(source, target)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def discard(place: Workplace, name: str, data: Path) -> None:
    """Drop a database with its file store."""
    place.server.drop(name)
    remove(data / "filestore" / name)


def _drop_drafts(place: Workplace) -> None:
    """What an interrupted run left; the lock says that nobody is at work on a draft."""
    for name in place.server.databases():
        if name.startswith(owned(place, DRAFT)):
            discard(place, name, DATA)
    for path in [*DATA.glob(f"{DRAFT}*.conf"), *DATA.glob(f"filestore/{DRAFT}*")]:
        remove(path)


def _drop_stale(place: Workplace, current: set[str]) -> None:
    """Keep the newest of each layer."""
    newest_first = [row[0] for row in place.server.sql("SELECT datname FROM pg_database ORDER BY oid DESC")]
    for layer, count in RETAINED.items():
        old = [name for name in newest_first if name.startswith(owned(place, layer)) and name not in current]
        for name in old[count - 1:]:
            discard(place, name, DATA)

"""Template databases, in two layers: Odoo's own modules once, our add-ons on top whenever they change."""

import os
import shutil
from pathlib import Path

from tools import settings
from tools.locks import alone
from tools.odoo import Workplace, odoo_command, write_configuration
from tools.places import ADDONS, CACHE, digest
from tools.programs import remove, run
from tools.say import step

KEPT = 2  # templates of a layer that stay when newer ones come
DATA = CACHE / "templates"
LAYOUT = 1  # raise it when what a template holds changes for another reason
# Read when it is needed, from the add-ons themselves, or not at all: no reason for a new database.
PASSED_OVER = {"__pycache__", "tests", "readme", "description", "src", "doc"}
PASSED_SUFFIXES = {".md", ".rst", ".pyc", ".pot"}


def our_modules(addons: Path = ADDONS) -> list[str]:
    """The add-ons in this checkout, by name."""
    return sorted(path.parent.name for path in addons.glob("*/__manifest__.py")
                  if '"installable": False' not in path.read_text(encoding="utf-8"))


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


def base_name(place: Workplace) -> str:
    """The base template's name: everything that went into it."""
    return "eco_base_" + digest(place.odoo.identity, place.lock, settings.BASE_MODULES, settings.LANGUAGES, LAYOUT)


def suite_name(place: Workplace) -> str:
    """The suite template's name."""
    return "eco_suite_" + digest(base_name(place), our_modules(), addons_digest())


def get_base(place: Workplace) -> str:
    """The name of the base template, Odoo's modules alone; made if need be."""
    with alone("templates", "the template database"):
        return _base(place)


def get_template(place: Workplace) -> str:
    """The name of the suite template for the add-ons as they stand now; made if need be."""
    with alone("templates", "the template database"):
        base, suite = _base(place), suite_name(place)
        if suite not in place.server.databases():
            with step(f"Making a database with our add-ons ({', '.join(our_modules()) or 'none yet'})"):
                _make(place, suite, our_modules(), source=base)
            _drop_stale(place, {base, suite})
        return suite


def _base(place: Workplace) -> str:
    """The base template under a lock that is held already."""
    base, existing = base_name(place), place.server.databases()
    if base not in existing:
        _drop_drafts(place, existing)
        with step(f"Making a database with Odoo's modules ({', '.join(settings.BASE_MODULES)})"):
            _make(place, base, settings.BASE_MODULES, f"--load-language={','.join(settings.LANGUAGES)}")
    return base


def _make(place: Workplace, name: str, modules, *options: str, source: str = "") -> None:
    """Install `modules` in a database that has a draft's name until it is whole."""
    draft = f"eco_draft_{os.getpid()}"
    discard(place, draft, DATA)
    if source:
        duplicate(place, source, DATA, draft, DATA)
    if modules:
        configuration = write_configuration(place, DATA / f"{draft}.conf", DATA)
        try:
            run([*odoo_command(place), "-c", configuration, "-d", draft, "-i", ",".join(modules), "--with-demo",
                 "--stop-after-init", "--no-http", "--max-cron-threads=0", "--log-level=warn", *options],
                f"Installing {', '.join(modules)}", log="template", env=place.environment(), cwd=CACHE)
        finally:
            remove(configuration)
    remove(DATA / "filestore" / name)
    if (DATA / "filestore" / draft).exists():
        (DATA / "filestore" / draft).rename(DATA / "filestore" / name)
    place.server.rename(draft, name)


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


def _drop_drafts(place: Workplace, existing: set[str]) -> None:
    for name in existing:
        if name.startswith("eco_draft_"):
            discard(place, name, DATA)


def _drop_stale(place: Workplace, current: set[str]) -> None:
    """Keep the newest of each layer; the file store's date tells the age."""
    for layer in ("eco_base_", "eco_suite_"):
        names = [row[0] for row in place.server.sql(
            f"SELECT datname FROM pg_database WHERE datname LIKE '{layer}%' ORDER BY oid DESC")]  # noqa: S608
        for name in [name for name in names if name not in current][KEPT - 1:]:
            discard(place, name, DATA)

"""./eco i18n: the templates that translators begin with, exported anew from the sources as they stand."""

import os
from pathlib import Path

from tools import setup, template
from tools.console import info, step
from tools.odoo import Workplace, odoo_command, write_configuration
from tools.paths import ADDONS, CACHE
from tools.programs import remove, run

DATES = ('"POT-Creation-Date:', '"PO-Revision-Date:')  # change with each export, whatever the texts are


def export() -> int:
    """Write each add-on's .pot, but not those of add-ons that need modules beside Odoo's own."""
    place = setup.get_workplace()
    name = f"{template.owned(place, template.TEST)}texts{os.getpid()}"
    folder = CACHE / "tests" / name
    before = {path: path.read_text(encoding="utf-8") for path in ADDONS.glob("*/i18n/*.pot")}
    try:
        with template.locked_suite(place) as suite:
            folder.mkdir(parents=True)
            template.duplicate(place, suite, template.DATA, name, folder / "data")
        configuration = write_configuration(place, folder / "odoo.conf", folder / "data")
        with step("Exporting texts"):
            run([*export_command(place, configuration, name), *template.our_modules()], "Exporting texts",
                log="texts", env=place.environment(), cwd=CACHE)
    finally:
        template.discard(place, name, folder / "data")
        remove(folder)
    for path in sorted(ADDONS.glob("*/i18n/*.pot")):
        _settle(path, before.get(path, ""))
    return 0


def export_command(place: Workplace, configuration: Path, database: str) -> list[object]:
    """Has Odoo write the templates of the modules that are named behind it."""
    return [*odoo_command(place), "i18n", "export", "-c", configuration, "-d", database]


def _settle(path: Path, before: str) -> None:
    """Leave a file as it was where only the day of its export is new, and none where there is nothing to translate."""
    text = path.read_text(encoding="utf-8")
    if not text:
        remove(path)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    elif _texts(text) == _texts(before):
        path.write_text(before, encoding="utf-8")
    else:
        info(f"· {path.relative_to(ADDONS)} has changed.")


def _texts(catalogue: str) -> list[str]:
    return [line for line in catalogue.splitlines() if not line.startswith(DATES)]

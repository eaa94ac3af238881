"""The catalogue of texts of an add-on that is tested in a database of its own: fresh, as those of all others are."""

import subprocess

import polib

from tools.paths import ADDONS
from tools.texts import export_command

PATIENCE = 300  # seconds


def _texts(file):
    return {entry.msgid for entry in polib.pofile(str(file))}


def exported(place, configuration, database, module, **options):
    """The texts of a module that is installed in a database, as Odoo exports them now."""
    file = configuration.with_name(f"{module}.pot")
    command = [*export_command(place, configuration, database), "-o", file, module]
    subprocess.run([str(part) for part in command], timeout=PATIENCE, check=True, **options)
    return _texts(file)


def committed(module):
    """The texts that the catalogue in the checkout has."""
    return _texts(ADDONS / module / f"i18n/{module}.pot")

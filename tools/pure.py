"""Loads the add-ons' pure packages without Odoo: `rcep_origin` and `rcep_link`, under names of their own.

Python cannot import them through the add-on outside Odoo, because the add-on's own package imports Odoo.
"""

import importlib.util
import sys
from pathlib import Path

ADDON = Path(__file__).resolve().parent.parent / "addons" / "rcep_eco"
PACKAGES = {"rcep_origin": "origin", "rcep_link": "link"}


def load(alias: str):
    """The package behind `alias`, imported once; its modules import as `alias.module` afterwards."""
    if alias not in sys.modules:
        folder = ADDON / PACKAGES[alias]
        spec = importlib.util.spec_from_file_location(
            alias, folder / "__init__.py", submodule_search_locations=[str(folder)])
        package = importlib.util.module_from_spec(spec)
        sys.modules[alias] = package
        try:
            spec.loader.exec_module(package)
        except BaseException:
            del sys.modules[alias]
            raise
    return sys.modules[alias]


def load_all() -> list[str]:
    """Load every pure package that exists; returns their aliases."""
    there = [alias for alias, name in PACKAGES.items() if (ADDON / name / "__init__.py").is_file()]
    for alias in there:
        load(alias)
    return there

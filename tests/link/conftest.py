"""Loads the pure link package under its alias when nobody has done so before."""

import importlib.util
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "addons" / "rcep_eco" / "link"

if "rcep_link" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "rcep_link", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["rcep_link"] = module
    spec.loader.exec_module(module)

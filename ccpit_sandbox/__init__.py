"""A stand-in for an issuing body's origin data platform: a real HTTP server with a database of its own.

It speaks this project's own profile ``ccpit-json-1``, which is not an official interface, and whatever it
issues is a SPECIMEN. Records, wording, signatures and rules are those of the exporter's side (``rcep_link``),
so both sides cannot drift apart; everything that only a platform knows lives here.

``rcep_link`` is the folder ``addons/rcep_eco/link`` beside this package, which cannot be imported through its
add-on without Odoo; where somebody loaded it already, that one is used.
"""

import importlib.util
import pathlib
import sys

LINK = pathlib.Path(__file__).resolve().parent.parent / "addons/rcep_eco/link"

if "rcep_link" not in sys.modules:
    _found = importlib.util.spec_from_file_location(
        "rcep_link", LINK / "__init__.py", submodule_search_locations=[str(LINK)]
    )
    sys.modules["rcep_link"] = importlib.util.module_from_spec(_found)
    _found.loader.exec_module(sys.modules["rcep_link"])

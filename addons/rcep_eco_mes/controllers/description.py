"""The doors of this add-on described for programs (``GET /eco/mes/v1/openapi.json``, OpenAPI 3.1), and what is beside.

The description is data, ``openapi.json`` beside this file; the form of a report is the schema that a test holds against
its reader.
"""

import json
import pathlib

from odoo.addons.rcep_eco_api.controllers import door
from odoo.http import Controller, route

HERE = pathlib.Path(__file__).parent
FORM = "report.schema.json"


def _read():
    description = json.loads((HERE / "openapi.json").read_text(encoding="utf-8"))
    report = json.loads((HERE.parent / "reports" / FORM).read_text(encoding="utf-8"))
    parts = {**report.pop("$defs"), "report": report}
    del report["$schema"]
    text = json.dumps(parts).replace("#/$defs/", "#/components/schemas/")
    description["components"]["schemas"] |= json.loads(text)
    return description


DESCRIPTION = _read()


class MesDescription(Controller):
    @route("/eco/mes/v1/openapi.json", methods=["GET"], cors="*", readonly=True, **door.OPEN)
    def openapi(self, **_query):
        """The description, for anybody."""
        return door.described(DESCRIPTION, "rcep_eco_mes")

    @route(["/eco/mes", "/eco/mes/<path:rest>"], **door.OPEN)
    def elsewhere(self, **_rest):
        """404, or 405 where the address takes other methods."""
        return door.elsewhere(DESCRIPTION)

"""The door of an agent's system described for programs (``GET /eco/agent/v1/openapi.json``), and what is beside it.

The description is data, ``openapi.json`` beside this file; what can be chosen in a field is the field's own list.
"""

import json
import pathlib

from odoo.addons.rcep_eco.models.certificate.rcep_certificate import MEANS
from odoo.addons.rcep_eco.values.box_8 import PACKAGE_KINDS
from odoo.addons.rcep_eco_agent.controllers.portal import UPLOADS
from odoo.addons.rcep_eco_api.controllers import door
from odoo.http import Controller, route

CHOICES = {("shipment_sent", "means"): MEANS, ("item_sent", "packages_kind"): PACKAGE_KINDS, ("paper", "kind"): UPLOADS}


def _read():
    description = json.loads((pathlib.Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"))
    schemas = description["components"]["schemas"]
    for (schema, member), choices in CHOICES.items():
        schemas[schema]["properties"][member]["enum"] = [code for code, _name in choices]
    return description


DESCRIPTION = _read()


class AgentDescription(Controller):
    @route("/eco/agent/v1/openapi.json", methods=["GET"], cors="*", readonly=True, **door.OPEN)
    def openapi(self, **_query):
        """The description, for anybody."""
        return door.described(DESCRIPTION, "rcep_eco_agent_api")

    @route(["/eco/agent", "/eco/agent/<path:rest>"], **door.OPEN)
    def elsewhere(self, **_rest):
        """404, or 405 where the address takes other methods."""
        return door.elsewhere(DESCRIPTION)

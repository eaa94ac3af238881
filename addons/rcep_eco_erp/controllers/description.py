"""What another ERP can call, described for programs: the feed and the doors of this add-on in one description."""

import json
import pathlib

from odoo.addons.rcep_eco_api.controllers import change_door, door
from odoo.http import route

OWN = json.loads((pathlib.Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"))
_FEED = change_door.DESCRIPTION
DESCRIPTION = {
    **_FEED,
    "paths": {**_FEED["paths"], **OWN["paths"]},
    "components": {**_FEED["components"], "schemas": {**_FEED["components"]["schemas"], **OWN["schemas"]}},
}


class ErpDescription(change_door.ChangeDoor):
    @route()
    def openapi(self, **_query):
        """The description, for anybody."""
        return door.described(DESCRIPTION, "rcep_eco_erp")

    @route()
    def elsewhere(self, **_rest):
        """404, or 405 where the address takes other methods."""
        return door.elsewhere(DESCRIPTION)

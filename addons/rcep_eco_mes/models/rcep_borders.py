"""The border to machines: what a report of production holds; out goes what became of it."""

import json

from odoo import api, models
from odoo.addons.rcep_eco.values.borders import Border, fields_of
from odoo.tools.misc import file_open

SCHEMA = "rcep_eco_mes/reports/report.schema.json"


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        with file_open(SCHEMA) as stream:
            schema = json.load(stream)
        items = (f"items.{name}" for name in schema["$defs"]["item"]["properties"])
        return super()._borders() | {
            "machines": Border(
                addresses=("/eco/mes",),
                leaves=fields_of(
                    "rcep.production.report", "report_id state order_name corrected_by_id booked_at problem"
                ),
                enters=frozenset({*schema["properties"], *items}),
                counted=("rcep.production.report", "create_date", []),
            ),
        }

    @api.model
    def _words(self):
        return super()._words() | {
            "machines": (
                self.env._("Machines that report production"),
                self.env._("A key that holds just this, a folder that the administrator names, or a file by hand"),
            ),
        }

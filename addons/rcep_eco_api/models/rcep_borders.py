"""The border to a foreign ERP: what the feed tells of verdicts and certificates, by its own table of facts."""

from odoo import api, models
from odoo.addons.rcep_eco.values.borders import Border


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        kinds = self.env["rcep.change"]._kinds().values()
        return super()._borders() | {
            "erp": Border(
                addresses=("/eco/erp",),
                leaves=frozenset().union(*(kind.fields() for kind in kinds)),
                counted=("rcep.integration.call", "at", [("path", "=like", "/eco/erp/%"), ("status", "=", 200)]),
            ),
        }

    @api.model
    def _words(self):
        return super()._words() | {
            "erp": (
                self.env._("Another system of the firm, such as its ERP"),
                self.env._("A key that follows verdicts and certificates; no cost and no material stands in them"),
            ),
        }

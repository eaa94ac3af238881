"""The border to principals' systems: a key goes there, states and deadlines come back."""

from odoo import api, models
from odoo.addons.rcep_eco.values.borders import Border, fields_of

from .rcep_principal import OF_AUTHORITY
from .rcep_principal_work import KEPT


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        return super()._borders() | {
            "principal": Border(
                leaves=fields_of("rcep.principal", "client_secret etag") | fields_of("rcep.principal.work", "number"),
                enters=fields_of("rcep.principal", f"{' '.join(OF_AUTHORITY)} etag problem")
                | fields_of("rcep.principal.work", f"{' '.join(KEPT)} number"),
                counted=("rcep.principal", "answered_at", [("answered_at", "!=", False)]),
            ),
        }

    @api.model
    def _words(self):
        return super()._words() | {
            "principal": (
                self.env._("Principals' systems, at an agent's desk"),
                self.env._("A key that the principal made under the agent's authority; states and deadlines only"),
            ),
        }

"""A key that somebody else may have: what it signed to buyers is taken back."""

from odoo import models

from .. import states


class RcepSigningKey(models.Model):
    _inherit = "rcep.signing.key"

    def _lost(self):
        super()._lost()
        signed = [("key_id", "in", self.ids), ("state", "=", states.IN_FORCE)]
        for statement in self.env["rcep.origin.statement"].search(signed):
            key = statement.key_id
            statement._revoke(f"{key.name}: {key._state_name()}", by=states.DETERMINATION)

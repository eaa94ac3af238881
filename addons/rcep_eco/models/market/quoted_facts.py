"""The screens on which a connection is set up and watched quote what authorities have published, from the register."""

from odoo import api, fields, models

QUOTED = ("interface", "integrations", "certification", "time_limits")


class RcepKnownFact(models.Model):
    _inherit = "rcep.known.fact"

    @api.model
    def _quote_all(self):
        """What is known of the platform itself, a sentence a line."""
        return "\n".join(filter(None, (self._quote(code) for code in QUOTED)))


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    known_facts = fields.Text("What is published", compute="_compute_known_facts")

    @api.depends_context("lang")
    def _compute_known_facts(self):
        quoted = self.env["rcep.known.fact"]._quote_all()
        for platform in self:
            platform.known_facts = quoted

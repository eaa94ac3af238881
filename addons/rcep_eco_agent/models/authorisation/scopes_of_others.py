"""Several agents of one principal: what two authorities both cover is the work of whoever takes it up first."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts

from ...states import authorisation_states


class RcepAuthorisation(models.Model):
    _inherit = "rcep.authorisation"

    scopes_of_others = fields.Char(
        "Covered by others too", compute="_compute_scopes_of_others",
        help="Authorities of other agents that reach into the same days, markets and goods.",
    )  # fmt: skip

    @api.depends("state", "company_id", "agent_id", "valid_from", "valid_until", "party_ids", "product_ids")
    def _compute_scopes_of_others(self):
        alive = authorisation_states.ALIVE
        others = self.search([("company_id", "in", self.company_id.ids), ("state", "in", alive)])
        for record in self:
            shared = others.filtered(record._reaches_into) if record.state in alive else self.browse()
            names = [f"{each.agent_id.name} ({each.name})" for each in shared]
            record.scopes_of_others = ", ".join(names) or False

    def _reaches_into(self, other):
        """Whether an invoice may be covered by both this authority and another agent's."""
        return (
            other.company_id == self.company_id
            and other.agent_id.commercial_partner_id != self.agent_id.commercial_partner_id
            and bool(self.valid_from and self.valid_until)
            and self.valid_from <= other.valid_until
            and other.valid_from <= self.valid_until
            and (not self.party_ids or not other.party_ids or bool(self.party_ids & other.party_ids))
            and (not self.product_ids or not other.product_ids or bool(self.product_ids & other.product_ids))
        )

    def _not_in_other_hands(self):
        """Domain of the certificates that no other agent has at work under an authority in force."""
        return [
            "|", "|", "|",
            ("authorisation_id", "=", False),
            ("authorisation_id.agent_id", "child_of", self.agent_id.commercial_partner_id.id),
            ("authorisation_id.state", "!=", authorisation_states.IN_FORCE),
            ("authorisation_id.valid_until", "<", amounts.today()),
        ]  # fmt: skip

"""The border to agents' programs: the portal's, for machines; and the page on which both sides see the last calls."""

from odoo import api, models
from odoo.addons.rcep_eco.values.borders import Border, fields_of
from odoo.addons.rcep_eco_agent.models.work.rcep_borders import FILLED, OF_LINE

from ..values import members

CALL = "rcep.integration.call"


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        return super()._borders() | {
            "agent_program": Border(
                addresses=("/eco/agent",),
                leaves=members.listed() | frozenset({"problems", "returned", "until", "next", "page"}),
                enters=fields_of("rcep.certificate", FILLED)
                | fields_of("rcep.certificate.line", OF_LINE)
                | fields_of("rcep.certificate.attachment", "kind name content"),
                counted=(CALL, "at", [("key_id.authorisation_id", "!=", False)]),
            ),
            "agent_debugging": Border(
                addresses=("/my/eco/<int:authority_id>/program",),
                pages={"rcep_eco_agent_api.portal_program": {"authority": "rcep.authorisation", "call": CALL}},
                leaves=fields_of("rcep.authorisation", "_headline() company_id")
                | fields_of(CALL, "at key_id method outcome path problem status")
                | frozenset({"res.company.name", "rcep.integration.key.name", "address", "calls", "examples"}),
            ),
        }  # fmt: skip

    @api.model
    def _words(self):
        return super()._words() | {
            "agent_program": (
                self.env._("Agents' programs"),
                self.env._("A key under an authority that is in force, within its days, markets, goods and value"),
            ),
            "agent_debugging": (
                self.env._("The last calls of agents' programs, in the portal"),
                self.env._("An authority in force: its own people; of the firm, connection managers"),
            ),
        }

    @api.model
    def _value_words(self):
        return super()._value_words() | {
            "address": self.env._("the address of this system"),
            "calls": self.env._("the last calls and what was wrong with them"),
            "examples": self.env._("calls to begin with"),
            "problems": self.env._("what is missing"),
            "until": self.env._("until when"),
            "next": self.env._("what may be done next"),
            "page": self.env._("the page in the portal"),
        }

"""Joint debugging: one page for both sides, on which the agent's last calls stand with what was wrong, in words."""

import json

from odoo.addons.rcep_eco_agent.controllers.portal import ROUTE, AgentPortal
from odoo.http import request, route

from .agent_door import PREFIX
from .description import DESCRIPTION

SHOWN = ("get", "post", "patch")


class ProgramPage(AgentPortal):
    @route("/my/eco/<int:authority_id>/program", methods=["GET"], **ROUTE)
    def program(self, authority_id, **_query):
        """The last calls under an authority: for the agent's people, and for the principal's connection managers."""
        authority = self._authority(authority_id) or self._of_manager(authority_id)
        if not authority:
            return self._gone(authority_id)
        address = authority.company_id._rcep_base_url()
        values = self._prepare_portal_layout_values()
        values |= {
            "authority": authority,
            "page_name": "rcep_agent",
            "calls": authority._last_calls(),
            "address": f"{address}{PREFIX}",
            "examples": examples(address),
        }
        return request.render("rcep_eco_agent_api.portal_program", values)

    @staticmethod
    def _of_manager(authority_id):
        """The authority as the principal's own people see it, or an empty one."""
        if not request.env.user.has_group("rcep_eco.group_manager"):
            return request.env["rcep.authorisation"]
        mine = [("id", "=", authority_id), ("company_id", "in", request.env.user.company_ids.ids)]
        return request.env["rcep.authorisation"].search(mine)


def examples(address):
    """[(what it does, the call for a command line)], from the description; the key stands in a variable."""
    found = []
    for path, calls in DESCRIPTION["paths"].items():
        for method, described in calls.items():
            if method not in SHOWN or not described.get("security"):
                continue
            line = f'curl -X {method.upper()} -H "Authorization: Bearer $KEY"'
            body = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
            if body:
                line += f" -H \"Content-Type: application/json\" -d '{json.dumps(body, ensure_ascii=False)}'"
            elif method != "get":
                line += " -d ''"
            found.append((described["operationId"], f'{line} "{address}{path.replace("{number}", "1")}"'))
    return found

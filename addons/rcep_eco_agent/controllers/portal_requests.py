"""The agent's work with its principals' suppliers: who owes a declaration, a reminder, a paper handed in."""

from odoo import http
from odoo.addons.rcep_eco.controllers.supplier_answer import typed
from odoo.exceptions import UserError
from odoo.http import request

from .portal import FORM_BYTES, LONGEST, ROUTE, SAID, AgentPortal


class AgentRequests(AgentPortal):
    def _work_of(self, authority):
        return {**super()._work_of(authority), "requests": authority._requests()}

    @http.route("/my/eco/<int:authority_id>/request/<int:request_id>", methods=["GET"], **ROUTE)
    def request_to_supplier(self, authority_id, request_id, **_query):
        """What a supplier was asked for and still owes."""
        authority, asked = self._request(authority_id, request_id)
        if not asked:
            return self._gone(authority_id)
        values = self._prepare_portal_layout_values()
        values |= {"authority": authority, "asked": asked, "page_name": "rcep_agent"}
        values["said"] = request.session.pop(SAID, None)
        return request.render("rcep_eco_agent.portal_request", values)

    @http.route("/my/eco/<int:authority_id>/request/<int:request_id>", methods=["POST"],
                max_content_length=FORM_BYTES, **ROUTE)  # fmt: skip
    def step_of_request(self, authority_id, request_id, do="", **_form):
        """Remind the supplier, or hand in its paper."""
        authority, asked = self._request(authority_id, request_id)
        if not asked:
            return self._gone(authority_id)
        steps = {
            "remind": (self._remind, request.env._("The supplier was reminded by mail.")),
            "hand_in": (self._hand_in, request.env._("The paper is with the principal, who reads it.")),
        }
        if do not in steps:
            return request.not_found()
        method, done = steps[do]
        user = request.env.user
        self._try(lambda: method(asked, authority, user) or asked, done)
        return request.redirect(f"/my/eco/{authority.id}/request/{asked.id}", code=303)

    def _remind(self, asked, authority, user):
        asked._agent_reminds(authority, user)

    def _hand_in(self, asked, authority, user):
        paper = request.httprequest.files.get("paper")
        if not paper:
            raise UserError(request.env._("Choose the file of the paper."))
        asked._agent_hands_in(authority, user, typed(paper.filename, LONGEST), paper.read())

    def _request(self, authority_id, request_id):
        """(authority, request), or an empty request, as :meth:`_certificate`."""
        authority = self._authority(authority_id)
        return authority, authority._request(request_id) if authority else None

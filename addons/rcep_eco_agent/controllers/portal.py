"""The agent's work: one list over all its principals, and each certificate with what its authority lets it do.

Whoever is logged in is nobody here but by an authority in force; it is asked anew with each request. What it does not
cover does not exist for the agent.
"""

import base64

from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.rcep_eco.controllers.supplier_answer import typed
from odoo.addons.rcep_eco.models.certificate.attachment import KINDS as PAPERS
from odoo.addons.rcep_eco.models.certificate.rcep_certificate import MEANS
from odoo.addons.rcep_eco.values.box_8 import PACKAGE_KINDS
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import request

from ..models.work.rcep_certificate import PACKING, SHIPMENT
from ..values import agent_input

ROUTE = {"type": "http", "auth": "user", "website": True}
FORM_BYTES = 8 * 1024 * 1024
SAID = "rcep_agent_said"  # in the session: what was just done, or what is wrong
LONGEST = 200
AT_WORK = ("draft", "ready", "returned", "submitted", "under_review")
ISSUED = 20  # of the newest
# Papers that speak of costs or purchases are the principal's own.
UPLOADS = [(kind, name) for kind, name in PAPERS if kind not in ("cost_statement", "purchase")]


class AgentPortal(CustomerPortal):
    def _authorities(self):
        # An agent has no right to any record: its authorities in force are where all it may see begins.
        return request.env["rcep.authorisation"].sudo()._of_user(request.env.user)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "rcep_principal_count" in counters:
            values["rcep_principal_count"] = len(self._authorities() | self._over())
        return values

    # --- pages -------------------------------------------------------------------------------------------
    @http.route("/my/eco", methods=["GET"], **ROUTE)
    def worklist(self, **_query):
        """What is to be done for each principal: what was returned and drafts first, then invoices to certify."""
        work = [self._work_of(authority) for authority in self._authorities()]
        values = self._prepare_portal_layout_values()
        values |= {"work": work, "over": self._over(), "page_name": "rcep_agent"}
        values["said"] = request.session.pop(SAID, None)
        return request.render("rcep_eco_agent.portal_worklist", values)

    def _work_of(self, authority):
        """What the list shows of one principal."""
        certificates = authority._certificates([("state", "in", AT_WORK)])
        deadlines = certificates.env["rcep.certificate.deadline"].search(
            [("certificate_id", "in", certificates.ids), ("kind", "!=", "records")]
        )
        return {
            "authority": authority,
            "invoices": authority._invoices() if authority.may_prepare else [],
            "open": certificates,
            "issued": authority._certificates([("state", "=", "issued")], most=ISSUED),
            "day_of": {each.certificate_id.id: each.day for each in deadlines.sorted("day", reverse=True)},
        }

    @http.route("/my/eco/<int:authority_id>/certificate/<int:certificate_id>", methods=["GET"], **ROUTE)
    def certificate(self, authority_id, certificate_id, **_query):
        """One certificate: what the agent fills in, what is missing, what may be done next."""
        authority, certificate = self._certificate(authority_id, certificate_id)
        if not certificate:
            return self._gone(authority_id)
        values = self._prepare_portal_layout_values()
        return request.render("rcep_eco_agent.portal_certificate", values | self._shown(authority, certificate))

    def _shown(self, authority, certificate):
        seen = certificate.with_context(lang=request.env.lang)
        return {
            "authority": authority,
            "certificate": seen,
            "page_name": "rcep_agent",
            "may_fill": authority.may_prepare and certificate.state == "draft",
            "may_submit": authority.may_submit and certificate.state == "ready",
            "problems": seen._agent_sees(),
            "returned": seen.platform_errors if certificate.state == "returned" else "",
            "means": self._names(seen, "means", MEANS),
            "kinds": self._names(seen.line_ids, "packages_kind", PACKAGE_KINDS),
            "uploads": self._names(seen.attachment_line_ids, "kind", UPLOADS),
            "papers": seen.attachment_line_ids.filtered(lambda each: each.kind in dict(UPLOADS)),
            "said": request.session.pop(SAID, None),
        }

    @staticmethod
    def _names(records, field, wanted):
        """[(code, name in the visitor's language)] of some values of a field."""
        names = dict(records._fields[field]._description_selection(request.env))
        return [(code, names[code]) for code, _name in wanted]

    # --- steps -------------------------------------------------------------------------------------------
    @http.route("/my/eco/<int:authority_id>/invoice/<int:invoice_id>", methods=["POST"], **ROUTE)
    def make(self, authority_id, invoice_id, **_form):
        """Make the draft of an invoice."""
        authority = self._authority(authority_id)
        invoice = authority and authority._invoice(invoice_id)
        if not invoice:
            return self._gone(authority_id)
        made = self._try(
            lambda: request.env["rcep.certificate"].sudo()._agent_makes(authority, request.env.user, invoice),
            request.env._("The draft was made. Fill in the shipment, then ask for the approval."),
        )  # its steps ask the authority
        return request.redirect(f"/my/eco/{authority.id}/certificate/{made.id}" if made else "/my/eco", code=303)

    @http.route("/my/eco/<int:authority_id>/certificate/<int:certificate_id>", methods=["POST"],
                max_content_length=FORM_BYTES, **ROUTE)  # fmt: skip
    def step(self, authority_id, certificate_id, do="", **form):
        """Fill in, upload, ask or submit; what is wrong is said in one sentence, and nothing is half written."""
        authority, certificate = self._certificate(authority_id, certificate_id)
        if not certificate:
            return self._gone(authority_id)
        steps = {
            "save": (self._save, request.env._("Saved.")),
            "upload": (self._upload, request.env._("The paper is added.")),
            "ask": (self._ask, request.env._("A signer was asked to approve it.")),
            "submit": (self._submit, request.env._("It is on its way to the issuing body.")),
        }
        if do not in steps:
            return request.not_found()
        method, done = steps[do]
        user = request.env.user
        self._try(lambda: method(certificate, authority, user, form) or certificate, done)
        return request.redirect(f"/my/eco/{authority.id}/certificate/{certificate.id}", code=303)

    def _save(self, certificate, authority, user, form):
        shipment = agent_input.shipment(request.env, {name: form[name] for name in SHIPMENT if name in form})
        packing = {}
        for line in certificate.line_ids:
            told = {name: form[f"{name}_{line.id}"] for name in PACKING if f"{name}_{line.id}" in form}
            if told:
                packing[line.id] = agent_input.packing(request.env, line.number, told)
        certificate._agent_fills(authority, user, shipment, packing)

    def _ask(self, certificate, authority, user, form):
        self._save(certificate, authority, user, form)
        certificate._agent_asks(authority, user)

    def _submit(self, certificate, authority, user, _form):
        certificate._agent_submits(authority, user)

    def _upload(self, certificate, authority, user, form):
        paper = request.httprequest.files.get("paper")
        if not paper or form.get("kind") not in dict(UPLOADS):
            raise UserError(request.env._("Choose a file and what kind of paper it is."))
        content = base64.b64encode(paper.read())
        certificate._agent_uploads(authority, user, form["kind"], typed(paper.filename, LONGEST), content)

    def _try(self, step, done):
        """Do a step, or keep the sentence that says why not for the next page."""
        try:
            with request.env.cr.savepoint():
                result = step()
                request.env.flush_all()
        except (UserError, ValidationError, AccessError) as error:
            request.session[SAID] = ["danger", str(error)]
            return None
        request.session[SAID] = ["success", done]
        return result

    # --- records -----------------------------------------------------------------------------------------
    def _authority(self, authority_id):
        return self._authorities().filtered(lambda each: each.id == authority_id)

    def _gone(self, authority_id):
        """Not found; but whoever acted under an authority that is over is told so, on the list."""
        over = self._over().filtered(lambda each: each.id == authority_id)
        if not over:
            return request.not_found()
        request.session[SAID] = ["danger", over._why_over()]
        return request.redirect("/my/eco", code=303)

    def _over(self):
        return request.env["rcep.authorisation"].sudo()._over_of(request.env.user)  # as above

    def _certificate(self, authority_id, certificate_id):
        """(authority, certificate), or an empty certificate: what is not there and what is not the agent's are one."""
        authority = self._authority(authority_id)
        return authority, authority._certificate(certificate_id) if authority else None

"""The door of an agent's own system: what is to be done for the principal, and the steps (``/eco/agent/v1``).

Each call is a step of the portal's, under the same authority: what that does not cover does not exist here either.
The principal's message leaves from the principal's own connection.
"""

import base64

from odoo.addons.rcep_eco.controllers.supplier_answer import typed
from odoo.addons.rcep_eco_agent.controllers.portal import AT_WORK, FORM_BYTES, ISSUED, LONGEST, UPLOADS
from odoo.addons.rcep_eco_agent.models.work.rcep_certificate import PACKING, SHIPMENT
from odoo.addons.rcep_eco_agent.values import agent_input
from odoo.addons.rcep_eco_api.controllers.door import SHORT, Answer, opened
from odoo.addons.rcep_eco_api.controllers.problem import Refusal
from odoo.http import Controller

from ..values import members

PREFIX = "/eco/agent/v1"
ONE = f"{PREFIX}/certificates/<int:number>"
FOLLOW, ACT = "may_follow", "may_act"


class AgentDoor(Controller):
    # --- reading -----------------------------------------------------------------------------------------
    @opened(f"{PREFIX}/authority", FOLLOW)
    def authority(self, call):
        """How far the authority goes."""
        return Answer(200, members.of(_authority(call), members.AUTHORITY), conditional=True)

    @opened(f"{PREFIX}/work", FOLLOW)
    def work(self, call):
        """Invoices to certify, certificates at work with the nearest deadline, and what was issued lately."""
        authority = _authority(call)
        at_work = authority._certificates([("state", "in", AT_WORK)])
        issued = authority._certificates([("state", "=", "issued")], most=ISSUED)
        days = _deadlines(at_work)
        invoices = authority._invoices() if authority.may_prepare else ()
        content = {
            "authority": members.of(authority, members.AUTHORITY),
            "invoices": [members.of(invoice, members.INVOICE) for invoice in invoices],
            "certificates": [_summary(authority, certificate, days) for certificate in at_work],
            "issued": [_summary(authority, certificate, days) for certificate in issued],
        }
        return Answer(200, content, conditional=True)

    @opened(ONE, FOLLOW)
    def certificate(self, call, number):
        """One certificate: what is filled in, what is missing, what may be done next."""
        return _whole(call, _certificate(call, number), 200, conditional=True)

    # --- steps -------------------------------------------------------------------------------------------
    @opened(f"{PREFIX}/invoices/<int:number>/certificate", ACT, method="POST")
    def make(self, call, number):
        """Make the draft of an invoice; one that has its draft answers with it."""
        authority = _authority(call)
        invoice = authority._invoice(number)
        if not invoice:
            raise Refusal(404, "invoice_unknown", call.env._("There is no invoice of this id under this authority."))
        known = authority._certificates([("invoice_ids", "in", invoice.ids), ("state", "in", AT_WORK)])
        if known:
            return _whole(call, known[:1], 200)
        made = _model(call)._agent_makes(authority, _user(call), invoice)
        return _whole(call, made, 201)

    @opened(ONE, ACT, method="PATCH", longest=SHORT)
    def fill(self, call, number):
        """Fill in the shipment and the packing of items; what is not sent stays as it is."""
        sent = call.json()
        certificate = _certificate(call, number)
        known = _members(call, sent, {"shipment": dict, "items": list})
        shipment = agent_input.shipment(call.env, _texts(call, known.get("shipment", {}), SHIPMENT))
        items = {line.number: line for line in certificate.line_ids}
        packing = {}
        for each in known.get("items", []):
            item = each.get("number") if isinstance(each, dict) else None
            if not isinstance(item, int) or isinstance(item, bool) or item not in items:
                raise Refusal(
                    400, "item_unknown", call.env._("Each of “items” names by “number” an item of the certificate.")
                )
            texts = _texts(call, {name: value for name, value in each.items() if name != "number"}, PACKING)
            packing[items[item].id] = agent_input.packing(call.env, item, texts)
        certificate._agent_fills(_authority(call), _user(call), shipment, packing)
        return _whole(call, certificate, 200)

    @opened(f"{ONE}/papers", ACT, method="POST", longest=FORM_BYTES)
    def add_paper(self, call, number):
        """Add a paper to the application; its content is in base64."""
        sent = call.json()
        certificate = _certificate(call, number)
        paper = _texts(call, sent, ("kind", "name", "content"))
        kinds = [kind for kind, _name in UPLOADS]
        if paper.get("kind") not in kinds:
            raise Refusal(400, "kind", call.env._("“kind” is one of: %s.", ", ".join(kinds)))
        name, content = typed(paper.get("name"), LONGEST), paper.get("content")
        if not name or not content or not _is_base64(content):
            raise Refusal(400, "paper", call.env._("A paper has a “name” and its “content” in base64."))
        step = (_authority(call), _user(call), paper["kind"], name, content)
        certificate._agent_uploads(*step)
        return _whole(call, certificate, 201)

    @opened(f"{ONE}/approval", ACT, method="POST")
    def ask(self, call, number):
        """Ask the principal's signer to approve it."""
        certificate = _certificate(call, number)
        certificate._agent_asks(_authority(call), _user(call))
        return _whole(call, certificate, 200)

    @opened(f"{ONE}/submission", ACT, method="POST")
    def submit(self, call, number):
        """Send what was approved, over the principal's own connection."""
        certificate = _certificate(call, number)
        certificate._agent_submits(_authority(call), _user(call))
        return _whole(call, certificate, 200)


# --- who acts, on what ---------------------------------------------------------------------------------------
def _authority(call):
    return call.key.authorisation_id.with_env(call.env)


def _user(call):
    return call.key.agent_user_id.with_env(call.env)


def _model(call):
    return call.env["rcep.certificate"].with_context(rcep_program_key=call.key.id)


def _certificate(call, number):
    """One under the authority; what is not there and what is not the agent's are one.

    :raises Refusal: 404
    """
    found = _authority(call)._certificate(number)
    if not found:
        raise Refusal(
            404, "certificate_unknown", call.env._("There is no certificate of this id under this authority.")
        )
    return _model(call).browse(found.id)


# --- what was sent -------------------------------------------------------------------------------------------
def _members(call, sent, kinds):
    """The members of an object, each of its kind.

    :raises Refusal: where one is unknown or of another kind
    """
    for name, value in sent.items():
        if name not in kinds:
            words = call.env._("“%(name)s” is not known here; there are: %(known)s.")
            raise Refusal(400, "member", words % {"name": name, "known": ", ".join(kinds)})
        if not isinstance(value, kinds[name]):
            raise Refusal(400, "member", call.env._("“%s” is of another kind than described.", name))
    return sent


def _texts(call, sent, known):
    """Texts and numbers as somebody would type them; null empties a field.

    :raises Refusal: as :func:`_members`
    """
    _members(call, sent, dict.fromkeys(known, (str, int, float, type(None))))
    if any(isinstance(value, bool) for value in sent.values()):
        raise Refusal(400, "member", call.env._("True and false are no values here."))
    return {name: "" if value is None else str(value) for name, value in sent.items()}


def _is_base64(text):
    """Whether it can be read as that, line breaks and all; what is in it is looked at later."""
    try:
        base64.b64decode(text.encode())
    except ValueError:
        return False
    return True


# --- what is answered ----------------------------------------------------------------------------------------
def _deadlines(certificates):
    found = certificates.env["rcep.certificate.deadline"].search(
        [("certificate_id", "in", certificates.ids), ("kind", "!=", "records")]
    )
    return {each.certificate_id: each.day for each in found.sorted("day", reverse=True)}


def _summary(authority, certificate, days):
    day = days.get(certificate)
    return {
        **members.of(certificate, members.CERTIFICATE),
        "until": day.isoformat() if day else None,
        "next": _next(authority, certificate),
        "page": f"/my/eco/{authority.id}/certificate/{certificate.id}",
    }


def _next(authority, certificate):
    """The steps that the authority and the state allow."""
    if certificate.state == "draft" and authority.may_prepare:
        return ["fill", "ask"]
    return ["submit"] if certificate.state == "ready" and authority.may_submit else []


def _whole(call, certificate, status, conditional=False):
    # Read as the system, in the agent's language: what a step saw as the person is read anew.
    certificate = call.env["rcep.certificate"].browse(certificate.id)
    papers = certificate.attachment_line_ids.filtered(lambda each: each.kind in dict(UPLOADS))
    content = {
        **_summary(_authority(call), certificate, _deadlines(certificate)),
        "problems": certificate._agent_sees(),
        "returned": certificate.platform_errors or None if certificate.state == "returned" else None,
        "shipment": members.of(certificate, members.OF_SHIPMENT),
        "items": [members.of(line, members.ITEM) for line in certificate._goods()],
        "papers": [members.of(paper, members.PAPER) for paper in papers],
    }
    return Answer(status, content, conditional)

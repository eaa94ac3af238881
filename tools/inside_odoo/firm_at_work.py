"""The demo firm at work over a stand-in platform: ``python firm_at_work.py ROLE CONFIGURATION DATABASE PLATFORM``.

Runs with the add-ons of any version that upgrades are tested from; PLATFORM is JSON, ``{"url": …, "control": …}``.

========  =====================================================================================================
role      what it does; one JSON line is what it found
========  =====================================================================================================
work      connects, and leaves a certificate in each state, with everything that lies around one
dossiers  of each good on a certificate and each verdict: answer, hash, and what its dossier says when it is opened
read      opens each record of ours in its views as whoever may, prints each certificate, explains each verdict
go_on     the users finish what they began: each certificate comes to its end
========  =====================================================================================================
"""

import hashlib
import json
import sys
import threading
import urllib.request

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config

HINGE, CLOSER = ("YJ-H110", 8000, 0.74), ("YJ-D45", 400, 13.2)
MOTOR, BOX = ("YJ-M30", 360, 31.5), ("YJ-B18", 1920, 1.12)
CONVERTER = ("M-4001", 2000, 2.9)  # comes from Viet Nam with an original, and goes on
PATIENCE, PAUSE = 40.0, 0.1  # seconds
LOGINS = ("clerk", "engineer", "signer", "manager")
OPEN = ("queued", "sending", "unknown")


class Firm:
    """Its users, each with an environment of their own."""

    def __init__(self, cr, platform):
        self.cr, self.platform = cr, platform
        root = api.Environment(cr, SUPERUSER_ID, {})
        self.company = root.ref("rcep_eco_demo.company")
        here = {"allowed_company_ids": self.company.ids, "lang": "en_US"}
        self.root = api.Environment(cr, SUPERUSER_ID, here)
        for name in LOGINS:
            setattr(self, name, api.Environment(cr, root.ref(f"rcep_eco_demo.user_{name}").id, here))

    def control(self, path, content, method="POST"):
        """Ask the stand-in's control port."""
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(  # noqa: S310  this machine's own
            f"{self.platform['control']}{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310  as above
            return json.loads(reply.read() or b"{}")

    # --- what its users do
    def connect(self):
        """The manager has the firm enrolled."""
        platform = self.manager["rcep.platform"].search([])
        platform.action_generate_key()
        credentials = self.control("/enterprises", {
            "name": self.company.name, "uscc": self.company.rcep_uscc, "key_id": platform.key_name,
            "public_key_pem": platform.public_key_pem, "push_url": ""})
        secret = "new_secret" if "new_secret" in platform._fields else "client_secret"  # 19.0.1.0.0 had the latter
        platform.write({
            "base_url": self.platform["url"], "client_id": credentials["client_id"],
            secret: credentials["client_secret"],
            "platform_key_name": credentials["platform_key_id"],
            "platform_public_key": credentials["platform_public_key_pem"]})

    def draft(self, *goods):
        """The clerk sells and begins a certificate."""
        lines = [Command.create({"product_id": self.product(code).id, "quantity": quantity, "price_unit": price,
                                 "tax_ids": [Command.clear()]}) for code, quantity, price in goods]
        customer = self.root["res.partner"].search([("ref", "=", "CUST-VN")])
        invoice = self.clerk["account.move"].create({
            "move_type": "out_invoice", "partner_id": customer.id, "currency_id": self.root.ref("base.USD").id,
            "invoice_date": fields.Date.context_today(customer),
            "invoice_incoterm_id": self.root.ref("account.incoterm_FOB").id, "invoice_line_ids": lines})
        invoice.action_post()
        made = self.clerk["rcep.certificate"].browse(invoice.action_create_rcep_certificate()["res_id"])
        made.write({"means": "sea", "vessel": "COSCO ROSE V.032S", "port_discharge": "HAI PHONG"})
        self.cr.commit()
        return made

    def product(self, code):
        ours = [("default_code", "=", code), ("company_id", "=", self.company.id)]
        return self.root["product.product"].search(ours)

    def sign(self, certificate, *steps):
        """The signer's steps."""
        for step in steps:
            getattr(certificate.with_env(self.signer), step)()
            self.cr.commit()

    def dialogue(self, certificate, action, person, press, **values):
        """Press a button that asks, answer, and press on."""
        asked = getattr(certificate.with_env(person), action)()
        model = person[asked["res_model"]].with_context(**asked["context"])
        done = getattr(model.create(values), press)()
        self.cr.commit()
        return done

    def replace(self, certificate):
        """The clerk begins what is to take its place."""
        why = {"kind": "amended", "reason": "A word"}
        done = self.dialogue(certificate, "action_replace", self.clerk, "action_replace", **why)
        return self.root["rcep.certificate"].browse(done["res_id"])

    # --- jobs
    def jobs(self):
        """One round of everything that the scheduler does."""
        self.root["rcep.platform"].search([]).paused_until = False
        self.root["rcep.platform.message"].search([("state", "in", OPEN)]).next_try = fields.Datetime.now()
        self.cr.commit()
        for model, job in (("rcep.platform.message", "_cron_deliver"), ("rcep.platform.event", "_cron_follow"),
                           ("rcep.platform.event", "_cron_apply")):  # fmt: skip
            getattr(self.root[model], job)()
            self.cr.commit()
        self.root.invalidate_all()

    def until(self, condition, what):
        """Run the jobs until it holds.

        :raises SystemExit: in words, once patience ends
        """
        pause = threading.Event()
        for _try in range(int(PATIENCE / PAUSE)):
            self.jobs()
            if condition():
                return
            pause.wait(PAUSE)
        open_messages = self.root["rcep.platform.message"].search([("state", "!=", "delivered")])
        sys.exit(f"{what}: {open_messages.mapped(lambda each: (each.kind, each.state, each.error))}")

    def issue(self, certificate):
        self.sign(certificate, "action_approve", "action_submit")
        self.until(lambda: certificate.state == "issued", "not issued")


def work(firm):
    """A certificate in each state."""
    firm.connect()
    issued, cancelled, old = (firm.draft(HINGE, CLOSER), firm.draft(MOTOR), firm.draft(BOX))
    for certificate in (issued, cancelled, old):
        firm.issue(certificate)
    firm.until(lambda: all(each.document for each in (issued, old)), "no document")
    firm.dialogue(cancelled, "action_cancel", firm.signer, "action_request", reason="Not shipped")
    firm.until(lambda: cancelled.state == "cancelled", "not cancelled")
    successor = firm.replace(old)
    successor.with_env(firm.clerk).remarks = "CORRECTED"
    firm.issue(successor)
    firm.until(lambda: old.state == "replaced", "not replaced")
    firm.control("/faults", {"kind": "return_for_review"})
    returned = firm.draft(CLOSER)
    firm.sign(returned, "action_approve", "action_submit")
    firm.until(lambda: returned.state == "returned", "not returned")
    firm.control("/faults", {"kind": "refuse"})
    rejected = firm.draft(CLOSER)
    firm.sign(rejected, "action_approve", "action_submit")
    firm.until(lambda: rejected.state == "rejected", "not rejected")
    firm.control("/faults", {"kind": "hold", "count": 2})
    under_review, withdrawn = firm.draft(HINGE), firm.draft(MOTOR)
    for certificate in (under_review, withdrawn):
        firm.sign(certificate, "action_approve", "action_submit")
    firm.until(lambda: under_review.state == withdrawn.state == "under_review", "not under review")
    firm.dialogue(withdrawn, "action_withdraw", firm.signer, "action_request", reason="Not shipped")
    firm.until(lambda: withdrawn.state == "withdrawn", "not withdrawn")
    replacing = firm.replace(issued)
    ready, bought, draft = firm.draft(HINGE), firm.draft(BOX), firm.draft(MOTOR, HINGE)
    for certificate in (ready, bought):
        firm.sign(certificate, "action_approve")
    draft.with_env(firm.clerk).action_check()
    queued = firm.draft(HINGE)
    firm.sign(queued, "action_approve", "action_submit")  # and nothing leaves any more
    firm.cr.commit()
    return {each: record.id for each, record in {
        "issued": issued, "cancelled": cancelled, "old": old, "successor": successor, "returned": returned,
        "rejected": rejected, "under_review": under_review, "withdrawn": withdrawn, "replacing": replacing,
        "ready": ready, "bought": bought, "draft": draft, "queued": queued}.items()}


def dossiers(firm):
    """{record: [verdict, criterion, its hash, hash of its text, verdict, criterion in it]}; of a node both hashes."""
    found = {}
    for model in ("rcep.certificate.line", "rcep.origin"):
        for record in firm.root[model].search([("dossier_sha256", "!=", False)]):
            text = record.dossier
            sealed = json.loads(text)["verdict"] if text else {}
            found[f"{model} {record.id}"] = [
                record.verdict, record.criterion or None, record.dossier_sha256,
                hashlib.sha256((text or "").encode()).hexdigest(), sealed.get("verdict"), sealed.get("criterion")]
    for record in firm.root["rcep.dossier"].search([]):
        found[f"node {record.id}"] = [record.sha256, hashlib.sha256(record.content.encode()).hexdigest()]
    return found


def read(firm):
    """As users open them."""
    opened = 0
    for name in sorted(firm.root.registry.models):
        model = firm.root[name]
        if not name.startswith("rcep.") or model._abstract or model._transient:
            continue
        for person in LOGINS:
            theirs = getattr(firm, person)[name]
            if not theirs.has_access("read"):
                continue
            for kind in ("list", "form"):
                asked = theirs.get_views([(False, kind)])["models"][name]["fields"]
                records = theirs.search([], limit=50)
                if records:
                    records.web_read({field: {} for field in asked})
                    opened += len(records)
    certificates = {}
    for certificate in firm.root["rcep.certificate"].search([]):
        html = firm.root["ir.actions.report"]._render_qweb_html("rcep_eco.action_report_form_rcep", certificate.ids)[0]
        stored = json.loads(certificate.application) if certificate.application else None
        certificates[certificate.id] = {
            "state": certificate.state, "stored": stored, "printed": len(html),
            "explained": [bool(line.with_env(firm.engineer).explanation) for line in certificate.line_ids],
            "page": certificate._get_verification_url()}
    verdicts = firm.root["rcep.origin"].search([])
    return {"opened": opened, "certificates": certificates, "verdicts": len(verdicts),
            "dossiers": [bool(each.content) for each in firm.root["rcep.dossier"].search([])]}


def go_on(firm):
    """What was begun before is finished after."""
    ids = json.loads(firm.platform["certificates"])
    of = {name: firm.root["rcep.certificate"].browse(each) for name, each in ids.items()}
    firm.until(lambda: of["queued"].state == "issued", "what was queued is not issued")
    firm.sign(of["ready"], "action_submit")
    firm.until(lambda: of["ready"].state == "issued", "what was approved is not issued")
    # Of a foreign price more is asked by now: whether freight is in it.
    abroad = [("rcep_incoterm_id", "=", False), ("partner_id.country_id.code", "!=", "CN")]
    firm.root["product.supplierinfo"].search(abroad).rcep_incoterm_id = firm.root.ref("account.incoterm_CIF")
    of["returned"].with_env(firm.clerk).action_draft()
    of["returned"].with_env(firm.clerk).remarks = "CORRECTED"
    for name in ("returned", "draft", "replacing"):
        firm.cr.commit()
        draft = of[name].with_env(firm.clerk)
        draft.action_normalise()
        draft.action_check()
        draft._accept({fingerprint: "It is so" for _finding, fingerprint in draft._open_warnings()})
        firm.issue(of[name])
    firm.until(lambda: of["issued"].state == "replaced", "the replaced one is not replaced")
    firm.dialogue(of["ready"], "action_cancel", firm.signer, "action_request", reason="Not shipped")
    firm.until(lambda: of["ready"].state == "cancelled", "not cancelled")
    # Of what is bought in, more is asked by now: it is said in words, and what lacks stands on the draft.
    try:
        firm.sign(of["bought"], "action_submit")
    except UserError as error:
        refused = str(error)
    firm.cr.rollback()
    firm.sign(of["bought"], "action_draft")
    of["bought"].with_env(firm.clerk).action_check()
    asked = str(of["bought"].with_env(firm.clerk).problems)
    return {"states": {name: each.state for name, each in of.items()}, "refused": refused, "asked": asked}


ROLES = {role.__name__: role for role in (work, dossiers, read, go_on)}


def main():
    role, configuration, database, platform = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        found = ROLES[role](Firm(cr, json.loads(platform)))
        cr.commit()
    print(json.dumps(found, default=str))


if __name__ == "__main__":
    main()

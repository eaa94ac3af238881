"""A supplier's declaration that came as a signed statement: checked, a record as any other, asked about daily."""

import base64
import datetime
import hashlib
import logging

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.declaration.rcep_supplier_declaration import CONTENT, MOVED
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.tools.isolated import within_savepoint
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from .. import texts
from ..statements import jose, statement
from ..statements.wrong import Wrong

_logger = logging.getLogger(__name__)
SILENT = datetime.timedelta(days=7)  # without an answer: then somebody asks the supplier
OPEN = ("received", "verified")
FILE_NAME = "statement.jws"
KEPT = (*OPEN, "expired")  # the others may be read once more
STATED = CONTENT - {"reason", "added_value"}  # of these two it says nothing
OF_STATEMENT = frozenset({
    "statement_issuer", "statement_sha256", "statement_dossier", "statement_asked_on", "statement_problem",
    "statement_id",
})  # fmt: skip


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    _moved = MOVED | OF_STATEMENT

    statement_issuer = fields.Char("Signed at", readonly=True, copy=False)
    statement_sha256 = fields.Char("Hash of the statement", readonly=True, copy=False, index=True)
    statement_dossier = fields.Char("Supplier's dossier", readonly=True, copy=False, help="Hash of its determination.")
    statement_asked_on = fields.Datetime("Status asked on", readonly=True, copy=False)
    statement_problem = fields.Json(readonly=True, copy=False, help="[code, facts] of why its status is not known.")
    statement_problem_text = fields.Char("Why its status is not known", compute="_compute_statement_problem_text")

    @api.depends("statement_problem")
    @api.depends_context("lang")
    def _compute_statement_problem_text(self):
        for declaration in self:
            problem = declaration.statement_problem
            declaration.statement_problem_text = texts.sentence(self.env, problem) if problem else False

    def write(self, vals):
        if vals.keys() & STATED and "state" not in vals:  # a move ends it earlier
            for declaration in self.filtered("statement_sha256"):
                words = self.env._(
                    "Declaration %s was signed and stays as it was signed: refuse it and ask its supplier for another."
                )
                raise UserError(words % declaration.display_name)
        return super().write(vals)

    # --- read --------------------------------------------------------------------------------------------
    @api.model
    def _of_statement(self, text, partner, product, company):
        """The values of a declaration that a signed text states, once all of it was checked.

        :raises Wrong: where it is not this supplier's, not for this company, not this product's, or not in force
        """
        signed = jose.read(text)
        stated = statement.read(signed.claims, datetime.datetime.now(datetime.timezone.utc))
        self._check_whose(stated, partner, company)
        source = self.env["rcep.statement.source"]
        source._check_signature(signed, stated.issuer, stated.producer, signed.claims["iat"])
        origin = stated.origin
        if origin.hs6 != product._rcep_hs6():
            own = product._rcep_hs6() or self.env._("no HS code")
            raise Wrong("other_good", stated=origin.hs6, product=product.display_name, own=own)
        party = self.env["rcep.party"].search([("country_id.code", "=", origin.party)], limit=1)
        if not party:
            raise Wrong("unknown_party", party=origin.party)
        if origin.valid_until < amounts.today():
            raise Wrong("over", day=origin.valid_until.isoformat())
        sha256 = hashlib.sha256(text.strip().encode()).hexdigest()
        same = [("statement_sha256", "=", sha256), ("company_id", "=", company.id), ("state", "in", KEPT)]
        if known := self.search(same, limit=1):
            raise Wrong("known", name=known.display_name)
        state = source._status(stated.issuer, sha256)["state"]
        if state != "in_force":
            codes = {"revoked": "revoked", "ended": "over"}
            facts = {"day": origin.valid_until.isoformat(), "host": link.addresses.host_of(stated.issuer)}
            raise Wrong(codes.get(state, "unknown_there"), **facts)
        return self._values_of(stated, party) | {"statement_sha256": sha256}

    @api.model
    def _check_whose(self, stated, partner, company):
        source, firm = self.env["rcep.statement.source"], partner.commercial_partner_id
        facts = {"supplier": firm.display_name, "host": link.addresses.host_of(stated.issuer)}
        if not firm.website:
            raise Wrong("no_website", **facts)
        if not source._is_at(stated.issuer, firm.website):
            raise Wrong("other_host", **facts, website=link.addresses.host_of(firm.website))
        if not firm.vat:
            raise Wrong("no_code", **facts)
        if firm.vat.upper() != stated.producer:
            raise Wrong("other_firm", **facts, code=stated.producer, own=firm.vat)
        if stated.buyer != company.rcep_uscc:
            raise Wrong("other_buyer", code=stated.buyer)

    @api.model
    def _values_of(self, stated, party):
        origin = stated.origin
        return {
            "name": origin.number,
            "party_id": party.id,
            "criterion": origin.criterion,
            "rvc": float(origin.rvc_at_least or 0),
            "uses_acu": "ACU" in origin.modifiers,
            "uses_dmi": "DMI" in origin.modifiers,
            "date_from": origin.valid_from,
            "date_to": origin.valid_until,
            "statement_issuer": stated.issuer,
            "statement_dossier": origin.dossier_sha256,
            "statement_asked_on": fields.Datetime.now(),
        }

    @api.model
    def _record_stated(self, asked, whose, text, values, by=None):
        """The declaration that was asked for, or another one, with what was stated and the text itself."""
        moved = {name: value for name, value in values.items() if name in OF_STATEMENT}
        facts = {name: value for name, value in values.items() if name not in OF_STATEMENT}
        facts |= {"document": base64.b64encode(text.encode()), "document_name": FILE_NAME}
        if asked and asked.state == "requested":
            asked._receive(by, **facts)
        else:
            asked = self.create({**whose, **facts})
        asked._write_moved(**moved)
        return asked

    # --- asked about -------------------------------------------------------------------------------------
    @api.model
    def _cron_ask_status(self):
        """Once a day: what each supplier's server says of its statements; revoked there counts no more here."""
        progress = self.env["ir.cron"]
        existing = self.search([("statement_sha256", "!=", False), ("state", "in", OPEN)], order="statement_asked_on")
        progress._commit_progress(remaining=len(existing))  # no transaction is open while a server is asked
        for declaration in existing:
            within_savepoint(self.env, declaration._ask_status, f"declaration {declaration.id}")
            if not progress._commit_progress(1):
                break

    def _ask_status(self):
        for declaration in self.filtered(lambda each: each.state in OPEN):
            declaration._learn_status()

    def _status_there(self):
        """What its producer says of it.

        :raises Wrong: where its server does not say
        """
        return self.env["rcep.statement.source"]._status(self.statement_issuer, self.statement_sha256)

    def _learn_status(self):
        try:
            status = self._status_there()
        except Wrong as wrong:
            self._note_silence(wrong)
            return
        self._write_moved(statement_asked_on=fields.Datetime.now(), statement_problem=False)
        if status["state"] == "revoked":
            self._revoked_there(_day(status.get("held_until")))
        elif status["state"] == "unknown":
            self._revoked_there(None)

    def _revoked_there(self, held_until):
        """What held for a while ends on that day; what never held counts on none."""
        if held_until and held_until >= self.date_from and self.state == "verified":
            self._move("expired", actors.SUPPLIER, date_to=min(held_until, self.date_to))
        else:
            self._move("revoked", actors.SUPPLIER)
        self.message_post(body=self.env._("The supplier has revoked this statement."))

    def _note_silence(self, wrong):
        self._write_moved(statement_problem=[wrong.code, wrong.facts])
        since = self.statement_asked_on or self.create_date
        summary = self.env._("The supplier's server has not told a statement's status for a week: ask them")
        if fields.Datetime.now() - since > SILENT and not self.activity_search(["mail.mail_activity_data_warning"]):
            user = self.company_id._rcep_origin_user()
            if user:
                self.activity_schedule("mail.mail_activity_data_warning", summary=summary, user_id=user.id)


def _day(text):
    """A day that a server named, or None."""
    try:
        return datetime.date.fromisoformat(text or "")
    except (TypeError, ValueError):
        return None

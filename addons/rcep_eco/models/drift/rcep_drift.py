"""A good of a certificate, determined anew by what is known today; the dossier that was sealed stays as it is."""

import json
import logging

import psycopg2
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import groups
from ...cases import dossier_difference
from ...texts import drift_texts
from ...values import amounts

_logger = logging.getLogger(__name__)

# Regional value is certified as "at least 40"; how far it is above tells how soon a cost breaks it.
BANDS = (40, 45, 50, 60, 80)
ACTIVITY = "rcep_eco.activity_at_risk"
BATCH = 500
# What is done with a certificate at risk, by its state: a method of it.
NEXT = {
    "ready": "action_draft",
    "returned": "action_draft",
    "submitted": "action_withdraw",
    "under_review": "action_withdraw",
    "issued": "action_replace",
}

# The goods of open and valid certificates on which a change of facts counts, by the day of their invoice.
_MARK = """
    INSERT INTO rcep_drift (line_id, certificate_id, company_id, stale, at_risk)
    SELECT line.id, line.certificate_id, line.company_id, TRUE, FALSE
      FROM rcep_certificate_line line
      JOIN rcep_certificate certificate ON certificate.id = line.certificate_id
      JOIN account_move invoice ON invoice.id = line.invoice_id
     WHERE line.company_id = %(company)s AND line.product_id = ANY(%(products)s) AND NOT COALESCE(line.left_off, FALSE)
       AND line.verdict IS NOT NULL
       AND invoice.invoice_date >= %(since)s
       AND (certificate.state IN ('ready', 'submitted', 'under_review', 'returned')
            OR certificate.state = 'issued' AND COALESCE(certificate.valid_until, %(today)s) >= %(today)s)
        ON CONFLICT (line_id) DO UPDATE SET stale = TRUE
"""


class RcepDrift(models.Model):
    _name = "rcep.drift"
    _description = "Good of a certificate by today's facts"
    _inherit = ["rcep.dossier.mixin"]
    _order = "at_risk desc, checked_on desc, id desc"
    _rec_name = "certificate_id"

    line_id = fields.Many2one("rcep.certificate.line", "Good", required=True, readonly=True, ondelete="cascade")
    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    product_id = fields.Many2one(related="line_id.product_id")
    certificate_state = fields.Selection(related="certificate_id.state", string="State of the certificate")
    certificate_no = fields.Char(related="certificate_id.certificate_no")
    importing_party_id = fields.Many2one(related="certificate_id.importing_party_id")
    sealed_verdict = fields.Selection(related="line_id.verdict", string="Certified as")
    sealed_criterion = fields.Selection(related="line_id.criterion", string="Criterion on the certificate")
    sealed_rvc = fields.Char(related="line_id.rvc", string="RVC % on the certificate")
    stale = fields.Boolean("Being looked at again", readonly=True, index=True)
    at_risk = fields.Boolean("Would be decided otherwise", readonly=True, index=True)
    risks = fields.Json(readonly=True, help="[[code, {what it says and would say}]].")
    problem = fields.Text(readonly=True)
    checked_on = fields.Datetime("Looked at", readonly=True)
    risk = fields.Html("What would differ", compute="_compute_risk", sanitize=False)
    difference = fields.Html(
        "Why: what is not as it was", compute="_compute_difference", sanitize=False, groups=groups.ENGINEER
    )
    proposal = fields.Char("What to do", compute="_compute_risk")
    rests_on_declaration = fields.Boolean(compute="_compute_rests_on_declaration")

    _line_unique = models.Constraint("UNIQUE(line_id)", "A good of a certificate is looked at in one record.")

    # --- marking -----------------------------------------------------------------------------------------
    @api.model
    def _mark(self, company, product_ids, since):
        """Have the goods of certificates looked at again that rest on facts of these products; one statement.

        :param since: the first day on which the facts count
        """
        self.env.flush_all()
        values = {"company": company.id, "products": list(product_ids), "since": since, "today": amounts.today()}
        self.env.cr.execute(SQL(_MARK, **values))
        if self.env.cr.rowcount:
            self.invalidate_model(["stale"])
            self._trigger_job()

    def _trigger_job(self):
        job = self.env.ref("rcep_eco.ir_cron_drift", raise_if_not_found=False)
        if job:  # not yet while the module is being installed
            job.sudo()._trigger()  # whoever changes a fact may not start jobs

    # --- looking again -----------------------------------------------------------------------------------
    @api.model
    def _cron_look_again(self):
        """Determine what waits, the latest first; what is known of a product on a day is read once for a batch."""
        progress = self.env["ir.cron"]
        waiting = self.search([("stale", "=", True)], order="id desc")
        progress._commit_progress(remaining=len(waiting))
        while waiting:
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            locked = batch.exists().try_lock_for_update()  # else it is gone, or somebody else determines it
            locked._look_again()
            if not progress._commit_progress(len(batch)):
                break

    def _look_again(self):
        """Determine these goods anew; what cannot be determined is itself a risk, and says why."""
        before = self.filtered("at_risk").certificate_id
        for company, records in self.grouped("company_id").items():
            records._look_again_in(company)
        after = self.filtered("at_risk").certificate_id
        ((before | after) - (before & after))._at_risk_changed()

    def _look_again_in(self, company):
        """Day by day, so that what a product is made of and what was paid by then is read once."""
        days = [day for day in self.line_id.invoice_id.mapped("invoice_date") if day] or [amounts.today()]
        reading = self.line_id.product_id._rcep_reading(company, min(days), max(days))
        known = self.with_context(rcep_reading=reading)
        for record in known.sorted(lambda each: (each.line_id.invoice_id.invoice_date, each.line_id.product_id.id)):
            try:
                with self.env.cr.savepoint(flush=False):
                    values = record.line_id._determined()
            except (psycopg2.OperationalError, psycopg2.errors.InFailedSqlTransaction):
                raise  # somebody else is at it: the whole is tried again
            except Exception:  # whatever is wrong with one good, the others are looked at
                _logger.exception("Certificate line %s was not looked at again.", record.line_id.id)
                values = {"problem": record._fault()}
            record._take(values)

    def _fault(self):
        return self.env._(
            "%s could not be looked at for a reason that is in the server's log: tell the administrator, then press "
            "Look again.",
            self.line_id.product_id.display_name,
        )

    def _take(self, values):
        risks = self._risks(values)
        answer = {name: values.get(name) for name in self._no_answer()}
        if not risks:
            answer |= {"dossier": False, "dossier_sha256": False}  # nothing differs: the sealed one says it all
        self.write(
            {
                **answer,
                "problem": values.get("problem") or False,
                "risks": risks or False,
                "at_risk": bool(risks),
                "stale": False,
                "checked_on": fields.Datetime.now(),
            }
        )

    def _risks(self, values):
        """What of the certificate would be another: [[code, facts]]."""
        line, found = self.line_id, []
        if values.get("problem"):
            return [["problem", {"after": values["problem"]}]]
        if values["verdict"] != line.verdict:
            return [["verdict", {"after": values["verdict"]}]]
        box_10 = [_box_10(line.criterion, line.modifiers), _box_10(values["criterion"], values["modifiers"])]
        if box_10[0] != box_10[1]:
            found.append(["criterion", _facts(*box_10)])
        if (values["origin_country_code"] or "") != (line.origin_country_code or ""):
            found.append(["box_11", _facts(line.origin_country_code, values["origin_country_code"])])
        if line.criterion == "RVC" and _band(values["rvc"]) < _band(line.rvc):
            found.append(["rvc_band", _facts(line.rvc, values["rvc"])])
        return found

    # --- words -------------------------------------------------------------------------------------------
    @api.depends("risks", "certificate_id.state")
    @api.depends_context("lang")
    def _compute_risk(self):
        for record in self:
            sentences = [drift_texts.risk(self.env, code, facts) for code, facts in record.risks or ()]
            record.risk = drift_texts.as_html(self.env, sentences)
            codes = [code for code, _facts in record.risks or ()]
            state = record.certificate_id.state
            record.proposal = drift_texts.proposal(self.env, state, codes) if codes else False

    @api.depends("line_id")
    def _compute_rests_on_declaration(self):
        for record in self:
            sealed = record.sudo().line_id.dossier  # whoever sees the good may know that its supplier answers for it
            record.rests_on_declaration = bool(sealed) and "evidence" in json.loads(sealed)

    @api.depends("dossier")
    @api.depends_context("lang")
    def _compute_difference(self):
        for record in self:
            sealed = record.line_id.dossier
            sentences = []
            if record.dossier and sealed:
                # Whoever may read both dossiers may read what stands in them by its hash.
                fetch = self.env["rcep.dossier"].sudo()._fetch
                currency = record.company_id.currency_id.name
                both = json.loads(sealed), json.loads(record.dossier)
                sentences = [
                    drift_texts.difference(self.env, each.code, each.facts, currency)
                    for each in dossier_difference.differences(*both, fetch)
                ]
            record.difference = drift_texts.as_html(self.env, sentences)

    # --- actions -----------------------------------------------------------------------------------------
    def action_look_again(self):
        """Determine these goods anew by what is known now."""
        self.check_access("read")
        # What was found is the engine's: no group may write it, whoever may see it may ask for it.
        whole = self.sudo()
        busy = whole - whole.try_lock_for_update()
        if busy:
            raise UserError(
                self.env._(
                    "Certificate %s is being looked at by the job just now: look again in a moment.",
                    busy[0].certificate_id.name,
                )
            )
        whole._look_again()

    def action_follow(self):
        """Do what is proposed: take the certificate back to draft, withdraw it, or say what happened.

        :raises UserError: where its certificate has no state that anything follows from
        """
        self.ensure_one()
        self.check_access("read")
        certificate = self.certificate_id
        if not self.at_risk or certificate.state not in NEXT:
            words = self.env._("Certificate %s is not at risk any more: nothing is to be done.", certificate.name)
            raise UserError(words)
        done = getattr(certificate, NEXT[certificate.state])()
        return done if isinstance(done, dict) else certificate._get_records_action()

    def action_ask_supplier(self):
        """Ask whoever declared the good last for a declaration that counts."""
        self.ensure_one()
        self.check_access("read")
        requests = self.env["rcep.declaration.request"]
        requests.check_access("create")
        theirs = [("company_id", "=", self.company_id.id), ("product_id", "=", self.product_id.id)]
        last = self.env["rcep.supplier.declaration"].search(theirs, order="date_to desc, id desc", limit=1)
        if not last:
            return self.product_id.action_rcep_ask_suppliers()
        asked = requests._ask(self.company_id, {last.partner_id: self.product_id}).declaration_ids
        return asked._get_records_action(name=self.env._("Asked"))

    def action_open_certificate(self):
        """Show the certificate."""
        self.check_access("read")
        return self.certificate_id._get_records_action()


def _box_10(criterion, modifiers):
    return " ".join(filter(None, (criterion, modifiers)))


def _facts(before, after):
    return {"before": before or "", "after": after or ""}


def _band(rvc):
    """How many of :data:`BANDS` a regional value reaches; nothing where it is not known."""
    return sum(float(rvc) >= band for band in BANDS) if rvc else 0

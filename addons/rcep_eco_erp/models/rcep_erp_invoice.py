"""An invoice of another ERP: what its program handed in, and the invoice in Odoo of which certificates are made.

The other ERP says what was sold to whom at which price. Whether a good originates is decided here, as for any invoice,
when a person makes its certificate.
"""

import hashlib
from typing import NamedTuple

from odoo import api, fields, models
from odoo.addons.rcep_eco.states import certificate_states
from odoo.addons.rcep_eco.texts.coded_messages import as_html
from odoo.addons.rcep_eco.tools.row_claims import claim
from odoo.addons.rcep_eco.wizard.rcep_table_import import bullets
from odoo.exceptions import UserError
from odoo.tools import SQL, html2plaintext

from .. import states
from ..invoices import reading
from ..plans.invoice import InvoicePlan
from ..sheets import Problem
from ..texts import sheet_problems

MOST_KEPT = 200  # problems that are kept to be shown
TOLD = frozenset({"number", "company_id", "key_id", "body", "content", "digest", "problems", "move_id", "changed_at"})
CONFLICTS = {"number_taken", "number_alike", "number_cancelled", "invoice_certified", "invoice_credited"}
BOX_4 = {"departure": "departure_date", "means": "means", "vessel": "vessel", "port_of_loading": "port_loading",
         "port_of_discharge": "port_discharge"}  # fmt: skip


class HandedIn(NamedTuple):
    """What came of an invoice.

    :param what: created, changed, same or refused
    :param invoice: the record; empty in a preview of a new one
    :param changes: of :func:`..invoices.reading.differences`
    """

    what: str
    invoice: object
    problems: list = []
    changes: list = []

    def is_conflict(self):
        return any(problem.code in CONFLICTS for problem in self.problems)


class RcepErpInvoice(models.Model):
    _name = "rcep.erp.invoice"
    _description = "Invoice of another ERP"
    _inherit = ["rcep.moves.mixin"]
    _order = "id desc"
    _rec_name = "number"
    _moves = states.INVOICE_MOVES
    _moved = TOLD | {"state"}
    _set_at_creation = TOLD | {"state"}

    state = fields.Selection(states.INVOICE_STATES, required=True, readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    number = fields.Char(readonly=True, help="Its number in the other ERP; empty where none could be read.")
    key_id = fields.Many2one("rcep.integration.key", required=True, readonly=True, ondelete="restrict")
    key_name = fields.Char("By the key", related="key_id.name")
    body = fields.Text("As it came", readonly=True)
    content = fields.Json(readonly=True)
    digest = fields.Char("SHA-256", required=True, readonly=True, help="Of what came.")
    problems = fields.Json(readonly=True)
    problem_list = fields.Html("What is wrong", compute="_compute_problem_list", sanitize=False)
    move_id = fields.Many2one(
        "account.move", "Invoice", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one(related="move_id.partner_id", string="Customer")
    invoice_date = fields.Date("Invoice date", related="move_id.invoice_date")
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary("Amount", related="move_id.amount_untaxed")
    certificate_state = fields.Selection(related="move_id.rcep_certificate_state")
    changed_at = fields.Datetime("Changed on", readonly=True, help="When the other ERP last said something else of it.")

    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE state != 'refused'", "An invoice of this number is there already."
    )

    @api.depends("problems")
    @api.depends_context("lang")
    def _compute_problem_list(self):
        for invoice in self:
            told = [
                sheet_problems.with_place(self.env, Problem(*each)) for each in invoice.problems or ()
            ]
            invoice.problem_list = bullets(told, "text-danger mb-0") if told else False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for invoice in self:
            words = self.env._("Invoice %s is kept: it says what another ERP handed in.")
            raise UserError(words % (invoice.number or "–"))

    def action_open_move(self):
        """Show the invoice that certificates are made of."""
        self.ensure_one()
        self.check_access("read")
        if not self.move_id:
            raise UserError(self.env._("Nothing was made of it: it says what was wrong."))
        self.move_id.check_access("read")
        return self.move_id._get_records_action(name=self.env._("Invoice"))

    # --- handing in --------------------------------------------------------------------------------------
    @api.model
    def _of_number(self, company, number):
        """The invoice that stands under a number, or was cancelled; what was refused is none."""
        return self.search(
            [("company_id", "=", company.id), ("number", "=", number), ("state", "!=", "refused")]
        )

    @api.model
    def _hand_in(self, key, body, is_preview=False):
        """Take over an invoice, or keep why not; a preview keeps nothing.

        Two calls at once come one after the other: the second finds what the first did.

        :param bytes body: JSON
        :return: :class:`HandedIn`
        """
        company = key.company_id
        if not is_preview:
            claim(company)
        told, problems = reading.of_json(body)
        number = told["number"] if told else ""
        known = self._of_number(company, number) if told else self.browse()
        content = reading.canonical(told) if told else {}
        changes = reading.differences(known.content, content) if known and told else []
        if known.state == "standing" and not changes:
            return HandedIn("same", known)
        plan = None
        if not problems:
            problems = known._fixed() if known else self._taken(company, number)
            if problems and known and not is_preview:
                known._ask(changes)
        if not problems:
            plan = InvoicePlan(self.env, company, told)
            problems = plan.problems
        sent = {"body": reading.decoded(body), "digest": hashlib.sha256(body).hexdigest(), "key_id": key.id}
        if problems:
            if not is_preview:
                self._keep_refused(company, number, problems, sent)
            return HandedIn("refused", known, problems, changes)
        if not is_preview:
            known = self._take_over(known, plan, {**sent, "content": content, "company_id": company.id})
        return HandedIn("changed" if changes else "created", known, changes=changes)

    def _take_over(self, known, plan, values):
        if known:
            known._take_back()
            move = self._made(plan)
            known._write_moved(**values, move_id=move.id, changed_at=fields.Datetime.now())
            return known
        number = plan.told["number"]
        return self.create({**values, "state": "standing", "number": number, "move_id": self._made(plan).id})

    def _made(self, plan):
        """The invoice, confirmed in the journal of its own."""
        company = plan.company
        journal = self.env["account.journal"]._rcep_of_erp(company)
        moves = self.env["account.move"].with_company(company)._rcep_by_its_erp()
        move = moves.create({**plan.values(), "journal_id": journal.id, "company_id": company.id})
        move._post(soft=False)
        if move.name != plan.told["number"] or move.amount_tax or float(plan.told["total"]) != move.amount_untaxed:
            words = self.env._("Invoice %s would not be in Odoo as it came: enter it by hand, and report this.")
            raise UserError(words % plan.told["number"])
        return move

    def _keep_refused(self, company, number, problems, sent):
        """Keep what came and why not; what is sent again and again fills no table."""
        again = [("company_id", "=", company.id), ("state", "=", "refused"), ("digest", "=", sent["digest"])]
        told = [list(each) for each in problems[:MOST_KEPT]]
        before = self.search(again, limit=1)
        if before:
            before._write_moved(problems=told, key_id=sent["key_id"], changed_at=fields.Datetime.now())
        else:
            self.create({**sent, "state": "refused", "number": number, "company_id": company.id, "problems": told})

    # --- what keeps it as it is --------------------------------------------------------------------------
    def _taken(self, company, number):
        journal = self.env["account.journal"]._rcep_of_erp_if_any(company)
        same = [("move_type", "=", "out_invoice"), ("name", "=", number), ("state", "!=", "cancel")]
        ours = [("company_id", "=", company.id), ("journal_id", "not in", journal.ids)]
        if self.env["account.move"].search_count([*same, *ours], limit=1):
            return [Problem(0, "number", "number_taken", {"number": number})]
        other = self._alike(company, number)
        return [Problem(0, "number", "number_alike", {"number": number, "other": other})] if other else []

    def _alike(self, company, number):
        """The number of another invoice, from wherever, that on paper would be this one; None where there is none.

        A certificate and its goods would stand on two invoices.
        """
        self.env.flush_all()
        query = SQL(
            """
            SELECT there.number FROM (
                SELECT number FROM rcep_erp_invoice WHERE company_id = %(company)s AND state != 'refused'
                 UNION ALL
                SELECT name FROM account_move
                 WHERE company_id = %(company)s AND state != 'cancel' AND move_type = 'out_invoice'
                   ) there (number)
             WHERE LOWER(REPLACE(there.number, ' ', '')) = LOWER(REPLACE(%(number)s, ' ', ''))
             LIMIT 1
            """,
            company=company.id,
            number=number,
        )
        return next((found for [found] in self.env.execute_query(query)), None)

    def _fixed(self):
        """Why it cannot become another."""
        if self.state == "cancelled":
            return [Problem(0, "number", "number_cancelled", {"number": self.number})]
        live = self._certificates(certificate_states.LIVE)
        if live:
            facts = {"number": self.number, "certificates": ", ".join(live.mapped("name"))}
            return [Problem(0, "number", "invoice_certified", facts)]
        return self._credited()

    def _credited(self):
        notes = self.move_id._rcep_credit_notes()
        if not notes:
            return []
        facts = {"number": self.number, "notes": ", ".join(notes.mapped("name"))}
        return [Problem(0, "number", "invoice_credited", facts)]

    def _certificates(self, of_states=None):
        """Its certificates, of the invoice as it is now and as it was before."""
        moves = self.move_id | self.env["account.move"].search(
            [("name", "=", self.number), ("journal_id", "=", self.move_id.journal_id.id), ("state", "=", "cancel")]
        )
        return moves.rcep_certificate_ids.filtered(lambda each: not of_states or each.state in of_states)

    def _ask(self, changes, is_cancelled=False):
        """A certificate rests on what its ERP says otherwise now: a task of whoever is responsible, once."""
        for certificate in self._certificates(certificate_states.LIVE):
            theirs = certificate._theirs()
            summary = theirs.env._("Its invoice was cancelled elsewhere") if is_cancelled else theirs.env._(
                "Its invoice was changed elsewhere"
            )
            words = theirs.env._(
                "Invoice %s stands here as it was certified, and its own ERP says something else now. If that is so, "
                "have the certificate taken back; then hand the invoice in again."
            )
            told = [f"{place}: {before or '–'} → {after or '–'}" for place, before, after in changes[:MOST_KEPT]]
            note = as_html("\n".join([words % self.number, *told]))
            if any(each.summary == summary and _words(each.note) == _words(note) for each in theirs.activity_ids):
                continue
            user = theirs._responsible()
            theirs.activity_schedule("mail.mail_activity_data_warning", summary=summary, note=note, user_id=user.id)

    # --- cancelling --------------------------------------------------------------------------------------
    def _cancel(self):
        """Cancel it, as its ERP says.

        :return: [:class:`Problem`]; a certificate that is more than a draft keeps it as it is
        """
        self.ensure_one()
        claim(self.company_id)
        if self.state == "cancelled":
            return []
        live = self._certificates(certificate_states.LIVE)
        if live.filtered(lambda each: each.state not in certificate_states.EDITABLE):
            self._ask([], is_cancelled=True)
            facts = {"number": self.number, "certificates": ", ".join(live.mapped("name"))}
            return [Problem(0, "number", "invoice_certified", facts)]
        if problems := self._credited():
            return problems
        self._ask([], is_cancelled=True)  # a draft that nobody can approve any more
        self._take_back()
        self._move("cancelled", states.ERP)
        return []

    def _take_back(self):
        """What was made of it counts no more; it is kept, with the certificates that ended."""
        move = self.move_id._rcep_by_its_erp()
        move._rcep_lock()
        move.button_cancel()

    # --- telling -----------------------------------------------------------------------------------------
    def _shipment(self):
        """Box 4 as the other ERP told it: {field of a certificate: value}."""
        told = (self.content or {}).get("shipment", {})
        return {BOX_4[name]: text for name, text in told.items()}

    def _as_json(self):
        """What its ERP reads: of each certificate the same as in the feed, and the address of its public page."""
        self.ensure_one()
        known = self._certificates()
        drafts = known.filtered(lambda each: each.state == "draft")
        return {
            "number": self.number,
            "state": self.state,
            "has_draft": bool(drafts),
            "certificates": self._facts(known - drafts),
        }

    def _facts(self, certificates):
        if not certificates:
            return []
        self.env.flush_all()
        kind = self.env["rcep.change"]._kinds()["certificate"]
        told = SQL(
            "SELECT told.subject, told.content FROM (%s) AS told WHERE told.subject IN %s ORDER BY told.subject",
            kind.select("certificate", self.company_id), tuple(certificates.ids),
        )  # fmt: skip
        found = []
        for subject, content in self.env.execute_query(told):
            certificate = certificates.browse(subject)
            is_public = certificate.state in certificate_states.PUBLIC and not content["specimen"]
            found.append({**content, "address": certificate._get_verification_url() if is_public else ""})
        return found


def _words(note):
    return html2plaintext(note or "").split()

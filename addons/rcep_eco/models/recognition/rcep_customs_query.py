"""A query of foreign customs (verification, Art. 3.24) as a case: their question, the day until which it is answered.

What leaves the firm is in ``query_papers``: it is gathered from what was sealed, named with what in it is secret, and
released by a manager.
"""

import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import origin
from ...states import query_states
from ...values import amounts
from .rcep_recognition import AFTER_QUERY, REFUSED

CHANNELS = [
    ("importer", "By the importer (a)"),
    ("exporter", "To us, the exporter or producer (b)"),
    ("issuing_body", "By the issuing body (c)"),
    ("visit", "A visit (d)"),
]
WARN_DAYS = 7  # before the deadline the task is due
PACKAGE = {"package_pdf", "package_zip"}  # what only some may read; a new case has none, whatever a request says
# What the case's own steps write.
MOVED = {"state", "name", "company_id", "confirmed_by", "confirmed_on", "confirmed_list", "released_by", "released_on",
         "package_pdf_sha256", "package_zip_sha256", *PACKAGE}  # fmt: skip
CONTENT = {"certificate_id", "office", "reference", "channel", "question", "received_on", "deadline"}
TASK = "mail.mail_activity_data_todo"


class RcepCustomsQuery(models.Model):
    _name = "rcep.customs.query"
    _description = "Query of foreign customs"
    _inherit = ["rcep.moves.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "deadline, id desc"
    _moves = query_states.MOVES
    _moved = frozenset(MOVED)
    _set_at_creation = frozenset({"name", "company_id", *PACKAGE})
    _initial_values = {"state": "received"}

    name = fields.Char("Case", required=True, readonly=True, copy=False, default=lambda self: self.env._("New"))
    state = fields.Selection(
        query_states.STATES, required=True, readonly=True, default="received", copy=False, tracking=True
    )
    certificate_id = fields.Many2one("rcep.certificate", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    market_id = fields.Many2one("rcep.market", compute="_compute_market_id", store=True, index=True)
    office = fields.Char("Who asks", help="The customs office, the importer or the issuing body that sent the letter.")
    reference = fields.Char("Their reference")
    channel = fields.Selection(
        CHANNELS, "How it came", required=True, default="exporter", help="The ways of Art. 3.24.1."
    )
    question = fields.Text("What they ask")
    received_on = fields.Date(required=True, default=lambda self: amounts.today(), tracking=True)
    deadline = fields.Date(
        compute="_compute_deadline", store=True, precompute=True, readonly=False, required=True, tracking=True,
        help="As the letter says. Art. 3.24.4 gives between 30 and 90 days from its receipt; where the letter names "
        "no day, 30 count.",
    )  # fmt: skip
    days_left = fields.Integer(compute="_compute_days_left")
    is_late = fields.Boolean(compute="_compute_days_left")
    user_id = fields.Many2one("res.users", "Who answers", default=lambda self: self.env.user, tracking=True)

    # --- computed ----------------------------------------------------------------------------------------
    @api.depends("certificate_id.importing_party_id")
    def _compute_market_id(self):
        for query in self:
            query.market_id = self.env["rcep.market"]._of_party(query.certificate_id.importing_party_id)

    @api.depends("received_on")
    def _compute_deadline(self):
        for query in self.filtered("received_on"):
            query.deadline = query.received_on + query._days("query_reply_least")

    def _days(self, figure):
        return datetime.timedelta(days=int(origin.thresholds.on(figure, self.received_on)))

    @api.depends("deadline", "state")
    def _compute_days_left(self):
        today = amounts.today()
        for query in self:
            due = query.deadline and query.state in query_states.OPEN
            query.days_left = (query.deadline - today).days if due else 0
            query.is_late = due and query.deadline < today

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            for name in PACKAGE:
                values.pop(name, None)
            certificate = self.env["rcep.certificate"].browse(values.get("certificate_id"))
            values["company_id"] = certificate.company_id.id or self.env.company.id
            values["name"] = self.env["ir.sequence"].next_by_code("rcep.customs.query")
        queries = super().create(vals_list)
        queries._plan_task()
        return queries

    def write(self, vals):
        if vals.keys() & CONTENT:
            for query in self.filtered(lambda each: each.state not in query_states.EDITABLE):
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s: what was asked cannot be changed any more; a new letter is a new case.",
                        name=query.name,
                        state=query._state_name(),
                    )
                )
        result = super().write(vals)
        if vals.keys() & {"deadline", "received_on", "user_id"}:
            self._plan_task()
        return result

    @api.constrains("certificate_id")
    def _check_certificate(self):
        for query in self:
            if not query.certificate_id.issued_at:
                raise ValidationError(
                    self.env._(
                        "%s was never issued: foreign customs ask about a certificate that they have; choose that one.",
                        query.certificate_id.display_name,
                    )
                )

    @api.constrains("received_on", "deadline")
    def _check_days(self):
        for query in self:
            latest = query.received_on + query._days("query_reply_most")
            if query.received_on > amounts.today() or not query.received_on <= query.deadline <= latest:
                raise ValidationError(
                    self.env._(
                        "%(name)s: received on %(received)s, to be answered until %(deadline)s. Enter a day of receipt "
                        "up to today, and a deadline up to %(latest)s: Art. 3.24.4 gives at most 90 days.",
                        name=query.name,
                        received=query.received_on,
                        deadline=query.deadline,
                        latest=latest,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_received(self):
        for query in self.filtered(lambda each: each.state != "received"):
            raise UserError(self.env._("%s has papers or an answer: it is kept.", query.name))

    # --- the task ----------------------------------------------------------------------------------------
    def _plan_task(self):
        """Whoever answers has a task that is due some days before the deadline."""
        for query in self.filtered(lambda each: each.state in query_states.OPEN):
            query.sudo().activity_unlink([TASK])  # of whomever it was before
            theirs = query.with_context(lang=query.user_id.lang)
            theirs.activity_schedule(
                TASK,
                date_deadline=max(query.deadline - datetime.timedelta(days=WARN_DAYS), amounts.today()),
                summary=theirs.env._(
                    "Answer %(who)s until %(day)s", who=query.office or query.name, day=query.deadline
                ),
                user_id=(query.user_id or self.env.user).id,
            )

    # --- the end -----------------------------------------------------------------------------------------
    def action_close_recognised(self):
        """Customs were content: the certificate is recognised after a query."""
        return self._close(AFTER_QUERY)

    def action_close_refused(self):
        """Customs refused it all the same."""
        return self._close(REFUSED)

    def _close(self, outcome):
        self.check_access("write")
        for query in self:
            query._move("closed")
            query.sudo().activity_unlink([TASK])
            if query.certificate_id.state == "issued":
                self.env["rcep.recognition"].create(
                    {
                        "certificate_id": query.certificate_id.id,
                        "outcome": outcome,
                        "words": " · ".join(filter(None, (query.name, query.office, query.reference))),
                    }
                )
        return True


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    query_ids = fields.One2many("rcep.customs.query", "certificate_id", "Queries of customs", readonly=True)
    query_count = fields.Integer(compute="_compute_query_count")

    @api.depends("query_ids")
    def _compute_query_count(self):
        for certificate in self:
            certificate.query_count = len(certificate.query_ids)

    def action_open_queries(self):
        """The queries of foreign customs about this certificate, to be answered or started."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Queries of customs"),
            "res_model": "rcep.customs.query",
            "view_mode": "list,form",
            "domain": [("certificate_id", "=", self.id)],
            "context": {"default_certificate_id": self.id},
        }

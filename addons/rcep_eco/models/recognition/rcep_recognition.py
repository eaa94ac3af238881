"""What the importing customs decided about a certificate: one record for each report, never rewritten.

The latest report counts. Somebody who was wrong reports anew; what was said before stays in the history.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...values import amounts

UNKNOWN, AFTER_QUERY, REFUSED = "unknown", "after_query", "refused"
OUTCOMES = [
    (UNKNOWN, "Not yet known"),
    ("recognised", "Recognised by itself"),
    (AFTER_QUERY, "Recognised after a query"),
    (REFUSED, "Refused"),
    ("not_used", "Not used"),
]
WITH_CAUSE = (AFTER_QUERY, REFUSED)
WITH_DUTY = (REFUSED, "not_used")  # where the rate was not applied, the ordinary duty was paid
SOURCES = [("consignee", "The consignee"), ("user", "One of us"), ("authority", "An authority")]


class RcepRecognition(models.Model):
    _name = "rcep.recognition"
    _description = "Outcome at the importing customs"
    _order = "reported_at desc, id desc"
    _rec_name = "certificate_id"

    certificate_id = fields.Many2one("rcep.certificate", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="certificate_id.partner_id")
    market_id = fields.Many2one("rcep.market", compute="_compute_market_id", store=True, index=True)
    outcome = fields.Selection(OUTCOMES, required=True, index=True)
    decided_on = fields.Date(required=True, default=lambda self: amounts.today(), help="By the customs there.")
    words = fields.Text("What customs said", help="As they wrote or said it, in their language.")
    cause_id = fields.Many2one("rcep.refusal.cause", index=True, ondelete="restrict")
    caught_by = fields.Text(related="cause_id.caught_by")
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id)
    duty_amount = fields.Monetary("Duty paid instead", help="Zero: nobody has said how much.")
    source = fields.Selection(SOURCES, required=True, readonly=True, default="user")
    user_id = fields.Many2one("res.users", "Entered by", readonly=True)
    reported_at = fields.Datetime("Reported", required=True, readonly=True, default=fields.Datetime.now)
    counts = fields.Boolean(compute="_compute_counts", help="Whether it is the latest report on its certificate.")

    @api.depends("certificate_id.importing_party_id")
    def _compute_market_id(self):
        for report in self:
            report.market_id = self.env["rcep.market"]._of_party(report.certificate_id.importing_party_id)

    @api.depends("certificate_id.recognition_id")
    def _compute_counts(self):
        for report in self:
            report.counts = report.certificate_id.recognition_id == report

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            if not self.env.su:  # who enters it here says what customs decided, and not who says so
                values.update(source="user", user_id=self.env.uid, reported_at=fields.Datetime.now())
        reports = super().create(vals_list)
        for report in reports:
            report._log()
        return reports

    # --- what cannot be ----------------------------------------------------------------------------------
    @api.constrains("certificate_id")
    def _check_certificate(self):
        for certificate in self.certificate_id:
            certificate._check_has_outcome()

    @api.constrains("decided_on", "certificate_id")
    def _check_day(self):
        for report in self:
            issued = report.certificate_id._issued_on()
            if report.decided_on > amounts.today() or (issued and report.decided_on < issued):
                raise ValidationError(
                    self.env._(
                        "%(certificate)s: customs cannot have decided on %(day)s; enter a day from its issue on "
                        "%(issued)s up to today.",
                        certificate=report.certificate_id.display_name,
                        day=report.decided_on,
                        issued=issued or "–",
                    )
                )

    @api.constrains("outcome", "cause_id")
    def _check_cause(self):
        for report in self:
            if report.cause_id and report.outcome not in WITH_CAUSE:
                raise ValidationError(
                    self.env._(
                        "%(certificate)s: a cause belongs to a query or a refusal, and the outcome is “%(outcome)s”: "
                        "leave out the one or correct the other.",
                        certificate=report.certificate_id.display_name,
                        outcome=report._outcome_name(),
                    )
                )

    @api.constrains("outcome", "duty_amount", "currency_id")
    def _check_duty(self):
        for report in self.filtered("duty_amount"):
            if report.duty_amount < 0 or not report.currency_id or report.outcome not in WITH_DUTY:
                raise ValidationError(
                    self.env._(
                        "%(certificate)s: duty that was paid instead is an amount above zero with its currency, and "
                        "only where the certificate was refused or not used: correct the amount or the outcome.",
                        certificate=report.certificate_id.display_name,
                    )
                )

    # --- in words ----------------------------------------------------------------------------------------
    def _outcome_name(self):
        return dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]

    def _sentence(self):
        """The report in one line, in the reader's language."""
        where = self.market_id.display_name or ""
        parts = [self.env._("Customs of %(where)s: %(outcome)s", where=where, outcome=self._outcome_name())]
        parts += [self.cause_id.name, f"“{self.words}”" if self.words else ""]
        return " · ".join(filter(None, parts))

    def _log(self):
        """The certificate's history has it; trouble that somebody else reported, or another outcome, is a task."""
        certificate = self.certificate_id
        before = (certificate.recognition_ids - self).sorted(lambda each: (each.reported_at, each.id))[-1:].outcome
        theirs = self.with_context(lang=certificate._responsible().lang)
        author = {"author_id": self.partner_id.id} if self.source == "consignee" else {}
        certificate._message_log(body=theirs._sentence(), **author)
        differs = before and before not in (UNKNOWN, self.outcome)
        if self.source != "user" and (self.outcome in WITH_CAUSE or differs):
            certificate.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=theirs._sentence(),
                user_id=certificate._responsible().id,
            )

    # --- hook --------------------------------------------------------------------------------------------
    @api.model
    def _from_authority(self, company, certificate_no, outcome, **values):
        """Hook: what a file or a call of an authority says became of a certificate.

        No authority offers one yet. Whoever reads it calls this as the system.

        :param company: the exporter
        :param outcome: of :data:`OUTCOMES`
        :param values: further fields: ``decided_on``, ``words``, ``cause_id``, ``duty_amount``, ``currency_id``
        :return: the report
        :raises ValidationError: where no certificate of the company has that number, or it can have no outcome
        """
        certificate = self.env["rcep.certificate"].search(
            [("company_id", "=", company.id), ("certificate_no", "=", certificate_no)], order="id desc", limit=1
        )
        if not certificate:
            raise ValidationError(
                self.env._(
                    "%(company)s has no certificate %(number)s: compare the number.",
                    company=company.name,
                    number=certificate_no,
                )
            )
        return self.create({"certificate_id": certificate.id, "outcome": outcome, "source": "authority", **values})

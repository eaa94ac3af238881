"""What authorities have published and what they have not: a question with answer, source, day and next review."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...values import amounts

BATCH = 100


class RcepKnownFact(models.Model):
    _name = "rcep.known.fact"
    _description = "What is known of the platform and its practice"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "is_known, review_on, id"

    name = fields.Char("Question", required=True, translate=True)
    code = fields.Char(readonly=True, copy=False, help="By which screens quote it.")
    is_known = fields.Boolean("Known", tracking=True)
    answer = fields.Text(translate=True, tracking=True)
    source = fields.Text(tracking=True, help="Who said so, where, on which day.")
    as_of = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    review_on = fields.Date("Look again on", tracking=True)
    user_id = fields.Many2one("res.users", "Who looks again", tracking=True)
    market_id = fields.Many2one("rcep.market", index=True)

    _code_unique = models.Constraint("UNIQUE(code)", "This question stands in the register already.")

    @api.constrains("is_known", "answer", "source")
    def _check_has_source(self):
        for fact in self.filtered("is_known"):
            if not (fact.answer and fact.source):
                raise ValidationError(
                    self.env._(
                        "“%s” is marked as known: enter what is known, and who said so where.", fact.name
                    )
                )

    @api.model
    def _quote(self, code):
        """The sentence by which screens quote an answer: what is known as of when, or that nothing was published."""
        fact = self.sudo().search([("code", "=", code)], limit=1)  # it is public by nature; whoever reads a screen
        if fact.is_known:
            return self.env._(
                "%(answer)s (%(who)s, as of %(day)s)", answer=fact.answer, who=fact.source, day=fact.as_of
            )
        if not fact:
            return ""
        return self.env._("%(question)s Nothing was published as of %(day)s.", question=fact.name, day=fact.as_of)

    @api.model
    def _cron_review(self):
        """Each day: whoever looks again at a fact gets the task when its day has come."""
        due = [("review_on", "<=", amounts.today()), ("user_id", "!=", False)]
        for fact in self.search(due, limit=BATCH):
            if fact.user_id not in fact.activity_ids.user_id:
                theirs = fact.with_context(lang=fact.user_id.lang)
                theirs.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=theirs.env._("Look again: %s", theirs.name),
                    user_id=fact.user_id.id,
                )

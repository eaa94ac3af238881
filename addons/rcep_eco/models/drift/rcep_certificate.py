"""A certificate at risk: its goods would be decided otherwise by what is known today."""

from odoo import api, fields, models

from .rcep_drift import ACTIVITY


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    drift_ids = fields.One2many("rcep.drift", "certificate_id", "Goods by today's facts", readonly=True)
    at_risk = fields.Boolean(compute="_compute_at_risk", search="_search_at_risk", help=(
        "A good on it would be decided otherwise by what is known today; the certificate itself stays as it was."
    ))

    @api.depends("drift_ids.at_risk", "is_expired", "state")
    def _compute_at_risk(self):
        ended = ("draft", "rejected", "withdrawn", "cancelled", "replaced")
        for certificate in self:
            concerned = certificate.state not in ended and not certificate.is_expired
            certificate.at_risk = concerned and any(certificate.drift_ids.mapped("at_risk"))

    def _search_at_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        concerned = fields.Domain("drift_ids", "any", [("at_risk", "=", True)]) & fields.Domain(
            "state", "in", ("ready", "submitted", "under_review", "returned", "issued")
        ) & fields.Domain("is_expired", "=", False)
        return fields.Domain.OR(concerned if each else ~concerned for each in value)

    def _at_risk_changed(self):
        """Whoever is responsible gets the task, or has it taken off again."""
        whole = self.sudo()  # it is found by the job, whoever the task is for
        at_risk = whole.filtered("at_risk")
        tasks = whole.activity_ids.filtered(lambda each: each.activity_type_id == self.env.ref(ACTIVITY))
        tasks.filtered(lambda each: each.res_id not in at_risk.ids).unlink()
        new = at_risk.filtered(lambda each: each.id not in tasks.exists().mapped("res_id"))
        for user, theirs in new.grouped(lambda each: each._responsible()).items():
            told = theirs.with_context(lang=user.lang)
            summary = told.env._("At risk: its goods would be decided otherwise today")
            told.activity_schedule(ACTIVITY, summary=summary, user_id=user.id)

    def _move(self, after, by=None, **values):
        result = super()._move(after, by, **values)
        if after == "draft":  # it will be determined anew
            self.sudo().drift_ids.unlink()  # what was found is the engine's
        return result

    def action_open_risks(self):
        """Show what of these certificates would be decided otherwise today."""
        self.check_access("read")
        return self.drift_ids.filtered("at_risk")._get_records_action(name=self.env._("At risk"))

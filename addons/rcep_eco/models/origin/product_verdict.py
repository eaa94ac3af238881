"""The list of goods shows what each is: verdict, criterion, margin, and whether it is being recomputed."""

from odoo import api, fields, models

from ... import groups
from ...texts import explanations


class ProductTemplate(models.Model):
    _inherit = "product.template"

    rcep_verdict = fields.Selection(
        explanations.verdicts, "Origin", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_criterion = fields.Char("Criterion", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_margin = fields.Float("Points above 40", compute="_compute_rcep_verdict", digits=(6, 2), groups=groups.READER)
    rcep_has_margin = fields.Boolean(compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_stale = fields.Boolean("Being recomputed", compute="_compute_rcep_verdict", groups=groups.READER)

    @api.depends(
        *(f"rcep_origin_ids.{name}" for name in ("verdict", "criterion", "modifiers", "margin", "stale", "rvc"))
    )
    @api.depends_context("company")
    def _compute_rcep_verdict(self):
        """Of several variants the worst for the exporter."""
        worse = {"not_originating": 0, "unresolved": 1, False: 2, "originating": 3}
        for product in self:
            own = product.rcep_origin_ids.filtered(lambda verdict: verdict.company_id == self.env.company)
            worst = own.sorted(lambda verdict: (worse[verdict.verdict], verdict.margin, verdict.id))[:1]
            product.rcep_verdict = worst.verdict
            product.rcep_criterion = " ".join(filter(None, (worst.criterion, worst.modifiers))) or False
            product.rcep_margin = worst.margin
            product.rcep_has_margin = bool(worst.rvc)
            product.rcep_stale = any(own.mapped("stale"))

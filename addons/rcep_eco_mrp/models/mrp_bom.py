"""A bill of materials shows what it decides: the verdict of its product, at list price."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.models import sentences


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    rcep_verdict = fields.Selection(
        sentences.VERDICTS, "Origin", compute="_compute_rcep_verdict", groups="rcep_eco.group_reader"
    )
    rcep_summary = fields.Char("In a sentence", compute="_compute_rcep_verdict", groups="rcep_eco.group_reader")
    rcep_explanation = fields.Html(
        "Step by step", compute="_compute_rcep_explanation", sanitize=False, groups="rcep_eco.group_origin"
    )

    @api.depends("product_id.rcep_verdict", "product_tmpl_id.product_variant_ids.rcep_verdict")
    @api.depends_context("company", "lang")
    def _compute_rcep_verdict(self):
        for bom in self:
            verdict = bom._rcep_product().rcep_origin_id
            bom.rcep_verdict, bom.rcep_summary = verdict.verdict, verdict.summary

    @api.depends("rcep_verdict")
    @api.depends_context("company", "lang")
    def _compute_rcep_explanation(self):
        for bom in self:
            bom.rcep_explanation = bom._rcep_product().rcep_origin_id.explanation

    def _rcep_product(self):
        return self.product_id or self.product_tmpl_id.product_variant_id

    def action_rcep_determine(self):
        """Determine the origin of what these bills of materials make, at its list price."""
        for company, boms in self.grouped(lambda bom: bom.company_id or bom.env.company).items():
            for bom in boms:
                bom._rcep_product()._rcep_refresh_verdicts(company)

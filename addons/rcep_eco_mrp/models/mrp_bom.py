"""A bill of materials shows what it decides: the verdict of its product, at list price."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.texts import explanations

# What the form shows of the verdict of its product.
OF_VERDICT = (
    "verdict", "summary", "criterion", "modifiers", "rvc", "rvc_margin", "fob", "fob_floor_text", "price_margin",
    "date", "verdict_before", "changed_on",
)  # fmt: skip


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    rcep_verdict = fields.Selection(
        explanations.verdicts, "Origin", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_criterion = fields.Selection(
        explanations.CRITERIA, "Criterion", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_modifiers = fields.Char("Modifiers", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_rvc = fields.Char("RVC %", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_rvc_margin = fields.Float(
        "Points above 40", compute="_compute_rcep_verdict", digits=(5, 2), groups=groups.READER
    )
    rcep_fob = fields.Float("FOB value", compute="_compute_rcep_verdict", digits="Product Price", groups=groups.READER)
    rcep_fob_floor_text = fields.Char("Price floor", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_price_margin = fields.Float(
        "Price above floor", compute="_compute_rcep_verdict", digits="Product Price", groups=groups.READER
    )
    rcep_date = fields.Date("Verdict of", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_verdict_before = fields.Selection(
        explanations.verdicts, "Verdict before", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_changed_on = fields.Datetime("Changed on", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_summary = fields.Char("In a sentence", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_explanation = fields.Html(
        "Step by step", compute="_compute_rcep_explanation", sanitize=False, groups=groups.ENGINEER
    )

    @api.depends("product_id.rcep_verdict", "product_tmpl_id.product_variant_ids.rcep_verdict")
    @api.depends_context("company", "lang")
    def _compute_rcep_verdict(self):
        for bom in self:
            verdict = bom._rcep_product().rcep_origin_id
            for name in OF_VERDICT:
                bom[f"rcep_{name}"] = verdict[name]

    @api.depends("rcep_verdict")
    @api.depends_context("company", "lang")
    def _compute_rcep_explanation(self):
        for bom in self:
            bom.rcep_explanation = bom._rcep_product().rcep_origin_id.explanation

    def _rcep_product(self):
        return self.product_id or self.product_tmpl_id.product_variant_id

    def action_rcep_determine(self):
        """Determine the origin of what these bills of materials make, at its list price."""
        self.check_access("read")
        self.env["rcep.origin"].check_access("read")  # it is determined for whoever may see what comes out
        for company, boms in self.grouped(lambda bom: bom.company_id or bom.env.company).items():
            for bom in boms:
                bom._rcep_product()._rcep_refresh_verdicts(company)

    def action_rcep_overview(self):
        """Show the origin overview of what this bill of materials makes."""
        self.check_access("read")
        return self._rcep_product().action_rcep_overview()


class MrpBomLine(models.Model):
    _inherit = "mrp.bom.line"

    rcep_loss_percent = fields.Float(
        "Planned loss %",
        digits=(5, 2),
        help="What is lost in making, per cent of the quantity: it was bought too, so its value counts as material.",
    )

    rcep_optional = fields.Boolean(
        "Optional", help="A quantity of zero leaves the component out. Without this, how much goes in is asked for."
    )

    _rcep_loss_sensible = models.Constraint(
        "CHECK(rcep_loss_percent >= 0)", "A planned loss is zero or more per cent: correct it on the line."
    )

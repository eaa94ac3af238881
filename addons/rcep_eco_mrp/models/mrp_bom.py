"""A bill of materials shows what it decides: the verdict of its product, at list price."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.fields import Domain


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    rcep_origin_id = fields.Many2one(
        "rcep.origin",
        "Verdict of its product",
        compute="_compute_rcep_origin",
        search="_search_rcep_origin",
        groups=groups.READER,
    )
    rcep_verdict = fields.Selection(related="rcep_origin_id.verdict", string="Origin", groups=groups.READER)
    rcep_criterion = fields.Selection(related="rcep_origin_id.criterion", groups=groups.READER)
    rcep_modifiers = fields.Char(related="rcep_origin_id.modifiers", groups=groups.READER)
    rcep_rvc = fields.Char(related="rcep_origin_id.rvc", groups=groups.READER)
    rcep_margin = fields.Float(related="rcep_origin_id.margin", groups=groups.READER)
    rcep_fob = fields.Float(related="rcep_origin_id.fob", groups=groups.READER)
    rcep_fob_floor_text = fields.Char(related="rcep_origin_id.fob_floor_text", groups=groups.READER)
    rcep_price_margin = fields.Float(related="rcep_origin_id.price_margin", groups=groups.READER)
    rcep_date = fields.Date(related="rcep_origin_id.date", string="Verdict of", groups=groups.READER)
    rcep_verdict_before = fields.Selection(related="rcep_origin_id.verdict_before", groups=groups.READER)
    rcep_changed_on = fields.Datetime(related="rcep_origin_id.changed_on", groups=groups.READER)
    rcep_summary = fields.Char(related="rcep_origin_id.summary", string="In a sentence", groups=groups.READER)
    rcep_explanation = fields.Html(related="rcep_origin_id.explanation", string="Step by step", groups=groups.ENGINEER)

    @api.depends("product_id.rcep_origin_id", "product_tmpl_id.product_variant_ids.rcep_origin_id")
    @api.depends_context("company")
    def _compute_rcep_origin(self):
        for bom in self:
            bom.rcep_origin_id = bom._rcep_product().rcep_origin_id

    def _search_rcep_origin(self, operator, value):
        of_variant = Domain("product_id", "!=", False) & Domain("product_id.rcep_verdict_ids", operator, value)
        return of_variant | (
            Domain("product_id", "=", False) & Domain("product_tmpl_id.rcep_origin_ids", operator, value)
        )

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

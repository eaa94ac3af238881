"""Production orders show the origin of what they made: determined when they are done, unbuilt or scrapped from."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

# What an order shows of its verdict.
OF_VERDICT = (
    "verdict", "criterion", "modifiers", "rvc", "date", "fob", "stale", "problem", "bom_verdict", "bom_criterion",
    "bom_rvc", "bom_problem", "notes",
)  # fmt: skip


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    rcep_origin_ids = fields.One2many(
        "rcep.production.origin", "production_id", "Verdicts of origin", groups=groups.READER
    )
    rcep_origin_id = fields.Many2one(
        "rcep.production.origin", "Verdict of origin", compute="_compute_rcep_origin", groups=groups.READER
    )
    rcep_verdict = fields.Selection(
        explanations.verdicts,
        "Origin",
        compute="_compute_rcep_verdict",
        search="_search_rcep_verdict",
        groups=groups.READER,
    )
    rcep_criterion = fields.Selection(
        explanations.CRITERIA, "Criterion", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_modifiers = fields.Char("Modifiers", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_rvc = fields.Char("RVC %", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_date = fields.Date("Finished on", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_fob = fields.Float("FOB value", compute="_compute_rcep_verdict", digits="Product Price", groups=groups.READER)
    rcep_stale = fields.Boolean("Being determined", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_problem = fields.Text("Problem", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_bom_verdict = fields.Selection(
        explanations.verdicts, "By the bill of materials", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_bom_criterion = fields.Selection(
        explanations.CRITERIA, "Criterion by the bill", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_bom_rvc = fields.Char("RVC % by the bill", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_bom_problem = fields.Text(
        "Why there is no verdict by the bill", compute="_compute_rcep_verdict", groups=groups.READER
    )
    rcep_notes = fields.Text("Contradictory facts", compute="_compute_rcep_verdict", groups=groups.READER)
    rcep_summary = fields.Char("In a sentence", compute="_compute_rcep_words", groups=groups.READER)
    rcep_difference = fields.Html(
        "What is different", compute="_compute_rcep_words", sanitize=False, groups=groups.READER
    )
    rcep_explanation = fields.Html(
        "Step by step", compute="_compute_rcep_explanation", sanitize=False, groups=groups.ENGINEER
    )

    @api.depends("rcep_origin_ids")
    def _compute_rcep_origin(self):
        for order in self:
            order.rcep_origin_id = order.rcep_origin_ids[:1]

    @api.depends(*(f"rcep_origin_ids.{name}" for name in OF_VERDICT))
    def _compute_rcep_verdict(self):
        for order in self:
            for name in OF_VERDICT:
                order[f"rcep_{name}"] = order.rcep_origin_ids[name]

    def _search_rcep_verdict(self, operator, value):
        return [("rcep_origin_ids.verdict", operator, value)]

    @api.depends("rcep_origin_ids.summary", "rcep_origin_ids.difference")
    @api.depends_context("lang")
    def _compute_rcep_words(self):
        for order in self:
            order.rcep_summary = order.rcep_origin_ids.summary
            order.rcep_difference = order.rcep_origin_ids.difference

    @api.depends("rcep_origin_ids.dossier_sha256")
    @api.depends_context("lang")
    def _compute_rcep_explanation(self):
        for order in self:
            order.rcep_explanation = order.rcep_origin_ids.explanation

    # --- what is read of an order ------------------------------------------------------------------------
    def _rcep_day(self):
        """The day on which the order was finished."""
        return amounts.issuing_day(self.date_finished or fields.Datetime.now())

    def _rcep_finished_lots(self):
        made = self.move_finished_ids.filtered(lambda move: move.product_id == self.product_id and move.state == "done")
        return made.move_line_ids.lot_id

    def _rcep_with_above(self):
        """These orders, and those that consumed lots which they made, however far; those that are done."""
        everything = new = self.filtered(lambda order: order.state == "done")
        while new:
            lots = new.move_finished_ids.move_line_ids.lot_id
            new = lots._rcep_consumers() - everything
            everything |= new
        return everything

    # --- when it is determined ---------------------------------------------------------------------------
    def _rcep_await_origin(self):
        """Have the origin of these orders determined soon; the shop floor does not wait for it."""
        # Whoever works on an order may not see its verdict.
        whole = self.sudo()
        whole.env["rcep.production.origin"]._await(whole)

    def button_mark_done(self):
        result = super().button_mark_done()
        self._rcep_await_origin()
        return result

    def action_rcep_determine(self):
        """Determine the origin of what these orders made, now."""
        self.check_access("read")
        self.env["rcep.production.origin"].check_access("read")  # for whoever may see what comes out
        for order in self:
            if order.state != "done":
                raise UserError(
                    self.env._("Order %s is not done: what it consumes is known when it is produced.", order.name)
                )
            if order.company_id not in self.env["rcep.origin"]._exporters():
                raise UserError(
                    self.env._(
                        "%s keeps no verdicts: enter its unified social credit code in the company's page of origin.",
                        order.company_id.display_name,
                    )
                )
        self._rcep_await_origin()
        self.rcep_origin_ids.action_determine()


class MrpUnbuild(models.Model):
    _inherit = "mrp.unbuild"

    def action_unbuild(self):
        result = super().action_unbuild()
        self.mo_id._rcep_await_origin()
        return result


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    def do_scrap(self):
        result = super().do_scrap()
        self.production_id._rcep_await_origin()
        return result

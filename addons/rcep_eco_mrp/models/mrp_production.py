"""Production orders show the origin of what they made: determined when they are done, unbuilt or scrapped from."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    rcep_origin_ids = fields.One2many(
        "rcep.production.origin", "production_id", "Verdicts of origin", groups=groups.READER
    )
    rcep_origin_id = fields.Many2one(
        "rcep.production.origin", "Verdict of origin", compute="_compute_rcep_origin", groups=groups.READER
    )
    rcep_verdict = fields.Selection(related="rcep_origin_ids.verdict", string="Origin", groups=groups.READER)
    rcep_criterion = fields.Selection(related="rcep_origin_ids.criterion", groups=groups.READER)
    rcep_modifiers = fields.Char(related="rcep_origin_ids.modifiers", groups=groups.READER)
    rcep_rvc = fields.Char(related="rcep_origin_ids.rvc", groups=groups.READER)
    rcep_date = fields.Date(related="rcep_origin_ids.date", groups=groups.READER)
    rcep_fob = fields.Float(related="rcep_origin_ids.fob", groups=groups.READER)
    rcep_stale = fields.Boolean(related="rcep_origin_ids.stale", groups=groups.READER)
    rcep_problem = fields.Text(related="rcep_origin_ids.problem", groups=groups.READER)
    rcep_bom_verdict = fields.Selection(related="rcep_origin_ids.bom_verdict", groups=groups.READER)
    rcep_bom_criterion = fields.Selection(related="rcep_origin_ids.bom_criterion", groups=groups.READER)
    rcep_bom_rvc = fields.Char(related="rcep_origin_ids.bom_rvc", groups=groups.READER)
    rcep_bom_problem = fields.Text(related="rcep_origin_ids.bom_problem", groups=groups.READER)
    rcep_notes = fields.Text(related="rcep_origin_ids.notes", groups=groups.READER)
    rcep_summary = fields.Char(related="rcep_origin_ids.summary", string="In a sentence", groups=groups.READER)
    rcep_difference = fields.Html(related="rcep_origin_ids.difference", groups=groups.READER)
    rcep_explanation = fields.Html(related="rcep_origin_ids.explanation", string="Step by step", groups=groups.ENGINEER)

    @api.depends("rcep_origin_ids")
    def _compute_rcep_origin(self):
        for order in self:
            order.rcep_origin_id = order.rcep_origin_ids[:1]

    # --- what is read of an order ------------------------------------------------------------------------
    def _rcep_day(self):
        """The day on which the order was finished."""
        return amounts.issuing_day(self.date_finished or fields.Datetime.now())

    def _rcep_finished_lots(self):
        made = self.move_finished_ids.filtered(lambda move: move.product_id == self.product_id and move.state == "done")
        return made.move_line_ids.lot_id

    @api.model
    def _rcep_reported(self, orders, used):
        """What orders consumed, by whoever knows it better than their moves (an MES that reports it).

        :param orders: {id: :class:`bills.stock_moves.Order`}
        :param used: {order id: [:class:`bills.stock_moves.Used`]}, by the moves
        :return: (orders, used, {order id: sentences that say why what it consumed is not known})
        """
        return orders, used, {}

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

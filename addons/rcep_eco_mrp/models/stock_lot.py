"""Lots carry their origin: of a bought lot what is stated and declared, of a finished one what its order consumed."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.exceptions import UserError, ValidationError

from ..bills.consumption import Consumption

FACTS = {"rcep_origin_country_id", "rcep_declaration_id"}


class StockLot(models.Model):
    _inherit = "stock.lot"

    rcep_origin_country_id = fields.Many2one(
        "res.country", "Stated origin", help="As the label or the supplier's papers of this lot say."
    )
    rcep_declaration_id = fields.Many2one(
        "rcep.supplier.declaration",
        "Declaration",
        domain="[('product_id', '=', product_id)]",
        index="btree_not_null",
        groups=groups.READER,
        help="Of the supplier, that this very lot originates; it counts where it was valid on the day of receipt.",
    )
    rcep_production_origin_ids = fields.Many2many(
        "rcep.production.origin", string="Origin by orders", groups=groups.READER
    )
    rcep_production_origin_id = fields.Many2one(
        "rcep.production.origin",
        "Made by",
        compute="_compute_rcep_production_origin",
        search="_search_rcep_production_origin",
        groups=groups.READER,
    )
    rcep_verdict = fields.Selection(related="rcep_production_origin_id.verdict", string="Origin", groups=groups.READER)
    rcep_criterion = fields.Selection(related="rcep_production_origin_id.criterion", groups=groups.READER)
    rcep_rvc = fields.Char(related="rcep_production_origin_id.rvc", groups=groups.READER)
    rcep_summary = fields.Char(
        related="rcep_production_origin_id.summary", string="In a sentence", groups=groups.READER
    )

    @api.depends("rcep_production_origin_ids.date")
    def _compute_rcep_production_origin(self):
        for lot in self:
            lot.rcep_production_origin_id = lot.rcep_production_origin_ids.sorted("date")[-1:]

    def _search_rcep_production_origin(self, operator, value):
        return [("rcep_production_origin_ids", operator, value)]

    @api.constrains("rcep_declaration_id", "product_id")
    def _check_rcep_declaration(self):
        for lot in self.sudo():  # whoever moves a lot may not see declarations
            declaration = lot.rcep_declaration_id
            if declaration and declaration.product_id != lot.product_id:
                raise ValidationError(
                    self.env._(
                        "Declaration %(reference)s is of %(declared)s, but lot %(lot)s is of %(product)s: choose a "
                        "declaration of this product.",
                        reference=declaration.display_name,
                        declared=declaration.product_id.display_name,
                        lot=lot.name,
                        product=lot.product_id.display_name,
                    )
                )
            if declaration and lot.company_id not in (declaration.company_id, self.env["res.company"]):
                raise ValidationError(
                    self.env._(
                        "Declaration %(reference)s is another company's than lot %(lot)s: choose one of %(company)s.",
                        reference=declaration.display_name,
                        lot=lot.name,
                        company=lot.company_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._check_rcep_evidence(values)
        return super().create(vals_list)

    def write(self, vals):
        self._check_rcep_evidence(vals)
        result = super().write(vals)
        if vals.keys() & FACTS:
            self._rcep_facts_changed()
        return result

    def _check_rcep_evidence(self, values):
        """That a declaration covers a lot is evidence: the cost engineer says so, nobody else."""
        if values.get("rcep_declaration_id") and not (self.env.su or self.env.user.has_group(groups.ENGINEER)):
            raise UserError(
                self.env._("Only a cost engineer says which declaration covers a lot: ask one to enter it.")
            )

    def _rcep_facts_changed(self):
        """What consumed these lots is determined anew."""
        self.sudo()._rcep_consumers()._rcep_await_origin()  # by the system: whoever moves a lot may not see orders

    def _rcep_receipts(self, company, date):
        """Hook for bridges: what was paid for each of these lots at its own receipts, up to a date.

        :return: {lot id: [:class:`~odoo.addons.rcep_eco.cases.material_price.Price`]}
        """
        return {}

    def _rcep_made(self, company):
        """How each of these lots was really made.

        :return: [(names of lots, :class:`Production` or None)]: those of one order stand together; None for lots that
            no order of the company made
        """
        lines = self.env["stock.move.line"].search(
            [
                ("lot_id", "in", self.ids),
                ("state", "=", "done"),
                ("move_id.production_id.state", "=", "done"),
                ("move_id.production_id.company_id", "=", company.id),
                ("move_id.scrap_id", "=", False),
            ],
            order="id",
        )
        lines = lines.filtered(lambda line: line.product_id == line.move_id.production_id.product_id)
        made = []
        for order, own in lines.grouped(lambda line: line.move_id.production_id).items():
            consumed = Consumption(self.env, company, order._rcep_day(), order.ids)
            made.append((", ".join(own.lot_id.mapped("name")), consumed.of(order.id)))
        others = self - lines.lot_id
        return made + ([(", ".join(others.mapped("name")), None)] if others else [])

    def _rcep_consumers(self):
        """The orders that are done and consumed these lots."""
        lines = self.env["stock.move.line"].search(
            [
                ("lot_id", "in", self.ids),
                ("state", "=", "done"),
                ("move_id.raw_material_production_id.state", "=", "done"),
            ]
        )
        return lines.move_id.raw_material_production_id


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    def _mark_verdicts(self):
        result = super()._mark_verdicts()
        # Orders are told by the system: who keeps declarations may not see them.
        lots = self.env["stock.lot"].sudo()
        of_them = ["|", ("rcep_declaration_id", "in", self.ids), ("product_id", "in", self.product_id.ids)]
        lots.search(of_them)._rcep_facts_changed()
        return result

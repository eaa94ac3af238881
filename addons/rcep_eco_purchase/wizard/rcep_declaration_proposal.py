"""Declarations are proposed from what was bought in the last twelve months, and from whom."""

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.addons.rcep_eco.values import amounts

MONTHS = 12


class RcepDeclarationProposal(models.TransientModel):
    _inherit = "rcep.declaration.proposal"

    source = fields.Selection(
        selection_add=[("purchases", "A year's purchases")],
        default="purchases",
        ondelete={"purchases": "cascade"},
    )

    def _candidates(self):
        self.ensure_one()
        if self.source != "purchases":
            return super()._candidates()
        today = amounts.today()
        # A cost engineer sees what materials cost without being a buyer; only sums by supplier and product come out.
        lines = self.env["purchase.order.line"].sudo()._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "purchase"),
                ("order_id.date_approve", ">=", today - relativedelta(months=MONTHS)),
                ("product_id.type", "=", "consu"),
            ],
            ["partner_id", "product_id", "currency_id"],
            ["price_subtotal:sum"],
        )
        bought = {}
        own = self.company_id.currency_id
        for partner, product, currency, amount in lines:
            key = partner.sudo(False).commercial_partner_id, product.sudo(False)
            # At today's rate: it ranks, nothing is decided on it.
            value = currency._convert(amount, own, self.company_id, today) if currency != own else amount
            bought[key] = bought.get(key, 0.0) + value
        return bought

"""Quotations and orders beside the price floor of what they sell."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.models.invoice import price_floor


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "rcep.priced.document"]

    @api.depends("order_line.rcep_price_warning")
    def _compute_rcep_price_warning(self):
        return super()._compute_rcep_price_warning()

    def _rcep_price_lines(self):
        return self.order_line

    def _rcep_terms(self):
        if self.state == "cancel":
            return None
        date = fields.Date.context_today(self, self.date_order or None)
        country = (self.partner_shipping_id or self.partner_id).country_id
        return price_floor.Terms(self.company_id, self.currency_id, date, country)


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "rcep.priced.line"]

    @api.depends(
        "product_id", "product_uom_qty", "product_uom_id", "order_id.order_line.price_subtotal", "order_id.currency_id",
        "order_id.company_id", "order_id.date_order", "order_id.partner_id", "order_id.partner_shipping_id",
        "order_id.state",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_rcep_price(self):
        return super()._compute_rcep_price()

    def _rcep_price_document(self):
        return self.order_id

    def _rcep_price_quantity(self):
        return self.product_uom_qty

    def _rcep_is_good(self):
        self.ensure_one()
        return not self.display_type and not self.is_downpayment and self.product_id.type == "consu"

    def _rcep_is_discount(self):
        self.ensure_one()
        paid_before = self.is_downpayment or self.product_id.rcep_charge == "advance"
        taken_off = not self.display_type and not paid_before and self.price_subtotal < 0
        return taken_off and not self._rcep_is_good()

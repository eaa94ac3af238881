"""What a sale tells of its invoice: a down payment is no discount, and what was chosen stands on the order."""

from odoo import models
from odoo.addons.rcep_eco import link


class AccountMove(models.Model):
    _inherit = "account.move"

    def _rcep_of_same_orders(self, kind):
        """Posted invoices or credit notes of the order lines that these are of, unless they name another invoice."""
        # Whoever invoices may not see the orders of every salesperson.
        others = self.sudo().invoice_line_ids.sale_line_ids.invoice_lines.move_id
        others = others.filtered(lambda move: move.move_type == kind and move.state == "posted")
        return others.filtered(lambda move: not move.reversed_entry_id or move.reversed_entry_id in self)

    def _rcep_amount(self):
        paid = self.invoice_line_ids.filtered("is_downpayment")
        return super()._rcep_amount() - sum(paid.mapped("price_subtotal"))

    def _rcep_credit_notes(self):
        return super()._rcep_credit_notes() | self._rcep_of_same_orders("out_refund")

    def _rcep_credited_invoices(self):
        named = super()._rcep_credited_invoices()
        return named or self._rcep_of_same_orders("out_invoice")


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_is_discount(self):
        return super()._rcep_is_discount() and not self.is_downpayment

    def _rcep_paper_kind(self):
        return link.sale.ADVANCE if self.is_downpayment else super()._rcep_paper_kind()

    def _rcep_chosen(self):
        return super()._rcep_chosen() | self.sale_line_ids.product_no_variant_attribute_value_ids

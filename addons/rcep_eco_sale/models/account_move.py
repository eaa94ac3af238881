"""What a sale tells of its invoice: a down payment is no discount, and what was chosen stands on the order."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _rcep_of_same_orders(self, kind):
        """Posted invoices or credit notes of the order lines that these are of, unless they name another invoice."""
        # Whoever invoices may not see the orders of every salesperson.
        others = self.sudo().invoice_line_ids.sale_line_ids.invoice_lines.move_id
        others = others.filtered(lambda move: move.move_type == kind and move.state == "posted")
        return others.filtered(lambda move: not move.reversed_entry_id or move.reversed_entry_id in self)

    def _rcep_credit_notes(self):
        return super()._rcep_credit_notes() | self._rcep_of_same_orders("out_refund")

    def _rcep_credited_invoices(self):
        named = super()._rcep_credited_invoices()
        return named or self._rcep_of_same_orders("out_invoice")


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_is_advance(self):
        return self.is_downpayment or super()._rcep_is_advance()

    def _rcep_chosen(self):
        return super()._rcep_chosen() | self.sale_line_ids.product_no_variant_attribute_value_ids

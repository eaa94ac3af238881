"""What a sale tells of its invoice: a down payment is no discount, and what was chosen stands on the order."""

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_is_discount(self):
        return super()._rcep_is_discount() and not self.is_downpayment

    def _rcep_chosen(self):
        return super()._rcep_chosen() | self.sale_line_ids.product_no_variant_attribute_value_ids

"""A down payment that is taken off the final invoice was paid for the goods: it is no discount on them."""

from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_is_discount(self):
        return super()._rcep_is_discount() and not self.is_downpayment

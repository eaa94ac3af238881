"""Odoo's *Reverse and Create Invoice*: the new invoice remembers which one it is made instead of."""

from odoo import models


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def _modify_default_reverse_values(self, origin_move):
        return {**super()._modify_default_reverse_values(origin_move), "rcep_corrects_id": origin_move.id}

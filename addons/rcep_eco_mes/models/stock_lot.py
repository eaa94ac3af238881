"""A lot went into the orders whose reports name it, whatever their moves say."""

from odoo import models


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _rcep_consumers(self):
        lines = self.env["rcep.production.report.line"].search(
            [
                ("lot_id", "in", self.ids),
                ("use", "in", ("consumed", "scrap")),
                ("report_id.state", "=", "applied"),
                ("report_id.production_id.state", "=", "done"),
            ]
        )
        return super()._rcep_consumers() | lines.report_id.production_id

"""A fact of a material that only a report names concerns its orders too."""

from odoo import api, models


class RcepProductionOrigin(models.Model):
    _inherit = "rcep.production.origin"

    @api.model
    def _mark(self, company, product_ids, since):
        result = super()._mark(company, product_ids, since)
        lines = self.env["rcep.production.report.line"].search(
            [
                ("product_id", "in", list(product_ids)),
                ("company_id", "=", company.id),
                ("use", "in", ("consumed", "scrap")),
                ("report_id.state", "=", "applied"),
            ]
        )
        determined = self.search(
            [("production_id", "in", lines.report_id.production_id.ids), ("date", ">=", since), ("stale", "=", False)]
        )
        self._await(determined.production_id)
        return result

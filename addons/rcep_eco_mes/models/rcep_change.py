"""Verdicts of production orders, told to programs beside those of products."""

from odoo import api, fields, models
from odoo.addons.rcep_eco_api.feed.facts import Fact, Kind, verdict_facts

ORDER = Kind(
    subject="origin.production_id",
    tables="""
        FROM rcep_production_origin origin JOIN product_product product ON product.id = origin.product_id
       WHERE origin.company_id = %(company)s""",
    facts={
        "reference": Fact("rcep.production.origin.name", "origin.name"),
        "product": Fact("product.product.default_code", "product.default_code"),
        "lots": Fact(
            "rcep.production.origin.lots",
            """COALESCE((SELECT jsonb_agg(lot.name ORDER BY lot.id)
                           FROM rcep_production_origin_stock_lot_rel related
                           JOIN stock_lot lot ON lot.id = related.stock_lot_id
                          WHERE related.rcep_production_origin_id = origin.id), '[]')""",
        ),
        "finished_on": Fact("rcep.production.origin.date", "origin.date"),
        **verdict_facts("rcep.production.origin", "origin"),
        "dossier": Fact(
            "rcep.production.origin.dossier_sha256", "CASE WHEN origin.stale IS NOT TRUE THEN origin.dossier_sha256 END"
        ),
    },
)


class RcepChange(models.Model):
    _inherit = "rcep.change"

    kind = fields.Selection(selection_add=[("order", "Verdict of an order")], ondelete={"order": "cascade"})

    @api.model
    def _kinds(self):
        return {**super()._kinds(), "order": ORDER}

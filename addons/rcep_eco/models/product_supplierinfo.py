"""A supplier's price by its price term: an import counts at its CIF value (Art. 3.5.3)."""

from odoo import fields, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    rcep_incoterm_id = fields.Many2one(
        "account.incoterms", "Price term", help="Of the price; empty: delivered to the port of entry, or within China."
    )
    rcep_freight_percent = fields.Float(
        "Freight and insurance %",
        digits=(5, 2),
        help="To the port of entry, per cent of the price, where the price leaves them out (EXW, FCA, FAS, FOB).",
    )

    _rcep_freight_sensible = models.Constraint(
        "CHECK(rcep_freight_percent >= 0)", "Freight and insurance are zero or more per cent: correct the price line."
    )

"""A supplier's price by its price term: an import counts at its CIF value (Art. 3.5.3)."""

from odoo import fields, models

from ... import groups

# What may be left out of a non-originating material's value (Art. 3.5.5): the engine's kinds, in words.
DEDUCTIONS = [
    ("transport", "Freight, insurance and packing on the way to the producer"),
    ("duties", "Duties, taxes and brokerage that are not refunded"),
    ("waste", "Waste and spillage, less what is left of it"),
]


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    rcep_incoterm_id = fields.Many2one(
        "account.incoterms",
        "Price term",
        help="Of the price. Empty: not stated, so that freight to the port of entry is asked for where the vendor is "
        "abroad.",
    )
    rcep_freight_percent = fields.Float(
        "Freight and insurance %",
        digits=(5, 2),
        help="To the port of entry, per cent of the price, where the price leaves them out (EXW, FCA, FAS, FOB).",
    )

    rcep_deduction_ids = fields.One2many(
        "rcep.price.deduction",
        "seller_id",
        "Left out of the value",
        groups=groups.ENGINEER,
        help="What is inside the price and may be left out of a non-originating material's value, with what proves it "
        "(Art. 3.5.5).",
    )

    _rcep_freight_sensible = models.Constraint(
        "CHECK(rcep_freight_percent >= 0)", "Freight and insurance are zero or more per cent: correct the price line."
    )


class RcepPriceDeduction(models.Model):
    """A cost inside a supplier's price that Art. 3.5.5 lets the exporter leave out, with what proves it."""

    _name = "rcep.price.deduction"
    _description = "Cost inside a supplier's price"
    _inherit = ["rcep.fact.mixin"]
    _order = "seller_id, id"

    seller_id = fields.Many2one("product.supplierinfo", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="seller_id.company_id", store=True)
    kind = fields.Selection(DEDUCTIONS, required=True)
    amount = fields.Float(
        required=True, digits="Product Price", help="For one unit of the price line, in its currency."
    )
    evidence = fields.Char("Document", help="What proves it, as it is filed: without it nothing is left out.")

    _amount_sensible = models.Constraint("CHECK(amount > 0)", "What is left out of a value is more than zero.")

    def _rcep_products(self):
        return self.seller_id._rcep_products()

    def _rcep_since(self, changed=None):
        return self.seller_id._rcep_since(changed)

"""The working grid of materials: code, origin, role, supplier and price of many of them, edited in one place."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.cases.production import VALUE_SOURCES
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

# The fields of the grid that are fields of the first supplier's price line.
OF_SELLER = {
    "rcep_grid_partner_id": "partner_id",
    "rcep_grid_price": "price",
    "rcep_grid_currency_id": "currency_id",
    "rcep_grid_incoterm_id": "rcep_incoterm_id",
    "rcep_grid_freight_percent": "rcep_freight_percent",
}


def of_seller(kind, name, string, **options):
    """A field of the grid that shows one of the first supplier's price line, and writes it there.

    Each is computed by a function of its own: fields that share one are not read while another of them is written.
    """

    @api.depends("seller_ids", f"seller_ids.{name}", "seller_ids.sequence")
    @api.depends_context("company")
    def compute(self):
        own = next(field for field, theirs in OF_SELLER.items() if theirs == name)
        for product in self:
            product[own] = product._rcep_first_seller()[name]

    return kind(string=string, compute=compute, inverse="_inverse_rcep_grid_seller", groups=groups.ENGINEER, **options)


class ProductProduct(models.Model):
    _inherit = "product.product"

    rcep_grid_hs = fields.Char(
        "HS code as material", compute="_compute_rcep_grid_hs", inverse="_inverse_rcep_grid_hs", groups=groups.ENGINEER
    )
    rcep_grid_partner_id = of_seller(
        fields.Many2one,
        "partner_id",
        "First supplier",
        comodel_name="res.partner",
        help="Another supplier becomes the first; the price lines of the others stay.",
    )
    rcep_grid_price = of_seller(fields.Float, "price", "Supplier's price", digits="Product Price")
    rcep_grid_currency_id = of_seller(
        fields.Many2one, "currency_id", "Currency of the price", comodel_name="res.currency"
    )
    rcep_grid_incoterm_id = of_seller(
        fields.Many2one, "rcep_incoterm_id", "Price term of the supplier", comodel_name="account.incoterms"
    )
    rcep_grid_freight_percent = of_seller(fields.Float, "rcep_freight_percent", "Freight %", digits=(5, 2))
    rcep_grid_counts = fields.Selection(
        "_get_rcep_value_sources",
        "Value counts from",
        compute="_compute_rcep_grid_counts",
        groups=groups.ENGINEER,
        help="What was billed or received last counts before any price that is asked.",
    )
    rcep_grid_declared = fields.Char("Declared", compute="_compute_rcep_grid_declared", groups=groups.ENGINEER)
    rcep_grid_failing = fields.Integer(
        "Goods that fail",
        compute="_compute_rcep_grid_failing",
        groups=groups.ENGINEER,
        help="Goods that hold this material, however deep, and do not originate or are open.",
    )

    def action_rcep_material_sheet(self):
        """Take these materials out as a sheet, all of the grid where none is marked, and take a sheet in."""
        self.check_access("read")
        sheet = self.env["rcep.material.sheet"].create({"product_ids": [fields.Command.set(self.ids)]})
        return sheet._get_records_action(name=self.env._("Materials as a sheet"), target="new")

    @api.model
    def _get_rcep_value_sources(self):
        return [(source, self.env._(words)) for source, words in VALUE_SOURCES.items()]

    @api.depends("hs_code", "rcep_variant_hs")
    def _compute_rcep_grid_hs(self):
        for product in self:
            product.rcep_grid_hs = product._rcep_code()

    def _inverse_rcep_grid_hs(self):
        for product in self:
            code = product.rcep_grid_hs
            if product.rcep_variant_hs:
                product.rcep_variant_hs = code
            elif len(product.product_tmpl_id.product_variant_ids) > 1 and code != product.hs_code:
                product.rcep_variant_hs = code  # the others keep theirs
            else:
                product.hs_code = code

    @api.onchange("rcep_grid_partner_id")
    def _onchange_rcep_grid_partner_id(self):
        """A supplier that has a price line already is shown with it."""
        theirs = self._rcep_line_of(self.rcep_grid_partner_id)
        if theirs:
            for own, name in OF_SELLER.items():
                self[own] = theirs[name]

    def _inverse_rcep_grid_seller(self):
        for product in self:
            first = product._rcep_first_seller()
            values = {name: product[own] for own, name in OF_SELLER.items()}
            supplier = values["partner_id"]
            if supplier:
                product._rcep_write_seller(first, supplier, values)
            elif values["price"] or values["rcep_incoterm_id"] or values["rcep_freight_percent"]:
                raise UserError(
                    self.env._("%s: choose a supplier; a price is what somebody asks.", product.display_name)
                )

    def _rcep_write_seller(self, first, supplier, facts):
        """Make a supplier the first, with what was typed of its price line."""
        theirs = self._rcep_line_of(supplier)
        if theirs and theirs != first:  # what still is the first one's was not typed
            facts = {name: value for name, value in facts.items() if value != first[name]}
        values = {name: value.id if isinstance(value, models.BaseModel) else value for name, value in facts.items()}
        if first and first != theirs:
            values["sequence"] = first.sequence - 1
        if theirs:
            theirs.write(values)
            return
        several = len(self.product_tmpl_id.product_variant_ids) > 1
        values |= {
            "product_tmpl_id": self.product_tmpl_id.id,
            "product_id": self.id if several else False,
            "company_id": self.env.company.id,
            "currency_id": values["currency_id"] or self.env.company.currency_id.id,
        }
        self.env["product.supplierinfo"].create(values)

    def _rcep_line_of(self, supplier):
        return self._rcep_sellers().filtered(lambda line: line.partner_id == supplier)[:1]

    def _rcep_sellers(self):
        """The price lines of today of this product, in the order in which their prices count."""
        self.ensure_one()
        today, company = amounts.today(), self.env.company
        return self.seller_ids.filtered(
            lambda line: (
                line.company_id.id in (False, company.id)
                and line.product_id.id in (False, self.id)
                and (not line.date_start or line.date_start <= today)
                and (not line.date_end or line.date_end >= today)
            )
        ).sorted(lambda line: (line.sequence, line.min_qty, line.price, line.id))

    def _rcep_first_seller(self):
        """The price line that counts; one without a price says at least who supplies it."""
        lines = self._rcep_sellers()
        return (lines.filtered("price") or lines)[:1]

    @api.depends("seller_ids.price", "standard_price")
    @api.depends_context("company")
    def _compute_rcep_grid_counts(self):
        # What was paid is read from bills, which a cost engineer may not open; only its kind is shown.
        paid = self.sudo()._rcep_prices_paid(self.env.company, amounts.today(), self.ids)
        for product in self:
            if product.id in paid:
                product.rcep_grid_counts = paid[product.id].source
            elif product._rcep_first_seller().price:
                product.rcep_grid_counts = "supplier_price"
            else:
                product.rcep_grid_counts = product.standard_price > 0 and "standard_cost"

    @api.depends("rcep_declaration_ids.state", "rcep_declaration_ids.date_to")
    @api.depends_context("company")
    def _compute_rcep_grid_declared(self):
        holding = self.env["rcep.supplier.declaration"]._holding(self, self.env.company, amounts.today())
        for product in self:
            found = holding.get(product)
            product.rcep_grid_declared = found and self.env._(
                "%(party)s until %(day)s", party=found.party_id.code, day=fields.Date.to_string(found.date_to)
            )

    @api.depends_context("company")
    def _compute_rcep_grid_failing(self):
        failing = self._failing_goods_using(self.env.company)
        for product in self:
            product.rcep_grid_failing = failing.get(product.id, 0)

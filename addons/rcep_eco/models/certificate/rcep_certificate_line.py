"""One good on a certificate: boxes 6 to 13, as the invoice and people say them."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...values import amounts, box_8

# What only the determination writes, and what is the invoice's: no request may say otherwise.
DETERMINED = {
    "verdict", "criterion", "modifiers", "rule", "rvc", "fob_floor", "lowest_fob", "origin_country_code", "needed",
    "country_needs",
    "dossier", "dossier_sha256", "hs6", "problem", "invoice_value", "fob_value", "invoice_id", "company_id", "lots",
    "other_verdict",
}  # fmt: skip
PRECISION = 1e-6  # of quantities whose unit tells none
INVOICED = {"certificate_id", "invoice_line_id", "product_id", "unit", "number", "left_off"}


class RcepCertificateLine(models.Model):
    _name = "rcep.certificate.line"
    _description = "Good on a certificate of origin"
    _inherit = ["rcep.dossier.mixin"]
    _order = "certificate_id, left_off, number, id"
    _rec_name = "description"

    certificate_id = fields.Many2one("rcep.certificate", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    state = fields.Selection(related="certificate_id.state")
    number = fields.Integer("No.", required=True, default=1, readonly=True)
    invoice_line_id = fields.Many2one(
        "account.move.line", readonly=True, required=True, ondelete="restrict", index=True
    )
    invoice_id = fields.Many2one(string="Invoice", related="invoice_line_id.move_id", store=True, index=True)
    product_id = fields.Many2one("product.product", readonly=True, required=True, ondelete="restrict")
    description = fields.Char("Description in English", required=True)
    description_zh = fields.Char("Description in Chinese")
    marks = fields.Char("Marks and numbers", default="N/M", required=True, help="As on the invoice; N/M for none.")
    packages_count = fields.Integer("Packages", help=(
        "How many packages of the kind below customs will count: box 8 says it in figures and in "
        "words."
    ))
    packages_kind = fields.Selection(box_8.PACKAGE_KINDS, "Kind of packages", default="carton", required=True)
    packages_text = fields.Char("Box 8", compute="_compute_packages_text")
    quantity = fields.Float(
        digits="Product Unit", help="As invoiced, or less where the rest goes with another certificate."
    )
    invoiced_quantity = fields.Float(
        "Invoiced", related="invoice_line_id.quantity", related_sudo=True, digits="Product Unit"
    )
    left_off = fields.Boolean(
        "Left off",
        readonly=True,
        copy=False,
        help="Does not stand on the certificate; its share of freight stays its own.",
    )
    left_off_reason = fields.Char("Why it is left off", copy=False)
    customs_value = fields.Monetary(
        "Value for customs",
        help="Of goods that are invoiced at nothing: what they would cost. Asked for, never invoiced.",
    )
    unit = fields.Char(readonly=True)
    gross_weight = fields.Float("Gross weight (kg)", digits="Stock Weight")
    hs6 = fields.Char("HS code", readonly=True, help="Box 9: six digits of HS 2022.")
    producer_id = fields.Many2one("res.partner", help=(
        "Box 3: the firm that made the good, where it is not the exporter."
    ))
    currency_id = fields.Many2one(related="invoice_line_id.currency_id")

    _invoice_line_unique = models.Constraint(
        "UNIQUE(certificate_id, invoice_line_id)", "This invoice line is on the certificate already."
    )

    # --- computed ----------------------------------------------------------------------------------------
    @api.depends("packages_count", "packages_kind", "description", "producer_id", "certificate_id.producer_statement")
    def _compute_packages_text(self):
        for line in self:
            in_box_8 = line.certificate_id.producer_statement == "several"
            producer = line.producer_id._rcep_name() if in_box_8 and line.producer_id else ""
            described = line.description and line.packages_kind
            line.packages_text = described and box_8.text(
                line.packages_count, line.packages_kind, line.description, producer
            )

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model
    def default_get(self, fields):  # defaults of a request or a user do not count
        return super().default_get([name for name in fields if name not in DETERMINED])

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._check_untouched(values, DETERMINED)
        lines = super().create(vals_list)
        lines._remember_appendix()
        lines.certificate_id.write({"line_ids": []})  # asks whether the certificate may still be changed
        return lines

    def write(self, vals):
        self._check_untouched(vals, DETERMINED | INVOICED)
        self.certificate_id.write({"line_ids": []})
        counted = self._counted_packages() if "quantity" in vals else {}
        result = super().write(vals)
        for line, before in counted.items():
            line._count_anew(before, typed=vals.keys())
        return result

    def _counted_packages(self):
        """{line: number of packages and gross weight as its quantity gives them}, where nobody typed other ones."""
        # Whoever prepares a certificate may not read invoices.
        return {line: line.sudo().invoice_line_id._rcep_packed(line.quantity) for line in self}

    def _count_anew(self, before, typed):
        """A part shipment has its own packages and weight; what somebody typed instead stays."""
        now = self.sudo().invoice_line_id._rcep_packed(self.quantity)  # as above
        rounding = 10**-3  # of a kilogram
        same = {
            "packages_count": self.packages_count == before["packages_count"],
            "gross_weight": abs(self.gross_weight - before["gross_weight"]) < rounding,
        }
        values = {name: now[name] for name, is_so in same.items() if is_so and name not in typed}
        if values:
            self.write(values)

    def _check_untouched(self, values, names):
        touched = values.keys() & names
        if touched and not self.env.su:
            raise UserError(
                self.env._(
                    "%s of a good comes from the invoice and its determination and cannot be written.",
                    ", ".join(sorted(touched)),
                )
            )

    @api.constrains("certificate_id", "invoice_line_id", "product_id", "quantity")
    def _check_as_invoiced(self):
        for line in self:
            if not line._is_as_invoiced():
                raise UserError(line._not_as_invoiced())

    def _is_as_invoiced(self):
        sold = self.invoice_line_id
        if sold.product_id != self.product_id or sold.move_id not in self.certificate_id.invoice_ids:
            return False
        rounding = sold.product_uom_id.rounding or PRECISION
        return self.quantity > 0 and float_compare(self.quantity, sold.quantity, precision_rounding=rounding) <= 0

    def _not_as_invoiced(self):
        sold = self.invoice_line_id
        if sold.product_id == self.product_id and self.quantity > sold.quantity:
            return self.env._(
                "Item %(number)s, %(product)s: invoice %(invoice)s has %(most)s of it, so %(quantity)s cannot be "
                "certified. "
                "Enter that or less.",
                number=self.number,
                product=self.product_id.display_name,
                invoice=sold.move_id.name,
                most=amounts.exact(sold.quantity),
                quantity=amounts.exact(self.quantity),
            )
        if self.quantity <= 0:
            return self.env._(
                "Item %(number)s, %(product)s: a quantity above zero is certified; what does not go with it is left "
                "off.",
                number=self.number,
                product=self.product_id.display_name,
            )
        return self.env._(
            "Item %(number)s of certificate %(certificate)s is not what its invoice says: press “Update from invoice”.",
            number=self.number,
            certificate=self.certificate_id.name,
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.certificate_id.write({"line_ids": []})

    # --- boxes -------------------------------------------------------------------------------------------
    @property
    def shows_fob(self):
        """Box 12: the FOB value stands only where regional value is the criterion."""
        return self.criterion == "RVC"

    def _box_11(self):
        """Box 11: the Party by its code, and the mark; the user's choice only where the law leaves it open."""
        if self.origin_country_code:
            return self.origin_country_code, ""
        return self.origin_party_id.code or "", self.origin_mark or ""

    def action_open(self):
        """Show this good with the reasons of its verdict."""
        self.check_access("read")
        return self._get_records_action(name=self.env._("Item %s", self.number), target="new")

"""The importing Party's own code of a product: its national tariff line, by edition and days.

Box 9 bears six digits of HS 2022. Where the importer's line begins with others, one of both sides classifies the good
otherwise, and the certificate is refused there: somebody has to know before it is applied for.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ... import groups, origin

LENGTHS = range(8, 13)  # digits of national tariff lines: 8 in ASEAN's nomenclature, 9 in Japan's, 10 in Korea's


class RcepNationalCode(models.Model):
    _name = "rcep.national.code"
    _description = "Code of a product at an importing Party"
    _order = "product_tmpl_id, party_id, date_from desc, id"
    _rec_name = "code"
    _rec_names_search = ["code", "product_tmpl_id"]

    product_tmpl_id = fields.Many2one("product.template", "Product", required=True, ondelete="cascade", index=True)
    product_id = fields.Many2one(
        "product.product",
        "Variant",
        ondelete="cascade",
        domain="[('product_tmpl_id', '=', product_tmpl_id)]",
        help="Empty: every variant that has no line of its own.",
    )
    party_id = fields.Many2one("rcep.party", "Importing Party", required=True, ondelete="cascade")
    code = fields.Char("National code", required=True, help="As the importing Party numbers its lines: 8 to 12 digits.")
    edition = fields.Char(help="Of the importing Party's tariff, such as AHTN 2022.")
    date_from = fields.Date("From", help="Empty: always.")
    date_to = fields.Date("Until", help="Empty: while nobody says otherwise.")
    source = fields.Char(help="Who said so: the importer, a ruling with its number.")
    company_id = fields.Many2one(related="product_tmpl_id.company_id", store=True)

    _days_in_order = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A national code ends on the day on which it begins, or later.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._compacted(values) for values in vals_list])

    def write(self, vals):
        return super().write(self._compacted(vals))

    @staticmethod
    def _compacted(values):
        """Codes are kept as digits, however they are typed."""
        return {**values, "code": origin.hs.compact(values["code"])} if values.get("code") else values

    @api.constrains("code")
    def _check_code(self):
        for record in self:
            if not (record.code.isascii() and record.code.isdigit() and len(record.code) in LENGTHS):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is no national code of %(product)s: enter the 8 to 12 digits of the importing "
                        "Party's tariff line.",
                        code=record.code,
                        product=record.product_tmpl_id.display_name,
                    )
                )

    @api.constrains("product_tmpl_id", "product_id", "party_id", "date_from", "date_to")
    def _check_one_a_day(self):
        for record in self:
            if record.product_id and record.product_id.product_tmpl_id != record.product_tmpl_id:
                raise ValidationError(
                    self.env._(
                        "%(variant)s is no variant of %(product)s: choose one of it, or none.",
                        variant=record.product_id.display_name,
                        product=record.product_tmpl_id.display_name,
                    )
                )
            other = self.search(record._same_days(), limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(product)s has code %(code)s at %(party)s on some of these days already: end that line "
                        "first.",
                        product=record.product_tmpl_id.display_name,
                        code=other.code,
                        party=record.party_id.display_name,
                    )
                )

    def _same_days(self):
        """The other lines of the same product and Party that hold on some of the same days."""
        same = Domain("id", "!=", self.id) & Domain("product_tmpl_id", "=", self.product_tmpl_id.id)
        same &= Domain("product_id", "=", self.product_id.id) & Domain("party_id", "=", self.party_id.id)
        if self.date_to:
            same &= Domain("date_from", "=", False) | Domain("date_from", "<=", self.date_to)
        if self.date_from:
            same &= Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from)
        return same

    @api.model
    def _of(self, products, party, date):
        """The line of each product at a Party on a date; a variant's own before that of all.

        :return: {product.product: record}, without the products that have none
        """
        return self._at(products, party)._holding(products, date)

    @api.model
    def _at(self, products, party):
        """The lines of products at a Party, of any day."""
        if not party or not products:
            return self.browse()
        return self.search(
            Domain("product_tmpl_id", "in", products.product_tmpl_id.ids) & Domain("party_id", "=", party.id)
        )

    def _holding(self, products, date):
        """Of these lines the one of each product on a date; as :meth:`_of`."""
        day = fields.Date.to_date(date)
        there = self.filtered(
            lambda line: (not line.date_from or (day and line.date_from <= day))
            and (not line.date_to or (day and day <= line.date_to))
        )
        of_all = {line.product_tmpl_id: line for line in there if not line.product_id}
        own = {line.product_id: line for line in there if line.product_id}
        found = {product: own.get(product) or of_all.get(product.product_tmpl_id) for product in products}
        return {product: line for product, line in found.items() if line}


class ProductTemplate(models.Model):
    _inherit = "product.template"

    rcep_national_code_ids = fields.One2many(
        "rcep.national.code", "product_tmpl_id", "Codes at importing Parties", groups=groups.READER
    )

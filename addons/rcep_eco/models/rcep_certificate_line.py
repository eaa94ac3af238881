"""One good on a certificate: boxes 6 to 13, its own FOB value, and the determination that it rests on."""

from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from . import amounts, packages, shipped
from .rcep_tariff_differential import ANSWERS, ASKED

# What only the determination writes, and what is the invoice's: no request may say otherwise.
DETERMINED = {
    "verdict", "criterion", "modifiers", "rule", "rvc", "fob_floor", "lowest_fob", "origin_country_code", "needed",
    "country_needs",
    "dossier", "dossier_sha256", "hs6", "problem", "invoice_value", "fob_value", "invoice_id", "company_id", "lots",
}  # fmt: skip
IN_THE_PRICE = ("freight_amount", "insurance_amount", "duty_amount")  # and not in an FOB value
PRECISION = 1e-6  # of quantities whose unit tells none
ANSWER = ("verdict", "criterion", "modifiers", "origin_country_code", "hs6")  # what the application says of it
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
    invoice_id = fields.Many2one(related="invoice_line_id.move_id", store=True, index=True)
    product_id = fields.Many2one("product.product", readonly=True, required=True, ondelete="restrict")
    description = fields.Char("Description in English", required=True)
    description_zh = fields.Char("Description in Chinese")
    marks = fields.Char("Marks and numbers", default="N/M", required=True, help="As on the invoice; N/M for none.")
    packages_count = fields.Integer("Packages", help="Transport packages.")
    packages_kind = fields.Selection(packages.PACKAGE_KINDS, "Kind of packages", default="carton", required=True)
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
    producer_id = fields.Many2one("res.partner", help="Box 3.")
    currency_id = fields.Many2one(related="invoice_line_id.currency_id")
    invoice_value = fields.Monetary("Invoice value", compute="_compute_values", store=True)
    fob_value = fields.Monetary("FOB value", compute="_compute_values", store=True)
    appendix = fields.Selection(ANSWERS, "Tariff differential", compute="_compute_appendix", help="Art. 2.6.3, box 11.")
    appendix_lines = fields.Char("Tariff lines that may be meant", compute="_compute_appendix")
    in_appendix = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "In the Appendix?",
        help="Whether the good is in one of the importing Party's tariff lines that share its six digits.",
    )
    origin_party_id = fields.Many2one(
        "rcep.party", "Party in box 11", help="Art. 2.6.5: chosen where no single Party contributed most."
    )
    origin_mark = fields.Selection(
        [("*", "*: highest rate of a contributing Party"), ("**", "**: highest rate of any Party")],
        "Mark in box 11",
        help="Art. 2.6.5: which rate is claimed where no single Party contributed most.",
    )
    problem = fields.Text(readonly=True)
    lots = fields.Json(readonly=True, help="[[lots, verdict, criterion, modifiers, RVC]] of what was shipped.")
    lots_text = fields.Text("Shipped lots", compute="_compute_lots_text")

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
            line.packages_text = described and packages.text(
                line.packages_count, line.packages_kind, line.description, producer
            )

    @api.depends(
        "certificate_id.importing_party_id",
        "product_id.hs_code",
        "product_id.rcep_variant_hs",
        "invoice_id.invoice_date",
    )
    def _compute_appendix(self):
        differentials = self.env["rcep.tariff.differential"]
        for line in self:
            whole = line.sudo()  # whoever reads a certificate may not read its invoice, of which this needs the date
            party, date = line.certificate_id.importing_party_id, whole.invoice_id.invoice_date
            hs6 = line.product_id._rcep_hs6()
            line.appendix, matching = differentials._answer(party, hs6, date)
            line.appendix_lines = ", ".join(matching.mapped("code"))

    @api.depends(
        "invoice_line_id.price_subtotal",
        "certificate_id.freight_amount",
        "certificate_id.insurance_amount",
        "certificate_id.inland_amount",
        "certificate_id.duty_amount",
        "certificate_id.line_ids",
        "quantity",
        "customs_value",
    )
    def _compute_values(self):
        for certificate, lines in self.grouped("certificate_id").items():
            values = certificate._line_values()
            for line in lines:
                line.invoice_value, line.fob_value = values.get(line, (0.0, 0.0))

    @api.depends("lots")
    @api.depends_context("lang")
    def _compute_lots_text(self):
        for line in self:
            line.lots_text = shipped.as_text(self.env, line.lots) if line.lots else False

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

    def _remember_appendix(self):
        """What was said last of the same product at the same importing Party holds until somebody says otherwise."""
        for line in self.filtered(lambda line: not line.in_appendix and line.appendix in ASKED):
            said = self.search(
                [
                    ("company_id", "=", line.company_id.id),
                    ("product_id", "=", line.product_id.id),
                    ("certificate_id.importing_party_id", "=", line.certificate_id.importing_party_id.id),
                    ("in_appendix", "!=", False),
                ],
                order="id desc",
                limit=1,
            )
            if said:
                line.in_appendix = said.in_appendix

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
                most=sold.quantity,
                quantity=self.quantity,
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

    # --- determination -----------------------------------------------------------------------------------
    def _unit_fob(self):
        """The FOB value of one unit of the product in the company's currency, at the invoice's own rate."""
        invoice = self.invoice_id
        line = self.invoice_line_id
        if not line.product_uom_id._has_common_reference(self.product_id.uom_id):
            raise UserError(
                self.env._(
                    "%(product)s is invoiced in %(unit)s, which does not convert to its own unit %(own)s: correct the "
                    "unit on the invoice.",
                    product=self.product_id.display_name,
                    unit=line.product_uom_id.name,
                    own=self.product_id.uom_id.name,
                )
            )
        units = line.product_uom_id._compute_quantity(self.quantity, self.product_id.uom_id, round=False)
        if self.fob_value <= 0 or units <= 0:
            raise UserError(self._no_value(invoice))
        rate = invoice._rcep_rate()
        return amounts.against_exporter(amounts.exact(self.fob_value) * rate / amounts.exact(units), cost=False)

    def _no_value(self, invoice):
        """Why the good has no FOB value above zero."""
        if self.invoice_value > 0:
            return self.env._(
                "%(product)s: freight and insurance (%(charges)s) are above the value of the goods (%(value)s "
                "%(currency)s): "
                "correct them on the tab Shipment.",
                product=self.product_id.display_name,
                charges=sum(self.certificate_id.mapped(each)[0] for each in IN_THE_PRICE),
                value=sum(self.certificate_id.line_ids.mapped("invoice_value")),
                currency=self.currency_id.name,
            )
        if not self.invoice_line_id.price_subtotal and self.quantity > 0:
            return self.env._(
                "%(product)s is on invoice %(invoice)s at nothing: enter on the item what it would cost, as its value "
                "for customs.",
                product=self.product_id.display_name,
                invoice=invoice.name,
            )
        return self.env._(
            "%(product)s on invoice %(invoice)s has a quantity or a value of zero or less: "
            "correct the invoice.",
            product=self.product_id.display_name,
            invoice=invoice.name,
        )

    def _determine(self):
        """Determine this good at its own price; a sentence in `problem` where that is not possible."""
        # The dossier is kept by the system: a clerk who asks for the verdict does not see costs.
        self.sudo().write(self._determined())

    def _holds(self):
        """Whether what was determined for this good would be determined again today."""
        now = self._determined()
        return all((now.get(name) or "") == (self[name] or "") for name in ANSWER)

    def _determined(self):
        self.ensure_one()
        whole = self.sudo()  # whoever checks or signs a certificate may not read invoices
        try:
            answers = shipped.answers(whole)
        except UserError as error:
            return {**self._no_answer(), "lots": False, "problem": str(error)}
        hs6 = whole.product_id._rcep_hs6()
        values = {"hs6": hs6, "lots": [answer.row() for answer in answers if answer.lots] or False}
        problem = shipped.disagreement(self.env, whole, answers)
        if problem:
            return {**self._no_answer(), **values, "problem": problem}
        worst = max(answers, key=shipped.badness)
        return {**self._kept_answer_values(worst.verdict, worst.dossier), **values, "problem": False}

    def _rcep_shipped(self):
        """How the units that were shipped for this line were made, where their lots are known.

        Bridges that know lots override it. A certificate prefers what was shipped: each of them is determined at this
        line's own price, and the worst counts for the line.

        :return: [(names of the lots, :class:`.production.Production`)]; empty: the product as it is made in general.
            No name stands for units whose lots are not known.
        """
        self.ensure_one()
        return []

    def _determined_as(self, production):
        """Determine this good at its own price.

        :param production: how the units were made, or None for the product as it is made in general
        :return: (:class:`origin.Verdict`, dossier)
        """
        chosen = tuple(self.invoice_line_id._rcep_chosen().ids)
        product = self.product_id.with_company(self.company_id).with_context(rcep_chosen=chosen)
        return product._rcep_determine(
            self.company_id,
            self._unit_fob(),
            self.invoice_id.invoice_date,
            importing_party=self.certificate_id.importing_party_id,
            in_appendix=self._is_in_appendix(),
            production=production,
        )

    def _is_in_appendix(self):
        """What the engine is told: True, False, or None where nobody knows."""
        answer = self.in_appendix if self.appendix in ASKED else self.appendix
        return {"yes": True, "no": False}.get(answer)

    def _gross_value(self):
        """What the invoice says of this quantity, before discounts; of free goods their value for customs."""
        self.ensure_one()
        sold = self.invoice_line_id
        if not sold.price_subtotal:
            return amounts.exact(self.customs_value)
        if not sold.quantity or self.quantity == sold.quantity:
            return amounts.exact(sold.price_subtotal)
        part = amounts.exact(sold.price_subtotal) * amounts.exact(self.quantity) / amounts.exact(sold.quantity)
        return part.quantize(Decimal(1).scaleb(-sold.currency_id.decimal_places), ROUND_HALF_UP)

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


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _determine_lines(self):
        """Determine each good; one that cannot be determined does not keep the others."""
        for name in ("invoice_value", "fob_value"):  # discounts on the invoice may have come or gone
            self.env.add_to_compute(self.line_ids._fields[name], self.line_ids)
        for line in self.line_ids:
            line._determine()

    def _line_values(self):
        """The invoice value and the FOB value of each goods line, in the invoice's currency.

        Discounts that stand on lines of their own, freight, insurance and inland costs are spread over the goods of
        their invoice by value; cents that do not divide go to the largest.

        :return: {certificate line: (float, float)}
        """
        self.ensure_one()
        values = {line: line._gross_value() for line in self.line_ids}
        for invoice, own in self.line_ids.grouped("invoice_id").items():
            told = {line: values[line] for line in own}
            discount = self._discount(invoice) * _part(own, invoice)
            values.update(_spread(told, discount, invoice.currency_id.decimal_places))
        inside = sum((amounts.exact(self[name]) for name in IN_THE_PRICE), Decimal(0))
        change = amounts.exact(self.inland_amount) - inside
        fob = _spread(values, change, self.currency_id.decimal_places)
        return {line: (float(values[line]), float(fob[line])) for line in self.line_ids}

    def _discount(self, invoice):
        """The lines of an invoice that are no goods and take something off."""
        lines = invoice.invoice_line_ids.filtered(lambda line: line._rcep_is_discount())
        taken = amounts.exact(invoice._rcep_credited_amount())  # off the price, after it was invoiced
        return sum((amounts.exact(line.price_subtotal) for line in lines), -taken)


def _part(lines, invoice):
    """What part of an invoice's goods, by value, these lines of a certificate are; the rest goes with others."""
    whole = sum((amounts.exact(line.price_subtotal) for line in invoice._rcep_goods()), Decimal(0))
    mine = sum((line._gross_value() for line in lines if line.invoice_line_id.price_subtotal), Decimal(0))
    return mine / whole if whole > 0 and mine < whole else Decimal(1)


def _spread(values, amount, places):
    """Add an amount to values, by value, exactly: the parts sum up to the amount."""
    total = sum(values.values())
    if not amount or total <= 0:
        return values
    cent = Decimal(1).scaleb(-places)
    spread = {key: value + (amount * value / total).quantize(cent, ROUND_HALF_UP) for key, value in values.items()}
    largest = max(values, key=values.get)
    spread[largest] += total + amount - sum(spread.values())
    return spread

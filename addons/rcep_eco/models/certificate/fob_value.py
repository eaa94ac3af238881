"""From the prices of the invoice to the FOB value of each good: what a price term holds beyond the goods."""

from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...values import amounts, price_terms

IN_THE_PRICE = ("freight_amount", "insurance_amount", "duty_amount")  # and not in an FOB value
# What a price term has in the price: (where it is entered, what a line of its own is called, the terms).
IN_TERMS = (
    ("freight_amount", "freight", price_terms.FREIGHT),
    ("insurance_amount", "insurance", price_terms.INSURANCE),
    ("duty_amount", "duty", price_terms.DUTY),
)


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    invoice_value = fields.Monetary("Invoice value", compute="_compute_values", store=True)
    fob_value = fields.Monetary("FOB value", compute="_compute_values", store=True)

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


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _price_problems(self):
        """A FOB value that is too high makes a good originate that does not."""
        # Where freight stands on a line of its own, the prices of the goods do not hold it.
        missing = [
            self._fields[name]._description_string(self.env)
            for name, kind, terms in IN_TERMS
            if self.incoterm in terms
            and not self[name]
            and not all(invoice._rcep_charges(kind) for invoice in self.invoice_ids)
        ]
        unnamed = self.invoice_ids._rcep_charges(False)
        if missing and unnamed:
            yield self.env._(
                "%(product)s is on a line of its own: say on the product whether that is freight, insurance, duty or "
                "something else. The price term is %(term)s.",
                product=", ".join(unnamed.mapped(lambda line: line.product_id.display_name or line.name or "")),
                term=self.incoterm,
            )
        if missing:
            yield self.env._(
                "The price term is %(term)s, so the prices are above FOB: enter “%(fields)s”, or state them on lines "
                "of their own on the invoice.",
                term=self.incoterm,
                fields=", ".join(missing),
            )
        if self.inland_amount and self.incoterm not in price_terms.BEFORE_LOADING:
            yield self.env._(
                "Costs up to loading are added only to prices that end before it (%(terms)s), not to %(term)s: take "
                "them out.",
                terms=", ".join(sorted(price_terms.BEFORE_LOADING)),
                term=self.incoterm or "***",
            )

    def _line_values(self):
        """The invoice value and the FOB value of each goods line, in the invoice's currency.

        Discounts that stand on lines of their own, freight, insurance and inland costs are spread over the goods of
        their invoice by value; cents that do not divide go to the largest.

        :return: {certificate line: (float, float)}
        """
        self.ensure_one()
        values = {line: line._gross_value() for line in self.line_ids}
        for invoice, own in self.line_ids.grouped("invoice_id").items():
            facts = {line: values[line] for line in own}
            discount = self._discount(invoice) * _part(own, invoice)
            values.update(_spread(facts, discount, invoice.currency_id.decimal_places))
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

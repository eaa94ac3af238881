"""The goods of a quotation or an invoice as the importing customs value them: with freight and insurance to the border.

What a document does not say is not made up: the value stands then on what it does say, and a sentence tells which.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from odoo import models
from odoo.addons.rcep_eco.states import certificate_states
from odoo.addons.rcep_eco.values import amounts, price_terms
from odoo.exceptions import UserError

# Where a document keeps its price term; the second comes with Odoo's own bridge of sales and stock.
INCOTERMS = ("invoice_incoterm_id", "incoterm")


@dataclass(frozen=True)
class Good:
    """A good on its way to an importing Party.

    :param party: rcep.party that it enters
    :param value: customs value in the company's currency; None where it is not known
    :param unit_fob: FOB value of one unit in the company's currency; None where it is not known
    :param basis: on which value the duty is counted
    :param certified: the line of a certificate that already stands for it, or an empty record
    """

    product: object
    company: object
    party: object
    date: datetime.date
    value: Decimal | None = None
    unit_fob: Decimal | None = None
    basis: str = ""
    certified: object = None


class RcepPricedDocument(models.AbstractModel):
    _inherit = "rcep.priced.document"

    def _rcep_duty_goods(self):
        """The goods of this document with their customs values.

        :return: [:class:`Good`]
        :raises UserError: where it offers nothing to an importing Party
        """
        self.ensure_one()
        terms = self._rcep_terms()
        party = self.env["rcep.party"]._of_country(terms.country) if terms else self.env["rcep.party"]
        if not party or terms.country == terms.company.country_id:
            raise UserError(
                self.env._("%s sells nothing to another Party: duties are compared for exports.", self.display_name)
            )
        lines = self._rcep_price_lines().filtered(lambda line: line._rcep_is_good() and line._rcep_price_quantity() > 0)
        rate = self._rcep_rate() if terms.document else terms.currency._rcep_rate(terms.company, terms.date)
        factor, term = self._rcep_discount_factor() * rate, self._rcep_price_term()
        prices = {line: amounts.exact(line.price_subtotal) * factor for line in lines}
        charges = {kind: self._rcep_charged(kind) * rate for kind in ("freight", "insurance")}
        basis = self._rcep_customs_basis(term, charges, terms.company.currency_id.name, terms.date)
        whole = sum(prices.values())
        added = sum(charges.values())
        certified = self._rcep_certified(lines)
        goods = []
        for line, price in prices.items():
            value = price + added * price / whole if whole > 0 and term not in price_terms.DUTY else None
            goods.append(
                Good(line.product_id, terms.company, party, terms.date, value,
                     self._rcep_duty_unit_fob(line, price, term), basis, certified.get(line))
            )  # fmt: skip
        return goods

    def _rcep_price_term(self):
        name = next((name for name in INCOTERMS if name in self._fields), None)
        return (self[name].code or "") if name else ""

    def _rcep_charged(self, kind):
        """What lines of their own charge for freight or insurance, in the document's currency."""
        lines = self._rcep_price_lines().filtered(
            lambda line: not line._rcep_is_good() and line.product_id.rcep_charge == kind and line.price_subtotal > 0
        )
        return sum((amounts.exact(line.price_subtotal) for line in lines), Decimal(0))

    def _rcep_customs_basis(self, term, charges, currency, date):
        """The sentence that says on which value the duty is counted."""
        words = {"currency": currency, "date": date.isoformat()}
        if term in price_terms.DUTY:
            return self.env._("The price includes the duty (%s), so the customs value is not known.", term)
        has_freight = bool(charges["freight"]) or term in price_terms.FREIGHT
        has_insurance = bool(charges["insurance"]) or term in price_terms.INSURANCE
        if has_freight and has_insurance:
            return self.env._("Counted on the CIF value, in %(currency)s at the rate of %(date)s.", **words)
        if has_freight:
            return self.env._(
                "Insurance is not known: counted on the value with freight, in %(currency)s at the rate of %(date)s; "
                "customs count on CIF.",
                **words,
            )
        return self.env._(
            "Freight and insurance are not known: counted on the price of the goods, in %(currency)s at the rate of "
            "%(date)s; customs count on CIF, which is more.",
            **words,
        )

    def _rcep_duty_unit_fob(self, line, price, term):
        """The FOB value of one unit, where the price holds nothing beside it."""
        unit, own = line.product_uom_id, line.product_id.uom_id
        quantity = line._rcep_price_quantity()
        if price <= 0 or not unit._has_common_reference(own):
            return None
        inside = [kind for kind, terms in (("freight", price_terms.FREIGHT), ("insurance", price_terms.INSURANCE))
                  if term in terms and not self._rcep_charged(kind)]  # fmt: skip
        if inside or term in price_terms.DUTY:
            return None
        units = amounts.exact(unit._compute_quantity(quantity, own, round=False))
        return amounts.against_exporter(price / units, cost=False)

    def _rcep_certified(self, lines):
        """{line: line of a live certificate that stands for it}; invoices alone have some."""
        if lines._name != "account.move.line":
            return {}
        # Whoever compares duties may not read certificates; the verdict alone is shown.
        found = self.env["rcep.certificate.line"].sudo().search(
            [
                ("invoice_line_id", "in", lines.ids),
                ("left_off", "=", False),
                ("certificate_id.state", "in", certificate_states.LIVE),
            ]
        )  # fmt: skip
        return {each.invoice_line_id: each for each in found}

    def action_rcep_duty(self):
        """Compare what each agreement saves in duty on the goods of this document."""
        self.ensure_one()
        self.check_access("read")
        return self.env["rcep.duty.comparison"]._of(self.display_name, self._rcep_duty_goods())

"""What a bought material costs (Art. 3.5.3) and where it originates, as the company's records say on a date.

Value: what was paid by the last bill, else at the last receipt, with its landed costs, else the supplier's price;
without tax that is recovered; of an import with freight and insurance to the port of entry (CIF), which are asked for
where they are lacking; else, marked so, the standard cost. Origin: a declaration of the supplier from
whom it comes. Where facts disagree, the worse for the exporter counts, and a note says which.
"""

import bisect
import copy
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.values.price_terms import WITHOUT_FREIGHT
from odoo.exceptions import UserError

from . import queries, suppliers

PLACES = Decimal("0.000000000001")
PER_CENT = Decimal(100)


class Bought(NamedTuple):
    """One unit of a bought material.

    :param value: in the company's currency, None where it is not known
    :param origin: code of a State, or None
    :param originating: True with evidence, else None (undetermined, Art. 3.5.4)
    :param at_least: what of the value is known; without freight to the port of entry where that is lacking
    :param freight_unknown: whether the value that counts is without that freight, which stands beside it as a need
    :param price: the :class:`~odoo.addons.rcep_eco.cases.material_price.Price` that it was worked out of, or None
    :param problem: a sentence that says why nothing can be determined with it, or None
    :param deductions: :class:`origin.Deduction` records that may be taken off the value of one unit (Art. 3.5.5)
    """

    value: Decimal | None
    value_source: str = ""
    supplier: str = ""
    origin: str | None = None
    originating: bool | None = None
    origin_source: str = ""
    notes: tuple = ()
    problem: str | None = None
    deductions: tuple = ()
    at_least: Decimal | None = None
    freight_unknown: bool = False
    price: object = None


class Purchases:
    """Prices and declarations of the bought materials among some products.

    :param since: the first day that :meth:`on` will be asked for, ``date`` the last
    """

    def __init__(self, env, company, date, *, units, products, ids, since=None):
        self.env, self.company, self.units = env, company, units
        self.home = company.country_id.code
        templates = queries.MANY if ids is queries.MANY else {products[each].template_id for each in ids}
        self._ids = ids
        self._offers = suppliers.Offers(env, company, since or date, date, template_ids=templates, ids=ids)
        self._cost_of = env["product.product"]._rcep_tax_costs()
        self._paid = {}  # by how many payments were before
        several = since is not None and since < date
        self._days = sorted(env["product.product"]._rcep_payment_days(company, since, date, ids)) if several else []
        self._read(date)

    def on(self, date):
        """The same products by what was paid, asked and declared on another day."""
        other = copy.copy(self)
        other._read(date)
        return other

    def _read(self, date):
        self.date = date
        last = bisect.bisect_right(self._days, date)  # between two payments nothing else was paid
        if last not in self._paid:
            self._paid[last] = self.env["product.product"]._rcep_prices_paid(self.company, date, self._ids)
        self._receipts = self._paid[last]
        self._prices, self._declared = self._offers.prices(date), self._offers.declared(date)
        self._rates, self._known = {}, {}

    def of(self, product, firm_id=None):
        """:class:`Bought` of a product, worked out once.

        :param firm_id: who is paid for it, where that is known; what others ask does not count then
        """
        if product.id not in self._known:
            declared = self._declared.get(product.id)
            price = self.price(product, firm_id)
            self._known[product.id] = self.bought(
                product, lambda paid, notes: self.origin(product, paid, declared, notes), price
            )
        return self._known[product.id]

    # --- value -------------------------------------------------------------------------------------------
    def bought(self, product, origin, price=None):
        """:class:`Bought` of a product at its price, or at another that is known of it.

        :param origin: function of price and notes that tells the fields of its origin, as :meth:`origin` does
        """
        price, notes = price or self.price(product), []
        result = self._valued(product, price, notes) if price else self._at_cost(product, notes)
        return Bought(**result, **origin(price, notes), notes=tuple(notes), price=price)

    def price(self, product, firm_id=None):
        """What was paid last, else the price that a purchase would take today, of one firm where it is told."""
        if product.id in self._receipts:
            return self._receipts[product.id]
        prices = [each for each in self._prices.get(product.template_id, ()) if each.product_id in (None, product.id)]
        theirs = [each for each in prices if each.firm_id == firm_id]
        return next(iter(theirs or prices), None)

    def _valued(self, product, price, notes):
        values = {"value": None, "value_source": price.source, "supplier": price.partner}
        factor = self.units.factor(price.unit_id, product.unit_id)
        if factor is None:
            return {**values, "problem": self.price_does_not_convert(product, price)}
        rate, problem = self.rate(price.currency_id)
        if problem:
            return {**values, "problem": problem}
        amount = price.amount * rate / factor
        if price.source == "supplier_price":
            amount *= self._cost_of(self._offers.taxes.get(product.template_id, ()), price.amount)
        freight = self.freight(product, price, notes)
        if freight is not None:
            amount *= 1 + freight / PER_CENT
        if price.landed is not None:
            amount += price.landed.amount
        known = amount.quantize(PLACES, rounding=ROUND_UP)
        if freight is None:
            return {**values, "at_least": known}
        return {**values, "value": known, "at_least": known, "deductions": self._left_out(product, price, known, notes)}

    def _left_out(self, product, price, value, notes):
        """What of one unit's value may be left out: :class:`origin.Deduction` records (Art. 3.5.5)."""
        found = list(price.landed.deductions) if price.landed else []
        for each in self._offers.deductions.get(product.template_id, ()):
            factor, (rate, problem) = self.units.factor(each.unit_id, product.unit_id), self.rate(each.currency_id)
            theirs = each.firm_id == price.firm_id and each.product_id in {None, product.id}
            if theirs and factor and not problem:
                amount = (each.amount * rate / factor).quantize(PLACES, rounding=ROUND_DOWN)
                found.append(origin.Deduction(each.kind, amount, each.evidence))
        if sum((each.value for each in found), Decimal(0)) < value:
            return tuple(found)
        notes.append(
            self.env._(
                "What is to be left out of the value of %s is as much as all of it: nothing is left out. Correct the "
                "amounts on the supplier's price.",
                product.name,
            )
        )
        return ()

    def freight(self, product, price, notes):
        """Freight and insurance to the port of entry, per cent of the price; None, with a note, where that is lacking.

        What comes from within the country, or from nobody who is known, needs none; what was really spent on freight
        stands for an estimate of it.
        """
        if price.firm_id is None or price.partner_country == self.home:
            return Decimal(0)
        if price.landed is not None and price.landed.holds_freight:
            return Decimal(0)
        if price.freight_percent:
            return price.freight_percent
        if price.incoterm and price.incoterm not in WITHOUT_FREIGHT:
            return Decimal(0)
        facts = {"product": product.name, "supplier": price.partner}
        if price.landed is not None:
            notes.append(
                self.env._(
                    "None of the landed costs of %(product)s from %(supplier)s is said to be freight abroad: say on "
                    "the cost's own product what it charges, or enter freight and insurance on the supplier's price "
                    "line.",
                    **facts,
                )
            )
        elif price.partner_country is None:
            notes.append(
                self.env._(
                    "The country of %(supplier)s, who sells %(product)s, is not known, nor whether freight to the port "
                    "of entry is in the price: enter the supplier's country, or freight and insurance on the price "
                    "line.",
                    **facts,
                )
            )
        elif price.incoterm:
            notes.append(
                self.env._(
                    "The price of %(product)s from %(supplier)s is %(incoterm)s, without freight to the port of entry: "
                    "enter freight and insurance on the supplier's price line, so that its CIF value is known.",
                    incoterm=price.incoterm,
                    **facts,
                )
            )
        else:
            notes.append(
                self.env._(
                    "The price of %(product)s from %(supplier)s names no price term, so nobody knows whether freight "
                    "to the port of entry is in it: enter the price term, or freight and insurance, on the price line.",
                    **facts,
                )
            )
        return None

    def _at_cost(self, product, notes):
        if product.cost <= 0:
            return {"value": None}
        notes.append(self.env._("%s has no supplier's price: its standard cost stands in for it.", product.name))
        return {"value": product.cost, "at_least": product.cost, "value_source": "standard_cost"}

    def rate(self, currency_id):
        """(rate, problem): how much of the company's currency one unit of another is worth."""
        if currency_id not in self._rates:
            currency = self.env["res.currency"].browse(currency_id)
            try:
                self._rates[currency_id] = (currency._rcep_rate(self.company, self.date), None)
            except UserError as error:
                self._rates[currency_id] = (None, str(error))
        return self._rates[currency_id]

    def price_does_not_convert(self, product, price):
        return self.env._(
            "%(product)s is bought of %(supplier)s by the %(unit)s, which does not convert to its own unit, %(own)s: "
            "correct the unit of that price.",
            product=product.name,
            supplier=price.partner,
            unit=self.units.name(price.unit_id),
            own=self.units.name(product.unit_id),
        )

    def does_not_convert(self, product, unit_id, *, is_made):
        """
        :param is_made: whether the unit is that in which a bill makes the product, not that in which one uses it
        """
        if is_made:
            return self.env._(
                "%(product)s is made in %(unit)s by its bill of materials, which does not convert to its own unit "
                "%(own)s: "
                "correct the unit of the bill.",
                product=product.name,
                unit=self.units.name(unit_id),
                own=self.units.name(product.unit_id),
            )
        return self.env._(
            "%(product)s is used in %(unit)s, which does not convert to its own unit %(own)s: correct the bill "
            "of materials or the product's unit.",
            product=product.name,
            unit=self.units.name(unit_id),
            own=self.units.name(product.unit_id),
        )

    # --- origin ------------------------------------------------------------------------------------------
    def origin(self, product, price, declared, notes):
        """Where a product originates; what speaks against it is noted.

        :param declared: [(supplier id, Party, reference)] of the declarations that hold, the longest-lived last
        """
        stated = {"origin": product.country, "origin_source": "product" if product.country else ""}
        if not declared:
            return stated
        theirs = [each for each in declared if self._is_from(each, price)]
        if not theirs:
            notes.append(
                self.env._(
                    "%(product)s comes from %(supplier)s, but declaration %(reference)s is another supplier's: it does "
                    "not count. Ask %(supplier)s for one.",
                    product=product.name,
                    supplier=price.partner,
                    reference=declared[-1][2],
                )
            )
            return stated
        _partner, party, reference = theirs[-1]
        parties = {each[1] for each in theirs}
        if len(parties) > 1 or (product.country and product.country != party):
            notes.append(self._disputed(product, parties, reference))
            return stated
        return {"origin": party, "originating": True, "origin_source": "declaration"}

    def _disputed(self, product, parties, reference):
        """The declarations, or one of them and the product, name different countries: the worse is neither."""
        return self.env._(
            "%(product)s: declaration %(reference)s and the records disagree on where it originates (%(states)s); it "
            "counts as undetermined. Correct the one that is wrong.",
            product=product.name,
            reference=reference,
            states=", ".join(sorted({*parties, product.country} - {None})),
        )

    def _is_from(self, declared, price):
        """Whether a declaration is of the firm from which the material comes, where that is known."""
        if price is None or price.firm_id is None:
            return True
        return declared[0] == price.firm_id

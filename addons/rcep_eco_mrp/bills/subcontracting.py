"""Who makes what is subcontracted, and what comes back: here it is made here, abroad it is bought as a whole."""

from decimal import Decimal
from functools import cached_property

from odoo.addons.rcep_eco.cases.case_builder import ZERO

from . import queries

SUBCONTRACT = "subcontract"
PER_CENT = Decimal(100)


class Subcontracting:
    """The part of :class:`.bills.Bills` that is about the work of others."""

    def _subcontractors(self):
        """(who makes each product that is subcontracted; the same of those that are not made here).

        Whoever delivered last, else the worst for the exporter of all that may: {product id: :class:`.tables.Maker`}.
        """
        bills = [bill for bill in self.bill_of.values() if bill.kind == SUBCONTRACT]
        may = queries.subcontractors(self.env, [bill.id for bill in bills])
        makers = {bill.product_id: self._maker(bill.product_id, may.get(bill.id, ())) for bill in bills}
        home = self.company.country_id.code
        return makers, {product_id: maker for product_id, maker in makers.items() if maker.country != home}

    def _maker(self, product_id, may):
        price = self.purchases.price(self.products[product_id])
        if price is not None and price.source != "supplier_price" and price.firm_id:
            return queries.Maker(price.firm_id, price.partner, price.partner_country)
        if not may:
            return queries.Maker(
                price and price.firm_id, price.partner if price else "", price and price.partner_country
            )
        parties = self._parties
        worst = {None: 2, self.company.country_id.code: 0} | dict.fromkeys(parties - {self.company.country_id.code}, 1)
        return max(may, key=lambda maker: (worst.get(maker.country, 3), -maker.firm_id))

    @cached_property
    def _parties(self):
        """Codes of the States that are Parties on the day."""
        found = self.env["rcep.party"].search([("in_force", "<=", self.date)])
        return {party.code for party in found}

    def returned(self, product_id, fee, inside):
        """:class:`.evidence.Bought` of what a subcontractor abroad made of our materials: one unit as a whole, at CIF.

        From outside the Parties it does not originate, whatever went into it; from another Party only its own proof
        says so.

        :param fee: :class:`.evidence.Bought` of the product, which is what the subcontractor is paid
        :param inside: what our materials in it are worth, None where that is not known
        """
        maker, product = self.returning[product_id], self.products[product_id]
        notes = list(fee.notes)
        value = None
        on_the_way = self.purchases.freight(product, fee.price, []) if fee.price else ZERO
        if fee.at_least is not None and inside is not None:
            value = fee.at_least + inside * (1 + (on_the_way or ZERO) / PER_CENT)
        values = {
            "value": value,
            "freight_unknown": on_the_way is None,
            "value_source": "returned",
            "supplier": maker.name or fee.supplier,
        }
        names = {"product": product.name, "subcontractor": maker.name}
        if maker.country is None:
            values |= {"origin": None, "originating": None, "origin_source": ""}
            notes.append(
                self.env._(
                    "%(product)s is made by %(subcontractor)s, whose country is not known: it counts as coming from "
                    "outside the Parties. Enter the subcontractor and its country.",
                    **names,
                )
            )
        elif maker.country not in self._parties:
            values |= {"origin": maker.country, "originating": None, "origin_source": "subcontractor"}
            notes.append(
                self.env._(
                    "%(product)s comes back from %(subcontractor)s in %(country)s, outside the Parties: it counts as "
                    "non-originating as a whole, with our materials, the fee and freight.",
                    country=maker.country,
                    **names,
                )
            )
        elif not fee.originating:
            values |= {"origin": maker.country, "originating": None, "origin_source": "subcontractor"}
            notes.append(
                self.env._(
                    "%(product)s comes back from %(subcontractor)s in %(country)s: only a declaration of "
                    "%(subcontractor)s can show that it originates. Ask for one.",
                    country=maker.country,
                    **names,
                )
            )
        return fee._replace(**values, notes=tuple(notes), deductions=())

    def made_outside(self, product_id):
        """The sentence that refuses what is not made in a Party, None where it is."""
        maker = self.returning[product_id]
        if maker.country in self._parties:
            return None
        return self.env._(
            "%(product)s is made by %(subcontractor)s in %(country)s, outside the Parties: it does not originate. "
            "Where that is wrong, correct the subcontractor's country.",
            product=self.products[product_id].name,
            subcontractor=maker.name or self.env._("nobody who is known"),
            country=maker.country or self.env._("a country that is not known"),
        )

    def _work_of_another(self, bill):
        """What a subcontractor here does with our materials, for its fee."""
        maker = self.makers[bill.product_id]
        done = queries.Operation(bill.id, 0, maker.name, "manufacturing", maker.country, maker.name, ZERO, ZERO, ZERO)
        fee = self.bought(bill.product_id)
        if fee.problem:
            self._tell(bill.product_id, fee.problem)
        return self.work_class((done,), other=fee.value)

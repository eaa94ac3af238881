"""What the lots of a bought material cost and where they originate: as the lot, its supplier or the product says.

A lot is worth what was paid at its own receipt, where that is known, and comes from whoever delivered it; else what
its product is. A declaration counts for a lot where it held on the day on which the lot was received: one that ended
between order and receipt does not. Where facts disagree, the worse for the exporter counts, and a note says which.
"""

import datetime
from typing import NamedTuple

from odoo.addons.rcep_eco.models import declaration_states
from odoo.tools import SQL

from . import moves
from .tables import read


class Declaration(NamedTuple):
    """A supplier's declaration as it stands today."""

    id: int
    product_id: int
    firm_id: int
    party: str | None
    reference: str
    date_from: datetime.date | None
    date_to: datetime.date | None
    state: str

    @property
    def counts(self):
        return self.state in declaration_states.HELD

    def held(self, day):
        return self.counts and self.date_from <= day <= self.date_to

    def evidence(self):
        return self.firm_id, self.party, self.reference


class Lots:
    """The lots among what some orders consumed.

    :param bills: :class:`.bills.Bills` of their products
    """

    def __init__(self, bills, ids):
        self.env, self.bills, self.purchases = bills.env, bills, bills.purchases
        self._lots = moves.lots(self.env, ids)
        self._receipts = self.env["stock.lot"].browse(self._lots)._rcep_receipts(bills.company)
        self._declared = _declarations(self.env, bills.company, self._lots.values(), bills.products)

    def bought(self, product, lot_id):
        """:class:`.evidence.Bought` of one unit of the lot; of several receipts the worse for the exporter."""
        lot = self._lots[lot_id]

        def origin(price, notes):
            return self._origin(product, lot, price, notes)

        each = [self.purchases.bought(product, origin, price) for price in self._receipts.get(lot_id, (None,))]
        unknown = [bought for bought in each if bought.value is None]
        return unknown[0] if unknown else max(each, key=lambda bought: (not bought.originating, bought.value))

    def _origin(self, product, lot, price, notes):
        if lot.country and product.country and lot.country != product.country:
            notes.append(
                self.env._(
                    "Lot %(lot)s of %(product)s is from %(country)s, while the product says %(other)s: the lot counts.",
                    lot=lot.name,
                    product=product.name,
                    country=lot.country,
                    other=product.country,
                )
            )
        stated = product._replace(country=lot.country or product.country)
        day = lot.received or self.bills.date
        own = self._declared.get(lot.declaration_id)
        if own and own.held(day):
            found = self.purchases.origin(stated, None, [own.evidence()], notes)
            return {**found, "origin_source": "lot"}
        if own:
            notes.append(self._does_not_count(product, lot, own, day))
        found = self.purchases.origin(stated, price, self._of_supplier(product, lot, day, own, notes), notes)
        if lot.country and not found.get("originating"):
            found["origin_source"] = "lot"
        return found

    def _of_supplier(self, product, lot, day, own, notes):
        """What suppliers declared of the product on a day; one that ended before it is told."""
        known = [each for each in self._declared.values() if each.product_id == product.id and each.counts]
        holding = [each.evidence() for each in known if each.held(day)]
        over = [each for each in known if each.date_to < day and each != own]
        if over and not holding:
            notes.append(self._does_not_count(product, lot, over[-1], day))
        return holding

    def _does_not_count(self, product, lot, declared, day):
        facts = {"reference": declared.reference, "lot": lot.name, "product": product.name}
        if not declared.counts:
            states = dict(self.env["rcep.supplier.declaration"]._fields["state"]._description_selection(self.env))
            return self.env._(
                "Declaration %(reference)s of lot %(lot)s of %(product)s does not count, it is %(state)s: verify it, "
                "or ask the supplier for another.",
                state=states[declared.state].lower(),
                **facts,
            )
        return self.env._(
            "Declaration %(reference)s held from %(from_day)s to %(to_day)s, but lot %(lot)s of %(product)s was "
            "received on %(day)s: it does not count. Ask the supplier for one that covers that day.",
            from_day=declared.date_from.isoformat(),
            to_day=declared.date_to.isoformat(),
            day=day.isoformat(),
            **facts,
        )


def _declarations(env, company, lots, products):
    """{id: :class:`Declaration`} of some lots and of their products, the longest-lived last."""
    query = SQL(
        """
        SELECT declaration.id, declaration.product_id, partner.commercial_partner_id, country.code, declaration.name,
               declaration.date_from, declaration.date_to, declaration.state
          FROM rcep_supplier_declaration declaration
          JOIN res_partner partner ON partner.id = declaration.partner_id
     LEFT JOIN rcep_party party ON party.id = declaration.party_id
     LEFT JOIN res_country country ON country.id = party.country_id
         WHERE declaration.company_id = %(company)s
           AND (declaration.id = ANY(%(ids)s)
                OR (declaration.product_id = ANY(%(products)s) AND declaration.state = ANY(%(held)s)))
      ORDER BY declaration.date_to, declaration.id
        """,
        company=company.id,
        ids=[lot.declaration_id for lot in lots if lot.declaration_id],
        products=list(products),
        held=list(declaration_states.HELD),
    )
    return {each.id: each for each in read(env, query, lambda row: Declaration(*row))}

"""What the lots of a bought material cost and where they originate: as the lot, its supplier or the product says.

A lot is worth what was paid at its own receipt, where that is known, and comes from whoever delivered it; else what
its product is. A declaration counts for a lot where it held on the day on which the lot was received: one that ended
between order and receipt does not. Where facts disagree, the worse for the exporter counts, and a note says which.
"""

from odoo.tools import SQL

from . import stock_moves, suppliers


class Lots:
    """The lots among what some orders consumed.

    :param bills: :class:`.bills.Bills` of their products
    """

    def __init__(self, bills, ids):
        self.env, self.bills, self.purchases = bills.env, bills, bills.purchases
        self._lots = stock_moves.lots(self.env, ids)
        self._receipts = self.env["stock.lot"].browse(self._lots)._rcep_receipts(bills.company, bills.date)
        own = [lot.declaration_id for lot in self._lots.values() if lot.declaration_id]
        which = SQL("declaration.id = ANY(%s) OR %s", own, suppliers.counting(list(bills.products)))
        self._declared = {each.id: each for each in suppliers.declarations(self.env, bills.company, which)}

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
        if own and own.was_valid(day):
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
        holding = [each.evidence() for each in known if each.was_valid(day)]
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
            "Declaration %(reference)s was valid from %(from_day)s to %(to_day)s, but lot %(lot)s of %(product)s was "
            "received on %(day)s: it does not count. Ask the supplier for one that covers that day.",
            from_day=declared.date_from.isoformat(),
            to_day=declared.date_to.isoformat(),
            day=day.isoformat(),
            **facts,
        )

"""Where the materials of an order lie: from which places, packages and owners a quantity is taken."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco.values import amounts

from ..reports.problem import ReportError


class Taken(NamedTuple):
    """A quantity from one place, in the product's own unit."""

    quantity: Decimal
    lot: object
    place: object
    package: object
    owner: object

    def part(self, quantity):
        return self._replace(quantity=quantity)


class Shelves:
    """The stock at the place where an order takes its materials; read at once for all of them.

    What another order reserved may be taken too, the last of all: it was consumed, whoever had meant to.
    """

    def __init__(self, order, products):
        self.order, self.place = order, order.location_src_id
        self._quants = defaultdict(list)
        stored = [("product_id", "in", products.ids), ("location_id", "child_of", self.place.id), ("quantity", ">", 0)]
        for quant in order.env["stock.quant"].search(stored, order="in_date, id"):
            self._quants[quant.product_id, quant.lot_id].append(quant)

    def take(self, product, lot, quantity):
        """[:class:`Taken`] of a quantity.

        :raises ReportError: where there is less
        """
        nothing = self.order.env["stock.quant"]
        if not product.is_storable:  # Odoo counts none of it
            return [Taken(quantity, lot, self.place, nothing.package_id, nothing.owner_id)]
        taken, left = [], quantity
        for quant, there in self._there(product, lot):
            part = min(left, there)
            if part > 0:
                taken.append(Taken(part, lot, quant.location_id, quant.package_id, quant.owner_id))
                left -= part
        if left:
            raise ReportError(
                "booking_short",
                order=self.order.name,
                material=product.display_name,
                lot=lot.name or "",
                needed=amounts.text(quantity),
                there=amounts.text(quantity - left),
                place=self.place.display_name,
            )
        return taken

    def _there(self, product, lot):
        quants = self._quants[product, lot]
        free = {quant: max(Decimal(0), _exact(quant.quantity - quant.reserved_quantity)) for quant in quants}
        yield from free.items()
        yield from ((quant, _exact(quant.quantity) - free[quant]) for quant in quants)


def _exact(quantity):
    return Decimal(str(round(quantity, 6)))

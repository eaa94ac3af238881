"""What one unit of a good leaves at its price: the price less its materials and the work on it, as its case has them.

What is not known is no zero: without the value of one material, or without any cost of work, there is no margin.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")


class Profit(NamedTuple):
    """A price and what it has to pay for.

    :param materials: their value; None where one of them is not known, or nothing says what the good is made of
    :param work: what the work on the good costs; None where no cost of it is known
    :param missing: names of the materials without a value
    """

    price: Decimal
    materials: Decimal | None
    work: Decimal | None
    missing: tuple = ()

    @property
    def cost(self):
        """Materials and work; None where a part of it is not known."""
        return None if self.materials is None or self.work is None else self.materials + self.work

    @property
    def margin(self):
        """What is left of the price; negative where the good is sold at a loss, None where its cost is not known."""
        return None if self.cost is None else self.price - self.cost

    @property
    def percent(self):
        """The margin in per cent of the price."""
        if self.margin is None or not self.price:
            return None
        return (100 * self.margin / self.price).quantize(CENT, ROUND_HALF_UP)


def profit_of(case):
    """The :class:`Profit` of a case: its own work and the materials that go into it, own parts at what they cost."""
    known = [material.value for material in case.materials if material.value is not None]
    missing = tuple(dict.fromkeys(material.name for material in case.materials if material.value is None))
    made = any(material.role == "material" for material in case.materials)
    materials = sum(known, Decimal(0)) if made and not missing else None
    parts = (case.costs.labour, case.costs.overhead, case.costs.other) if case.costs else ()
    work = sum((part for part in parts if part is not None), Decimal(0))
    return Profit(case.good.fob, materials, work or None, missing)

"""Art. 3.11, fungible materials: alike for commerce, kept together, and so not told apart by looking.

Text: RCEP Agreement, Chapter 3, Article 3.11.

Whether they originate is settled by physical segregation, which needs no calculation (each is a material of its own),
or by one inventory method that the exporting Party's accounting recognises, kept throughout the fiscal year.

>>> lots = (Lot(Decimal(30), Decimal(60), "CN", True), Lot(Decimal(70), Decimal(140), "TW"))
>>> used = split(Material("pellets", hs="390110"), Stock("fifo", Decimal(40), lots))
>>> [(part.name, part.origin, str(part.value)) for part in used]
[('pellets #1', 'CN', '60'), ('pellets #2', 'TW', '20')]
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from . import exact
from .errors import CaseError

METHODS = ("fifo", "lifo", "average")


@dataclass(frozen=True)
class Lot:
    """What came into stock at one time, oldest first in a :class:`Stock`.

    :param value: of the whole lot
    """

    quantity: Decimal
    value: Decimal | None = None
    origin: str | None = None
    originating: bool | None = None


@dataclass(frozen=True)
class Stock:
    """Lots that are kept together, and how much of them went into the good.

    :param method: one of :data:`METHODS`
    """

    method: str
    used: Decimal
    lots: tuple[Lot, ...]


def split(material, stock):
    """The material as so many materials as the method takes lots, each with its own origin and share of value.

    :raises CaseError: where more is used than there is
    """
    if material.self_produced is not None:
        raise CaseError("fungible", "is for what was bought: the producer knows what it made")
    there = exact.total(lot.quantity for lot in stock.lots)
    if stock.used > there:
        raise CaseError("fungible.used", f"{stock.used:f} is more than the {there:f} in stock")
    taken = list(_on_average(stock, there) if stock.method == "average" else _one_after_another(stock))
    return tuple(
        replace(
            material,
            name=f"{material.name} #{number}",
            value=None if lot.value is None else _share(lot.value, part, lot.quantity),
            weight=None if material.weight is None else _share(material.weight, part, stock.used),
            origin=lot.origin,
            originating=lot.originating,
        )
        for number, (lot, part) in enumerate(taken, start=1)
    )


def _one_after_another(stock):
    """First in, first out; or last in, first out."""
    left = stock.used
    for lot in stock.lots if stock.method == "fifo" else reversed(stock.lots):
        if not left:
            return
        part = min(left, lot.quantity)
        yield lot, part
        left = exact.EXACT.subtract(left, part)


def _on_average(stock, there):
    """Of each lot the share that all that is used has of all that there is."""
    for lot in stock.lots:
        yield lot, _share(lot.quantity, stock.used, there)


def _share(whole, part, of):
    """``whole × part / of``; what does not come out even is rounded up at the thirtieth digit."""
    return exact.rounded_up(exact.EXACT.multiply(whole, part), of)

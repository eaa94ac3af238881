"""What was paid or is asked for one unit of a material: a record of the heart, which the bridges fill."""

from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from .. import origin
from ..values import amounts

FREIGHT = "freight"  # of :data:`..values.price_terms.CHARGES`


class Landed(NamedTuple):
    """What was spent beside the price on one of a material's own units, in the company's currency.

    :param holds_freight: whether freight abroad is among it, so that the value is CIF
    :param deductions: :class:`origin.Deduction` records of what may be left out of the value (Art. 3.5.5)
    """

    amount: Decimal
    holds_freight: bool
    deductions: tuple = ()


def landed_of(rows):
    """:class:`Landed` of what the bridge to landed costs found; None where nothing is recorded.

    :param rows: (what it charges, amount as text, kind of deduction, its document) of each cost
    """
    if not rows:
        return None
    deductions = tuple(
        origin.Deduction(kind, Decimal(amount).quantize(amounts.PLACES, rounding=ROUND_DOWN), evidence)
        for _charge, amount, kind, evidence in rows
        if kind and Decimal(amount) > 0
    )
    amount = sum((Decimal(row[1]) for row in rows), Decimal(0))
    return Landed(amount, any(row[0] == FREIGHT for row in rows), deductions)


class Price(NamedTuple):
    """A receipt, a bill or a supplier's price: what one unit costs, of whom, and on which terms.

    :param product_id: None where it is the price of every variant
    :param firm_id: the commercial partner; None where nobody is known
    :param amount: after discount, in ``currency_id``, for one of ``unit_id``
    :param source: a key of :data:`.production.VALUE_SOURCES`
    :param incoterm: code of the price term, None where it is not stated
    :param freight_percent: freight and insurance to the port of entry, per cent of the price; None where not stated
    :param landed: :class:`Landed`, None where nothing is recorded
    """

    product_id: int | None
    template_id: int
    firm_id: int | None
    partner: str
    partner_country: str | None
    amount: Decimal
    currency_id: int
    unit_id: int
    source: str
    incoterm: str | None = None
    freight_percent: Decimal | None = None
    landed: Landed | None = None

"""What was paid or is asked for one unit of a material: a record of the heart, which the bridges fill."""

from decimal import Decimal
from typing import NamedTuple


class Price(NamedTuple):
    """A receipt, a bill or a supplier's price: what one unit costs, of whom, and on which terms.

    :param product_id: None where it is the price of every variant
    :param firm_id: the commercial partner; None where nobody is known
    :param amount: after discount, in ``currency_id``, for one of ``unit_id``
    :param source: a key of :data:`.production.VALUE_SOURCES`
    :param incoterm: code of the price term, None where it is not stated
    :param freight_percent: freight and insurance to the port of entry, per cent of the price; None where not stated
    :param landed: spent beside the price on one of the product's own units, in the company's currency; None where
        nothing is recorded
    :param deductions: :class:`origin.Deduction` records inside the value of one of the product's own units
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
    landed: Decimal | None = None
    deductions: tuple = ()

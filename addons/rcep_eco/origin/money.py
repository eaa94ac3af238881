"""Amounts as they are paid: in whole minor units of their currency."""

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from . import exact

# Currencies that have no two decimals (ISO 4217).
_WITHOUT = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_UNITS = {
    **dict.fromkeys(re.findall("[A-Z]+", _WITHOUT), Decimal(1)),
    **dict.fromkeys(re.findall("[A-Z]+", _THREE), Decimal("0.001")),
}
_USUAL = Decimal("0.01")


def least_whole(part, percent, currency):
    """The lowest amount of which ``part`` is not more than ``percent`` per cent.

    >>> least_whole(Decimal(30), Decimal(60), "CNY")
    Decimal('50.00')
    """
    return exact.in_units(exact.EXACT.multiply(part, exact.HUNDRED), percent, _unit(currency), ROUND_CEILING)


def floor(part, percent, good, *, qualifies):
    """The lowest FOB value of which ``part`` is not more than ``percent`` per cent.

    :param part: an amount, or None where it is not known
    :param good: :class:`.case.Good`
    :param bool qualifies: whether it is so at the good's own FOB value: then that is no lower than the floor
    :return: an amount; None where none is known, or any price would do
    """
    if part is None or part <= 0:
        return None
    lowest = least_whole(part, percent, good.currency)
    return min(lowest, good.fob) if qualifies and good.fob is not None else lowest


def largest_part(whole, percent, currency):
    """The highest amount that is not more than ``percent`` per cent of ``whole``.

    >>> largest_part(Decimal(101), Decimal(60), "JPY")
    Decimal('60')
    """
    return exact.in_units(exact.EXACT.multiply(whole, percent), exact.HUNDRED, _unit(currency), ROUND_FLOOR)


def _unit(currency):
    return _UNITS.get(currency, _USUAL)

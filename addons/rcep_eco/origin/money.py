"""Amounts as they are paid: in whole minor units of their currency."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from . import exact

# Currencies that have no two decimals (ISO 4217).
_PLACES = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
_UNITS = {places: Decimal(1).scaleb(-places) for places in (0, 2, 3)}
_UP = Context(prec=100, rounding=ROUND_CEILING)
_DOWN = Context(prec=100, rounding=ROUND_FLOOR)


def least_whole(part, percent, currency):
    """The lowest amount of which ``part`` is not more than ``percent`` per cent.

    >>> least_whole(Decimal(30), Decimal(60), "CNY")
    Decimal('50.00')
    """
    return _UP.divide(exact.EXACT.multiply(part, exact.HUNDRED), percent).quantize(_unit(currency), context=_UP)


def largest_part(whole, percent, currency):
    """The highest amount that is not more than ``percent`` per cent of ``whole``.

    >>> largest_part(Decimal(101), Decimal(60), "JPY")
    Decimal('60')
    """
    return _DOWN.divide(exact.EXACT.multiply(whole, percent), exact.HUNDRED).quantize(_unit(currency), context=_DOWN)


def _unit(currency):
    return _UNITS[_PLACES.get(currency, 2)]

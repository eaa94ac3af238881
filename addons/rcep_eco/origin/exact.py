"""Exact decimal arithmetic: a sum or product that would be rounded is an error, never a wrong verdict."""

import functools
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

# Input numbers have at most MAX_DIGITS digits, and a value is multiplied by two of them, a number and a share, at each
# level of intermediates, of which there are at most MAX_DEPTH. A sum of ten thousand such products, multiplied by a
# percentage and compared, still fits the precision: nothing is ever rounded on the way to a verdict.
MAX_DIGITS = 30
MAX_DEPTH = 50
EXACT = Context(prec=2 * MAX_DIGITS * (2 * MAX_DEPTH + 2), traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
_UPWARDS = Context(prec=MAX_DIGITS, rounding=ROUND_CEILING, traps=_TRAPS)
# For quotients that are told: quick, and with room for the largest that a case can hold.
_QUICK_DIGITS = 100
_QUICK, _ROOMY = (
    {
        rounding: Context(prec=digits, rounding=rounding, traps=_TRAPS)
        for rounding in (ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP)
    }
    for digits in (_QUICK_DIGITS, EXACT.prec)
)
_CENT = Decimal("0.01")

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)


def total(values):
    """The exact sum of decimals.

    >>> total([Decimal("0.1")] * 3)
    Decimal('0.3')
    """
    return functools.reduce(EXACT.add, values, ZERO)


def rounded_up(amount, divisor):
    """A quotient with at most :data:`MAX_DIGITS` digits, rounded up where it does not come out even.

    >>> rounded_up(Decimal(1), Decimal(3))
    Decimal('0.333333333333333333333333333334')
    """
    return _UPWARDS.divide(amount, divisor)


def in_units(amount, divisor, unit, rounding):
    """A quotient as a multiple of a unit, rounded as the decimal module names it.

    >>> in_units(Decimal(100), Decimal(3), Decimal("0.01"), ROUND_CEILING)
    Decimal('33.34')
    """
    is_short = amount.adjusted() - divisor.adjusted() < _QUICK_DIGITS // 2
    context = (_QUICK if is_short else _ROOMY)[rounding]
    return context.divide(amount, divisor).quantize(unit, context=context)


def at_least(part, whole, percent):
    """Whether ``part`` is not less than ``percent`` per cent of ``whole``, compared without division."""
    return EXACT.multiply(part, HUNDRED) >= EXACT.multiply(whole, percent)


def at_most(part, whole, percent):
    """Whether ``part`` is not more than ``percent`` per cent of ``whole``, compared without division."""
    return EXACT.multiply(part, HUNDRED) <= EXACT.multiply(whole, percent)


def shown_part(part, whole, limit):
    """``part / whole`` as a per cent text with two places; a figure above the limit is never shown as within it.

    >>> shown_part(Decimal("10.004"), Decimal("100"), Decimal(10))
    '10.01'
    """
    percent = in_units(EXACT.multiply(part, HUNDRED), whole, _CENT, ROUND_HALF_UP)
    if percent <= limit and not at_most(part, whole, limit):
        percent = EXACT.add(limit, _CENT)
    return str(percent)


def shown_percent(part, whole, threshold):
    """``part / whole`` as a per cent text with two places, for people to read.

    A figure below the threshold is never shown as having reached it.

    >>> shown_percent(Decimal("3.6"), Decimal("5.6"), Decimal(40))
    '64.29'
    >>> shown_percent(Decimal("39.996"), Decimal("100"), Decimal(40))
    '39.99'
    """
    percent = in_units(EXACT.multiply(part, HUNDRED), whole, _CENT, ROUND_HALF_UP)
    if percent >= threshold and not at_least(part, whole, threshold):
        percent = EXACT.subtract(threshold, _CENT)
    return str(percent)

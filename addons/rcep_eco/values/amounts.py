"""The border between Odoo's floats and naive times and the exact values of engine and link."""

import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from odoo import fields

ISSUING_BODY = datetime.timezone(datetime.timedelta(hours=8))  # China's time: its day stands on the certificate
PLACES = Decimal("0.000001")


def exact(number):
    """The decimal that a float shows: 0.1 is 0.1, not 0.1000000000000000055, and 8000.0 is 8000."""
    return Decimal(text(Decimal(str(number))))


def against_exporter(number, *, cost):
    """A computed amount with six places, rounded to the exporter's disadvantage: costs up, prices down."""
    return Decimal(number).quantize(PLACES, rounding=ROUND_UP if cost else ROUND_DOWN)


def text(number):
    """A decimal without exponent and trailing zeros, as people write it."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def utc(moment):
    """A moment with its offset as Odoo keeps it: in UTC, without offset."""
    return moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)


def aware(moment):
    """A moment of the database, which is in UTC, with its time zone."""
    return moment.replace(tzinfo=datetime.timezone.utc)


def today():
    """The day in China, whatever the time zone of whoever asks: that is the day of boxes 15 and 16."""
    return issuing_day(fields.Datetime.now())


def issuing_day(moment):
    """The issuing body's day of a moment as Odoo keeps it.

    >>> issuing_day(datetime.datetime(2026, 5, 1, 18, 30))
    datetime.date(2026, 5, 2)
    """
    return moment.replace(tzinfo=datetime.timezone.utc).astimezone(ISSUING_BODY).date()

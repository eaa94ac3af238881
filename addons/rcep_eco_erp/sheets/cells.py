"""What a cell may hold: each function reads a text, or says why it cannot. None of them guesses.

>>> number("12.50"), day("2026-11-20"), yes_or_no("no")
(Decimal('12.50'), datetime.date(2026, 11, 20), False)
"""

import datetime
import re
from decimal import Decimal

from .problem import CellError

LONGEST = 200  # characters
NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
WITH_COMMA = re.compile(r"[0-9.]*,[0-9.,]*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FORMULA = ("=", "+", "-", "@")  # with which spreadsheets begin what they run
# Of other characters some look like these, and some like nothing: two papers would be one to whoever reads them.
USUAL = re.compile(r"[ -~\u3400-\u4dbf\u4e00-\u9fff]+")


def text(written):
    """A text as it is: printable, not too long, and nothing that a spreadsheet would run."""
    if len(written) > LONGEST:
        raise CellError("long", most=LONGEST)
    if not written.isprintable():
        raise CellError("unprintable")
    if written.startswith(FORMULA):
        raise CellError("formula", text=written[:20], mark=written[0])
    return written


def paper(written):
    """The number of a paper: in characters that can be told from others by eye."""
    text(written)
    if not USUAL.fullmatch(written):
        raise CellError("number_unusual", text=written)
    return written


def number(written):
    """A number of zero or more, with a point for its decimals and nothing for its thousands."""
    text(written)
    if NUMBER.fullmatch(written):
        return Decimal(written)
    raise CellError("comma" if WITH_COMMA.fullmatch(written) else "no_number", text=written[:40])


def above_zero(written):
    """A number of more than zero."""
    found = number(written)
    if not found:
        raise CellError("zero")
    return found


def day(written):
    """A day as 2026-11-20: 11/12/2026 is two days, by who reads it."""
    text(written)
    if not DAY.fullmatch(written):
        raise CellError("no_day", text=written[:40])
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as error:  # such as 2026-02-30
        raise CellError("no_day", text=written) from error


def yes_or_no(written):
    return one_of("yes", "no")(written) == "yes"


def one_of(*known):
    """A reader of one of some words."""

    def read(written):
        text(written)
        if written not in known:
            raise CellError("not_among", text=written[:40], known=", ".join(known))
        return written

    return read

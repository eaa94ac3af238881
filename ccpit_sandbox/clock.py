"""The platform's clock, and times as it writes them: in UTC, days in the issuing body's own time zone.

>>> a_year_after(dt.date(2028, 2, 29))
datetime.date(2029, 2, 28)
"""

from __future__ import annotations

import datetime as dt

from rcep_link.record import read_datetime

CHINA = dt.timezone(dt.timedelta(hours=8), "CST")
_offset = [dt.timedelta()]  # by how much the platform's clock is wrong, where a fault asks for it


def now() -> dt.datetime:
    """The present time by the platform's clock, aware."""
    return dt.datetime.now(dt.timezone.utc) + _offset[0]


def set_offset(seconds: float) -> None:
    """Set the platform's clock wrong by these seconds, or right by none."""
    _offset[0] = dt.timedelta(seconds=seconds)


def today() -> dt.date:
    """The issuing body's day."""
    return now().astimezone(CHINA).date()


def day_of(timestamp: str) -> dt.date:
    """The issuing body's day of a time in ISO 8601.

    >>> day_of("2026-05-01T20:00:00.000+00:00")
    datetime.date(2026, 5, 2)
    """
    return read_datetime(timestamp).astimezone(CHINA).date()


def text(timestamp: dt.datetime) -> str:
    """ISO 8601 with offset, in milliseconds."""
    return timestamp.astimezone(dt.timezone.utc).isoformat(timespec="milliseconds")


def a_year_after(day: dt.date) -> dt.date:
    """The same day of the next year; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

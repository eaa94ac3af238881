"""Which kind of application mends what happened to a certificate, why, and until when (Art. 3.16, 3.17).

The Agreement names new certificates in place of wrong ones (3.17.5), those issued after shipment (3.17.8, within a year
of it) and certified true copies of lost ones (3.17.9, within a year of the original's issue). Which of the issuing
body's kinds of application each is, is practice in China: *amended* where the old paper is given back, *amended and
reissued* where it cannot be, *reissued* where only the paper is spoilt.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

YEAR = relativedelta(years=1)
WRONG = ("nothing", "text", "less", "more", "goods", "lost", "damaged")


class Facts(NamedTuple):
    """What happened.

    :param wrong: one of :data:`WRONG`: a text, less or more than certified was shipped, goods that are others or do not
        originate, the paper lost or damaged
    :param at_hand: whether the original is with the exporter
    :param presented: whether it was shown to customs abroad
    :param shipped_on: day of departure, None before it
    """

    wrong: str
    at_hand: bool
    presented: bool
    issued_on: dt.date
    valid_until: dt.date
    shipped_on: dt.date | None
    today: dt.date


class Answer(NamedTuple):
    """What is to be done.

    :param kind: ``amended``, ``reissued``, ``amended_reissued``, ``true_copy``, ``cancelled`` (and a new one made), or
        empty where nothing is to be applied for
    :param why: key of the reason, for people in their language
    :param article: of the Agreement
    :param latest: the last day on which it can be issued, None where there is none yet
    :param retroactive: whether the new one is marked *ISSUED RETROACTIVELY*
    """

    kind: str
    why: str
    article: str
    latest: dt.date | None
    retroactive: bool
    in_time: bool


def answer(facts: Facts) -> Answer:
    """Return which kind mends what happened.

    >>> day = dt.date(2026, 5, 1)
    >>> answer(Facts("lost", False, False, day, dt.date(2027, 5, 1), day, dt.date(2026, 8, 1))).kind
    'true_copy'
    """
    kind, why, article = _kind(facts)
    latest = _latest(kind, facts)
    is_new = kind in ("amended", "reissued", "amended_reissued", "cancelled")
    retroactive = bool(is_new and facts.shipped_on and facts.shipped_on < facts.today)
    return Answer(kind, why, article, latest, retroactive, latest is None or facts.today <= latest)


def _kind(facts):
    if facts.wrong == "goods":
        return "cancelled", "goods", "3.17.5"
    if facts.wrong == "more":
        return "", "rest_apart", "3.17.4"
    if facts.wrong in ("text", "less"):
        kind = "amended" if facts.at_hand else "amended_reissued"
        return kind, facts.wrong if facts.at_hand else f"{facts.wrong}_away", "3.17.5"
    return _of_paper(facts) if facts.wrong in ("lost", "damaged") else ("", "nothing", "3.16")


def _of_paper(facts):
    """What it says is right: only the paper is gone or spoilt."""
    if facts.presented:
        return "", "customs_hold_it", "3.17.9"
    if facts.wrong == "damaged" and facts.at_hand:
        return "reissued", "damaged", "3.17.5"
    return "true_copy", "lost", "3.17.9"


def _latest(kind, facts):
    """A copy lives as long as its original; what takes its place is issued within a year of shipment."""
    if kind == "true_copy":
        return min(facts.issued_on + YEAR, facts.valid_until)
    if kind in ("amended", "reissued", "amended_reissued", "cancelled") and facts.shipped_on:
        return facts.shipped_on + YEAR
    return None

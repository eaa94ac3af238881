"""The public record of a certificate, as a website with this suite gives it at ``/eco/<token>.json``.

>>> page_of("https://lamps.example/vi/eco/AAAAAAAAAAAAAAAAAAAAAA#123456")
'https://lamps.example/eco/AAAAAAAAAAAAAAAAAAAAAA'
>>> page_of("https://lamps.example/shop")
''
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco.link.foreign_answers import Odd, day, items, member, number, read, text

PAGE = re.compile(r"(https?://[^/?#\s]+)(?:/[a-z]{2,3}(?:_[A-Z]{2})?)?(/eco/[A-Za-z0-9_-]{22})(?:\.json)?(?:[?#].*)?")
SPECIMEN, CANCELLED = "specimen", ("cancelled", "replaced")
STATES = (SPECIMEN, "valid", "expired", *CANCELLED)
CRITERIA = ("WO", "PE", "CTC", "RVC", "CR")
MOST_GOODS = 200
QUANTITY = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?) ([^\s\d].{0,19})")
HS6 = re.compile(r"[0-9]{6}")


class Good(NamedTuple):
    """One item, as the certificate says it."""

    number: int
    hs6: str
    description: str
    quantity: Decimal
    unit: str
    criterion: str
    uses_acu: bool
    uses_dmi: bool
    origin: str  # ISO 3166-1 alpha-2
    mark: str


class PublicRecord(NamedTuple):
    """What anyone may know of a certificate."""

    state: str
    number: str
    issued_on: datetime.date | None
    valid_until: datetime.date | None
    exporter: str
    importing_party: str
    is_back_to_back: bool
    goods: tuple[Good, ...]


def page_of(code: str) -> str:
    """The address of the page that a QR code or an address leads to, in no language; empty where it is none."""
    found = PAGE.fullmatch(code.strip())
    return "".join(found.groups()) if found else ""


def record_of(body: bytes) -> PublicRecord:
    """
    :raises Odd: where it is no public record of this suite
    """
    answer = read(body)
    facts, state = member(answer, "facts", dict), text(answer, "state")
    listed = items(facts, "goods")
    if state not in STATES or not text(facts, "certificate_no") or not 0 < len(listed) <= MOST_GOODS:
        raise Odd
    return PublicRecord(
        state, text(facts, "certificate_no"), day(facts, "issued_on"), _day_or_none(facts, "valid_until"),
        text(facts, "exporter"), text(facts, "importing_party"), bool(facts.get("originals")),
        tuple(map(_good, listed)),
    )  # fmt: skip


def _good(item: dict) -> Good:
    measure = QUANTITY.fullmatch(text(item, "quantity"))
    criterion, *beside = text(item, "criterion").split() or [""]
    origin, *mark = text(item, "origin").split() or [""]
    hs6 = text(item, "hs6")
    odd = not measure or criterion not in CRITERIA or set(beside) - {"ACU", "DMI"} or not HS6.fullmatch(hs6)
    if odd or len(mark) > 1 or set(mark) - {"*", "**"}:
        raise Odd
    return Good(
        number(item, "number"), hs6, text(item, "description", longest=500), Decimal(measure[1]), measure[2],
        criterion, "ACU" in beside, "DMI" in beside, origin, "".join(mark),
    )  # fmt: skip


def _day_or_none(facts: dict, name: str) -> datetime.date | None:
    return day(facts, name) if facts.get(name) else None

"""The canonical product filing (备案): what a good is made of, before any certificate is asked for.

An issuing body takes an application only for goods whose cost statement it has accepted. A filing holds for
the goods of one ``product_ref`` until ``valid_until`` and is renewed when materials or costs change. All
amounts are per unit of the product, in the filing's currency; percentages have two decimals.

>>> filing = Filing(client_ref="7c1d…", product_ref="LAMP-1", name_en="LED lamp", name_zh="LED灯", unit="PCS",
...     currency="CNY", hs6="940511", ex_works=Decimal("30.00"), fob=Decimal("32.00"), criterion="CTC",
...     materials=(Material(name="LED chip", hs6="854141", origin_country="KR", unit="PCS",
...         unit_price=Decimal("0.1"), use_per_unit=Decimal("40"), non_originating_value=Decimal("4.00")),),
...     processes=(Process(number=1, name_en="Assembly", country="CN"),))
>>> Filing.from_json(filing.to_json()) == filing
True
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .application import AGREEMENTS
from .record import Record, one_of

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Material(Record):
    """One material of a unit of the product; origin province only where the country is China."""

    name: str
    name_zh: str = ""
    hs6: str = ""
    origin_country: str = ""  # two letters; empty where undetermined
    origin_province: str = ""
    supplier: str = ""
    supplier_invoice: str = ""
    unit: str
    unit_price: Decimal
    use_per_unit: Decimal
    originating_value: Decimal = ZERO
    non_originating_value: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class Process(Record):
    """One step of production, in order."""

    number: int
    name_en: str
    name_zh: str = ""
    place: str = ""
    country: str = "CN"


@dataclass(frozen=True, kw_only=True)
class Filing(Record):
    """One product filing; ``client_ref`` is its own UUID, ``product_ref`` joins it to items of applications."""

    client_ref: str
    product_ref: str
    name_en: str
    name_zh: str = ""
    specification: str = ""
    unit: str
    currency: str
    hs6: str
    criterion: str = one_of(AGREEMENTS["RCEP"])
    destinations: tuple[str, ...] = ()  # importing Parties; empty for all
    ex_works: Decimal
    fob: Decimal
    labour: Decimal = ZERO
    overhead: Decimal = ZERO
    other: Decimal = ZERO
    profit: Decimal = ZERO
    rvc: Decimal | None = None
    materials: tuple[Material, ...] = ()
    processes: tuple[Process, ...] = ()
    valid_until: dt.date | None = None

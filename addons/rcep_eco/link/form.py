"""The boxes of Form RCEP (Annex 3B), made of an application: in this one place, whoever prints them.

The exporter's own print and a platform's document differ in what surrounds the boxes, never in what stands in them.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from babel import Locale

from .application import Application

NOT_SHIPPED = "***"
BY_MEANS = {"": NOT_SHIPPED, "sea": "BY SEA", "air": "BY AIR", "rail": "BY RAIL", "road": "BY ROAD", "post": "BY POST"}
PRODUCER_WORDS = {"several": "SEE BOX 8", "confidential": "CONFIDENTIAL", "unknown": "NOT AVAILABLE"}
ISSUED_IN = "THE PEOPLE'S REPUBLIC OF CHINA"
# The Parties as the Agreement calls them, in short; other countries by their English names.
PARTIES = {
    "AU": "AUSTRALIA",
    "BN": "BRUNEI DARUSSALAM",
    "CN": "CHINA",
    "ID": "INDONESIA",
    "JP": "JAPAN",
    "KH": "CAMBODIA",
    "KR": "KOREA",
    "LA": "LAO PDR",
    "MM": "MYANMAR",
    "MY": "MALAYSIA",
    "NZ": "NEW ZEALAND",
    "PH": "PHILIPPINES",
    "SG": "SINGAPORE",
    "TH": "THAILAND",
    "VN": "VIET NAM",
    "HK": "HONG KONG, CHINA",
    "MO": "MACAO, CHINA",
}
TRUE_COPY = "CERTIFIED TRUE COPY"
BACK_TO_BACK, THIRD_PARTY, RETROACTIVELY = (
    "Back-to-back Certificate of Origin",
    "Third-party invoicing",
    "ISSUED RETROACTIVELY",
)


class Good(NamedTuple):
    """Boxes 6 to 13 of one good; ``quantity`` and ``invoice`` are lines of text."""

    number: str
    marks: str
    description: str
    hs6: str
    criterion: str
    origin: str
    quantity: tuple[str, ...]
    invoice: tuple[str, ...]


class Boxes(NamedTuple):
    """What stands in the boxes; ``ticks`` are (whether ticked, words) of box 17."""

    exporter: str
    consignee: str
    producer: str
    departure: str
    vessel: str
    port: str
    goods: tuple[Good, ...]
    remarks: str
    importing_party: str
    declared: str
    ticks: tuple[tuple[bool, str], ...]


@cache
def country_name(code: str) -> str:
    """A country in English capitals, by its code of two letters.

    >>> country_name("VN"), country_name("DE"), country_name("")
    ('VIET NAM', 'GERMANY', '')
    """
    return PARTIES.get(code) or Locale("en").territories.get(code, code).upper()


def boxes(application: Application, copied_on: dt.date | None = None) -> Boxes:
    """Return the boxes 1 to 17 of an application, without what the issuing body adds (number, box 16).

    :param copied_on: when the issuing body certified a true copy (Art. 3.17.9, box 14)
    """
    transport, declaration = application.transport, application.declaration
    dates = {invoice.number: invoice.date.isoformat() for invoice in application.invoices}
    return Boxes(
        exporter=firm(application.exporter),
        consignee=firm(application.consignee),
        producer=_producer(application.producer),
        departure=transport.departure_date.isoformat() if transport.departure_date else NOT_SHIPPED,
        vessel=transport.vessel or BY_MEANS[transport.means],
        port=transport.port_of_discharge or NOT_SHIPPED,
        goods=tuple(_good(item, dates.get(item.invoice_number, "")) for item in application.items),
        remarks="; ".join(filter(None, (f"{TRUE_COPY} {copied_on}" if copied_on else "", _remarks(application)))),
        importing_party=country_name(application.importing_party),
        declared=", ".join(filter(None, (declaration.place, declaration.date.isoformat(), declaration.signatory))),
        ticks=(
            (application.back_to_back is not None, BACK_TO_BACK),
            (application.third_party is not None, THIRD_PARTY),
            (application.retroactive, RETROACTIVELY),
        ),
    )


def texts(form_boxes: Boxes):
    """Each text that stands in a box; several lines of one box are one text."""
    for name, value in form_boxes._asdict().items():
        if name == "goods":
            for good in value:
                yield from (each if isinstance(each, str) else " ".join(each) for each in good)
        elif name != "ticks":
            yield value


def criterion(item) -> str:
    """Box 10: the criterion, with ACU or DMI beside it."""
    return " ".join((item.criterion, *item.modifiers))


def quantity(item) -> str:
    """The quantity with every digit, and its unit: 1234567 stays what it is."""
    return f"{item.quantity:f} {item.unit}"


def firm(trader) -> str:
    """A firm as the boxes name it: name, address and country in one line."""
    return ", ".join(filter(None, (trader.name_en, trader.address, country_name(trader.country))))


def _producer(producer) -> str:
    if producer.statement == "named" and producer.trader:
        return firm(producer.trader)
    return PRODUCER_WORDS.get(producer.statement, "")


def _remarks(application) -> str:
    third, old = application.third_party, application.old
    parts = [application.remarks]
    if third:
        parts.append(f"{third.name}, {country_name(third.country)}")
    if old:
        dated = f" DATED {old.issued_on.isoformat()}" if old.issued_on else ""
        parts.append(f"THIS CERTIFICATE REPLACES CERTIFICATE NO. {old.number}{dated}")
    parts += original_proofs(application)
    return "; ".join(filter(None, parts))


def original_proofs(application) -> list[str]:
    """Box 14 of a back-to-back certificate: each original that it rests on (Art. 3.19, Annex 3B)."""
    return [
        f"ORIGINAL NO. {original.number} DATED {original.issued_on.isoformat()}, ISSUED IN "
        f"{country_name(original.issuing_country)}, ORIGIN {country_name(original.origin_country)} "
        f"{original.approved_exporter}".rstrip()
        for original in application.originals
    ]


def _good(item, invoice_date: str) -> Good:
    measures = [quantity(item)]
    if item.gross_weight is not None:
        measures.append(f"{item.gross_weight:f} KGS G.W.")
    if item.fob_value is not None:
        measures.append(f"{item.currency} {item.fob_value:f}")
    return Good(
        number=str(item.number),
        marks=item.marks,
        description=item.packages.text or item.description,
        hs6=item.hs6,
        criterion=criterion(item),
        origin=f"{country_name(item.origin_country)} {item.origin_mark}".strip(),
        quantity=tuple(measures),
        invoice=tuple(filter(None, (item.invoice_number, invoice_date))),
    )

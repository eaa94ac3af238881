"""What the papers beside a certificate need and no issuing body asks for: prices, terms, the rest of the invoice.

It is kept with the application when that is approved. Its goods are those of the application, by item number; together
with the other lines they are worth what the invoice says, so that no paper differs from the form or from the invoice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .application import Packages, Trader
from .record import Record, one_of

# What a line of an invoice is that is no good of the certificate.
LEFT_OFF, REST, ADVANCE = "left_off", "rest", "advance"
OTHERS = (LEFT_OFF, REST, "freight", "insurance", "inland", "discount", "duty", "other", ADVANCE)


@dataclass(frozen=True, kw_only=True)
class Bill(Record):
    """The exporter's own invoice, also where customs see a third party's.

    ``amount`` is what goods and charges are worth without ``tax`` and before advances and credit notes.
    """

    number: str
    date: dt.date
    currency: str
    buyer: Trader
    incoterm: str = ""
    place: str = ""
    payment_terms: str = ""
    bank: str = ""
    amount: Decimal
    tax: Decimal = Decimal(0)
    customs_number: str = ""  # of a third party's invoice in box 13


@dataclass(frozen=True, kw_only=True)
class Sold(Record):
    """The price of one item of the application: the customer's own, nothing of what it costs.

    ``customs_value`` is that of a good that is invoiced at nothing.
    """

    number: int
    bill: str
    unit_price: Decimal
    discount: Decimal = Decimal(0)  # per cent
    amount: Decimal
    customs_value: Decimal | None = None
    net_weight: Decimal | None = None  # kilograms


@dataclass(frozen=True, kw_only=True)
class Other(Record):
    """A line of an invoice that is no good of the certificate; packages and weights of a good that travels along."""

    bill: str
    kind: str = one_of(OTHERS)
    description: str
    quantity: Decimal | None = None
    unit: str = ""
    amount: Decimal
    marks: str = ""
    packages: Packages | None = None
    gross_weight: Decimal | None = None
    net_weight: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CreditNote(Record):
    """What took something back of an invoice before the certificate was approved."""

    bill: str
    number: str
    date: dt.date
    currency: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class LetterOfCredit(Record):
    """What a bank wants to read on the papers; each line of ``wording`` stands as it is."""

    number: str
    bank: str = ""
    issued_on: dt.date | None = None
    wording: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sale(Record):
    """What was agreed with the customer, as it was when the application was approved."""

    bills: tuple[Bill, ...]
    goods: tuple[Sold, ...]
    others: tuple[Other, ...] = ()
    credit_notes: tuple[CreditNote, ...] = ()
    letters_of_credit: tuple[LetterOfCredit, ...] = ()

    def total(self, bill: str) -> Decimal:
        """What the lines of an invoice are worth together, without what was paid in advance."""
        lines = [*self.goods, *(other for other in self.others if other.kind != ADVANCE)]
        return sum((line.amount for line in lines if line.bill == bill), Decimal(0))

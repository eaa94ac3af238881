"""An invoice as JSON: what it may say, read cell by cell, and one form of it by which two of them are compared.

There is no member by which an invoice could say that a good originates, by which criterion, or on whose declaration.

>>> differences({"total": "1", "lines": [{"item": "A"}]}, {"total": "2", "lines": [{"item": "A"}, {"item": "B"}]})
[('total', '1', '2'), ('lines.2.item', '', 'B')]
"""

import datetime
import re
from decimal import Decimal

from ..sheets import Problem, SheetError, cells
from ..sheets.lines import Column
from ..sheets.problem import CellError
from ..sheets.reading import CHARSETS, as_text, parsed

LONGEST_BODY = 1024 * 1024  # bytes
MOST_LINES = 1000
LONGEST_NUMBER = 40  # characters
MEANS = ("sea", "air", "rail", "road", "post")
UNADDRESSED = re.compile(r"^/|/$|//|[?#\\%]|^\.|\.$|/\.")  # what no address could name


def number_of_invoice(written):
    """The number that stands on the invoice; an address names the invoice by it."""
    cells.text(written)
    if len(written) > LONGEST_NUMBER:
        raise CellError("long", most=LONGEST_NUMBER)
    if UNADDRESSED.search(written):
        raise CellError("number_unaddressed", text=written)
    return cells.paper(written)


def amount(written):
    """A number of zero or more. What is below zero is never to be written without its mark."""
    if written.startswith("-"):
        raise CellError("below_zero", text=written[:40])
    return cells.number(written)


FIRM = {
    "code": Column(cells.text, needed=True),
    "name": Column(cells.text),
    "street": Column(cells.text),
    "city": Column(cells.text),
    "zip": Column(cells.text),
    "country": Column(cells.text),
}
HEAD = {
    "number": Column(number_of_invoice, needed=True),
    "date": Column(cells.day, needed=True),
    "currency": Column(cells.text, needed=True),
    "incoterm": Column(cells.text, needed=True),
    "place": Column(cells.text),
    "order": Column(cells.text),
    "total": Column(amount, needed=True),
}
SHIPMENT = {
    "departure": Column(cells.day),
    "means": Column(cells.one_of(*MEANS)),
    "vessel": Column(cells.text),
    "port_of_loading": Column(cells.text),
    "port_of_discharge": Column(cells.text),
}
LINE = {
    "item": Column(cells.text, needed=True),
    "description": Column(cells.text),
    "quantity": Column(cells.above_zero, needed=True),
    "unit": Column(cells.text, needed=True),
    "amount": Column(amount, needed=True),
}
PARTS = {"customer": FIRM, "consignee": FIRM, "shipment": SHIPMENT}
NEEDED_PARTS = ("customer",)


def members():
    """The name of everything that an invoice may say."""
    parts = [f"{part}.{name}" for part, columns in PARTS.items() for name in columns]
    return [*HEAD, *parts, *(f"lines.{name}" for name in LINE)]


def of_json(content):
    """({member: value}, [:class:`Problem`]): the first is None where anything is wrong.

    :param bytes content: parts are objects in it, and ``lines`` is a list
    """
    try:
        sent = parsed(content)
        if not isinstance(sent, dict):
            raise SheetError("no_invoice")
        _check_known(sent, [*HEAD, *PARTS, "lines"])
        found, problems = _read(0, "", {name: sent[name] for name in HEAD if name in sent}, HEAD)
        for part, columns in PARTS.items():
            told = sent.get(part)
            if told is None and part not in NEEDED_PARTS:
                continue
            if not isinstance(told, dict):
                raise SheetError("no_part", part=part)
            found[part], wrong = _read(0, f"{part}.", told, columns)
            problems += wrong
        found["lines"], wrong = _lines(sent.get("lines"))
    except SheetError as error:
        return None, [error.problem]
    problems += wrong
    return (None if problems else found), problems


def _lines(sent):
    if not isinstance(sent, list) or not sent:
        raise SheetError("no_invoice_lines")
    if len(sent) > MOST_LINES:
        raise SheetError("many", most=MOST_LINES)
    found, problems = [], []
    for number, line in enumerate(sent, start=1):
        if not isinstance(line, dict):
            raise SheetError("no_object", line=number)
        values, wrong = _read(number, "", line, LINE)
        found.append(values)
        problems += wrong
    return found, problems


def _read(line, before, sent, columns):
    _check_known(sent, columns, line, before)
    values, problems = {}, []
    for name, column in columns.items():
        try:
            written = as_text(f"{before}{name}", sent.get(name), line)
            if written:
                values[name] = column.read(written)
            elif column.needed:
                raise CellError("missing")
        except CellError as error:
            problems.append(Problem(line, f"{before}{name}", error.code, error.facts))
    return values, problems


def _check_known(sent, known, line=0, before=""):
    for name in sent:
        if name not in known:
            raise SheetError("member_unknown", line=line, member=f"{before}{name[:40]}", known=", ".join(known))


# --- one form ----------------------------------------------------------------------------------------------
def canonical(value):
    """What an invoice says, in texts alone: 12.50 and 12.5 are one amount.

    >>> canonical({"total": Decimal("12.50"), "date": datetime.date(2026, 11, 20)})
    {'total': '12.5', 'date': '2026-11-20'}
    """
    if isinstance(value, dict):
        return {name: canonical(each) for name, each in value.items()}
    if isinstance(value, list):
        return [canonical(each) for each in value]
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return value.isoformat() if isinstance(value, datetime.date) else value


def flat(content):
    """{place: text} of a canonical invoice, in its order."""
    found = {}
    for name, value in content.items():
        if name == "lines":
            for number, line in enumerate(value, start=1):
                found |= {f"lines.{number}.{each}": text for each, text in line.items()}
        elif isinstance(value, dict):
            found |= {f"{name}.{each}": text for each, text in value.items()}
        else:
            found[name] = value
    return found


def differences(before, after):
    """[(place, what stood there, what stands there now)] of two canonical invoices."""
    old, new = flat(before), flat(after)
    places = dict.fromkeys([*old, *new])
    return [(place, old.get(place, ""), new.get(place, "")) for place in places if old.get(place) != new.get(place)]


def decoded(content):
    """What came, to be kept as text: no database takes a zero, and what is no UTF-8 is marked."""
    return content.decode(CHARSETS["utf-8"], errors="replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")

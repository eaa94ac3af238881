"""A case from JSON: strict about names, numbers and dates, and precise about where something is wrong.

The form is described in ``docs/origin.md``. Numbers are decimal texts; a JSON number is accepted where the
reader kept it exact (``json.loads(text, parse_float=Decimal)``) or where it is an integer.
"""

import datetime
from dataclasses import fields
from decimal import Decimal, InvalidOperation

from . import hs
from .case import PROCESS_KINDS, ROLES, Case, Costs, Good, Material, Process, SelfProduced
from .errors import CaseError
from .exact import MAX_DIGITS

MAX_DEPTH = 50


def read_case(data, *, today):
    """A :class:`Case` from a JSON object.

    :param dict data: the object
    :param datetime.date today: the date of a case that names none
    :raises CaseError: with the path and the reason of the first thing that is wrong
    """
    reader = ObjectReader(data, "", Case)
    case = Case(
        id=reader.text("id"),
        date=reader.date("date") or today,
        exporting_party=reader.state("exporting_party", required=True),
        importing_party=reader.state("importing_party"),
        good=_good(reader.child("good", Good, required=True)),
        rule=reader.text("rule"),
        conditions=_conditions(reader),
        materials=_materials(reader, depth=0),
        costs=_costs(reader),
        processes=tuple(
            Process(kind=item.word("kind", PROCESS_KINDS, required=True), party=item.state("party", required=True))
            for item in reader.children("processes", Process)
        ),
    )
    if case.good.fob is not None and case.good.fob <= 0:
        raise CaseError("good.fob", "the FOB value must be more than zero")
    return case


def _good(reader):
    return Good(
        hs=reader.code("hs", lengths=(6,)),
        fob=reader.number("fob"),
        currency=reader.text("currency"),
        net_weight=reader.number("net_weight"),
        wholly_obtained=reader.flag("wholly_obtained"),
        in_importer_appendix=reader.flag("in_importer_appendix"),
    )


def _materials(reader, depth):
    if depth > MAX_DEPTH:
        raise CaseError(reader.path, f"intermediates are nested more than {MAX_DEPTH} deep")
    return tuple(
        _material(item, index, depth) for index, item in enumerate(reader.children("materials", Material))
    )


def _material(item, index, depth):
    own = item.child("self_produced", SelfProduced)
    return Material(
        name=item.text("name") or f"#{index + 1}",
        hs=item.code("hs", lengths=(2, 4, 6)),
        value=item.number("value"),
        weight=item.number("weight"),
        origin=item.state("origin"),
        originating=item.flag("originating"),
        role=item.word("role", ROLES) or "material",
        self_produced=own
        and SelfProduced(
            hs=own.code("hs", lengths=(6,)), materials=_materials(own, depth + 1), costs=_costs(own)
        ),
    )


def _costs(reader):
    item = reader.child("costs", Costs)
    return item and Costs(*(item.number(name) for name in ("labour", "overhead", "profit", "other")))


def _conditions(reader):
    answers = reader.data.get("conditions")
    if answers is None:
        return {}
    if not isinstance(answers, dict) or not all(isinstance(answer, bool) for answer in answers.values()):
        raise CaseError("conditions", "must be an object of names with true or false")
    return dict(answers)


class ObjectReader:
    """One JSON object with its path; every reader of a field names both in its error."""

    def __init__(self, data, path, record):
        if not isinstance(data, dict):
            raise CaseError(path, "must be an object")
        self.data, self.path = data, path
        known = {field.name for field in fields(record)}
        for name in data:
            if name not in known:
                raise CaseError(self.at(name), "this field is not known")

    def at(self, name):
        return f"{self.path}.{name}" if self.path else name

    def _get(self, name, kinds, what, required=False):
        value = self.data.get(name)
        if value is None:
            if required:
                raise CaseError(self.at(name), "is missing")
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise CaseError(self.at(name), f"must be {what}")
        return value

    def text(self, name, required=False):
        return self._get(name, (str,), "a text", required)

    def flag(self, name):
        return self._get(name, (bool,), "true or false")

    def word(self, name, words, required=False):
        value = self.text(name, required)
        if value is not None and value not in words:
            raise CaseError(self.at(name), f"must be one of {', '.join(words)}")
        return value

    def state(self, name, required=False):
        value = self.text(name, required)
        if value is not None and not (len(value) == 2 and value.isascii() and value.isupper()):
            raise CaseError(self.at(name), "must be a country code of two capital letters")
        return value

    def code(self, name, lengths):
        value = self.text(name)
        if value is not None and not (hs.is_partial(value) and len(value) in lengths):
            raise CaseError(self.at(name), f"must be an HS code of {' or '.join(map(str, lengths))} digits")
        return value

    def date(self, name):
        value = self.text(name)
        try:
            return value and datetime.date.fromisoformat(value)
        except ValueError:
            raise CaseError(self.at(name), "must be a date, YYYY-MM-DD") from None

    def number(self, name):
        value = self._get(name, (str, int, Decimal), "a decimal number, written as text")
        if value is None:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise CaseError(self.at(name), f"{value!r} is not a decimal number") from None
        if not number.is_finite() or number < 0:
            raise CaseError(self.at(name), "must be a number of zero or more")
        if len(number.as_tuple().digits) > MAX_DIGITS or abs(number.as_tuple().exponent) > MAX_DIGITS:
            raise CaseError(self.at(name), f"has more than {MAX_DIGITS} digits")
        return number

    def child(self, name, record, required=False):
        value = self._get(name, (dict,), "an object", required)
        return None if value is None else ObjectReader(value, self.at(name), record)

    def children(self, name, record):
        for index, value in enumerate(self._get(name, (list, tuple), "a list") or ()):
            yield ObjectReader(value, f"{self.at(name)}[{index}]", record)

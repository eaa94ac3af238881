"""A case from JSON: strict about names, numbers and dates, and precise about where something is wrong.

The form is described in ``docs/origin.md``. Numbers are decimal texts; a JSON number is accepted where the
reader kept it exact (``json.loads(text, parse_float=Decimal)``) or where it is an integer.

Each record has a table of its fields and their readers. A reader takes a value that is not null and raises
:class:`CaseError` without a path; whoever reads the object or list around it puts the path together.
"""

import datetime
import functools
import re
from decimal import Decimal, InvalidOperation

from . import exact, hs
from .case import DEDUCTIONS, PROCESS_KINDS, ROLES, Case, Costs, Deduction, Good, Material, Process, SelfProduced
from .errors import CaseError
from .exact import MAX_DIGITS

MAX_DEPTH = 50
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")  # nothing more to check in such a number
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,9})?|nan|inf(?:inity)?)", re.I | re.A)


# --- readers of one value --------------------------------------------------------------------------------
def text(value):
    """A text."""
    if type(value) is not str:
        raise CaseError("", "must be a text")
    return value


def flag(value):
    """True or false."""
    if type(value) is not bool:
        raise CaseError("", "must be true or false")
    return value


def number(value):
    """An exact decimal of zero or more."""
    if type(value) is str:
        if _PLAIN.fullmatch(value):
            return Decimal(value)
        if not _NUMBER.fullmatch(value):
            raise CaseError("", f"{value!r} is not a decimal number")
    elif type(value) not in {int, Decimal}:  # a float was rounded, and True is no number
        raise CaseError("", "must be a decimal number, written as text")
    try:
        read = Decimal(value)
    except InvalidOperation:
        raise CaseError("", f"{value!r} is not a decimal number") from None
    if not read.is_finite() or read < 0:
        raise CaseError("", "must be a number of zero or more")
    _sign, digits, exponent = read.as_tuple()
    if len(digits) > MAX_DIGITS or not -MAX_DIGITS <= exponent <= MAX_DIGITS:
        raise CaseError("", f"has more than {MAX_DIGITS} digits")
    return read


def price(value):
    """A number above zero."""
    amount = number(value)
    if not amount:
        raise CaseError("", "the FOB value must be more than zero")
    return amount


def state(value):
    """The ISO 3166 code of a State."""
    if len(text(value)) != 2 or not value.isascii() or not value.isupper():
        raise CaseError("", "must be a country code of two capital letters")
    return value


def day(value):
    """A date."""
    try:
        return datetime.date.fromisoformat(text(value))
    except ValueError:
        raise CaseError("", "must be a date, YYYY-MM-DD") from None


def word(*words):
    """One of these words."""

    def read(value):
        if text(value) not in words:
            raise CaseError("", f"must be one of {', '.join(words)}")
        return value

    return read


def code(*lengths):
    """An HS code of one of these numbers of digits."""

    def read(value):
        if not hs.is_partial(text(value)) or len(value) not in lengths:
            raise CaseError("", f"must be an HS code of {' or '.join(map(str, lengths))} digits")
        return value

    return read


def answers(value):
    """Answers to questions of rules, by their names."""
    if type(value) is not dict or not all(type(answer) is bool for answer in value.values()):
        raise CaseError("", "must be an object of names with true or false")
    return dict(value)


# --- objects and lists -----------------------------------------------------------------------------------
def fields_of(data, readers, required=()):
    """The fields of a JSON object that are told, each by its reader.

    :param readers: {name: reader}; a name that is not there is refused
    :raises CaseError: with the path of what is wrong
    """
    if type(data) is not dict:
        raise CaseError("", "must be an object")
    told = {}
    for name, value in data.items():
        reader = readers.get(name)
        if reader is None:
            raise CaseError(name, "this field is not known")
        if value is not None:
            try:
                told[name] = reader(value)
            except CaseError as error:
                raise _below(name, error) from None
    for name in required:
        if name not in told:
            raise CaseError(name, "is missing")
    return told


def several(read):
    """A list of what ``read(value, position)`` reads."""

    def read_all(values):
        if type(values) is not list:
            raise CaseError("", "must be a list")
        items = []
        for position, value in enumerate(values):
            try:
                items.append(read(value, position))
            except CaseError as error:
                raise _below(f"[{position}]", error) from None
        return tuple(items)

    return read_all


def _below(name, error):
    between = "." if error.path and not error.path.startswith("[") else ""
    return CaseError(f"{name}{between}{error.path}", error.reason)


# --- records ---------------------------------------------------------------------------------------------
_COSTS = dict.fromkeys(("labour", "overhead", "profit", "other"), number)
_DEDUCTION = {"kind": word(*DEDUCTIONS), "value": number, "evidence": text}
_PROCESS = {"kind": word(*PROCESS_KINDS), "party": state}
GOOD = {
    "hs": code(6),
    "fob": price,
    "currency": text,
    "net_weight": number,
    "wholly_obtained": flag,
    "in_importer_appendix": flag,
}
_MATERIAL = {
    "name": text,
    "hs": code(2, 4, 6),
    "value": number,
    "weight": number,
    "origin": state,
    "originating": flag,
    "role": word(*ROLES),
}


def _costs(data):
    return Costs(**fields_of(data, _COSTS))


def good(data):
    """A :class:`.case.Good`."""
    return Good(**fields_of(data, GOOD))


def _deduction(data, _position):
    return Deduction(**fields_of(data, _DEDUCTION, required=("kind", "value")))


def _process(data, _position):
    return Process(**fields_of(data, _PROCESS, required=("kind", "party")))


@functools.cache
def _materials(depth):
    """The reader of a list of materials; those of an intermediate are one level deeper."""

    def own(data):
        if depth == MAX_DEPTH:
            raise CaseError("", f"intermediates are nested more than {MAX_DEPTH} deep")
        told = fields_of(data, {"hs": code(6), "materials": _materials(depth + 1), "costs": _costs})
        return SelfProduced(**{"materials": (), **told})

    readers = {**_MATERIAL, "self_produced": own, "deductions": several(_deduction)}

    def material(data, position):
        told = fields_of(data, readers)
        if not told.get("name"):
            told["name"] = f"#{position + 1}"
        material = Material(**told)
        if material.deductions and (material.value_in_vnm or exact.ZERO) < 0:
            raise CaseError("deductions", "are more than the value")
        return material

    return several(material)


_CASE = {
    "id": text,
    "date": day,
    "exporting_party": state,
    "importing_party": state,
    "good": good,
    "rule": text,
    "conditions": answers,
    "materials": _materials(0),
    "costs": _costs,
    "processes": several(_process),
}


def read_case(data, *, today):
    """A :class:`Case` from a JSON object.

    :param dict data: the object
    :param datetime.date today: the date of a case that names none
    :raises CaseError: with the path and the reason of the first thing that is wrong
    """
    return Case(**{"date": today, **fields_of(data, _CASE, required=("exporting_party", "good"))})

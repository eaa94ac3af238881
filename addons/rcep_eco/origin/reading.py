"""A case from JSON: strict about names, numbers and dates, and precise about where something is wrong.

The form is described in ``docs/origin.md``. Numbers are decimal texts; a JSON number is accepted where the
reader kept it exact (``json.loads(text, parse_float=Decimal)``) or where it is an integer.

Each record has a table of its fields and their readers. A reader takes a value that is not null and raises
:class:`CaseError` without a path; whoever reads the object or list around it puts the path together.
"""

import contextlib
import datetime
import functools
import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from . import fungible
from .blank import is_blank
from .case import DEDUCTIONS, PROCESS_KINDS, ROLES, Case, Costs, Deduction, Good, Material, Process, SelfProduced
from .errors import CaseError
from .exact import MAX_DEPTH, MAX_DIGITS
from .records import record
from .states import STATES

_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")  # nothing more to check in such a number
_STATE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,9})?|nan|inf(?:inity)?)", re.I | re.A)


# --- readers of one value --------------------------------------------------------------------------------
def text(value):
    """A text; None where it says nothing."""
    if type(value) is not str:
        raise CaseError("", "must be a text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise CaseError("", "is no text of Unicode: it holds half of a character") from None
    return None if is_blank(value) else value


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


def signed(value):
    """An exact decimal, below zero too."""
    below = value[:1] == "-" if type(value) is str else type(value) in {int, Decimal} and value < 0
    if not below:
        return number(value)
    return -number(value[1:] if type(value) is str else -value)


def known_weight(value):
    """A weight; zero is what stands where nobody weighed, so it is not known."""
    return number(value) or None


def positive(value):
    """A number above zero."""
    amount = number(value)
    if not amount:
        raise CaseError("", "must be more than zero")
    return amount


def fraction(value):
    """A number from zero to one."""
    amount = number(value)
    if amount > 1:
        raise CaseError("", "must be a number from zero to one")
    return amount


def state(value):
    """The ISO 3166 code of a State."""
    if type(value) is str and value in STATES:
        return value
    text(value)
    if _STATE.fullmatch(value):
        raise CaseError("", f"{value} is the code of no country")
    raise CaseError("", "must be a country code of two capital letters")


def day(value):
    """A date."""
    text(value)
    if _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):  # such as the 30th of February
            return datetime.date.fromisoformat(value)
    raise CaseError("", "must be a date, YYYY-MM-DD")


def sha256(value):
    """The hash of a dossier."""
    text(value)
    if not _SHA256.fullmatch(value):
        raise CaseError("", "must be a SHA-256 hash of 64 hexadecimal digits")
    return value


def word(*words):
    """One of these words."""
    known = frozenset(words)

    def read(value):
        if type(value) is str and value in known:
            return value
        text(value)
        raise CaseError("", f"must be one of {', '.join(words)}")

    return read


def code(*lengths):
    """An HS code of one of these numbers of digits."""
    form = re.compile("|".join(f"[0-9]{{{length}}}" for length in sorted(lengths, reverse=True)))

    def read(value):
        if type(value) is str and form.fullmatch(value):
            return value
        text(value)
        raise CaseError("", f"must be an HS code of {' or '.join(map(str, lengths))} digits")

    return read


def answers(value):
    """Answers to questions of rules, by their names."""
    _once(value)
    if type(value) is not dict or not all(type(answer) is bool for answer in value.values()):
        raise CaseError("", "must be an object of names with true or false")
    return dict(value)


class Twice(NamedTuple):
    """A JSON object in which a name stands twice, so that nobody knows which value is meant."""

    name: str


def pairs(items):
    """What a JSON object is read to: a dict, or :class:`Twice`; ``json.loads(text, object_pairs_hook=pairs)``."""
    read = dict(items)
    if len(read) == len(items):
        return read
    names = [name for name, _value in items]
    return Twice(next(name for name in names if names.count(name) > 1))


def _once(value):
    """Refuse an object in which a name stands twice."""
    if type(value) is Twice:
        raise CaseError(value.name, "stands twice in this object")


# --- objects and lists -----------------------------------------------------------------------------------
def fields_of(data, readers, required=()):
    """The fields of a JSON object that are told, each by its reader.

    :param readers: {name: reader}; a name that is not there is refused
    :raises CaseError: with the path of what is wrong
    """
    if type(data) is not dict:
        _once(data)
        raise CaseError("", "must be an object")
    values = {}
    for name, value in data.items():
        reader = readers.get(name)
        if reader is None:
            raise CaseError(name, "this field is not known")
        if value is not None:
            try:
                read = reader(value)
            except CaseError as error:
                raise _below(name, error) from None
            if read is not None:
                values[name] = read
    for name in required:
        if name not in values:
            raise CaseError(name, "is missing")
    return values


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
def reader(cls, readers, required=()):
    """The reader of a frozen record, in or outside a list; defaults of its class stand for what is not told."""

    def read(data, _position=0):
        return record(cls, fields_of(data, readers, required))

    return read


GOOD = {
    "hs": code(6),
    "fob": positive,
    "currency": text,
    "net_weight": known_weight,
    "wholly_obtained": flag,
    "in_importer_appendix": flag,
}
good = reader(Good, GOOD)
_costs = reader(Costs, {**dict.fromkeys(("labour", "overhead", "other"), number), "profit": signed})
_deduction = reader(Deduction, {"kind": word(*DEDUCTIONS), "value": number, "evidence": text}, ("kind", "value"))
_process = reader(Process, {"kind": word(*PROCESS_KINDS), "party": state}, ("kind", "party"))
_lot = reader(
    fungible.Lot,
    {"quantity": positive, "value": number, "origin": state, "originating": flag},
    ("quantity",),
)
_stock = reader(
    fungible.Stock,
    {"method": word(*fungible.METHODS), "used": positive, "lots": several(_lot)},
    ("method", "used", "lots"),
)
_MATERIAL = {
    "name": text,
    "hs": code(2, 4, 6),
    "value": number,
    "weight": known_weight,
    "origin": state,
    "originating": flag,
    "role": word(*ROLES),
    "deductions": several(_deduction),
    "fungible": _stock,
    "ref": text,
}


def _self_produced(depth):
    """The reader of an intermediate: whole, its materials one level deeper, or by the hash of its own dossier."""

    def read(data):
        if depth == MAX_DEPTH:
            raise CaseError("", f"intermediates are nested more than {MAX_DEPTH} deep")
        readers = {"hs": code(6), "materials": _materials(depth + 1), "costs": _costs, "processes": several(_process)}
        by_hash = {"dossier_sha256": sha256, "times": positive, "share": fraction}
        result = fields_of(data, {**readers, **by_hash})
        if result.keys() & by_hash.keys():
            for name in readers:
                if name in result:
                    raise CaseError(name, "stands in the dossier already")
            fields_of(data, by_hash, ("dossier_sha256", "times"))
        return record(SelfProduced, result)

    return read


@functools.cache
def _materials(depth):
    """The reader of a list of materials; those of an intermediate are one level deeper."""
    readers = {**_MATERIAL, "self_produced": _self_produced(depth)}

    def material(data, position):
        result = fields_of(data, readers)
        if not result.get("name"):
            result["name"] = f"#{position + 1}"
        stock = result.pop("fungible", None)
        made = record(Material, result)
        return made if stock is None else fungible.split(made, stock)

    read = several(material)

    def read_all(values):
        found = read(values)
        if all(type(each) is Material for each in found):
            return found
        return tuple(part for each in found for part in (each if type(each) is tuple else (each,)))

    return read_all


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

    :param dict data: the object; read with :func:`pairs`, a name that stands twice is refused
    :param datetime.date today: the date of a case that names none
    :raises CaseError: with the path and the reason of the first thing that is wrong
    """
    result = fields_of(data, _CASE, ("exporting_party", "good"))
    result.setdefault("date", today)
    return record(Case, result)

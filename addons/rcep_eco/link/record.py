"""Frozen data classes with a strict JSON form: the base of everything that crosses the platform link.

Amounts and quantities are ``Decimal`` and travel as decimal text, because a float cannot hold 0.1; dates and
times travel in ISO 8601, times always with their offset. Reading is strict: an unknown key, a missing one or a
value of another type is an error that names its path, and all of them are named at once.

>>> @dataclasses.dataclass(frozen=True, kw_only=True)
... class Parcel(Record):
...     number: int
...     weight: Decimal
...     packed: dt.date | None = None
>>> Parcel(number=1, weight=Decimal("2.50")).to_json()
{'number': 1, 'weight': '2.50', 'packed': None}
>>> Parcel.from_json({"number": 1, "weight": 2.5, "colour": "red"})
Traceback (most recent call last):
...
rcep_link.record.InvalidRecord: Parcel: colour: unknown key; weight: expected decimal text such as "12.50", got 2.5
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
import types
import typing
from decimal import Decimal

DECIMAL_TEXT = re.compile(r"-?\d{1,20}(\.\d{1,12})?")
SHOWN_VALUE = 60  # characters of a wrong value that an error text repeats


class InvalidRecord(ValueError):
    """A record's content is wrong; ``errors`` holds a `FieldError` for each place."""

    def __init__(self, record_name: str, errors):
        self.record_name = record_name
        self.errors = tuple(errors)
        super().__init__(f"{record_name}: " + "; ".join(f"{e.path}: {e.message}" for e in self.errors))


class Slot(typing.NamedTuple):
    """One field of a record: its scalar or record type, and whether it repeats or may be absent."""

    name: str
    type: type
    many: bool
    optional: bool
    required: bool
    choices: tuple


class Record:
    """Base of the canonical data classes; subclasses are ``@dataclass(frozen=True, kw_only=True)``."""

    def __post_init__(self):
        problems = []
        for slot in slots(type(self)).values():
            value = getattr(self, slot.name)
            if slot.many and isinstance(value, list):
                value = tuple(value)
                object.__setattr__(self, slot.name, value)
            problems.extend(_check(slot, value))
        if problems:
            raise InvalidRecord(type(self).__name__, problems)

    def to_json(self) -> dict:
        """Return the record as plain dict, list, str, int, bool and None."""
        return {name: _dump(getattr(self, name)) for name in slots(type(self))}

    @classmethod
    def from_json(cls, data):
        """Return the record that ``data`` describes, or raise `InvalidRecord` with every wrong path."""
        problems = []
        record = _load_record(cls, data, "", problems)
        if problems:
            raise InvalidRecord(cls.__name__, problems)
        return record


@dataclasses.dataclass(frozen=True, kw_only=True)
class FieldError(Record):
    """What is wrong at one place: a canonical path (``items.0.hs6``), a machine-readable code, a sentence."""

    path: str
    code: str
    message: str


def one_of(choices, **options):
    """Declare a text field that takes only the values of ``choices``."""
    return dataclasses.field(metadata={"choices": tuple(choices)}, **options)


@functools.cache
def slots(cls) -> dict[str, Slot]:
    """Return the fields of a record class by name, as `Slot`."""
    hints = typing.get_type_hints(cls)
    return {field.name: _slot(field, hints[field.name]) for field in dataclasses.fields(cls)}


def _slot(field, hint) -> Slot:
    optional = many = False
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        optional = True
        (hint,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
    if typing.get_origin(hint) is tuple:
        many = True
        hint = typing.get_args(hint)[0]
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    return Slot(field.name, hint, many, optional, required, field.metadata.get("choices", ()))


# --- checking of values when a record is made ---------------------------------------------------------------
def _error(path, message) -> FieldError:
    return FieldError(path=path, code="invalid", message=message)


def _shown(value) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN_VALUE else text[:SHOWN_VALUE] + "…"


def _check(slot, value):
    if value is None and slot.optional:
        return []
    if not slot.many:
        return _check_one(slot, slot.name, value)
    if not isinstance(value, tuple):
        return [_error(slot.name, f"expected a list, got {_shown(value)}")]
    return [error for i, each in enumerate(value) for error in _check_one(slot, f"{slot.name}.{i}", each)]


def _check_one(slot, path, value):
    if type(value) is not slot.type:
        return [_error(path, f"expected {_WORDS.get(slot.type, slot.type.__name__)}, got {_shown(value)}")]
    if slot.choices and value not in slot.choices:
        return [_error(path, f"expected one of {', '.join(slot.choices)}, got {_shown(value)}")]
    rule = _RULES.get(slot.type)
    return [_error(path, rule[1])] if rule and not rule[0](value) else []


def _is_text(value: str) -> bool:
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value)  # which no database holds


_WORDS = {
    str: "text", int: "a whole number", bool: "true or false", Decimal: "a Decimal", dict: "an object",
    dt.date: "a date", dt.datetime: "a date with time",
}  # fmt: skip
_RULES = {
    str: (_is_text, "holds a null character, or half of a character (a lone surrogate)"),
    Decimal: (Decimal.is_finite, "must be a finite number"),
    dt.datetime: (lambda value: value.utcoffset() is not None, "needs a time zone"),
}


# --- JSON out and in ----------------------------------------------------------------------------------------
def _dump(value):
    if isinstance(value, Record):
        return value.to_json()
    if isinstance(value, tuple):
        return [_dump(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):  # datetime is a date
        return value.isoformat()
    return value


def _load_record(cls, data, path, problems):
    if not isinstance(data, dict):
        problems.append(_error(path or cls.__name__, f"expected an object, got {_shown(data)}"))
        return None
    known = slots(cls)
    before = len(problems)
    for key in data:
        if key not in known:
            problems.append(_error(_join(path, key), "unknown key"))
    values = {}
    for slot in known.values():
        if slot.name in data:
            values[slot.name] = _load(slot, data[slot.name], _join(path, slot.name), problems)
        elif slot.required:
            problems.append(_error(_join(path, slot.name), "is missing"))
    if len(problems) > before:
        return None
    try:
        return cls(**values)
    except InvalidRecord as invalid:
        problems.extend(
            FieldError(path=_join(path, e.path), code=e.code, message=e.message) for e in invalid.errors
        )
        return None


def _load(slot, value, path, problems):
    if value is None and slot.optional:
        return None
    if not slot.many:
        return _load_one(slot, value, path, problems)
    if not isinstance(value, list):
        problems.append(_error(path, f"expected a list, got {_shown(value)}"))
        return ()
    return tuple(_load_one(slot, each, f"{path}.{i}", problems) for i, each in enumerate(value))


def _load_one(slot, value, path, problems):
    if issubclass(slot.type, Record):
        return _load_record(slot.type, value, path, problems)
    reader = _READERS.get(slot.type)
    if reader is None:
        return value  # text, numbers and objects are checked when the record is made
    try:
        return reader[0](value)
    except (ValueError, TypeError):
        problems.append(_error(path, f"expected {reader[1]}, got {_shown(value)}"))
        return None


def read_decimal(text: str) -> Decimal:
    """Return the number of a decimal text; no exponent, no sign but minus, no float.

    >>> read_decimal("12.50")
    Decimal('12.50')
    """
    if not isinstance(text, str) or not DECIMAL_TEXT.fullmatch(text) or not text.isascii():
        raise ValueError(f"not decimal text: {_shown(text)}")
    return Decimal(text)


def read_datetime(text: str) -> dt.datetime:
    """Return the moment of an ISO 8601 text that carries its offset (``Z`` allowed).

    >>> read_datetime("2026-05-01T08:00:00Z").isoformat()
    '2026-05-01T08:00:00+00:00'
    """
    moment = dt.datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)
    if moment.utcoffset() is None:
        raise ValueError("a time without offset")
    return moment


def read_date(text: str) -> dt.date:
    """Return the day of an ISO 8601 text of ten characters."""
    if len(text) != len("2026-05-01"):
        raise ValueError("not a day")
    return dt.date.fromisoformat(text)


def _join(path, key) -> str:
    return f"{path}.{key}" if path else str(key)


def _caught(reader):
    def read(value):
        if not isinstance(value, str):
            raise TypeError
        return reader(value)

    return read


_READERS = {
    Decimal: (read_decimal, 'decimal text such as "12.50"'),
    dt.date: (_caught(read_date), "a day such as 2026-05-01"),
    dt.datetime: (_caught(read_datetime), "a time with offset such as 2026-05-01T08:00:00+00:00"),
}

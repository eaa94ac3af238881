"""The canonical records as JSON Schema (draft 2020-12), for whoever reads or writes them in another language.

>>> from .event import IssuerCheck
>>> of(IssuerCheck)["properties"]["url"], of(IssuerCheck)["required"]
({'type': 'string'}, ['url'])
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from .record import DECIMAL_TEXT, Record, slots

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALARS = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    dict: {"type": "object"},
    Decimal: {"type": "string", "pattern": f"^{DECIMAL_TEXT.pattern}$"},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "format": "date-time"},
}


def of(cls) -> dict:
    """Return the schema of a record class, with the records inside it under ``$defs``."""
    inner: dict[str, dict] = {}
    body = _object(cls, inner)
    inner.pop(cls.__name__, None)
    return {"$schema": DIALECT, "title": cls.__name__, "description": _first_sentence(cls), **body,
            **({"$defs": dict(sorted(inner.items()))} if inner else {})}  # fmt: skip


def _object(cls, inner) -> dict:
    known = slots(cls)
    return {
        "type": "object",
        "properties": {name: _slot(slot, inner) for name, slot in known.items()},
        "required": [name for name, slot in known.items() if slot.required],
        "additionalProperties": False,
    }


def _slot(slot, inner) -> dict:
    one = _one(slot, inner)
    if slot.many:
        return {"type": "array", "items": one}
    if slot.optional:
        return {"anyOf": [one, {"type": "null"}]}
    return one


def _one(slot, inner) -> dict:
    if issubclass(slot.type, Record):
        if slot.type.__name__ not in inner:
            inner[slot.type.__name__] = {}
            inner[slot.type.__name__] = _object(slot.type, inner)
        return {"$ref": f"#/$defs/{slot.type.__name__}"}
    return {**SCALARS[slot.type], **({"enum": list(slot.choices)} if slot.choices else {})}


def _first_sentence(cls) -> str:
    return " ".join((cls.__doc__ or "").split("\n\n")[0].split())

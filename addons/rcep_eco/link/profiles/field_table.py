"""A table of words between canonical records and a platform's JSON, read in both directions.

The table says per record class what a field is called on the wire, and per field what a code is called. What
it does not name is called the same on both sides.

>>> from ..application import Invoice
>>> wording = Wording({"Invoice": {"number": "invoice_no"}}, {"Invoice.incoterm": {"FOB": "3"}})
>>> invoice = Invoice.from_json({"number": "A-1", "date": "2026-05-01", "currency": "USD", "incoterm": "FOB",
...     "amount": "10.00"})
>>> wire = wording.out(invoice)
>>> wire
{'invoice_no': 'A-1', 'date': '2026-05-01', 'currency': 'USD', 'incoterm': '3', 'amount': '10.00'}
>>> wording.back(Invoice, wire) == invoice
True
>>> wording.path(Invoice, "/invoice_no")
'number'
>>> wording.pointer(Invoice, "number")
'/invoice_no'
"""

from __future__ import annotations

from ..plain_text import is_number
from ..record import Record, slots


class Wording:
    """Renames fields and codes; ``words[class][field]`` and ``codes[class.field][code]`` are the wire's."""

    def __init__(self, words, codes):
        self._words = words
        self._codes = codes

    def out(self, record: Record) -> dict:
        """Return a record's JSON in the platform's words; what is None is left out."""
        cls = type(record)
        words = self._words.get(cls.__name__, {})
        plain = record.to_json()
        wire = {}
        for name, slot in slots(cls).items():
            value = getattr(record, name)
            if value is None:
                continue
            if issubclass(slot.type, Record):
                sentences = [self.out(each) for each in value] if slot.many else self.out(value)
            else:
                sentences = _each(slot, plain[name], self._codes.get(f"{cls.__name__}.{name}", {}))
            wire[words.get(name, name)] = sentences
        return wire

    def back(self, cls, wire: dict) -> Record:
        """Return the record that ``wire`` says; raises `InvalidRecord`, with canonical paths."""
        return cls.from_json(self._plain(cls, wire))

    def _plain(self, cls, wire):
        if not isinstance(wire, dict):
            return wire
        names = self._names(cls)
        plain = {}
        for key, value in wire.items():
            name = names.get(key, key)
            slot = slots(cls).get(name)
            if slot and issubclass(slot.type, Record):
                many = slot.many and isinstance(value, list)
                plain[name] = ([self._plain(slot.type, each) for each in value] if many
                               else self._plain(slot.type, value))
            else:
                codes = self._codes.get(f"{cls.__name__}.{name}", {})
                plain[name] = _each(slot, value, {result: code for code, result in codes.items()})
        return plain

    def path(self, cls, pointer: str) -> str:
        """Return the canonical path of a JSON pointer (RFC 6901) into what `out` made of a ``cls``."""
        path = []
        for part in pointer.split("/")[1:]:
            if cls is not None and not is_number(part):
                part = self._names(cls).get(part, part)  # noqa: PLW2901  the canonical word from here on
                slot = slots(cls).get(part)
                cls = slot.type if slot and issubclass(slot.type, Record) else None
            path.append(part)
        return ".".join(path)

    def pointer(self, cls, path: str) -> str:
        """Return the JSON pointer (RFC 6901) into what `out` made of a ``cls``: the inverse of `path`."""
        parts = []
        for name in path.split("."):
            slot = slots(cls).get(name) if cls is not None else None
            parts.append(self._words.get(cls.__name__, {}).get(name, name) if slot else name)
            if not is_number(name):
                cls = slot.type if slot and issubclass(slot.type, Record) else None
        return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)

    def _names(self, cls):
        words = self._words.get(cls.__name__, {})
        return {words.get(name, name): name for name in slots(cls)}


def _each(slot, value, codes):
    if slot and slot.many and isinstance(value, list):
        return [_code(codes, each) for each in value]
    return _code(codes, value)


def _code(codes, value):
    return codes.get(value, value) if isinstance(value, str) else value

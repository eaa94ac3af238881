"""What the code behind the QR says of a certificate: never a price, a cost, a material or the consignee.

A map with small numbers for names; what a code has no room for is left out, from the goods up.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from odoo.addons.rcep_eco.link import canonical_json

NAMES = {
    "number": 1,
    "agreement": 2,
    "issued_on": 3,
    "valid_until": 4,
    "exporter": 5,
    "credit_code": 6,
    "importing_party": 7,
    "invoices": 8,
    "goods": 9,
    "digest": 10,
    "made_at": 11,
    "revision": 12,
    "specimen": 13,
    "state": 14,
    "index": 15,
}
# Of a code that has no room for all.
LEAST = ("number", "agreement", "issued_on", "importing_party", "digest", "made_at", "specimen", "state", "index")
EPOCH = dt.date(1970, 1, 1)
LONGEST = 24  # characters of a name
MOST_GOODS = 3
DIGEST_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What is said of one certificate.

    :param state: ``cancelled`` or ``replaced``; empty while it is as it was issued
    :param goods: (HS code of six digits, country of origin, quantity, unit) of each
    :param digest: of the public record, :func:`digest_of`
    :param made_at: when the code was made
    :param index: its place in the list of what was cancelled or replaced
    """

    number: str
    agreement: str
    issued_on: dt.date | None
    valid_until: dt.date | None
    exporter: str
    credit_code: str
    importing_party: str
    invoices: tuple[str, ...]
    goods: tuple[tuple[str, str, str, str], ...]
    digest: bytes
    made_at: dt.datetime
    revision: int
    specimen: bool
    index: int
    state: str = ""

    def payloads(self) -> Iterator[dict]:
        """Yield maps to sign, the fullest first."""
        full = {
            "number": self.number,
            "agreement": self.agreement,
            "issued_on": _days(self.issued_on),
            "valid_until": _days(self.valid_until),
            "exporter": self.exporter[:LONGEST],
            "credit_code": self.credit_code,
            "importing_party": self.importing_party,
            "invoices": [number[:LONGEST] for number in self.invoices[:MOST_GOODS]],
            "goods": [*map(list, self.goods[:MOST_GOODS]), *self._more()],
            "digest": self.digest,
            "made_at": int(self.made_at.timestamp()),
            "revision": self.revision,
            "specimen": self.specimen,
            "state": self.state,
            "index": self.index,
        }
        yield _map(full)
        yield _map({name: full[name] for name in LEAST})

    def _more(self):
        return [len(self.goods) - MOST_GOODS] if len(self.goods) > MOST_GOODS else []


def digest_of(facts: dict) -> bytes:
    """The first bytes of the SHA-256 of what is public of a certificate, as canonical JSON (RFC 8785)."""
    return hashlib.sha256(canonical_json.canonical_bytes(facts)).digest()[:DIGEST_BYTES]


def _days(day):
    return (day - EPOCH).days if day else None


def _map(values):
    return {NAMES[name]: value for name, value in values.items() if value not in (None, "", False, [])}

"""Compact signatures (JWS, RFC 7515) by ES256 and nothing else, and sets of public keys (JWK, RFC 7517).

The header of a text names the key and is believed in nothing more: no key inside it, no address of one, no other
algorithm.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import NamedTuple

from odoo.addons.rcep_eco.link import jwk as jwks
from odoo.addons.rcep_eco.link import signatures

from .wrong import Wrong

TYPE = "rcep-origin+jwt"
ALGORITHM = "ES256"
LONGEST = 16 * 1024  # characters of a signed text
DEEPEST = 20  # braces and brackets in each other
PART = re.compile(r"[A-Za-z0-9_-]+")
COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class Signed(NamedTuple):
    """A text that says that a key signed it; whether it did is not known yet."""

    key_id: str
    claims: dict
    covered: bytes
    signature: bytes

    def is_of(self, key: signatures.Verifier) -> bool:
        """Whether this key signed it."""
        return key.alg == ALGORITHM and key.fits(self.signature, self.covered)


def sign(claims: dict, key_id: str, sign_bytes: Callable[[bytes], bytes]) -> str:
    """The compact text of claims.

    :param sign_bytes: gives the DER signature over SHA-256 of what it is given
    """
    covered = ".".join(
        _encoded(json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())
        for part in ({"alg": ALGORITHM, "kid": key_id, "typ": TYPE}, claims)
    )
    return f"{covered}.{_encoded(signatures.der_to_raw(sign_bytes(covered.encode())))}"


def read(text: str) -> Signed:
    """What a compact text says of itself.

    :raises Wrong: where it is none, or of another kind
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise Wrong("too_long")
    if not COMPACT.fullmatch(text):
        raise Wrong("no_statement")
    first, second, third = text.split(".")
    header, claims = _json(first), _json(second)
    if set(header) != {"alg", "kid", "typ"} or header["alg"] != ALGORITHM or header["typ"] != TYPE:
        raise Wrong("no_statement")
    if not isinstance(header["kid"], str) or not PART.fullmatch(header["kid"]):
        raise Wrong("no_statement")
    return Signed(header["kid"], claims, f"{first}.{second}".encode(), _decoded(third))


def key_of(jwk: dict) -> signatures.Verifier:
    """The key of a JWK, whose name has to be its thumbprint: nobody gives a key the name of another.

    :raises Wrong: where it is no key of P-256
    """
    try:
        return jwks.key_of(jwk)
    except ValueError as error:
        raise Wrong("odd_key") from error


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    if not isinstance(text, str) or not PART.fullmatch(text):
        raise Wrong("no_statement")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Wrong("no_statement") from error
    if _encoded(data) != text:  # one text for one signature
        raise Wrong("no_statement")
    return data


def _json(part: str) -> dict:
    try:
        text = _decoded(part).decode()
        if text.count("{") + text.count("[") > DEEPEST:
            raise Wrong("no_statement")
        found = json.loads(text, object_pairs_hook=_once)
    except ValueError as error:  # no UTF-8, no JSON, or a number that nobody writes
        raise Wrong("no_statement") from error
    if not isinstance(found, dict):
        raise Wrong("no_statement")
    return found


def _once(pairs):
    """An object whose names stand once each: what is said twice is said to two readers."""
    if len({name for name, _value in pairs}) != len(pairs):
        raise Wrong("no_statement")
    return dict(pairs)

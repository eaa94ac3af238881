"""One signature over a payload: COSE_Sign1 (RFC 9052, section 4.2) with ES256, and nothing else.

What is read has to be written in exactly one way (deterministic CBOR, RFC 8949, section 4.2.1): no second text has the
same meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cbor2
from odoo.addons.rcep_eco.link import signatures

SIGN1 = 18  # tag
ALG, KID, ES256 = 1, 4, -7
KEY_ID_BYTES = 8  # of the thumbprint: enough to find a key of a list, and no name to be believed
SIGNATURE_BYTES = 64


class Unreadable(ValueError):
    """The bytes are no message of ours."""


class Signed(NamedTuple):
    """A message that says that a key signed it; whether it did is not known yet."""

    key_id: bytes
    payload: dict
    covered: bytes
    signature: bytes

    def is_of(self, key: signatures.Verifier) -> bool:
        """Whether this key signed it."""
        return key.alg == "ES256" and key.fits(self.signature, self.covered)


def sign(payload: dict, key_id: bytes, sign_bytes: Callable[[bytes], bytes]) -> bytes:
    """The message of a payload.

    :param sign_bytes: gives the DER signature over SHA-256 of what it is given
    """
    protected = _cbor({ALG: ES256, KID: key_id})
    content = _cbor(payload)
    signature = signatures.der_to_raw(sign_bytes(_covered(protected, content)))
    return _cbor(cbor2.CBORTag(SIGN1, [protected, {}, content, signature]))


def read(data: bytes) -> Signed:
    """What a message says of itself.

    :raises Unreadable: where it is none, or written in another way than we do
    """
    try:
        message = cbor2.loads(data)
        protected, unprotected, content, signature = message.value
        header, payload = cbor2.loads(protected), cbor2.loads(content)
        as_we_write_it = message.tag == SIGN1 and unprotected == {} and _cbor(message) == data
        as_we_write_it = as_we_write_it and _cbor(header) == protected and _cbor(payload) == content
    except (cbor2.CBORError, AttributeError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable("no message of ours") from error
    if not as_we_write_it or not isinstance(payload, dict) or set(header) != {ALG, KID} or header[ALG] != ES256:
        raise Unreadable("no message of ours")
    if not isinstance(header[KID], bytes) or not isinstance(signature, bytes) or len(signature) != SIGNATURE_BYTES:
        raise Unreadable("no message of ours")
    return Signed(header[KID], payload, _covered(protected, content), signature)


def _covered(protected: bytes, content: bytes) -> bytes:
    """The Sig_structure (section 4.4)."""
    return _cbor(["Signature1", protected, b"", content])


def _cbor(value) -> bytes:
    return cbor2.dumps(value, canonical=True)

"""Public keys of P-256 as JWK (RFC 7517), each named by its thumbprint (RFC 7638)."""

from __future__ import annotations

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric import ec

from .signatures import COORDINATE, Verifier

ALGORITHM = "ES256"


def jwk_of(public_key: ec.EllipticCurvePublicKey) -> dict:
    """A public key of P-256 as a JWK, named by its thumbprint (RFC 7638)."""
    numbers = public_key.public_numbers()
    size = COORDINATE
    jwk = {
        "crv": "P-256",
        "kty": "EC",
        "x": _encoded(numbers.x.to_bytes(size, "big")),
        "y": _encoded(numbers.y.to_bytes(size, "big")),
    }
    return {**jwk, "kid": thumbprint(jwk), "use": "sig", "alg": ALGORITHM}


def thumbprint(jwk: dict) -> str:
    """The name of a key: a hash of what it is (RFC 7638)."""
    needed = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    return _encoded(hashlib.sha256(json.dumps(needed, separators=(",", ":"), sort_keys=True).encode()).digest())


def key_of(jwk: dict) -> Verifier:
    """The key of a JWK, whose name has to be its thumbprint: nobody gives a key the name of another.

    :raises ValueError: where it is no key of P-256
    """
    try:
        if jwk["kty"] != "EC" or jwk["crv"] != "P-256" or jwk["kid"] != thumbprint(jwk):
            raise ValueError("no key of P-256 under its own name")
        x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[name] + "=="), "big") for name in ("x", "y"))
        return Verifier(ALGORITHM, ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key())
    except (KeyError, TypeError) as error:
        raise ValueError("no key of P-256") from error


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

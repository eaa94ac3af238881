"""Signed HTTP requests: who sent this, just now, and unaltered (RFC 9421 with the digest of RFC 9530).

Covered are method, path, query, ``Date`` and ``Content-Digest``, and ``Idempotency-Key`` where there is one.
Scheme and host are left out on purpose: a reverse proxy in front of either side may change them. ES256
signatures are the raw ``r || s`` of RFC 9421, section 3.3.4; what `cryptography` and Odoo's ``certificate.key``
return is DER, so a `Signer` gives DER and the conversion happens here.

>>> key = LocalSigner.generate("demo-1")
>>> now = dt.datetime(2026, 5, 1, 8, 0, tzinfo=dt.timezone.utc)
>>> headers = sign(key, "PUT", "/things/7c1d?x=1", b"{}", now=now, headers={"Idempotency-Key": "m-1"})
>>> headers["Signature-Input"]
'sig1=("@method" "@path" "@query" "date" "content-digest" "idempotency-key");created=1777622400;keyid="demo-1";alg="ecdsa-p256-sha256"'
>>> keys = {"demo-1": Verifier.from_pem(key.public_pem())}
>>> verify(keys, "PUT", "/things/7c1d?x=1", headers, b"{}", now=now)
'demo-1'
>>> verify(keys, "PUT", "/things/7c1d?x=2", headers, b"{}", now=now)
Traceback (most recent call last):
...
rcep_link.errors.BadSignature: The signature of key demo-1 does not fit the request: it was altered on its way or signed with another key.
"""  # noqa: E501  one line is what is printed

from __future__ import annotations

import base64
import binascii
import datetime as dt
import email.utils
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from .canonical import content_digest, has_digest
from .coded_message import CodedMessage
from .errors import BadSignature, KeyUnusable, UnknownKey, plain

WINDOW = dt.timedelta(minutes=5)
LABEL = "sig1"
COVERED = ("@method", "@path", "@query", "date", "content-digest")
COVERED_IF_PRESENT = ("idempotency-key",)
ALGORITHMS = {"ES256": "ecdsa-p256-sha256", "RS256": "rsa-v1_5-sha256"}  # JOSE's names and RFC 9421's
COORDINATE = 32  # bytes of r and of s on the curve P-256
SMALLEST_RSA_KEY = 2048  # bits
KEY_ID = re.compile(r"[A-Za-z0-9._:@/+=-]{1,200}")

_PARAMETER = r';(?:created|expires)=[0-9]{1,15}|;(?:keyid|alg|nonce|tag)="[\x20-\x21\x23-\x5b\x5d-\x7e]{1,300}"'
_INPUT = re.compile(
    r'([a-z*][a-z0-9_.*-]{0,60})=(\(("[@a-z0-9-]{1,60}"(?: "[@a-z0-9-]{1,60}"){0,20})\)((?:' + _PARAMETER + r")*))"
)
_SIGNATURE = re.compile(r"([a-z*][a-z0-9_.*-]{0,60})=:([A-Za-z0-9+/]{1,1400}={0,2}):")


class Signer(typing.Protocol):
    """Whoever holds a private key; the key itself never comes here."""

    key_id: str
    alg: str  # ES256 or RS256

    def sign(self, data: bytes) -> bytes:
        """Return the signature over SHA-256 of ``data``: DER for ES256, PKCS#1 v1.5 for RS256."""


class LocalSigner:
    """A `Signer` whose private key lies in memory: for tests and for keys outside Odoo."""

    def __init__(self, key_id: str, private_key):
        self.key_id = key_id
        self.alg = "RS256" if isinstance(private_key, rsa.RSAPrivateKey) else "ES256"
        self._private_key = private_key

    def __repr__(self):
        return f"LocalSigner({self.key_id!r}, {self.alg})"

    @classmethod
    def generate(cls, key_id: str):
        """Return a signer with a new key on the curve P-256."""
        return cls(key_id, ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, key_id: str, pem: bytes, password: bytes | None = None):
        """Return a signer for an unencrypted or encrypted PEM private key."""
        return cls(key_id, serialization.load_pem_private_key(pem, password))

    def public_pem(self) -> bytes:
        """Return the public key for the other side."""
        return self._private_key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def sign(self, data: bytes) -> bytes:
        if self.alg == "RS256":
            return self._private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._private_key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True)
class Verifier:
    """A public key that a signature may be checked with; the key decides the algorithm, never the message."""

    alg: str
    public_key: object

    @classmethod
    def from_pem(cls, pem: bytes | str):
        """Return the verifier for a PEM public key on the curve P-256 or of RSA from 2048 bits."""
        try:
            key = serialization.load_pem_public_key(pem.encode() if isinstance(pem, str) else pem)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise ValueError("This is not a public key in PEM form.") from error
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
            return cls("ES256", key)
        if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA_KEY:
            return cls("RS256", key)
        raise ValueError("The key must lie on the curve P-256, or be RSA of at least 2048 bits.")

    def fits(self, signature: bytes, data: bytes) -> bool:
        """Tell whether ``signature`` (raw r || s for ES256) was made over ``data``."""
        try:
            if self.alg == "RS256":
                self.public_key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
            else:
                self.public_key.verify(raw_to_der(signature), data, ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(
    signer: Signer, method: str, target: str, body: bytes, *, now: dt.datetime, headers: Mapping | None = None
) -> dict[str, str]:
    """Return ``headers`` with Date, Content-Digest, Signature-Input and Signature of a request added.

    ``target`` is path and query as they stand on the request line; ``now`` is aware. Raises `KeyUnusable`
    when the signer cannot sign.
    """
    if signer.alg not in ALGORITHMS:
        raise KeyUnusable(CodedMessage("key_algorithm", name=signer.key_id, algorithm=signer.alg))
    if not KEY_ID.fullmatch(signer.key_id):
        raise KeyUnusable(CodedMessage("key_name"))
    signed = dict(headers or {})
    signed["Date"] = email.utils.format_datetime(now.astimezone(dt.timezone.utc), usegmt=True)
    signed["Content-Digest"] = content_digest(body)
    fields = _lower(signed)
    covered = COVERED + tuple(name for name in COVERED_IF_PRESENT if name in fields)
    parameters = (
        f"({' '.join(chr(34) + name + chr(34) for name in covered)});created={int(now.timestamp())}"
        f';keyid="{signer.key_id}";alg="{ALGORITHMS[signer.alg]}"'
    )
    base = _base(covered, parameters, method, target, fields)
    try:
        signature = signer.sign(base)
        if signer.alg == "ES256":
            signature = der_to_raw(signature)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(CodedMessage("key_does_not_sign", name=signer.key_id)) from error
    signed["Signature-Input"] = f"{LABEL}={parameters}"
    signed["Signature"] = f"{LABEL}=:{base64.b64encode(signature).decode()}:"
    return signed


def verify(
    keys: Mapping[str, Verifier],
    method: str,
    target: str,
    headers: Mapping,
    body: bytes,
    *,
    now: dt.datetime,
    window: dt.timedelta = WINDOW,
) -> str:
    """Return the name of the key that signed this request within ``window`` of ``now``, or raise `BadSignature`.

    ``keys`` maps each acceptable key's name to its `Verifier`. The time is checked last, so that only who holds
    a key learns our clock.
    """
    fields = _lower(headers)
    parameters, covered, facts, signature = _parse(fields)
    missing = [name for name in COVERED if name not in covered]
    missing += [name for name in COVERED_IF_PRESENT if name in fields and name not in covered]
    if missing:
        raise BadSignature(f"The signature does not cover {', '.join(missing)}.")
    key_id = facts.get("keyid", "")
    verifier = keys.get(key_id)
    if verifier is None:
        raise UnknownKey(
            f"The request is signed with the key {plain(key_id) or '(unnamed)'}, which is not known here.")
    if facts.get("alg", ALGORITHMS[verifier.alg]) != ALGORITHMS[verifier.alg]:
        raise BadSignature(f"The key {key_id} signs with {verifier.alg}, but the request names another algorithm.")
    if not verifier.fits(signature, _base(covered, parameters, method, target, fields)):
        raise BadSignature(
            f"The signature of key {key_id} does not fit the request: it was altered on its way or signed with "
            "another key."
        )
    if not has_digest(fields["content-digest"], body):
        raise BadSignature("The body is not the one that was signed: its Content-Digest differs.")
    _check_fresh(facts, fields["date"], now, window)
    return key_id


def der_to_raw(signature: bytes) -> bytes:
    """Return an ES256 signature as ``r || s`` (64 bytes) from DER, as JOSE and RFC 9421 want it."""
    r, s = decode_dss_signature(signature)
    try:
        return r.to_bytes(COORDINATE, "big") + s.to_bytes(COORDINATE, "big")
    except OverflowError:
        raise ValueError("The signature is not of the curve P-256.") from None


def raw_to_der(signature: bytes) -> bytes:
    """Return an ES256 signature in DER from ``r || s``."""
    if len(signature) != 2 * COORDINATE:
        raise ValueError("An ES256 signature has 64 bytes.")
    halves = signature[:COORDINATE], signature[COORDINATE:]
    return encode_dss_signature(*(int.from_bytes(half, "big") for half in halves))


def _lower(headers: Mapping) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in headers.items():
        key, text = name.lower(), str(value).strip()
        fields[key] = f"{fields[key]}, {text}" if key in fields else text
    return fields


def _base(covered, parameters, method, target, fields) -> bytes:
    """Return the signature base of RFC 9421, section 2.5; an absent query counts as a bare question mark."""
    path, _mark, query = target.partition("?")
    values = {"@method": method.upper(), "@path": path or "/", "@query": f"?{query}"}
    lines = []
    for name in covered:
        value = values.get(name) if name.startswith("@") else fields.get(name)
        if value is None:
            raise BadSignature(f"The signature covers {name}, which this request does not have.")
        lines.append(f'"{name}": {value}')
    lines.append(f'"@signature-params": {parameters}')
    try:
        return "\n".join(lines).encode("ascii")
    except UnicodeEncodeError:
        raise BadSignature("A signed part of the request holds characters outside ASCII.") from None


def _parse(fields):
    """Return parameters as received, covered names, parameter values and signature of the only signature."""
    given = _INPUT.fullmatch(fields.get("signature-input", ""))
    signature = _SIGNATURE.fullmatch(fields.get("signature", ""))
    if not fields.get("signature") or not fields.get("signature-input"):
        raise BadSignature("The request is not signed.")
    if not given or not signature or given[1] != signature[1]:
        raise BadSignature("The request must carry exactly one signature in the form of RFC 9421.")
    covered = tuple(name.strip('"') for name in given[3].split(" "))
    facts = [part.partition("=")[::2] for part in re.findall(_PARAMETER, given[4])]
    names = [name for name, _value in facts]
    if len(set(covered)) != len(covered) or len(set(names)) != len(names):
        raise BadSignature("The signature names a part twice.")
    try:
        raw = base64.b64decode(signature[2], validate=True)
    except binascii.Error:
        raise BadSignature("The signature is not readable.") from None
    return given[2], covered, {name.lstrip(";"): value.strip('"') for name, value in facts}, raw


def _check_fresh(facts, date_field, now, window):
    try:
        dates = {
            "created": dt.datetime.fromtimestamp(int(facts["created"]), dt.timezone.utc),
            "Date": email.utils.parsedate_to_datetime(date_field),
        }
        offsets = {name: (moment - now) for name, moment in dates.items()}
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        raise BadSignature("The signature does not say when it was made.") from None
    for name, offset in offsets.items():
        if abs(offset) > window:
            seconds = round(offset.total_seconds())
            raise BadSignature(
                f"The signature's {name} is {abs(seconds)} seconds {'ahead of' if seconds > 0 else 'behind'} this "
                "clock; check the clocks, or the request was replayed."
            )

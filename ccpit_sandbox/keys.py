"""The platform's own keys, made at the first start and stored: one signs pushes, one signs certificates.

The documents' key has a certificate under a root of its own, as an issuing body's would. Both say SPECIMEN.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from rcep_link.signatures import LocalSigner

from . import clock
from .store import Store

PUSH, ROOT, ISSUER = "push", "root", "issuer"
YEARS = 10
KEY_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class Keypair:
    """A private key with its certificate (PEM); ``certificate`` is empty for the key of pushes."""

    key_id: str
    private_pem: bytes
    certificate_pem: bytes

    @property
    def private_key(self):
        """The key itself."""
        return serialization.load_pem_private_key(self.private_pem, None)


class Keys:
    """All keys of one platform."""

    def __init__(self, store: Store):
        with store.transaction() as database:
            found = {row["name"]: _keypair(row) for row in database.execute("SELECT * FROM keypair")}
            if not found:
                found = _new_keys()
                database.executemany(
                    "INSERT INTO keypair (name, key_id, private_pem, certificate_pem) VALUES (?, ?, ?, ?)",
                    [(name, pair.key_id, pair.private_pem, pair.certificate_pem) for name, pair in found.items()],
                )
            if not database.execute("SELECT 1 FROM push_key").fetchone():
                _keep(database, found[PUSH].key_id, found[PUSH].private_pem, 0.0)
        self.root, self.issuer = found[ROOT], found[ISSUER]
        self._store = store

    @property
    def push(self) -> LocalSigner:
        """The key that signs pushes now."""
        with self._store.reading() as database:
            row = database.execute(
                "SELECT * FROM push_key WHERE signs_from <= ? ORDER BY number DESC LIMIT 1", (time.time(),)
            ).fetchone()
        return LocalSigner.from_pem(row["key_id"], row["private_pem"])

    def rotate(self, in_seconds: float, overlap_seconds: float) -> LocalSigner:
        """Make a new key for pushes that signs ``in_seconds`` from now; older ones stay announced a while longer."""
        pem = _pem(ec.generate_private_key(ec.SECP256R1()))
        signer = LocalSigner.from_pem(f"sandbox-{secrets.token_hex(4)}-push", pem)
        begin = time.time() + in_seconds
        with self._store.transaction() as database:
            database.execute("UPDATE push_key SET ends = ? WHERE ends IS NULL", (begin + overlap_seconds,))
            _keep(database, signer.key_id, pem, begin)
        return signer

    def announced(self) -> list[dict]:
        """The public keys that a push may be signed with, newest first, for who checks pushes."""
        with self._store.reading() as database:
            rows = database.execute(
                "SELECT * FROM push_key WHERE ends IS NULL OR ends > ? ORDER BY number DESC", (time.time(),)
            ).fetchall()
        return [
            {
                "key_id": row["key_id"],
                "public_key_pem": LocalSigner.from_pem(row["key_id"], row["private_pem"]).public_pem().decode(),
                "signs_from": _moment(row["signs_from"]),
                "ends": _moment(row["ends"]),
            }
            for row in rows
        ]


def _keep(database, key_id: str, private_pem: bytes, signs_from: float) -> None:
    database.execute(
        "INSERT INTO push_key (key_id, private_pem, signs_from) VALUES (?, ?, ?)", (key_id, private_pem, signs_from)
    )


def _moment(seconds: float | None) -> str | None:
    return clock.text(dt.datetime.fromtimestamp(seconds, dt.timezone.utc)) if seconds else None


def _keypair(row) -> Keypair:
    return Keypair(row["key_id"], row["private_pem"], row["certificate_pem"])


def _new_keys() -> dict[str, Keypair]:
    root, issuer, push = (ec.generate_private_key(ec.SECP256R1()) for _each in range(3))
    root_name, issuer_name = _name("Sandbox root - SPECIMEN"), _name("Sandbox issuing body - SPECIMEN")
    root_certificate = _certificate(root_name, root, root_name, root, is_authority=True)
    certificate = _certificate(issuer_name, issuer, root_name, root, is_authority=False)
    stem = f"sandbox-{secrets.token_hex(4)}"
    return {
        PUSH: Keypair(f"{stem}-push", _pem(push), b""),
        ROOT: Keypair(f"{stem}-root", _pem(root), root_certificate.public_bytes(serialization.Encoding.PEM)),
        ISSUER: Keypair(f"{stem}-issuer", _pem(issuer), certificate.public_bytes(serialization.Encoding.PEM)),
    }


def _pem(key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _name(common_name: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, "Sandbox, not an issuing body"))
    names = [x509.NameAttribute(oid, text) for oid, text in (*parts, (NameOID.COMMON_NAME, common_name))]
    return x509.Name(names)


def _certificate(subject, key, issuer, issuer_key, *, is_authority: bool) -> x509.Certificate:
    start = clock.now() - dt.timedelta(hours=1)
    usage = dict.fromkeys(KEY_USAGES, False)
    usage |= dict.fromkeys(("key_cert_sign",) if is_authority else ("digital_signature", "content_commitment"), True)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())

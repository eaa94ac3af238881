"""Signatures against RFC 9421's own vectors (appendix B) and an implementation that is not ours.

The outside implementation is PyPI ``http-message-signatures``. Of the RFC's vectors, ours can meet the one with
ECDSA on P-256 (B.2.4); the others sign with RSA-PSS, HMAC or Ed25519, which no key here may.
"""

import base64
import datetime as dt

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, InvalidSignature, algorithms
from http_message_signatures.resolvers import MappingKeyResolver
from rcep_link.canonical import content_digest, has_digest
from rcep_link.errors import BadSignature
from rcep_link.signatures import COVERED, LocalSigner, Verifier, _base, raw_to_der, sign, verify

URL, TARGET, BODY = "https://platform.example/v1/applications/7c1d?x=1", "/v1/applications/7c1d?x=1", b'{"a":1}'
SIGNERS = {
    "ES256": LocalSigner.generate("e-1"),
    "RS256": LocalSigner("r-1", rsa.generate_private_key(public_exponent=65537, key_size=2048)),
}
ALGORITHMS = {"ES256": algorithms.ECDSA_P256_SHA256, "RS256": algorithms.RSA_V1_5_SHA256}

# RFC 9421, B.1.3 and B.2.4
P256_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----
"""
P256_BASE = b"""\
"@status": 200
"content-type": application/json
"content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:
"content-length": 23
"@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473\
;keyid="test-key-ecc-p256\""""
P256_SIGNATURE = "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="
# RFC 9421, B.2: the request of the examples, and the lines of B.2.3 that are covered here too
DIGEST = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"
REQUEST = {
    "Host": "example.com", "Date": "Tue, 20 Apr 2021 02:07:55 GMT", "Content-Type": "application/json",
    "Content-Digest": DIGEST, "Content-Length": "18",
}  # fmt: skip
LINES = b"""\
"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@query": ?param=Value&Pet=dog
"content-type": application/json
"content-digest": %s
"content-length": 18
"@signature-params": (...)""" % DIGEST.encode()


def resolver():
    pems = {signer.key_id: signer for signer in SIGNERS.values()}
    return MappingKeyResolver(
        public_keys={name: load_pem_public_key(signer.public_pem()) for name, signer in pems.items()},
        private_keys={name: signer._private_key for name, signer in pems.items()},
    )


def request(headers, body=BODY):
    return requests.Request("PUT", URL, data=body, headers=headers).prepare()


def now():
    return dt.datetime.now(dt.timezone.utc)


def outside(alg):
    return HTTPMessageVerifier(signature_algorithm=ALGORITHMS[alg], key_resolver=resolver())


def test_the_rfcs_signature_on_p256_fits_and_an_altered_one_does_not():
    verifier, signature = Verifier.from_pem(P256_KEY), base64.b64decode(P256_SIGNATURE)
    assert verifier.fits(signature, P256_BASE)
    assert not verifier.fits(signature, P256_BASE.replace(b"23", b"24"))
    r, s = signature[:32], signature[32:]
    assert raw_to_der(signature) == encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def test_the_signature_base_is_written_as_in_the_rfc():
    covered = ("date", "@method", "@path", "@query", "content-type", "content-digest", "content-length")
    fields = {name.lower(): value for name, value in REQUEST.items()}
    assert _base(covered, "(...)", "post", "/foo?param=Value&Pet=dog", fields) == LINES


@pytest.mark.parametrize(("body", "field"), [
    (b'{"hello": "world"}', "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),  # RFC 9421, section 1.2
    (b'{"hello": "world"}\n', "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"),  # RFC 9530, appendix B
])  # fmt: skip
def test_the_digest_of_a_body_is_that_of_the_rfcs(body, field):
    assert content_digest(body) == field
    assert has_digest(field, body)


@pytest.mark.parametrize("alg", SIGNERS)
def test_what_ours_signs_the_outside_verifies(alg):
    headers = sign(SIGNERS[alg], "PUT", TARGET, BODY, now=now(), headers={"Idempotency-Key": "m-1"})
    results = outside(alg).verify(request(headers), max_age=dt.timedelta(minutes=5), body=BODY)
    assert len(results) == 1
    covered = {*COVERED, "idempotency-key", "@signature-params"}
    assert set(results[0].covered_components) == {f'"{name}"' for name in covered}


@pytest.mark.parametrize("alg", SIGNERS)
def test_what_was_altered_neither_accepts(alg):
    headers = sign(SIGNERS[alg], "PUT", TARGET, BODY, now=now())
    headers["Date"] = "Tue, 20 Apr 2021 02:07:55 GMT"
    with pytest.raises(InvalidSignature):
        outside(alg).verify(request(headers), max_age=dt.timedelta(minutes=5), body=BODY)
    keys = {SIGNERS[alg].key_id: Verifier.from_pem(SIGNERS[alg].public_pem())}
    with pytest.raises(BadSignature, match="does not fit the request"):
        verify(keys, "PUT", TARGET, headers, BODY, now=now())


@pytest.mark.parametrize("alg", SIGNERS)
def test_what_the_outside_signs_ours_verifies(alg):
    signer = SIGNERS[alg]
    date = now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    message = request({"Date": date, "Content-Digest": content_digest(BODY), "Idempotency-Key": "m-1"})
    HTTPMessageSigner(signature_algorithm=ALGORITHMS[alg], key_resolver=resolver()).sign(
        message, key_id=signer.key_id, covered_component_ids=(*COVERED, "idempotency-key"), label="other",
        body=BODY, use_existing_digest=True,
    )  # fmt: skip
    keys = {signer.key_id: Verifier.from_pem(signer.public_pem())}
    assert verify(keys, "PUT", TARGET, message.headers, BODY, now=now()) == signer.key_id

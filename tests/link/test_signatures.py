"""A signed request holds only for what was signed, by who signed it, and not for long."""

import datetime as dt
import re

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from rcep_link.errors import BadSignature, KeyUnusable
from rcep_link.signatures import LocalSigner, Verifier, der_to_raw, raw_to_der, sign, verify

NOW = dt.datetime(2026, 5, 1, 8, 0, tzinfo=dt.timezone.utc)
TARGET, BODY = "/v1/applications/7c1d?x=1", b'{"a":1}'
ELLIPTIC = LocalSigner.generate("e-1")
RSA = LocalSigner("r-1", rsa.generate_private_key(public_exponent=65537, key_size=2048))
KEYS = {signer.key_id: Verifier.from_pem(signer.public_pem()) for signer in (ELLIPTIC, RSA)}


def signed(signer=ELLIPTIC, **headers):
    return sign(signer, "PUT", TARGET, BODY, now=NOW, headers={"Idempotency-Key": "m-1", **headers})


def check(headers, method="PUT", target=TARGET, body=BODY, now=NOW):
    return verify(KEYS, method, target, headers, body, now=now)


@pytest.mark.parametrize("signer", [ELLIPTIC, RSA])
def test_what_was_signed_is_accepted(signer):
    assert check(signed(signer)) == signer.key_id


@pytest.mark.parametrize("signer", [ELLIPTIC, RSA])
@pytest.mark.parametrize(
    "change",
    [
        {"method": "POST"},
        {"target": "/v1/applications/7c1d?x=2"},
        {"target": "/v1/applications/7c1d"},
        {"target": "/v1/applications/7c1e?x=1"},
        {"body": BODY + b" "},
        {"body": b""},
    ],
)
def test_a_changed_request_is_noticed(signer, change):
    with pytest.raises(BadSignature):
        check(signed(signer), **change)


@pytest.mark.parametrize("name", ["Date", "Content-Digest", "Idempotency-Key", "Signature", "Signature-Input"])
def test_a_covered_field_may_neither_go_nor_change(name):
    whole = signed()
    for value in (None, whole[name] + "x", "", whole[name].swapcase()):
        headers = {**whole, name: value}
        if value is None:
            del headers[name]
        with pytest.raises(BadSignature):
            check(headers)


def test_a_body_with_a_digest_of_its_own_is_noticed():
    other = sign(ELLIPTIC, "PUT", TARGET, b"other", now=NOW)
    with pytest.raises(BadSignature):
        check({**signed(), "Content-Digest": other["Content-Digest"]}, body=b"other")


def test_a_field_that_came_in_later_must_be_covered():
    headers = sign(ELLIPTIC, "PUT", TARGET, BODY, now=NOW)
    assert check(headers) == "e-1"
    with pytest.raises(BadSignature, match="does not cover idempotency-key"):
        check({**headers, "Idempotency-Key": "m-1"})


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
def test_a_stale_signature_is_refused(minutes):
    with pytest.raises(BadSignature, match="seconds"):
        check(signed(), now=NOW + dt.timedelta(minutes=minutes))


def test_a_clock_that_is_a_little_wrong_does_no_harm():
    assert check(signed(), now=NOW + dt.timedelta(minutes=4)) == "e-1"


def test_an_unknown_key_is_refused():
    with pytest.raises(BadSignature, match="not known"):
        check(signed(LocalSigner.generate("e-9")))


def test_another_key_of_the_same_name_is_refused():
    with pytest.raises(BadSignature, match="does not fit"):
        check(signed(LocalSigner.generate("e-1")))


def test_the_key_decides_the_algorithm_and_not_the_message():
    headers = signed()
    headers["Signature-Input"] = headers["Signature-Input"].replace("ecdsa-p256-sha256", "rsa-v1_5-sha256")
    with pytest.raises(BadSignature, match="another algorithm"):
        check(headers)


def test_an_unsigned_request_is_refused():
    with pytest.raises(BadSignature, match="not signed"):
        check({"Date": "x"})


@pytest.mark.parametrize("part", ['"@method"', '"@path"', '"@query"', '"date"', '"content-digest"'])
def test_a_signature_over_less_is_refused(part):
    headers = signed()
    headers["Signature-Input"] = re.sub(rf"{part} ?", "", headers["Signature-Input"], count=1)
    with pytest.raises(BadSignature):
        check(headers)


def test_two_signatures_are_one_too_many():
    first = signed()
    names = ("Signature", "Signature-Input")
    doubled = {name: f"{first[name]}, {first[name].replace('sig1', 'sig2')}" for name in names}
    with pytest.raises(BadSignature):
        check({**first, **doubled})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Signature-Input", "sig1=()"),
        ("Signature-Input", "sig1=" + "(" * 10_000),
        ("Signature-Input", 'sig1=("@method" "@method");created=1;keyid="e-1"'),
        ("Signature", "sig1=:AA:"),
        ("Signature", "sig1=:" + "A" * 88 + ":"),
        ("Date", "yesterday"),
        ("Content-Digest", "md5=:AA:"),
    ],
)
def test_nonsense_is_a_bad_signature_and_nothing_else(name, value):
    with pytest.raises(BadSignature):
        check({**signed(), name: value})


def test_both_forms_of_an_elliptic_signature_say_the_same():
    der = ELLIPTIC.sign(b"x")
    assert len(der_to_raw(der)) == 64
    assert raw_to_der(der_to_raw(der)) == der


def test_a_key_that_is_too_weak_or_of_another_curve_is_no_verifier():
    weak = [rsa.generate_private_key(public_exponent=65537, key_size=1024), ec.generate_private_key(ec.SECP384R1())]
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for key in weak:
        with pytest.raises(ValueError, match="at least 2048"):
            Verifier.from_pem(key.public_key().public_bytes(*form))
    with pytest.raises(ValueError, match="PEM"):
        Verifier.from_pem("nothing")


def test_a_key_of_another_curve_does_not_sign():
    with pytest.raises(KeyUnusable):
        signed(LocalSigner("e-2", ec.generate_private_key(ec.SECP384R1())))


@pytest.mark.parametrize("name", ["", 'a"b', "a\nb", "ü"])
def test_a_key_with_an_impossible_name_does_not_sign(name):
    with pytest.raises(KeyUnusable):
        signed(LocalSigner.generate(name))

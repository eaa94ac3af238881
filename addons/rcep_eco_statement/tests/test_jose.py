"""Signed texts and keys: what was signed is read, and nothing else is."""

import base64
import contextlib
import datetime
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from odoo.addons.rcep_eco.link import jwk as jwks
from odoo.tests import BaseCase, tagged

from ..statements import jose, statement
from ..statements.wrong import Wrong

NOW = datetime.datetime(2026, 11, 29, 8, tzinfo=datetime.timezone.utc)
PRIVATE = ec.generate_private_key(ec.SECP256R1())
JWK = jwks.jwk_of(PRIVATE.public_key())
STATED = statement.Statement(
    "https://lamps.example", "91330206MA2AEXAM0T", "91330200MA00000012", "token", NOW,
    statement.Origin(
        number="SO-1", exporter="LAMPS", product_code="L", product_name="Lamp", hs6="940511", party="CN",
        criterion="CTC",
        valid_from=NOW.date(), valid_until=NOW.date() + datetime.timedelta(days=300), dossier_sha256="0" * 64,
    ),
)  # fmt: skip


def sign(claims=None, key=PRIVATE, name=JWK["kid"]):
    return jose.sign(claims or STATED.claims(), name, lambda data: key.sign(data, ec.ECDSA(hashes.SHA256())))


def part(content):
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


@tagged("post_install", "-at_install")
class TestJose(BaseCase):
    def test_what_was_signed_is_read(self):
        signed = jose.read(sign())
        self.assertTrue(signed.is_of(jose.key_of(JWK)))
        self.assertEqual(statement.read(signed.claims, NOW), STATED)

    def test_each_letter_counts(self):
        text, key = sign(), jose.key_of(JWK)
        for place in range(0, len(text), 7):
            changed = text[:place] + ("B" if text[place] == "A" else "A") + text[place + 1 :]
            if changed == text:
                continue
            with self.subTest(place), contextlib.suppress(Wrong):  # or it is no statement any more
                self.assertFalse(jose.read(changed).is_of(key))

    def test_no_other_header_is_believed(self):
        _header, claims, signature = sign().split(".")
        for header in (
            {"alg": "none", "kid": JWK["kid"], "typ": jose.TYPE},
            {"alg": "HS256", "kid": JWK["kid"], "typ": jose.TYPE},
            {"alg": "ES256", "kid": JWK["kid"], "typ": "JWT"},
            {"alg": "ES256", "kid": JWK["kid"], "typ": jose.TYPE, "jwk": JWK},
            {"alg": "ES256", "kid": JWK["kid"], "typ": jose.TYPE, "jku": "https://other.example"},
            {"alg": "ES256", "kid": JWK["kid"], "typ": jose.TYPE, "crit": ["exp"]},
            {"alg": "ES256", "kid": 7, "typ": jose.TYPE},
        ):
            with self.subTest(header), self.assertRaises(Wrong):
                jose.read(f"{part(header)}.{claims}.{signature}")

    def test_odd_texts_are_no_statements(self):
        good = sign()
        deep = base64.urlsafe_b64encode(b"[" * 4000).rstrip(b"=").decode()
        header = good.split(".")[0]
        twice = base64.urlsafe_b64encode(b'{"iss":"a","iss":"b"}').rstrip(b"=").decode()
        long = base64.urlsafe_b64encode(b'{"iat":' + b"9" * 5000 + b"}").rstrip(b"=").decode()
        for text in (f"{header}.{long}.AA",
                     "", "x", "a.b", "a.b.c.d", f"{good}.", f"{header}.{deep}.AA", f"{header}.{twice}.AA", "é.a.b",
                     "A" * 20_000, f"{header}.{part([1])}.AA"):  # fmt: skip
            with self.subTest(text[:30]), self.assertRaises(Wrong):
                jose.read(text)

    def test_claims_say_one_thing(self):
        for change in (
            {"exp": STATED.claims()["exp"] + 1}, {"nbf": 0}, {"iat": "now"}, {"sub": ""}, {"aud": ["a"]}, {"more": 1},
            {"origin": {**STATED.origin.to_json(), "criterion": "XX"}},
            {"origin": {**STATED.origin.to_json(), "criterion": "RVC"}},
            {"origin": {**STATED.origin.to_json(), "rvc_at_least": "40"}},
            {"origin": {**STATED.origin.to_json(), "modifiers": ["ABC"]}},
            {"origin": {**STATED.origin.to_json(), "cost": "1"}},
            {"iat": STATED.claims()["iat"] + 7200}, {"iat": -(10**13)},
            {"origin": {**STATED.origin.to_json(), "valid_until": "9999-12-31"}},
        ):  # fmt: skip
            with self.subTest(change), self.assertRaises(Wrong):
                statement.read({**STATED.claims(), **change}, NOW)

    def test_a_key_has_no_name_but_its_own(self):
        other = jwks.jwk_of(ec.generate_private_key(ec.SECP256R1()).public_key())
        odd = ({"kty": "RSA"}, {"x": "AA"}, {"y": JWK["x"]})
        for jwk in ({**other, "kid": JWK["kid"]}, *({**JWK, **each} for each in odd), {}):
            with self.subTest(jwk), self.assertRaises(Wrong):
                jose.key_of(jwk)

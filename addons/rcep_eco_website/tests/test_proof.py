"""The code that proves itself: what it says, whose it is, that nothing of it can be changed, how large it prints."""

import base64
import io

import cbor2
import cwt
import zxingcpp
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.values import qr_code
from odoo.addons.rcep_eco_website.models import verification_proof
from odoo.tests import tagged
from PIL import Image

from .. import proof
from .common import ProofCommon

NAMES = {number: name for name, number in proof.claims.NAMES.items()}


@tagged("post_install", "-at_install")
class TestProof(ProofCommon):
    def signed(self, page=None):
        return proof.cose.read(proof.digits.to_bytes((page or self.page).proof))

    def claims(self, page=None):
        return {NAMES[number]: value for number, value in self.signed(page).payload.items()}

    def verifier(self, key=None):
        return link.jwk.key_of((key or self.signing).public_jwk)

    # --- what it says ------------------------------------------------------------------------------------
    def test_it_says_what_the_paper_says_and_never_a_price_or_the_consignee(self):
        claims = self.claims()
        invoice = self.certificate.invoice_ids
        self.assertEqual(claims["number"], "26C3302B0007/00031")
        self.assertEqual((claims["agreement"], claims["importing_party"]), ("RCEP", "VN"))
        self.assertEqual(claims["credit_code"], self.exporter.rcep_uscc)
        self.assertEqual(claims["invoices"], [invoice.name])
        line = self.certificate.line_ids[0]
        self.assertEqual(claims["goods"][0][:2], [line.hs6, "CN"])
        content = str(self.signed().payload)
        for secret in ("SAIGON", str(int(invoice.amount_total)), str(invoice.invoice_line_ids[0].price_unit)):
            self.assertNotIn(secret, content)

    def test_its_digest_is_that_of_the_public_json(self):
        answer = self.url_open(f"/eco/{self.page.token}.json")
        told = answer.json()
        self.assertEqual(base64.urlsafe_b64decode(told["digest"] + "=="), self.claims()["digest"])
        self.assertEqual(proof.claims.digest_of(told["facts"]), self.claims()["digest"])
        self.assertEqual(told["state"], "valid")
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        again = self.url_open(f"/eco/{self.page.token}.json", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(self.url_open("/eco/" + "a" * 22 + ".json").status_code, 404)

    def test_a_specimen_says_so_and_a_cancelled_one_too(self):
        self.assertNotIn("specimen", self.claims())
        before = self.page.proof
        place(self.certificate, state="cancelled")
        self.assertNotEqual(self.page.proof, before)
        self.assertEqual(self.claims()["state"], "cancelled")
        place(self.certificate, state="issued", environment="sandbox")
        self.assertIs(self.claims()["specimen"], True)

    def test_it_is_made_anew_only_where_what_it_says_has_changed(self):
        before = self.page.proof
        self.page._publish()
        self.assertEqual(self.page.proof, before)

    # --- whose it is -------------------------------------------------------------------------------------
    def test_the_firms_key_signed_it_and_no_other(self):
        signed = self.signed()
        self.assertTrue(signed.is_of(self.verifier()))
        self.assertEqual(signed.key_id, base64.urlsafe_b64decode(self.signing.name + "==")[:8])
        other = self.env["rcep.signing.key"]._make(self.make_company("宁波另家有限公司", "91330200MA00000012"))
        self.assertFalse(signed.is_of(self.verifier(other)))

    def test_altering_any_one_digit_never_verifies(self):
        digits, verifier = self.page.proof, self.verifier()
        for place_of, digit in enumerate(digits):
            altered = digits[:place_of] + str((int(digit) + 1) % 10) + digits[place_of + 1 :]
            try:
                good = proof.cose.read(proof.digits.to_bytes(altered)).is_of(verifier)
            except ValueError:
                good = False
            self.assertFalse(good, f"digit {place_of}")

    def test_it_is_cose_as_others_read_it(self):
        message = cbor2.loads(proof.digits.to_bytes(self.page.proof))
        protected, unprotected, payload, signature = message.value
        self.assertEqual((message.tag, unprotected, len(signature)), (18, {}, 64))
        self.assertEqual(cbor2.loads(protected)[1], -7)
        self.assertEqual(cbor2.dumps(cbor2.loads(payload), canonical=True), payload)

    def test_an_outside_reader_of_cose_takes_it_by_the_published_key_and_by_no_other(self):
        message, published = proof.digits.to_bytes(self.page.proof), self.signing.public_jwk
        other = self.env["rcep.signing.key"]._make(self.make_company("宁波另家有限公司", "91330200MA00000012"))

        def read(jwk):
            numbers = {name: base64.urlsafe_b64decode(jwk[name] + "==") for name in ("x", "y")}
            # RFC 9053: an EC2 key on P-256 for ES256, by the short name that stands in the message
            key = {1: 2, -1: 1, -2: numbers["x"], -3: numbers["y"], 3: -7, 2: self.signing._short_id()}
            return cwt.COSE.new().decode(message, cwt.COSEKey.new(key))

        self.assertEqual(cbor2.loads(read(published)), self.signed().payload)
        with self.assertRaises(cwt.VerifyError):
            read(other.public_jwk)

    def test_without_a_key_there_is_an_address_and_with_one_a_proof(self):
        self.signing.with_user(self.manager).action_lose()
        self.assertFalse(self.page.proof)
        self.assertEqual(self.certificate._qr_text(), self.page._url())
        listed = self.url_open("/.well-known/rcep-eco/jwks.json").json()["keys"]
        self.assertNotIn(self.signing.name, [each["kid"] for each in listed])
        self.env["rcep.signing.key"].with_user(self.manager).with_company(self.exporter).action_make_key()
        self.assertTrue(self.page.proof)
        self.assertEqual(self.certificate._qr_text(), f"{self.page._url()}#{self.page.proof}")

    def test_a_key_whose_file_is_gone_stops_no_certificate_and_health_says_so(self):
        self.signing.private_key_id.content = False  # as after a restore of the database alone
        place(self.certificate, state="cancelled")
        self.assertEqual((self.page.state, self.page.proof), ("cancelled", False))
        self.assertIn(self.signing.name, self.platform.with_user(self.manager).findings)
        self.env["rcep.signing.key"].with_user(self.manager).with_company(self.exporter).action_make_key()
        self.assertTrue(self.page.proof)
        self.platform.invalidate_recordset(["findings"])
        self.assertNotIn(self.signing.name, self.platform.with_user(self.manager).findings or "")

    def test_a_platform_that_names_no_day_of_issue_leaves_it_out(self):
        place(self.certificate, issued_at=False)
        self.assertNotIn("issued_on", self.claims())
        self.assertEqual(self.claims()["number"], "26C3302B0007/00031")

    def test_a_rotated_key_leaves_what_it_signed_good(self):
        before, verifier = self.page.proof, self.verifier()
        self.env["rcep.signing.key"].with_user(self.manager).with_company(self.exporter).action_make_key()
        self.assertEqual(self.page.proof, before)
        listed = self.url_open("/.well-known/rcep-eco/jwks.json").json()["keys"]
        self.assertIn(self.signing.name, [each["kid"] for each in listed])
        self.assertTrue(self.signed().is_of(verifier))

    # --- how it prints -----------------------------------------------------------------------------------
    def test_it_is_no_larger_than_version_13_and_falls_back(self):
        self.assertLessEqual(qr_code.version(self.certificate._qr_text()), verification_proof.LARGEST)
        self.assertIn("goods", self.claims())
        self.exporter.partner_id.website = False
        long = "https://origin.a-firm-with-a-very-long-name-of-its-own.example/of/some/folder/that/is/deep"
        self.patch(type(self.page), "_url", lambda page: f"{long}/eco/{page.token}")
        self.page.proof_basis = False
        self.page._prove()
        self.assertNotIn("goods", self.claims())
        self.assertLessEqual(qr_code.version(f"{self.page._url()}#{self.page.proof}"), verification_proof.LARGEST)

    def test_both_prints_read_back(self):
        text = self.certificate._qr_text()
        picture = Image.open(io.BytesIO(base64.b64decode(qr_code.data_uri(text).partition(",")[2])))
        self.assertEqual([each.text for each in zxingcpp.read_barcodes(picture.convert("L"))], [text])
        drawn = link.form_sheets.qr_code(text).contents[0].qr
        drawn.make()
        modules = drawn.modules
        sheet = Image.new("L", (8 * (len(modules) + 8),) * 2, 255)
        for row, dark in enumerate(modules):
            for column in (number for number, each in enumerate(dark) if each):
                sheet.paste(0, (8 * (column + 4), 8 * (row + 4), 8 * (column + 5), 8 * (row + 5)))
        self.assertEqual([each.text for each in zxingcpp.read_barcodes(sheet)], [text])

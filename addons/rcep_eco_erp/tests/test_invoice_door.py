"""The door of invoices: by key, in one company, and never a way to a certificate by itself."""

import json
from unittest import mock
from urllib.parse import quote

import jsonschema
from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.addons.rcep_eco_api.tests.common import make_key
from odoo.exceptions import LockError
from odoo.tests import HttpCase, tagged

from ..models import rcep_erp_invoice
from .test_erp_invoice import InvoiceCommon

DOOR = "/eco/erp/v1/invoices"


@tagged("post_install", "-at_install")
class TestInvoiceDoor(InvoiceCommon, HttpCase):
    def ask(self, path, body=None, form="application/json", token=None, **options):
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": form, **options.pop("headers", {})}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return self.url_open(path, data=data, headers=headers, allow_redirects=False, **options)

    def hand_in(self, path=DOOR, token=None, **values):
        return self.ask(path, {**self.whole, **values}, token=token)

    def at_number(self, number, **options):
        return self.ask(f"{DOOR}/{quote(number, safe='')}", **options)

    def cancel(self, number, **options):
        return self.at_number(number, method="DELETE", **options)

    def assert_problem(self, reply, status, words):
        self.assertEqual(reply.status_code, status, reply.text)
        self.assertEqual(reply.headers["Content-Type"], "application/problem+json; charset=utf-8")
        self.assertIn(words, reply.json()["detail"])

    def test_an_invoice_comes_in_and_the_same_again_is_the_same(self):
        stands = {"number": "SI-2611/0042", "state": "standing", "has_draft": False, "certificates": []}
        for what in ("created", "same"):
            reply = self.hand_in()
            self.assertEqual(reply.status_code, 200, reply.text)
            self.assertEqual(reply.json(), {"preview": False, "what": what, "changes": [], "invoice": stands})
        self.assertEqual(self.at_number("SI-2611/0042").json(), stands)
        self.assertEqual(self.ask(f"{DOOR}/SI-2611/0042").json(), stands)
        self.assertEqual(self.kept().key_id, self.key)

    def test_a_preview_keeps_nothing(self):
        reply = self.hand_in(f"{DOOR}?preview=true").json()
        self.assertEqual(reply, {"preview": True, "what": "created", "changes": [], "invoice": None})
        self.assertEqual(self.hand_in(f"{DOOR}?preview=true", total="1").status_code, 422)
        self.assertFalse(self.kept())
        self.assertFalse(self.env["account.journal"]._rcep_of_erp_if_any(self.exporter))

    def test_of_a_wrong_one_nothing_stays_but_what_was_wrong(self):
        firm = {"code": "C-9", "name": "New", "street": "1", "city": "Hanoi", "country": "VN"}
        reply = self.hand_in(customer=firm, lines=[self.line, {**self.line, "unit": "HANDFUL"}], total="2500")
        self.assert_problem(reply, 422, "Line 2, unit: No unit is called “HANDFUL”")
        self.assertFalse(self.env["res.partner"].search([("ref", "=", "C-9")]))
        kept = self.kept()
        self.assertEqual((kept.state, kept.number, kept.move_id.id), ("refused", "SI-2611/0042", False))
        self.assertIn("HANDFUL", kept.problem_list)
        self.assertEqual(self.at_number("SI-2611/0042").status_code, 404)
        self.assertEqual(self.hand_in().json()["what"], "created")

    def test_certificates_are_told_as_in_the_feed_and_no_cost(self):
        self.hand_in()
        certificate = self.certificate_of(self.kept().move_id)
        self.assertEqual(self.at_number("SI-2611/0042").json()["has_draft"], True)
        place(certificate, state="issued", environment="sandbox", certificate_no="C/1")
        told = self.at_number("SI-2611/0042").json()
        (first,) = told["certificates"]
        self.assertEqual((first["state"], first["number"], first["address"]), ("specimen", "C/1", ""))
        place(certificate, environment="production")
        with mock.patch.object(type(certificate), "_get_verification_url", lambda _self: "https://firm.example/v/1"):
            reply = self.at_number("SI-2611/0042")
        (first,) = reply.json()["certificates"]
        self.assertEqual((first["state"], first["address"]), ("issued", "https://firm.example/v/1"))
        for word in ("rvc", "fob", "partner", "dossier", self.customer.name):
            self.assertNotIn(word, reply.text)
        same = self.at_number("SI-2611/0042", headers={"If-None-Match": self.at_number("SI-2611/0042").headers["ETag"]})
        self.assertEqual(same.status_code, 304)

    def test_what_is_certified_is_a_409_that_says_what_differs(self):
        self.hand_in()
        certificate = self.certificate_of(self.kept().move_id)
        place(certificate, state="submitted")
        reply = self.hand_in(order="PO-9")
        self.assert_problem(reply, 409, certificate.name)
        self.assertEqual(reply.json()["differs"], [{"member": "order", "from": "", "to": "PO-9"}])
        self.assertEqual(self.hand_in().json()["what"], "same")
        self.assert_problem(self.cancel("SI-2611/0042"), 409, certificate.name)
        self.assertEqual(len(certificate.activity_ids), 2)

    def test_it_is_cancelled_once_and_for_all(self):
        self.hand_in()
        for _time in range(2):
            self.assertEqual(self.cancel("SI-2611/0042").json()["state"], "cancelled")
        self.assert_problem(self.hand_in(), 409, "was cancelled here")

    def test_numbers_of_any_kind_are_found_at_their_address(self):
        for number in ("发票/2026-11/7", "A B", "SI+1&2=3", "100"):
            self.assertEqual(self.hand_in(number=number).status_code, 200, number)
            reply = self.at_number(number)
            self.assertEqual((reply.status_code, reply.json().get("number")), (200, number), reply.text)
        self.assert_problem(self.hand_in(number="A//B"), 422, "cannot stand in an address")

    def test_whoever_comes_second_at_the_same_moment_waits(self):
        def taken(_records):
            raise LockError("Somebody else is at work on it.")

        with mock.patch.object(rcep_erp_invoice, "claim", taken):
            reply = self.hand_in()
        self.assertEqual((reply.status_code, reply.headers["Retry-After"]), (503, "1"))
        self.assertFalse(self.kept())

    def test_what_is_not_described_is_refused(self):
        self.assert_problem(self.ask(DOOR, b"<a/>", "text/xml"), 415, "application/json")
        self.assert_problem(self.ask(DOOR, b" " * (1024 * 1024 + 1)), 413, "bytes; at most")
        self.assert_problem(self.ask(f"{DOOR}?dry=true", self.whole), 400, "known is preview")
        self.assert_problem(self.ask(DOOR), 405, "POST")
        self.assert_problem(self.at_number("SI-1", body=b"{}"), 405, "GET, DELETE")
        self.assert_problem(self.at_number("SI-1"), 404, "No invoice “SI-1”")
        self.assert_problem(self.hand_in(criterion="WO"), 422, "“criterion” is nothing that an invoice says here")
        self.assert_problem(self.ask(DOOR, b'{"number": "\\u0000"}'), 422, "")

    # --- who ---------------------------------------------------------------------------------------------
    def test_a_key_without_the_grant_does_nothing(self):
        self.hand_in()
        _key, token = make_key(self.manager, may_write_master_data=True, acts_as_id=self.engineer.id)
        for reply in (
            self.hand_in(token=token, number="2"), self.at_number("SI-2611/0042", token=token),
            self.cancel("SI-2611/0042", token=token),
        ):  # fmt: skip
            self.assert_problem(reply, 403, "Hands in invoices to certify")
        self.assertEqual(self.kept().state, "standing")

    def test_this_grant_writes_no_item_and_needs_no_engineer(self):
        self.assertFalse(self.key.acts_as_id)
        reply = self.ask("/eco/erp/v1/sheets/items", {"lines": [{"code": "X"}]})
        self.assert_problem(reply, 403, "Writes items, prices, bills and receipts")

    def test_another_company_s_number_is_not_found(self):
        self.hand_in()
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        _key, token = make_key(self.person("manager", other), may_hand_in_invoices=True, company_id=other.id)
        self.assertEqual(self.at_number("SI-2611/0042", token=token).status_code, 404)
        self.assertEqual(self.cancel("SI-2611/0042", token=token).status_code, 404)
        self.assertEqual(self.kept().state, "standing")

    def test_what_is_answered_is_as_described(self):
        whole = self.url_open("/eco/erp/v1/openapi.json").json()

        def check(reply, schema):
            jsonschema.validate(reply.json(), {"$ref": f"#/components/schemas/{schema}", **whole})

        jsonschema.validate(self.whole, {"$ref": "#/components/schemas/invoice", **whole})
        example = whole["paths"][DOOR]["post"]["requestBody"]["content"]["application/json"]["example"]
        check(self.ask(DOOR, {**example, "date": str(self.today)}), "invoiceDone")
        check(self.hand_in(total="1"), "faults")
        self.certificate_of(self.kept("standing").move_id)
        check(self.ask(DOOR, {**example, "date": str(self.today), "order": "PO-9"}), "contradiction")
        place(self.env["rcep.certificate"].search([], limit=1, order="id desc"), state="submitted")
        check(self.at_number(example["number"]), "invoiceState")

    def test_the_border_names_all_that_comes_in(self):
        erp = self.env["rcep.borders"]._borders()["erp"]
        self.assertLessEqual({"invoice.number", "invoice.customer.country", "invoice.lines.amount"}, erp.enters)
        self.assertIn("rcep.certificate._get_verification_url()", erp.leaves)

"""An invoice as JSON, read without a look at any record."""

import json

from odoo.tests import BaseCase, tagged

from ..invoices import reading
from ..texts import sheet_problems

LINE = {"item": "LAMP", "quantity": 25, "unit": "C62", "amount": "1250.00"}
WHOLE = {"number": "SI/1", "date": "2026-11-20", "currency": "USD", "incoterm": "FOB", "total": 1250,
         "customer": {"code": "C-1"}, "lines": [LINE]}  # fmt: skip


@tagged("post_install", "-at_install")
class TestInvoiceReading(BaseCase):
    def codes(self, **values):
        sent = {name: value for name, value in {**WHOLE, **values}.items() if value is not ...}
        told, problems = reading.of_json(json.dumps(sent).encode())
        self.assertEqual(bool(told), not problems)
        for each in problems:
            words = sheet_problems.SENTENCES[each.code]._source
            self.assertTrue(words % each.facts if each.facts else words)
        return [(each.line, each.column, each.code) for each in problems]

    def test_what_is_needed_is_enough(self):
        self.assertEqual(self.codes(), [])

    def test_there_is_no_member_that_says_that_a_good_originates(self):
        for name in ("criterion", "origin", "verdict", "declaration", "importing_party", "hs_code", "originates"):
            with self.subTest(name):
                self.assertEqual(self.codes(**{name: "x"}), [(0, "", "member_unknown")])
                self.assertEqual(self.codes(lines=[{**LINE, name: "x"}]), [(1, "", "member_unknown")])
        said = {name.rpartition(".")[2] for name in reading.members()}
        self.assertFalse({"criterion", "verdict", "party", "declaration", "producer", "hs_code"} & said)

    def test_every_fault_is_named_by_its_place(self):
        self.assertEqual(
            self.codes(date="20/11/2026", customer={}, lines=[LINE, {**LINE, "amount": "12,50", "unit": ""}]),
            [(0, "date", "no_day"), (0, "customer.code", "missing"), (2, "unit", "missing"), (2, "amount", "comma")],
        )

    def test_amounts_and_quantities_that_are_none(self):
        for name, value, code in (
            ("amount", "-50", "below_zero"), ("amount", -50, "below_zero"), ("amount", "=1+1", "formula"),
            ("amount", "1e3", "no_number"), ("amount", None, "missing"), ("quantity", 0, "zero"),
            ("quantity", "0.000", "zero"), ("quantity", "-1", "formula"),
        ):  # fmt: skip
            with self.subTest(f"{name} {value}"):
                self.assertEqual(self.codes(lines=[{**LINE, name: value}]), [(1, name, code)])

    def test_a_number_is_one_that_an_address_can_name(self):
        for number in ("SI/2611/0042", "发票-2026/11", "A B", "SI.1", "(1)"):
            self.assertEqual(self.codes(number=number), [])
        for number in ("/1", "1/", "A//B", "../1", "A/../B", "A?b", "A#1", "A%2F", "."):
            self.assertEqual(self.codes(number=number), [(0, "number", "number_unaddressed")], number)
        self.assertEqual(self.codes(number="x" * 41), [(0, "number", "long")])

    def test_a_number_holds_nothing_that_looks_like_another_or_like_nothing(self):
        for odd in ("ＳＩ-1", "SI／1", "SI-00４2", "SI-1\ufe0f", "SI-1\u3164", "SI-1\u0301", "S\u0406-1", "SI\u20101"):
            with self.subTest(ascii(odd)):
                self.assertEqual(self.codes(number=odd), [(0, "number", "number_unusual")])

    def test_what_is_no_invoice(self):
        for sent, code in (
            (b"[]", "no_invoice"), (b"{", "no_json"), (b"", "no_json"), (b"[" * 100000, "no_json"),
            (b'{"total": 1, "total": 2}', "no_json"), (b'{"total": NaN}', "no_json"),
        ):  # fmt: skip
            self.assertEqual([each.code for each in reading.of_json(sent)[1]], [code], sent[:30])
        self.assertEqual(self.codes(customer="C-1"), [(0, "", "no_part")])
        self.assertEqual(self.codes(customer=...), [(0, "", "no_part")])
        self.assertEqual(self.codes(lines=[]), [(0, "", "no_invoice_lines")])
        self.assertEqual(self.codes(lines=["LAMP"]), [(1, "", "no_object")])
        self.assertEqual(self.codes(lines=[{**LINE, "item": ["LAMP"]}]), [(1, "", "no_cell")])
        self.assertEqual(self.codes(lines=[LINE] * 1001), [(0, "", "many")])

    def test_one_amount_in_two_forms_is_one_invoice(self):
        first, _ = reading.of_json(json.dumps(WHOLE).encode())
        again, _ = reading.of_json(json.dumps({**WHOLE, "total": "1250.00"}).encode())
        self.assertEqual(reading.differences(reading.canonical(first), reading.canonical(again)), [])

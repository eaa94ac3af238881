"""What another firm's system answers is read with doubt, and nothing of a certificate's content is kept."""

import json

from odoo.addons.rcep_eco.link import foreign_answers
from odoo.tests import TransactionCase, tagged

from ..reading import answers
from .common import AUTHORITY, piece


def answer_with(**values):
    return {"authority": AUTHORITY, "invoices": [], "certificates": [], "issued": [], **values}


@tagged("post_install", "-at_install")
class TestAnswers(TransactionCase):
    def test_no_name_of_a_customer_and_no_invoice_of_a_certificate_is_kept(self):
        (found,) = answers.work(answer_with(certificates=[piece()]))
        self.assertNotIn("Saigon", repr(found))
        self.assertNotIn("INV/7", repr(found))

    def test_what_is_no_answer_is_odd(self):
        cases = {
            "no object": b"[]", "no JSON": b"<html>", "deep": b"[" * 100_000, "no UTF-8": b'{"a": "\xff"}',
        }  # fmt: skip
        for name, body in cases.items():
            with self.subTest(name), self.assertRaises(answers.Odd):
                answers.read(body)

    def test_members_of_another_kind_are_odd(self):
        wrong = (
            {"certificates": {}}, {"certificates": [7]}, {"issued": None}, {"invoices": "x"},
            {"certificates": [piece(True)]}, {"certificates": [piece(0)]}, {"certificates": [piece(2**31)]},
            {"certificates": [{**piece(), "id": "31"}]}, {"certificates": [piece(until="4 May")]},
            {"certificates": [piece(until=7)]}, {"certificates": [piece(state=["draft"])]},
            {"certificates": [piece(each) for each in range(1, 1003)]},
        )  # fmt: skip
        for values in wrong:
            with self.subTest(str(values)[:60]), self.assertRaises(answers.Odd):
                answers.work(answer_with(**values))
        with self.assertRaises(answers.Odd):
            answers.authority({"authority": "POA"})

    def test_a_page_elsewhere_is_not_followed(self):
        pages = ("https://evil.example", "//evil.example", "/my/eco/../../web", "javascript:alert(1)", 7, None,
                 "/my/eco/3/certificate/31\n", "@evil.example")  # fmt: skip
        for page in pages:
            with self.subTest(page):
                (found,) = answers.work(answer_with(certificates=[piece(page=page)]))
                self.assertEqual(found.page, "/my/eco")

    def test_texts_are_one_line_and_short(self):
        (found,) = answers.work(answer_with(certificates=[piece(reference="a\x00b\n" + "c" * 500)]))
        self.assertEqual(found.name, ("a b " + "c" * 500)[: foreign_answers.LONGEST])

    def test_a_problem_says_its_sentence(self):
        self.assertEqual(answers.problem(json.dumps({"detail": "It is over."}).encode()), "It is over.")
        for body in (b"", b"<html>", b'{"detail": 7}'):
            self.assertEqual(answers.problem(body), "")

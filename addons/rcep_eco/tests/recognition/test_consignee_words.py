"""The consignee's words: each outcome and cause has some, and the language is the consignee's."""

from odoo.tests import TransactionCase, tagged

from ...texts import consignee_words
from ...values import typed_amounts


@tagged("post_install", "-at_install")
class TestConsigneeWords(TransactionCase):
    def test_each_outcome_and_each_cause_has_its_words(self):
        words = consignee_words.words("vi")
        outcomes = dict(self.env["rcep.recognition"]._fields["outcome"].selection)
        self.assertLessEqual(set(outcomes), set(words))
        causes = self.env["rcep.refusal.cause"].search([("code", "!=", False)])
        self.assertEqual(len(causes), 8)
        for cause in causes:
            self.assertIn(f"cause_{cause.code}", words)

    def test_an_amount_that_could_be_two_is_none(self):
        self.assertIsNone(typed_amounts.of("1,250"))
        self.assertEqual(str(typed_amounts.of("1.250,50")), "1250.50")
        self.assertEqual(str(typed_amounts.of("12.500.000")), "12500000")

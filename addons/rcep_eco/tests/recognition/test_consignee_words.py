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

    def test_in_which_language_a_consignee_is_written_to(self):
        for partner, market, own, result in (
            ("vi_VN", ["vi-VN", "en"], "zh_CN", "vi"),
            ("zh_CN", ["vi-VN", "en"], "zh_CN", "vi"),  # Odoo gave it the language of whoever entered it
            ("en_US", ["th-TH", "en"], "zh_CN", "th"),
            ("zh_TW", ["ms-MY"], "en_US", "zh"),
            ("fr_FR", ["fil-PH", "en-PH"], "zh_CN", "tl"),
            ("th_TH", ["vi-VN"], "en_US", "th"),
            ("zh_CN", ["ja-JP"], "zh_CN", "zh"),
            (False, ["ko-KR"], False, "en"),
        ):
            with self.subTest(partner=partner, market=market):
                self.assertEqual(consignee_words.chosen(partner, market, own), result)

    def test_an_amount_that_could_be_two_is_none(self):
        self.assertIsNone(typed_amounts.of("1,250"))
        self.assertEqual(str(typed_amounts.of("1.250,50")), "1250.50")
        self.assertEqual(str(typed_amounts.of("12.500.000")), "12500000")

"""The consignee's words: nine languages, none lacks a text, each keeps what is filled in."""

import re

from odoo.tests import TransactionCase, tagged

from ...texts import consignee_words
from ...values import typed_amounts

FILLED = re.compile(r"%\(\w+\)s")
LATIN = {"vi", "ms", "id", "tl", "en"}


@tagged("post_install", "-at_install")
class TestConsigneeWords(TransactionCase):
    def test_no_language_lacks_a_text_or_what_is_filled_in(self):
        english = consignee_words.words("en")
        self.assertEqual(set(consignee_words.LANGUAGES), {"vi", "th", "ms", "id", "tl", "km", "lo", "zh", "en"})
        for language in consignee_words.LANGUAGES:
            words = consignee_words.words(language)
            self.assertEqual(words.keys(), english.keys(), language)
            for key, text in words.items():
                with self.subTest(language=language, key=key):
                    self.assertTrue(text.strip())
                    self.assertEqual(sorted(FILLED.findall(text)), sorted(FILLED.findall(english[key])))

    def test_no_text_was_left_in_english(self):
        english = consignee_words.words("en")
        same = {"invoice", "cause_retroactive"}  # words that a language shares with English
        for language in set(consignee_words.LANGUAGES) - {"en"}:
            words = consignee_words.words(language)
            left = {key for key, text in words.items() if text == english[key]} - same
            self.assertFalse(left, language)

    def test_each_outcome_and_each_cause_has_its_words(self):
        words = consignee_words.words("vi")
        outcomes = dict(self.env["rcep.recognition"]._fields["outcome"].selection)
        self.assertLessEqual(set(outcomes), set(words))
        causes = self.env["rcep.refusal.cause"].search([("code", "!=", False)])
        self.assertEqual(len(causes), 8)
        for cause in causes:
            self.assertIn(f"cause_{cause.code}", words)

    def test_each_language_is_written_in_its_own_letters(self):
        letters = {"th": "[\u0e00-\u0e7f]", "km": "[\u1780-\u17ff]", "lo": "[\u0e80-\u0eff]", "zh": "[\u4e00-\u9fff]"}
        for language, pattern in letters.items():
            for key, text in consignee_words.words(language).items():
                with self.subTest(language=language, key=key):
                    self.assertRegex(text, pattern)
                    for other, foreign in letters.items():
                        if other != language:
                            self.assertNotRegex(text, foreign)

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

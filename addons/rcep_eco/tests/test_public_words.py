"""In which of its languages a public page answers, and what it offers."""

import datetime

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..tools import public_words


@tagged("post_install", "-at_install")
class TestPublicWords(TransactionCase):
    def test_a_tag_is_known_by_each_of_its_names(self):
        for tag, language in {
            "vi-VN": "vi", "fil-PH": "tl", "tl": "tl", "in": "id", "id_ID": "id", "zh-Hant-TW": "zh", "zh_CN": "zh",
            "ms-MY": "ms", "zsm": "ms", "EN-us": "en", "km-KH": "km", "lo": "lo", "th-TH-u-ca-buddhist": "th",
            "fr-FR": None, "": None, None: None, "x": None, "<script>": None, "../en": None,
        }.items():  # fmt: skip
            with self.subTest(tag):
                self.assertEqual(public_words.known(tag), language)

    def test_the_visitors_choice_goes_before_the_browser_and_the_browser_before_the_party(self):
        for asked, header, theirs, language in (
            ("th", "vi-VN,vi;q=0.9", ["km-KH"], "th"),
            ("", "vi-VN,vi;q=0.9,en;q=0.8", ["km-KH"], "vi"),
            ("xx", "en;q=0.5,vi;q=0.9", ["km-KH"], "vi"),  # by weight, not by order
            ("", "vi;q=0,fr;q=0.9", ["km-KH", "en"], "km"),  # no weight: not wanted
            ("", "fr-FR,fr;q=0.9,en;q=0.1", ["km-KH"], "en"),
            ("", "", ["ja-JP", "lo-LA"], "lo"),
            ("", None, [], "en"),
            ("", "*", ["ko-KR"], "en"),
            ("", "de;q=nonsense,,;;=,vi", [], "vi"),
        ):
            with self.subTest(asked=asked, header=header):
                self.assertEqual(public_words.chosen(asked, header, theirs), language)

    def test_in_which_language_somebody_is_written_to(self):
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
                self.assertEqual(public_words.written_in(partner, market, own), result)

    def test_a_country_has_its_language_where_it_is_one_of_ours(self):
        countries = {"CN": "zh", "VN": "vi", "TH": "th", "MY": "ms", "BN": "ms", "ID": "id", "PH": "tl", "KH": "km",
                     "LA": "lo", "SG": "en", "AU": "en", "JP": None, "KR": None, "": None, False: None}  # fmt: skip
        self.assertEqual({code: public_words.of_country(code) for code in countries}, countries)

    def test_the_links_keep_the_page_and_say_which_is_chosen(self):
        links = public_words.links("tl", part=2, empty="")
        self.assertEqual(len(links), 9)
        chosen = [link for link in links if link["current"]]
        self.assertEqual(chosen, [
            {"code": "tl", "tag": "fil", "name": "Filipino", "href": "?part=2&lang=tl", "current": "true"},
        ])  # fmt: skip
        self.assertEqual(public_words.links("en", "/eco")[0]["href"], "/eco?lang=vi")

    def test_there_are_words_of_our_languages_only(self):
        self.assertIn("question", public_words.words("rcep_eco/words/consignee", "km"))
        with self.assertRaisesRegex(ValueError, "none of the languages"):
            public_words.words("rcep_eco/words/consignee", "../../texts/en")

    def test_a_day_is_read_the_same_way_everywhere(self):
        self.assertEqual(public_words.day(datetime.date(2026, 3, 5)), "2026-03-05")
        self.assertEqual(public_words.day(fields.Datetime.to_datetime("2026-03-05 23:59:00")), "2026-03-05")
        self.assertEqual(public_words.day(False), "")

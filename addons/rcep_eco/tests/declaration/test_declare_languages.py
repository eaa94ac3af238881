"""The supplier's pages in nine languages that Odoo need not have: text, mistakes, countries, links, on a phone."""

from odoo.tests import HttpCase, tagged

from ...controllers import rate_limits
from ...texts import supplier_words
from ...tools import public_words
from ..outside_page import check_each_language, check_english_beside
from ..phone import narrow
from .test_forwarded import ForwardedCommon


class LanguagesCommon(ForwardedCommon):
    """A supplier's page, that of its own supplier, and the one on which it asked."""

    def pages(self):
        """The addresses of the pages behind a link that lives, and of one that does not."""
        # Dead links are opened more often here than anybody may.
        self.patch(rate_limits, "may_try", lambda kind, caller: True)
        self.patch(rate_limits, "note", lambda kind, caller: None)
        _reply, question = self.below(self.path, self.first)
        return [
            self.path, self.page_of(question), f"{self.path}/{self.first.id}/pass-on",
            "/rcep/declare/x", "/rcep/forwarded/x",
        ]  # fmt: skip


@tagged("post_install", "-at_install")
class TestDeclareLanguages(LanguagesCommon, HttpCase):
    def test_each_page_says_everything_in_each_language(self):
        for path in self.pages():
            check_each_language(self, supplier_words.ROOM, path)

    def test_what_an_answer_declares_stands_in_english_beside_words_that_nobody_has_confirmed(self):
        for key in supplier_words.ROOM.decisive:
            check_english_beside(self, supplier_words.ROOM, self.path, key)

    def test_a_mistake_is_said_in_the_readers_language_and_the_page_stays_in_it(self):
        words = supplier_words.words("km")
        reply = self.send(self.line(self.first, criterion="RVC", rvc="12", party=""), lang="km")
        self.assertEqual(reply.status_code, 422)
        for key in ("wrong_rvc", "wrong_party", "some_wrong"):
            self.assertIn(words[key], reply.text)
        self.assertIn('name="lang" value="km"', reply.text)
        nameless = self.send(self.line(self.first), who="", lang="lo")
        self.assertIn(supplier_words.words("lo")["wrong_name"], nameless.text)
        done = self.send(self.line(self.first), self.line(self.second), lang="th")
        self.assertIn("lang=th", done.url)
        self.assertIn(supplier_words.words("th")["saved_all"], done.text)
        self.assertEqual((self.first.state, self.second.state), ("received", "received"))

    def test_the_browser_is_asked_before_the_suppliers_own_language(self):
        self.supplier.lang = "zh_CN"
        for header, language in (("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("fr", "zh"), ("", "zh")):
            with self.subTest(header):
                text = self.url_open(self.path, headers={"Accept-Language": header}).text
                self.assertIn(supplier_words.words(language)["title"], text)

    def test_countries_have_their_names_in_languages_that_odoo_does_not_have(self):
        self.assertIn("Việt Nam", self.page(lang="vi").text)
        self.assertIn("เวียดนาม", self.page(lang="th").text)
        self.assertIn("វៀតណាម", self.page(lang="km").text)
        self.assertIn("China", self.page(lang="en").text)
        countries = self.env["rcep.party"].search([]).country_id
        for language in ("th", "km", "lo"):
            names = public_words.countries(countries, language)
            self.assertEqual([name for name in names.values() if name.isascii()], [], language)

    def test_the_mail_one_tier_below_speaks_as_the_page_on_which_it_was_asked(self):
        words = supplier_words.words("vi")
        csrf = self.csrf()
        self.url_open(f"{self.path}/{self.first.id}/pass-on", data={
            "csrf_token": csrf, "lang": "vi", "asker": "Yuyao Lamp Works", "firm": "Thanh Cong",
            "email": "xuat-xu@thanhcong.example", "item": "Thép cuộn",
        })  # fmt: skip
        mail = self.env["mail.mail"].sudo().search([("email_to", "=", "xuat-xu@thanhcong.example")])
        self.assertEqual(mail.subject, words["mail_asks"] % {"asker": "Yuyao Lamp Works", "item": "Thép cuộn"})
        self.assertIn(words["mail_link"], mail.body_html)

    def test_nothing_overflows_a_phone_in_any_language(self):
        paths = [f"{path}?lang={language}" for path in self.pages() for language in public_words.LANGUAGES]
        self.browser_js("/rcep/forwarded/none", narrow(paths), timeout=180)

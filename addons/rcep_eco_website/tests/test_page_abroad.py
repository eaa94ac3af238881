"""The page as an officer abroad uses it: in a language that is read there, with what is typed to be copied."""

import datetime

import lxml.html
from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.tools import public_words
from odoo.tests import tagged

from ..models import verification_page
from .common import PublicCommon


@tagged("post_install", "-at_install")
class TestPageAbroad(PublicCommon):
    def open(self, **headers):
        reply = self.url_open(f"/eco/{self.page.token}", headers=headers, allow_redirects=False)
        self.env.invalidate_all()
        return reply

    def test_number_day_and_local_day_have_a_button_that_copies_them(self):
        self.issue(environment="production")
        text = self.open().text
        for copied in ("26C3302B0007/00031", "2026-05-01", "01/05/2026"):
            self.assertIn(f'data-copy="{copied}"', text)
        self.assertIn("Date of issue: 2026-05-01 (01/05/2026)", text)

    def test_the_block_has_no_invoice_and_stands_only_where_the_certificate_is_valid(self):
        self.issue(environment="production")
        self.assertIn("Date of issue:", self.open().text)
        self.assertNotIn(self.certificate._box_13_numbers(), self.open().text)
        place(self.certificate, state="cancelled")
        self.assertNotIn("Date of issue:", self.open().text)

    def test_a_page_that_was_published_before_has_no_local_day_and_opens_all_the_same(self):
        self.issue(environment="production")
        facts = {name: fact for name, fact in self.page.facts.items() if name not in ("issued_local", "paper_original")}
        self.page.facts = facts
        text = self.open().text
        self.assertIn("Date of issue: 2026-05-01\n", text)
        self.assertNotIn("paper original", text)

    def test_a_paper_original_is_named_where_its_customs_take_one(self):
        self.issue(environment="production")
        self.assertNotIn("A paper original exists", self.open().text)
        place(self.certificate, original_state="to_sign")
        self.assertIn("A paper original exists", self.open().text)

    # --- languages ---------------------------------------------------------------------------------------
    def said(self, language):
        return public_words.words(verification_page.WORDS, language)

    def test_each_reader_reads_it_in_his_own_language_though_odoo_has_it_not(self):
        self.issue(environment="production")
        for asked, language, country in (
            ("vi-VN,vi;q=0.9,en;q=0.8", "vi", "Việt Nam"), ("th", "th", "เวียดนาม"), ("fil-PH", "tl", "Vietnam"),
            ("km", "km", "វៀតណាម"), ("lo-LA", "lo", "ຫວຽດນາມ"), ("id-ID", "id", "Vietnam"), ("ms", "ms", "Vietnam"),
            ("zh-CN,zh;q=0.9", "zh", "越南"), ("en-GB", "en", "VIET NAM"), ("fr,th;q=0.4", "th", "เวียดนาม"),
        ):  # fmt: skip
            with self.subTest(asked):
                reply = self.open(**{"Accept-Language": asked})
                self.assertEqual((reply.status_code, reply.headers["Vary"]), (200, "Accept-Language"))
                self.assertIn(f'<html lang="{public_words.tag(language)}"', reply.text)
                self.assertIn(self.said(language)["importing_party"], reply.text)
                self.assertIn(self.said(language)["exporters"].replace("'", "&#39;"), reply.text)
                self.assertIn(country, reply.text)

    def test_whose_browser_reads_none_of_ours_gets_the_importing_party_s(self):
        self.issue(environment="production")
        for asked in ("", "fr-FR", "*"):
            with self.subTest(asked):
                self.assertIn('<html lang="vi"', self.open(**{"Accept-Language": asked}).text)

    def test_the_visitor_s_choice_stands_above_the_browser_s(self):
        self.issue(environment="production")
        reply = self.url_open(f"/eco/{self.page.token}?lang=lo", headers={"Accept-Language": "vi"})
        self.assertIn('<html lang="lo"', reply.text)
        chosen = lxml.html.fromstring(reply.content).xpath("//nav/a[@aria-current]")
        self.assertEqual([each.text for each in chosen], ["ລາວ"])
        unknown = self.url_open(f"/eco/{self.page.token}?lang=xx", headers={"Accept-Language": "vi"})
        self.assertIn('<html lang="vi"', unknown.text)

    def test_an_address_that_begins_with_a_website_s_language_is_in_that_language(self):
        self.env["website"].get_current_website().language_ids |= self.env["res.lang"]._activate_lang("zh_CN")
        self.issue()
        for path in (f"/zh_CN/eco/{self.page.token}", "/zh_CN/eco"):
            code = self.env["res.lang"]._get_data(code="zh_CN").url_code
            self.assertIn('<html lang="zh-CN"', self.url_open(path.replace("zh_CN", code)).text)

    def test_each_language_of_the_choice_leads_to_itself(self):
        self.issue(environment="production")
        links = lxml.html.fromstring(self.open().content).xpath("//nav/a")
        self.assertEqual(len(links), len(public_words.LANGUAGES))
        for link in links:
            page = lxml.html.fromstring(self.url_open(link.get("href")).content)
            self.assertEqual(page.get("lang"), link.get("hreflang"))

    def test_every_state_is_said_in_every_language_and_nothing_is_left_to_fill_in(self):
        past = self.today - datetime.timedelta(days=1)
        self.issue()
        states = {"specimen": {}, "valid": {"environment": "production"}, "expired": {"valid_until": past},
                  "cancelled": {"state": "cancelled"}, "replaced": {"state": "replaced"}}  # fmt: skip
        for state, values in states.items():
            place(self.certificate, **values)
            self.env.flush_all()
            for language in public_words.LANGUAGES:
                with self.subTest(state=state, language=language):
                    text = self.url_open(f"/eco/{self.page.token}?lang={language}").text
                    (said,) = lxml.html.fromstring(text).xpath("//p[@class='state']/text()")
                    self.assertEqual(said, self.said(language)[state] % {"day": self.page.valid_until})
                    self.assertNotIn("%(", text)

    def test_a_specimen_that_ended_says_so_in_every_language_and_never_that_it_is_valid(self):
        self.issue()
        place(self.certificate, state="cancelled")
        for language in public_words.LANGUAGES:
            with self.subTest(language):
                text = self.url_open(f"/eco/{self.page.token}?lang={language}").text
                self.assertIn(self.said(language)["would_read"] % {"state": self.said(language)["cancelled"]}, text)
                self.assertNotIn('data-state="valid"', text)

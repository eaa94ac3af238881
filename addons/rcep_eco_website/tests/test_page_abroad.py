"""The page as an officer abroad uses it: in a language that is read there, with what is typed to be copied."""

from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import tagged

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
        block = self.page._copy_block(self.page._facts_read())
        self.assertNotIn(self.certificate._box_13_numbers(), block)
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

    def chinese_website(self):
        """The exporter's website speaks Chinese first."""
        chinese = self.env["res.lang"]._activate_lang("zh_CN")
        website = self.env["website"].get_current_website()
        website.language_ids |= chinese
        website.default_lang_id = chinese

    def test_who_reads_none_of_our_languages_gets_english_and_not_the_exporter_s(self):
        self.chinese_website()
        self.issue(environment="production")
        for asked in ("vi-VN,vi;q=0.9", "th"):
            with self.subTest(asked):
                self.opener.cookies.clear()  # another reader
                reply = self.open(**{"Accept-Language": asked})
                self.assertEqual(reply.status_code, 303)
                self.assertIn("/en/eco/", reply.headers["Location"])

    def test_who_reads_one_of_our_languages_or_has_chosen_one_keeps_it(self):
        self.chinese_website()
        self.issue(environment="production")
        reply = self.open(**{"Accept-Language": "zh-CN,zh;q=0.9"})
        self.assertEqual((reply.status_code, reply.headers["Vary"]), (200, "Accept-Language"))
        self.opener.cookies.set("frontend_lang", "zh_CN")
        self.assertEqual(self.open(**{"Accept-Language": "vi"}).status_code, 200)

    def test_on_an_english_website_nobody_is_led_elsewhere(self):
        self.issue(environment="production")
        self.assertEqual(self.open(**{"Accept-Language": "vi"}).status_code, 200)

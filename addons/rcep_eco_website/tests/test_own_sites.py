"""A website is the exporter's where both sides say so: the list here, and a file there."""

import datetime
import doctest
import json

from odoo import fields
from odoo.addons.rcep_eco import link
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..models import verification_page
from ..widget import site_file
from .common import PublicCommon

SITE = "https://www.lamps.example"
HOME = "https://odoo.lamps.example"


@tagged("post_install", "-at_install")
class TestOwnSites(PublicCommon):
    def setUp(self):
        super().setUp()
        company = type(self.exporter)
        self.patch(company, "_rcep_base_url", lambda _company: HOME)
        self.answer, self.asked = None, []
        self.patch(company, "_rcep_site_reply", lambda _model, site: self.reply(site))
        self.env["website"].search([]).company_id = self.exporter
        self.exporter.rcep_own_sites = f"{SITE}/shop/"
        self.line = f"{HOME} {self.exporter.rcep_uscc}"

    def reply(self, site):
        self.asked.append(site)
        if isinstance(self.answer, Exception):
            raise self.answer
        status, text = self.answer
        return link.exchange.Reply(status, {}, text.encode())

    def look(self, answer):
        self.answer = answer
        self.exporter._rcep_ask_sites()
        return self.exporter._rcep_proven_sites()

    def test_what_both_sides_say_is_shown_with_its_day(self):
        self.assertEqual(self.exporter._rcep_proven_sites(), [])
        proven = self.look((200, f"\ufeff# our certificates\r\n{self.line}\r\n"))
        today = fields.Datetime.to_string(fields.Datetime.now())[:10]
        self.assertEqual(proven, [{"address": SITE, "found_on": today}])
        self.assertEqual(self.asked, [SITE])

    def test_it_stands_on_the_public_page_as_long_as_it_is_proven(self):
        self.issue()
        self.assertNotIn(SITE, self.url_open(f"/eco/{self.page.token}").text)
        for answer, shown in (((200, self.line), True), ((404, ""), False)):
            self.look(answer)
            verification_page.forget()
            self.assertEqual(f'href="{SITE}"' in self.url_open(f"/eco/{self.page.token}").text, shown)

    def test_another_odoo_another_code_or_no_file_proves_nothing(self):
        answers = [
            (200, f"{HOME}.evil.example {self.exporter.rcep_uscc}"), (200, f"{HOME} 91330200MA2XXXXX05"), (200, HOME),
            (404, self.line), (301, self.line), (200, ""), link.exchange.NoReply(), link.exchange.TooLong(),
        ]  # fmt: skip
        for answer in answers:
            with self.subTest(answer):
                self.assertEqual(self.look(answer), [])

    def test_a_website_that_stops_naming_us_is_not_shown_from_then_on(self):
        self.look((200, self.line))
        self.assertEqual(self.look((404, "")), [])
        self.assertIn("has no such line", self.exporter.rcep_sites_said)

    def test_a_night_without_an_answer_changes_nothing_and_a_week_does(self):
        self.look((200, self.line))
        self.assertTrue(self.look(link.exchange.NoReply()))
        self.assertTrue(self.look((503, "")))
        looks = self.exporter.rcep_site_looks
        long_ago = fields.Datetime.to_string(fields.Datetime.now() - datetime.timedelta(days=8))
        self.exporter.rcep_site_looks = {SITE: {**looks[SITE], "found": long_ago}}
        self.assertEqual(self.exporter._rcep_proven_sites(), [])

    def test_what_was_found_of_another_address_or_is_not_listed_any_more_is_not_shown(self):
        self.look((200, self.line))
        with self.subTest("moved"):
            self.patch(type(self.exporter), "_rcep_base_url", lambda _company: "https://new.lamps.example")
            self.exporter.invalidate_recordset(["rcep_site_line"])
            self.assertEqual(self.exporter._rcep_proven_sites(), [])
        self.patch(type(self.exporter), "_rcep_base_url", lambda _company: HOME)
        self.exporter.rcep_own_sites = "https://other.example"
        self.assertEqual(self.exporter._rcep_proven_sites(), [])

    def test_a_firm_that_nobody_could_name_is_told_so(self):
        self.patch(type(self.exporter), "_rcep_base_url", lambda _company: "http://odoo.lamps.example")
        self.exporter.invalidate_recordset(["rcep_site_line"])
        with self.assertRaisesRegex(UserError, "public address begins with https"):
            self.exporter._rcep_ask_sites()

    def test_what_is_no_website_is_not_listed(self):
        with self.assertRaisesRegex(ValidationError, "no address of a website of ours"):
            self.exporter.rcep_own_sites = "http://www.lamps.example"

    def test_the_button_saves_and_asks(self):
        self.answer = (200, self.line)
        settings = self.env["res.config.settings"].with_company(self.exporter)
        settings.create({"rcep_own_sites": f"{SITE}\nhttps://shop.lamps.example"}).action_rcep_ask_sites()
        self.assertEqual(self.asked, [SITE, "https://shop.lamps.example"])
        self.assertEqual(len(self.exporter._rcep_proven_sites()), 2)

    def test_one_that_fails_at_night_holds_up_nobody(self):
        self.answer = ValueError("broken")
        with self.assertLogs("odoo.addons.rcep_eco.tools.isolated", "ERROR"):
            self.run_job("_cron_rcep_own_sites", "res.company")
        self.answer = (200, self.line)
        self.run_job("_cron_rcep_own_sites", "res.company")
        self.assertTrue(self.exporter._rcep_proven_sites())

    def test_our_side_is_published_for_everybody(self):
        reply = self.url_open("/.well-known/rcep-eco/domain.json")
        self.assertEqual(json.loads(reply.text), {
            "address": HOME, "keys": "/.well-known/rcep-eco/jwks.json", "credit_codes": [self.exporter.rcep_uscc],
            "websites": [SITE],
        })  # fmt: skip
        self.assertEqual(reply.headers["Access-Control-Allow-Origin"], "*")

    def test_it_is_asked_as_other_firms_servers_are(self):
        """Over TLS, bounded, no redirection followed: nothing listens here."""
        self.doCleanups()
        with self.assertRaises(link.exchange.NoReply):
            self.env["res.company"]._rcep_site_reply("http://www.lamps.example")

    def test_the_examples_of_files_are_true(self):
        self.assertEqual(doctest.testmod(site_file).failed, 0)

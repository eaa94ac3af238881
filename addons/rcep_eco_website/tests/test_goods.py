"""Our goods under RCEP: the website shows what was chosen, while it originates today, and never a wrong *yes*."""

import datetime
import json

from odoo.addons.rcep_eco.tests.border.test_borders import paths_of
from odoo.addons.rcep_eco.tests.common import OTHER_USCC, EcoCommon
from odoo.addons.rcep_eco.tools import public_words
from odoo.tests import HttpCase, tagged

from ..models import shown_goods

SECRET = ("4321", "Yuyao Lamp Works", "D-LAMP", "[LAMP]")  # price, supplier, evidence, our own code


@tagged("post_install", "-at_install")
class TestGoods(EcoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).company_id = cls.exporter
        cls.lamp.list_price = 4321
        cls.other = cls.make_good("Desk lamp", "DESK", hs_code="94052100")
        cls.declare(cls.other)
        cls.template = cls.lamp.product_tmpl_id
        cls.template.rcep_on_website = True
        cls.env["rcep.origin"]._mark_what_changed()  # as the end of the transaction does
        cls.env["rcep.origin"]._determine_catalogue(cls.exporter)
        cls.verdict = cls.lamp.rcep_origin_id

    def setUp(self):
        super().setUp()
        self.opener.headers["Accept-Language"] = "en"

    def page(self, lang="en"):
        self.env.flush_all()
        return self.url_open(f"/eco/goods?lang={lang}").text

    def shown(self):
        return [good["name"] for good in self.env["rcep.origin"]._website_goods(self.exporter, "en")]

    def assert_gone(self):
        self.assertEqual(self.shown(), [])
        page = self.page()
        self.assertNotIn("LED lamp", page)
        self.assertIn("No good is listed here today", page)

    def test_a_chosen_good_that_originates_is_shown_with_what_the_public_may_know(self):
        page = self.page()
        for words in ("LED lamp", "940511", "CTC", "China", f"{self.today:%Y-%m-%d}", "certificate of origin of each"):
            self.assertIn(words, page)
        for words in SECRET:
            self.assertNotIn(words, page)

    def test_the_list_of_the_border_names_what_is_shown(self):
        goods = self.env["rcep.origin"]._website_goods(self.exporter, "en")
        shown = {f"goods.{path}" for path in paths_of(goods)}
        self.assertEqual(shown, {"goods.name", "goods.hs6", "goods.criterion", "goods.origin"})
        self.assertLessEqual(shown, self.env["rcep.borders"]._borders()["goods"].leaves)

    def test_what_nobody_chose_is_not_shown(self):
        self.assertEqual(self.other.rcep_verdict, "originating")
        self.assertNotIn("Desk lamp", self.page())
        self.template.rcep_on_website = False
        self.assert_gone()

    def test_a_copy_of_a_chosen_good_is_not_chosen(self):
        self.assertFalse(self.template.copy().rcep_on_website)

    def test_a_good_that_stops_to_originate_vanishes_at_once_and_stays_away(self):
        self.declaration.action_revoke()
        self.env["rcep.origin"]._mark_what_changed()
        self.assert_gone()
        self.env["rcep.origin"]._determine_all(self.exporter, self.lamp)
        self.assert_gone()

    def test_nothing_but_a_sealed_verdict_of_today_is_shown(self):
        cases = {
            "being recomputed": {"stale": True},
            "of yesterday": {"date": self.today - datetime.timedelta(days=1)},
            "not originating": {"verdict": "not_originating"},
            "open": {"verdict": "unresolved"},
            "with a problem": {"problem": "It cannot be determined"},
            "without a seal": {"dossier_sha256": False},
            "whose seal leads nowhere": {"dossier_sha256": "0" * 64},
        }
        for words, values in cases.items():
            with self.subTest(words):
                before = {name: self.verdict[name] for name in values}
                self.verdict.write(values)
                self.assert_gone()
                self.verdict.write(before)
        self.assertEqual(self.shown(), ["LED lamp"])

    def test_a_dossier_that_was_altered_seals_nothing(self):
        stored = self.env["rcep.dossier"].search([("sha256", "=", self.verdict.dossier_sha256)])
        content = json.loads(stored.content)
        content["evidence"]["criterion"] = "WO"
        stored.content = json.dumps(content)
        self.verdict.invalidate_recordset()
        self.assert_gone()

    def test_a_good_on_a_certificate_at_risk_is_not_shown(self):
        certificate = self.certify()
        self.env["rcep.drift"].create(
            {"line_id": certificate.line_ids.id, "certificate_id": certificate.id, "company_id": self.exporter.id,
             "at_risk": True}
        )  # fmt: skip
        self.assert_gone()

    def test_what_is_sold_no_more_or_archived_is_not_shown(self):
        for values in ({"sale_ok": False}, {"active": False}):
            with self.subTest(values):
                self.template.write(values)
                self.verdict.stale = False
                self.assertEqual(self.shown(), [])
                self.template.write({"sale_ok": True, "active": True})

    def test_the_website_of_one_company_shows_nothing_of_another(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        self.lamp.company_id = False  # of both
        self.env["rcep.origin"]._determine_all(self.exporter, self.lamp)
        self.env["website"].search([]).company_id = other
        self.assertNotIn("LED lamp", self.page())
        self.assertFalse(self.template.with_company(other).rcep_on_website, "each company chooses for itself")

    def test_each_language_has_its_words_and_names_of_countries(self):
        for language in public_words.LANGUAGES:
            with self.subTest(language):
                words = public_words.words(shown_goods.ROOM, language)
                page = self.page(language)
                self.assertIn(words["goods_counts"], page)
                self.assertIn(public_words.territories(language)["VN"], page)

    def test_box_11_that_hangs_on_the_importing_party_is_not_named(self):
        self.verdict.country_needs = [["in_importer_appendix", ""]]
        page = self.page()
        self.assertIn("depends on the importing Party", page)
        self.assertIn("their rates differ by country of origin", page)

    def test_nobody_keeps_a_copy_and_nobody_gets_a_cookie(self):
        self.opener.cookies.clear()
        reply = self.url_open("/eco/goods")
        self.assertEqual(reply.headers["Cache-Control"], "no-store")
        self.assertEqual(reply.headers["X-Robots-Tag"], "noindex")
        self.assertNotIn("Set-Cookie", reply.headers)

    # --- kept current ------------------------------------------------------------------------------------
    def test_each_day_what_is_shown_is_determined_anew(self):
        self.env["rcep.origin"].search([]).write({"date": self.today - datetime.timedelta(days=1), "stale": False})
        self.assert_gone()
        self.run_job("_cron_shown_goods", "rcep.origin")
        self.run_job("_cron_recompute", "rcep.origin")
        self.assertEqual(self.shown(), ["LED lamp"])
        self.assertLess(self.other.rcep_origin_id.date, self.today, "nobody chose this one")

    def test_who_chooses_a_good_has_it_determined(self):
        self.other.product_tmpl_id.rcep_on_website = True
        self.env["rcep.origin"]._mark_what_changed()
        self.assertTrue(self.other.rcep_origin_id.stale)
        self.run_job("_cron_recompute", "rcep.origin")
        self.assertEqual(self.shown(), ["LED lamp", "Desk lamp"])

    # --- the building block ------------------------------------------------------------------------------
    def made_page(self, content=""):
        """A page of the website, which visitors may see."""
        arch = f'<t t-call="website.layout"><div id="wrap" class="oe_structure oe_empty">{content}</div></t>'
        return self.env["website.page"].create(
            {"name": "Check", "url": "/our-check", "type": "qweb", "key": "rcep_eco_website.test_check",
             "is_published": True, "arch": arch}
        )  # fmt: skip

    def seen_by_a_visitor(self, words):
        shown = "document.querySelector('rcep-eco-goods')?.shadowRoot?.querySelector('.rcep-goods')"
        self.env.flush_all()
        self.browser_js("/our-check", f"""
            const words = {shown}.innerText;
            console.log(words.includes({json.dumps(words)}) ? "test successful" : words);
        """, f"!!{shown}", timeout=60)  # fmt: skip

    def test_a_visitor_reads_the_list_in_the_block_until_a_good_stops_to_originate(self):
        self.made_page(self.env["ir.qweb"]._render("rcep_eco_website.s_rcep_goods"))
        self.seen_by_a_visitor("HS code 940511")
        self.declaration.action_revoke()
        self.env["rcep.origin"]._mark_what_changed()
        self.seen_by_a_visitor("No good is listed")

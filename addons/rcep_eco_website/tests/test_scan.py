"""Who looked at a certificate's page: what is kept, what is never kept, and whom it is told."""

import datetime
import pathlib
import tempfile
from unittest import mock

from odoo import http
from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import config

from ..models import rcep_scan
from ..models.rcep_scan import Visit, device_of
from .common import PublicCommon
from .made_geoip import file_of

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148"
HERE = "127.0.0.1"


@tagged("post_install", "-at_install")
class TestScan(PublicCommon):
    def setUp(self):
        super().setUp()
        self.issue()
        self.scans = self.env["rcep.scan"]

    def know(self, country="VN", city="Hai Phong"):
        """As if an administrator had installed GeoIP data, in which this machine is there."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name, "city.mmdb")
        path.write_bytes(file_of("127.0.0.0/8", country, city))
        self.addCleanup(vars(http.root).pop, "geoip_city_db", None)
        vars(http.root).pop("geoip_city_db", None)
        patcher = mock.patch.dict(config.options, {"geoip_city_db": str(path), "geoip_country_db": "/none"})
        patcher.start()
        self.addCleanup(patcher.stop)
        vars(http.root).pop("geoip_country_db", None)

    def look(self, path=None, agent=PHONE, **how):
        return self.url_open(path or f"/eco/{self.page.token}", headers={"User-Agent": agent}, **how)

    def kept(self):
        return self.scans.search([("certificate_id", "=", self.certificate.id)], order="id")

    def visit(self, country="VN", agent=PHONE, address=HERE):
        return Visit(address, agent, country, "", "en_US")

    def watch(self):
        with mock.patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: float("inf")):
            self.scans._cron_watch()

    # --- what is kept ------------------------------------------------------------------------------------
    def test_a_look_from_hai_phong_stands_on_the_certificate(self):
        self.know()
        self.look()
        scan = self.kept()
        self.assertEqual(
            (scan.country_id.code, scan.city, scan.device, scan.way, scan.state, scan.is_repeat),
            ("VN", "Hai Phong", "phone", "code", self.page._state_now(), False),
        )
        day = scan.seen_at.date().isoformat()
        self.assertEqual(self.certificate.scan_text, f"Seen 1 times, first in Hai Phong, Vietnam on {day}")
        self.watch()
        self.assertIn("first opened in the importing Party", self.certificate.message_ids[0].body)
        self.assertFalse(self.certificate.activity_ids.filtered(lambda each: each.summary and "page" in each.summary))

    def test_recognition_by_customs_knows_that_it_was_seen_in_its_market(self):
        place(self.certificate, issued_at="2026-09-01 00:00:00")
        rate = self.env["rcep.recognition.rate"].search([("certificate_id", "=", self.certificate.id)])
        self.know("FR", "Lyon")
        self.look()
        self.assertFalse(rate.seen_there_on)
        self.know()
        self.look(agent="curl/8.0")
        self.env.invalidate_all()
        self.assertFalse(rate.seen_there_on, "a program is nobody at customs")
        self.look(agent=f"{PHONE} Zalo")
        self.env.invalidate_all()
        self.assertEqual(rate.seen_there_on, amounts.issuing_day(self.kept().sorted("id")[-1].seen_at))
        awaited = self.env["rcep.recognition.rate"].search(
            [("seen_there_on", "!=", False), ("outcome", "=", "unknown"), ("company_id", "=", self.exporter.id)]
        )
        self.assertEqual(awaited.certificate_id, self.certificate)

    def test_without_geoip_data_the_place_is_unknown_and_the_look_is_kept(self):
        vars(http.root).pop("geoip_city_db", None)
        self.look()
        self.assertEqual((len(self.kept()), self.kept().country_id.code, self.kept().city), (1, False, False))

    def test_each_way_is_told_from_the_others(self):
        token = self.page.token
        self.look(f"/eco/{token}.json", agent="curl/8.5")
        self.look(f"/eco/{token}.json?via=verifier")
        with mock.patch.object(rcep_scan, "SOON", datetime.timedelta(0)):
            self.look()
        self.assertEqual(self.kept().mapped("way"), ["json", "verifier", "code"])
        self.assertEqual(self.kept().mapped("device"), ["program", "phone", "phone"])

    def test_the_form_and_the_page_that_it_opens_are_one_look_and_so_is_a_page_loaded_again(self):
        numbers = {"certificate_no": self.certificate.certificate_no,
                   "invoice_no": self.certificate.invoice_ids.name}  # fmt: skip
        self.look("/eco", data=numbers)
        self.look()
        self.assertEqual(self.kept().mapped("way"), ["form"])

    def test_the_same_visitor_later_on_that_day_is_a_repeat(self):
        with mock.patch.object(rcep_scan, "SOON", datetime.timedelta(0)):
            self.look()
            self.look()
            self.look(agent="Mozilla/5.0 (Windows NT 10.0)")
        self.assertEqual(self.kept().mapped("is_repeat"), [False, True, False])

    def test_the_firms_own_people_are_not_counted(self):
        self.authenticate(self.signer.login, self.signer.login)
        self.look()
        self.assertFalse(self.kept())

    def test_looks_before_a_cancellation_hide_none_after_it(self):
        self.patch(rcep_scan, "MOST_SEEN", 2)
        for number in range(3):
            self.look(agent=f"Mozilla/5.0 {number}")
        self.issue(environment="production")
        place(self.certificate, state="cancelled")
        self.look(agent="Mozilla/5.0 0")
        self.assertEqual(self.kept().mapped("state"), ["specimen", "specimen", "cancelled"])

    def test_off_by_one_switch(self):
        settings = self.env["res.config.settings"].with_company(self.exporter).create({"rcep_scan_log": False})
        settings.execute()
        self.look()
        self.assertFalse(self.exporter.rcep_scan_log)
        self.assertFalse(self.kept())

    def test_whatever_becomes_of_the_log_the_page_is_shown(self):
        self.patch(type(self.scans), "_note", lambda *_looks, **_more: 1 / 0)
        with self.assertLogs("odoo.addons.rcep_eco", "ERROR"):
            self.assertEqual(self.look().status_code, 200)

    # --- what is never kept ------------------------------------------------------------------------------
    def test_no_address_is_kept_and_nobody_is_known_again_the_next_day(self):
        self.look()
        visit = self.visit()
        first = self.env["rcep.scan.salt"]._mark(visit.address + visit.agent)
        self.env.flush_all()
        for table in ("rcep.scan", "rcep.scan.salt"):
            rows = str(self.env[table].search_read([]))
            self.assertNotIn(HERE, rows)
            self.assertNotIn(PHONE, rows)
        tomorrow = self.today + datetime.timedelta(days=1)
        with mock.patch.object(rcep_scan.amounts, "today", lambda: tomorrow):
            self.assertNotEqual(self.env["rcep.scan.salt"]._mark(visit.address + visit.agent), first)
            self.env["rcep.scan.salt"]._gc_over()
            self.assertEqual(self.env["rcep.scan.salt"].search([]).mapped("day"), [tomorrow])

    def test_nothing_is_kept_longer_than_two_years(self):
        self.look()
        self.scans._gc_old()
        self.assertTrue(self.kept())
        self.kept().seen_at -= datetime.timedelta(days=732)
        self.scans._gc_old()
        self.assertFalse(self.kept())

    def test_nobody_writes_looks_or_reads_the_salt(self):
        self.look()
        for name in ("clerk", "signer", "manager", "auditor", "employee"):
            user = self.person(name, login=f"{name}.scan")
            with self.subTest(name):
                self.assertEqual(self.kept().with_user(user).has_access("read"), name != "employee")
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(self.kept().with_user(user).has_access(operation))
                with self.assertRaises(AccessError):
                    self.env["rcep.scan.salt"].with_user(user).search([])

    # --- whom it is told ---------------------------------------------------------------------------------
    def warned(self):
        return self.certificate.activity_search(["rcep_eco_website.activity_scan"]).mapped("summary")

    def test_a_look_after_cancellation_is_a_task_once(self):
        self.page.state = "cancelled"
        with mock.patch.object(rcep_scan, "SOON", datetime.timedelta(0)):
            self.scans._note(self.exporter, "code", self.visit(), self.page)
            self.scans._note(self.exporter, "code", self.visit(), self.page)
        self.watch()
        self.assertEqual(len(self.warned()), 1)
        self.assertIn("from Vietnam, after it counted no more", self.warned()[0])

    def test_a_look_from_a_country_that_is_no_party_to_it_is_a_task(self):
        self.scans._note(self.exporter, "code", self.visit("BR"), self.page)
        self.watch()
        self.assertIn("from Brazil, which is no party to it", self.warned()[0])

    def test_a_crawler_abroad_and_the_exporters_own_country_are_none(self):
        self.scans._note(self.exporter, "json", self.visit("US", "Googlebot/2.1"), self.page)
        self.scans._note(self.exporter, "code", self.visit("CN"), self.page)
        self.watch()
        self.assertFalse(self.warned())

    def test_whoever_calls_itself_anew_each_time_fills_no_table(self):
        self.patch(rcep_scan, "MOST_SEEN", 5)
        for number in range(8):
            self.scans._note(self.exporter, "code", self.visit(agent=f"Mozilla/5.0 ({number})"), self.page)
        self.assertEqual(len(self.kept()), 5)

    def test_many_wrong_numbers_are_one_task_and_few_rows(self):
        for number in range(80):
            self.scans._note(self.exporter, "form", self.visit(address=f"203.0.113.{number}"))
        wrong = self.scans.search([("company_id", "=", self.exporter.id), ("certificate_id", "=", False)])
        self.assertEqual(len(wrong), rcep_scan.MOST_WRONG)
        self.watch()
        self.scans._note(self.exporter, "form", self.visit())
        self.watch()
        tasks = self.platform.activity_ids.filtered(lambda each: "wrong numbers" in (each.summary or ""))
        self.assertEqual(len(tasks), 1)

    def test_a_wrong_number_and_a_wrong_code_are_seen_as_such(self):
        self.look(f"/eco/{'x' * 22}")
        wrong = self.scans.search([("certificate_id", "=", False)])
        self.assertEqual(wrong.mapped("state"), ["unknown"])

    def test_what_a_browser_says_it_is(self):
        for agent, device in (
            ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Mobile Safari", "phone"),
            ("Mozilla/5.0 (iPad; CPU OS 19_0)", "tablet"),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "computer"),
            ("WhatsApp-link-preview/2", "program"),
            ("", "program"),
        ):
            with self.subTest(agent):
                self.assertEqual(device_of(agent), device)

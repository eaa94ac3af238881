"""The consignee's page: who gets in, what is shown, what is kept, a link that is used twice."""

import datetime
import re
from unittest.mock import patch
from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...controllers import rate_limits
from ...texts import consignee_words
from ...tools import public_words
from ..common import place
from ..phone import narrow
from .recognition_common import RecognitionCommon

VI = consignee_words.words("vi")
EN = consignee_words.words("en")


class PageCommon(RecognitionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls.env["rcep.recognition.request"].with_user(cls.clerk)._ask(cls.certificate).sudo()
        cls.path = f"/rcep/outcome/{cls.request._token()}"

    def page(self, path=None, **query):
        reply = self.url_open(f"{path or self.path}?{urlencode(query)}")
        self.env.invalidate_all()
        return reply

    def csrf(self):
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page().text)
        return found and found.group(1)

    def send(self, outcome, csrf=None, **form):
        reply = self.url_open(self.path, data={"csrf_token": csrf or self.csrf() or "", "outcome": outcome, **form})
        self.env.invalidate_all()
        return reply


@tagged("post_install", "-at_install")
class TestConsigneePage(PageCommon, HttpCase):
    # --- who gets in -------------------------------------------------------------------------------------
    def test_the_consignee_sees_its_certificate_in_vietnamese_and_no_price(self):
        reply = self.page()
        self.assertEqual(reply.status_code, 200)
        self.assertRegex(reply.text, r'<html[^>]*lang="vi"')
        for result in (VI["question"], VI["send"], "26C3302A0001/00042", "NINGBO BRIGHT LAMP CO., LTD."):
            self.assertIn(result, reply.text)
        for secret in ("50.0", "5,000", "5000", "Yuyao", self.lamp.name):
            self.assertNotIn(secret, reply.text)
        self.assertEqual([reply.headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")],
                         ["noindex", "no-referrer", "no-store"])  # fmt: skip
        self.assertEqual(reply.headers["Content-Security-Policy"], "frame-ancestors 'self'")

    def test_the_page_speaks_each_of_its_languages_and_names_them_in_their_own_words(self):
        for language, name in public_words.LANGUAGES.items():
            with self.subTest(language):
                text = self.page(lang=language).text
                self.assertIn(consignee_words.words(language)["question"], text)
                self.assertRegex(text, rf'aria-current="true"[^>]*>{name}<')
                tag = public_words.tag(language)
                self.assertRegex(text, rf'<html[^>]*lang="{tag}"')

    def test_nothing_overflows_a_phone_in_any_language(self):
        self.patch(rate_limits, "may_try", lambda kind, caller: True)
        self.patch(rate_limits, "note", lambda kind, caller: None)
        both = (self.path, "/rcep/outcome/x")
        paths = [f"{path}?lang={language}" for path in both for language in public_words.LANGUAGES]
        self.browser_js("/rcep/outcome/none", narrow(paths), timeout=120)

    def test_dead_links_are_one_and_the_same(self):
        token = self.request._token()
        supplier = self.env["rcep.declaration.request"]
        other = re.sub("^.", "A" if token[0] != "A" else "B", token)
        pages = []
        for each in (other, "x", "A" * 100):
            reply = self.page(f"/rcep/outcome/{each}", lang="vi")
            self.assertEqual(reply.status_code, 404)
            self.assertIn(VI["dead"], reply.text)
            pages.append(reply)
        self.assertFalse(supplier._of_token(token))  # of another kind of page
        for act in (lambda: self.request._step(is_revoked=True),
                    lambda: self.request._step(expires_on=Datetime.now() - datetime.timedelta(seconds=1)),
                    lambda: place(self.certificate, state="cancelled")):  # fmt: skip
            self.request._step(is_revoked=False, expires_on=Datetime.now() + datetime.timedelta(days=1))
            act()
            self.assertEqual(self.page(f"/rcep/outcome/{self.request._token()}").status_code, 404)

    def test_whoever_guesses_is_stopped(self):
        with patch.object(rate_limits, "OF_ONE", 2):
            codes = [self.page("/rcep/outcome/x").status_code for _try in range(4)]
        self.assertEqual(codes, [404, 404, 429, 429])
        self.assertEqual(self.page().status_code, 200)

    # --- answering ---------------------------------------------------------------------------------------
    def test_two_taps_and_it_is_known(self):
        reply = self.send("recognised")
        self.assertIn(VI["thanks"], reply.text)
        report = self.certificate.recognition_id
        self.assertEqual((report.outcome, report.source, report.decided_on), ("recognised", "consignee", self.today))
        self.assertEqual((self.request.answered_on, self.request.report_id), (self.today, report))

    def test_a_refusal_comes_with_its_cause_words_and_duty_and_is_a_task(self):
        self.send("refused", cause=str(self.cause("invoice").id), words="Số hóa đơn khác", duty="12.500.000",
                  currency="VND")  # fmt: skip
        report = self.certificate.recognition_id
        self.assertEqual((report.cause_id.code, report.words), ("invoice", "Số hóa đơn khác"))
        self.assertEqual((report.duty_amount, report.currency_id.name), (12500000, "VND"))
        self.assertTrue(self.certificate.activity_ids.filtered(lambda task: "Số hóa đơn khác" in (task.summary or "")))

    def test_a_link_used_twice_says_so_in_one_sentence_and_changes_nothing(self):
        csrf = self.csrf()
        self.send("recognised", csrf=csrf)
        reply = self.send("refused", csrf=csrf)
        self.assertEqual(reply.status_code, 409)
        sentence = VI["used"] % {"day": self.today.isoformat(), "answer": VI["recognised"]}
        self.assertIn(sentence, reply.text)
        self.assertIn(sentence, self.page().text)
        self.assertNotIn('class="rcep-outcome"', self.page().text)
        self.assertEqual(self.certificate.recognition_ids.mapped("outcome"), ["recognised"])

    def test_not_decided_yet_leaves_the_link_open_and_nothing_known(self):
        self.assertIn(VI["thanks_later"], self.send("unknown").text)
        self.assertEqual((self.certificate.recognition, self.request.answered_on), ("unknown", False))
        self.assertFalse(self.certificate.recognition_ids)
        self.send("after_query")
        self.assertEqual(self.certificate.recognition, "after_query")

    def test_each_mistake_has_its_sentence_in_the_language_of_the_page_and_nothing_is_kept(self):
        tomorrow = (self.today + datetime.timedelta(days=1)).isoformat()
        for outcome, form, key in (
            ("", {}, "wrong_answer"),
            ("perhaps", {}, "wrong_answer"),
            ("refused", {"duty": "1,250"}, "wrong_amount"),
            ("refused", {"duty": "many"}, "wrong_amount"),
            ("recognised", {"day": tomorrow}, "wrong_day"),
            ("recognised", {"day": "2020-01-01"}, "wrong_day"),
            ("recognised", {"day": "31/12/2026"}, "wrong_day"),
        ):
            with self.subTest(outcome, **form):
                reply = self.send(outcome, **form)
                self.assertEqual(reply.status_code, 422)
                self.assertIn(VI[key] % {"typed": form.get("duty")}, reply.text)
                self.assertFalse(self.certificate.recognition_ids)

    def test_words_with_markup_stay_words_and_are_cut(self):
        self.send("refused", words="<script>alert(1)</script>" + "x" * 5000, lang="en")
        self.assertLessEqual(len(self.certificate.recognition_id.words), 1000)
        body = "".join(self.certificate.message_ids.mapped("body"))
        self.assertNotIn("<script>", body)

    def test_without_the_forms_own_token_nothing_is_taken(self):
        self.assertEqual(self.send("recognised", csrf="x").status_code, 400)
        self.assertFalse(self.certificate.recognition_ids)

    def test_a_page_that_somebody_else_answers_is_left_to_them(self):
        with patch.object(type(self.request), "try_lock_for_update", lambda records, **_options: records.browse()):
            self.assertIn(EN["busy"], self.send("recognised", lang="en").text)
        self.assertFalse(self.certificate.recognition_ids)


@tagged("post_install", "-at_install")
class TestAsking(RecognitionCommon):
    def asked(self):
        return self.env["rcep.recognition.request"].search([("certificate_id", "=", self.certificate.id)])

    def run_on(self, days):
        """The daily job, so many days after the issue."""
        day = self.today + datetime.timedelta(days=days)
        with patch("odoo.addons.rcep_eco.models.recognition.asking.amounts.today", lambda: day):
            self.env["rcep.recognition.request"]._cron_ask()

    def test_the_mail_is_in_vietnamese_and_leads_to_the_page(self):
        requests = self.env["rcep.recognition.request"].with_user(self.clerk)._ask(self.certificate)
        mail = self.env["mail.mail"].search([("model", "=", requests._name), ("res_id", "=", requests.id)])
        self.assertEqual(mail.subject, VI["mail_subject"] % {"number": "26C3302A0001/00042"})
        self.assertIn("/rcep/outcome/", mail.body_html)
        self.assertIn(VI["mail_button"], mail.body_html)
        self.assertIn(f'{requests.link}?lang=en', mail.body_html)
        self.assertNotIn("/rcep/outcome/", "".join(self.certificate.message_ids.mapped("body")))

    def test_who_has_a_language_of_its_own_is_written_to_in_it(self):
        self.env["res.lang"]._activate_lang("th_TH")
        self.customer.lang = "th_TH"
        self.assertEqual(self.env["rcep.recognition.request"]._ask(self.certificate).language, "th")

    def test_the_job_asks_some_days_after_the_usual_way_and_once(self):
        self.vietnam.transit_days = 7
        self.exporter.rcep_ask_days = 5
        self.run_on(11)
        self.assertFalse(self.asked())
        self.run_on(12)
        self.run_on(13)
        self.assertEqual(len(self.asked()), 1)

    def test_the_expected_arrival_counts_before_the_usual_way(self):
        self.certificate.with_user(self.clerk).arrival_date = self.today + datetime.timedelta(days=20)
        self.run_on(24)
        self.assertFalse(self.asked())
        self.run_on(25)
        self.assertTrue(self.asked())

    def test_nobody_is_asked_of_a_specimen_of_what_is_known_or_where_the_firm_does_not_ask(self):
        for act in (lambda: place(self.certificate, environment="sandbox"), lambda: self.report("recognised"),
                    lambda: self.exporter.write({"rcep_ask_days": -1}),
                    lambda: self.customer.write({"email": False})):  # fmt: skip
            with self.env.cr.savepoint() as point:
                act()
                self.run_on(20)
                self.assertFalse(self.asked())
                point.rollback()
            self.env.invalidate_all()

    def test_what_arrived_long_ago_is_asked_by_a_person_only(self):
        self.run_on(100)
        self.assertFalse(self.asked())
        self.certificate.with_user(self.clerk).action_ask_consignee()
        self.assertTrue(self.asked())

    def test_a_newer_link_ends_the_earlier_one(self):
        first = self.env["rcep.recognition.request"]._ask(self.certificate)
        second = self.env["rcep.recognition.request"]._ask(self.certificate)
        self.assertEqual((bool(first.link), bool(second.link)), (False, True))

    def test_without_an_address_nobody_is_asked_and_it_says_whose(self):
        self.customer.email = False
        with self.assertRaisesRegex(UserError, "No mail address: Saigon Light JSC"):
            self.certificate.with_user(self.clerk).action_ask_consignee()

    def test_one_mail_that_cannot_be_made_does_not_hold_up_the_others(self):
        broken, other = self.certificate, self.issued(self.certify(), "26C3302A0001/00043")
        requests = type(self.env["rcep.recognition.request"])
        ask = requests._ask

        def asking(records, certificates):
            if certificates == broken:
                raise ValueError("this mail alone")
            return ask(records, certificates)

        self.patch(requests, "_ask", asking)
        with mute_logger("odoo.addons.rcep_eco.tools.isolated"):
            self.run_on(20)
        self.assertFalse(self.asked())
        self.assertTrue(other.recognition_request_ids)

    def test_a_neutralised_copy_has_no_link_and_asks_nobody(self):
        token = self.env["rcep.recognition.request"]._ask(self.certificate)._token()
        self.env.flush_all()
        for query in get_neutralization_queries(["rcep_eco"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(self.env["rcep.recognition.request"].sudo()._of_token(token))
        mails = self.env["mail.mail"].search([("model", "=", "rcep.recognition.request")])
        self.assertTrue(mails)
        self.assertNotIn(token, "".join(mails.mapped("body_html")))
        self.assertEqual(self.exporter.rcep_ask_days, -1)

    def test_a_mail_that_does_not_arrive_is_a_task(self):
        request = self.env["rcep.recognition.request"]._ask(self.certificate)
        request._message_receive_bounce("x@y.example", self.customer)
        self.assertTrue(self.certificate.activity_ids.filtered(lambda task: "was not asked" in (task.summary or "")))

    def test_nobody_makes_a_link_that_lives_for_ever(self):
        requests = self.env["rcep.recognition.request"].with_user(self.clerk)
        made = requests.create({"certificate_id": self.certificate.id, "nonce": "known",
                                "expires_on": "2099-01-01 00:00:00"}).sudo()  # fmt: skip
        self.assertLess(made.expires_on.year, 2099)
        self.assertNotEqual(made.nonce, "known")
        with self.assertRaisesRegex(UserError, "own steps"):
            made.with_user(self.clerk).write({"is_revoked": False})

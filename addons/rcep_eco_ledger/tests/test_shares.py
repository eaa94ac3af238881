"""A certificate names a thousand lamps; five buyers get them, and each has a page that says what is its own."""

import html
import re
from unittest.mock import patch
from urllib.parse import urlencode

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.tests.border.test_borders import paths_of
from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.tests.outside_mail import check_mail
from odoo.addons.rcep_eco.tests.outside_page import check_each_language, check_english_beside, said
from odoo.addons.rcep_eco.tests.phone import narrow
from odoo.addons.rcep_eco.tools import public_words
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import Form, HttpCase, tagged

from ..models.rcep_share import ROOM, RcepShare
from .common import LedgerCommon

NUMBER = "26C3302A0001/00042"


class ShareCommon(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate = cls.issue(cls.certify((cls.lamp, 1000, 73.31), partner_id=cls.buyer.id))
        cls.item = cls.certificate.line_ids
        cls.penang, cls.ipoh = (cls.make_customer(name, "my") for name in ("Penang Light", "Ipoh Light"))

    @classmethod
    def issue(cls, certificate, number=NUMBER):
        certificate.with_user(cls.signer).action_approve()
        place(certificate, state="issued", environment="production", issued_at=f"{cls.today} 01:00:00",
              valid_until=f"{cls.today.replace(year=cls.today.year + 1, day=1)}", certificate_no=number)  # fmt: skip
        return certificate

    @classmethod
    def share(cls, quantity, partner=None, good=None, **values):
        good = good or cls.item
        return cls.env["rcep.share"].with_user(cls.clerk).create(
            {
                "certificate_id": good.certificate_id.id,
                "partner_id": (partner or cls.penang).id,
                "line_ids": [Command.create({"certificate_line_id": good.id, "quantity": quantity})],
                **values,
            }
        )  # fmt: skip


@tagged("post_install", "-at_install")
class TestShares(ShareCommon):
    def refused(self, words):
        return self.assertRaisesRegex(UserError, words)

    def test_five_buyers_and_no_lamp_more(self):
        for quantity in (400, 300, 150, 100):
            self.share(quantity)
        with self.refused("names 1000 PCS, and all its shares would be 1000.5"), self.env.cr.savepoint():
            self.share(50.5)
        last = self.share(50)
        self.assertEqual((self.item.unshared, self.certificate.share_count), (0, 5))
        with self.refused("would be 1001"), self.env.cr.savepoint():
            self.share(1)
        last.action_withdraw()
        self.assertEqual((self.item.unshared, self.certificate.share_count), (50, 4))
        self.share(50, self.ipoh)

    def test_whose_certificate_is_cancelled_is_told_so(self):
        withdrawn = self.share(100, self.ipoh)
        withdrawn.action_withdraw()
        self.share(100)
        self.certificate.sudo()._move("cancelled", actors.PLATFORM)
        (task,) = self.certificate.activity_ids.filtered(lambda each: "shares" in (each.summary or ""))
        self.assertIn("Penang Light", task.summary)
        self.assertNotIn("Ipoh", task.summary)

    def test_what_was_given_is_not_changed(self):
        share = self.share(100)
        for act in (
            lambda: share.line_ids.write({"quantity": 900}),
            lambda: share.write({"line_ids": [Command.create({"certificate_line_id": self.item.id, "quantity": 1})]}),
            share.sudo().line_ids.unlink,
            lambda: share.write({"line_ids": [Command.clear()]}),
            lambda: share.write({"partner_id": self.ipoh.id}),
            lambda: share.write({"is_revoked": False}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                act()
        named = self.env["rcep.share.line"].with_user(self.clerk).with_context(default_share_id=share.id)
        with self.refused("not changed"), self.env.cr.savepoint():
            named.create({"certificate_line_id": self.item.id, "quantity": 5000})
        share.action_withdraw()
        with self.refused("set by the request's own steps"), self.env.cr.savepoint():
            share.write({"is_revoked": False})

    def test_only_of_a_certificate_in_force_and_of_its_own_goods(self):
        other = self.issue(self.certify((self.lamp, 5, 50.0), partner_id=self.buyer.id), "26C3302A0001/00043")
        with self.refused("does not stand on certificate"), self.env.cr.savepoint():
            self.share(1, certificate_id=other.id)
        with self.refused("names no quantity"), self.env.cr.savepoint():
            self.share(0)
        with self.refused("is Draft"), self.env.cr.savepoint():
            self.share(1, good=self.certify().line_ids)
        place(self.certificate, state="cancelled")
        with self.refused("in force"), self.env.cr.savepoint():
            self.share(1)

    def test_its_number_tells_nobody_how_many_others_there_are(self):
        numbers = [self.share(1).number for _each in range(12)]
        self.assertEqual(len(set(numbers)), 12)
        self.assertGreaterEqual(min(numbers), 1000)
        self.assertNotEqual(numbers, list(range(numbers[0], numbers[0] + 12)))

    def test_the_clerk_enters_one_quantity_in_the_form_of_the_certificate(self):
        action = self.certificate.with_user(self.clerk).action_give_share()
        shares = self.env["rcep.share"].with_user(self.clerk).with_context(**action["context"])
        with Form(shares, "rcep_eco_ledger.view_share_form") as form:
            form.partner_id = self.penang
            self.assertEqual(len(form.line_ids), 1)
            with form.line_ids.edit(0) as line:
                self.assertEqual((line.certificate_line_id, line.unshared), (self.item, 1000))
                line.quantity = 250
        self.assertEqual(form.record.line_ids.quantity, 250)
        self.assertEqual(form.record.expires_on.year, self.today.year + 3)

    def test_the_mail_brings_the_address_of_the_page_to_the_buyer(self):
        share = self.share(250)
        with self.refused("No mail address"):
            share.action_send()
        self.penang.email = "import@penang.example"
        action = share.action_send()
        mail = Form(self.env["mail.compose.message"].with_user(self.clerk).with_context(**action["context"])).save()
        self.assertEqual(mail.partner_ids, self.penang)
        self.assertIn(share.link, mail.body)
        share.action_withdraw()
        with self.refused("withdrawn"):
            share.action_send()


    def test_the_mail_is_in_its_buyers_language(self):
        self.penang.email = "import@penang.example"
        check_mail(self, "rcep_eco_ledger.mail_template_share", self.share(250), RcepShare._mail_room,
                   subject="subject", sentences=("went_to_you", "no_certificate", "regards"))  # fmt: skip


@tagged("post_install", "-at_install")
class TestSharePage(ShareCommon, HttpCase):
    def setUp(self):
        super().setUp()
        rate_limits.forget()
        self.addCleanup(rate_limits.forget)
        self.one = self.share(250, note="Pays late")
        self.other = self.share(137, self.ipoh)

    def page(self, share=None, path=None, **query):
        share = share or self.one
        path = path or f"/rcep/share/{share._token()}"
        self.env.flush_all()
        reply = self.url_open(f"{path}?{urlencode(query)}")
        self.env.invalidate_all()
        return reply

    def test_it_says_what_is_the_buyers_own_and_nothing_else(self):
        reply = self.page(lang="en")
        self.assertEqual(reply.status_code, 200)
        text = re.sub(r"<[^>]*>", " ", reply.text.partition('class="rcep-share"')[2])
        words = " ".join(text.split())
        for told in (f"Share {self.one.number} of certificate No. {NUMBER}", "250 PCS", "Penang Light", "LED lamp",
                     "HS code 940511", "Origin CHINA", "The certificate is valid until", "NINGBO BRIGHT LAMP CO., LTD.",
                     "not a certificate of origin: customs need the certificate itself"):  # fmt: skip
            self.assertIn(told, words)
        words = words.replace(f"Share {self.one.number} ", "")  # which may hold any figures by chance
        for secret in ("Ipoh", "137", "1000", "750", "613", "Kuala Lumpur", "73.31", "73310", "Pays late",
                       self.certificate._box_13_numbers(), str(self.other.number)):  # fmt: skip
            self.assertNotIn(secret, words)
        self.assertEqual([reply.headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")],
                         ["noindex", "no-referrer", "no-store"])  # fmt: skip

    def test_what_it_shows_is_in_the_list_of_its_border(self):
        shown = set(paths_of(self.one._shown())) - {"goods"}
        self.assertEqual(shown, self.env["rcep.borders"]._borders()["shares"].leaves - {"shown"})

    def test_it_says_how_the_certificate_stands_now(self):
        for values, state, words in (
            ({"state": "cancelled"}, "cancelled", "The certificate was cancelled"),
            ({"state": "replaced"}, "replaced", "replaced by another"),
            ({"valid_until": "2026-01-01"}, "expired", "expired on 2026-01-01"),
            ({"environment": "sandbox"}, "specimen", "SPECIMEN"),
        ):
            with self.subTest(state):
                place(self.certificate, **{"state": "issued", "environment": "production", **values})
                text = self.page(lang="en").text
                self.assertIn(f'data-state="{state}"', text)
                self.assertRegex(text, f'<div class="alert alert-danger[^>]*>[^<]*{words}')
                self.assertNotIn("alert-success", text)

    def test_a_share_that_was_withdrawn_says_so_and_the_others_stay(self):
        self.one.action_withdraw()
        text = self.page(lang="en").text
        self.assertIn("This share was withdrawn by the exporter", text)
        self.assertNotIn("alert-success", text)
        self.assertIn("alert-success", self.page(self.other).text)

    def test_dead_links_are_one_and_the_same_and_whoever_guesses_is_stopped(self):
        token = self.one._token()
        forged = ("A" if token[0] != "A" else "B") + token[1:]
        for each in (forged, "x", "A" * 100):
            self.assertEqual(self.page(path=f"/rcep/share/{each}").status_code, 404)
        self.assertFalse(self.env["rcep.recognition.request"]._of_token(token))  # opens no other kind of page
        self.one._step(expires_on="2026-01-01 00:00:00")
        self.assertEqual(self.page(path=f"/rcep/share/{token}").status_code, 404)
        rate_limits.forget()
        with patch.object(rate_limits, "OF_ONE", 2):
            codes = [self.page(path="/rcep/share/x").status_code for _try in range(3)]
        self.assertEqual(codes, [404, 404, 429])
        self.assertEqual(self.page(self.other).status_code, 200)

    # --- nine languages ----------------------------------------------------------------------------------
    def paths(self):
        """The pages behind a link that lives, and behind one that does not."""
        # Dead links are opened more often here than anybody may.
        self.patch(rate_limits, "may_try", lambda kind, caller: True)
        self.patch(rate_limits, "note", lambda kind, caller: None)
        self.env.flush_all()
        return [f"/rcep/share/{self.one._token()}", "/rcep/share/x"]

    def test_each_language_says_all_of_it(self):
        for path in self.paths():
            check_each_language(self, ROOM, path)

    def test_how_it_stands_is_in_english_beside_words_that_nobody_has_confirmed(self):
        path = self.paths()[0]
        until = self.certificate.valid_until.isoformat()
        check_english_beside(self, ROOM, path, "statement")
        check_english_beside(self, ROOM, path, "valid", valid_until=until)
        place(self.certificate, state="cancelled")
        self.env.flush_all()
        check_english_beside(self, ROOM, path, "cancelled")

    def test_a_country_of_origin_is_named_in_the_readers_language(self):
        for language, name in (("en", "CHINA"), ("vi", "Trung Quốc"), ("km", "ចិន"), ("zh", "中国")):
            self.assertIn(name, said(self.page(lang=language)), language)

    def test_without_a_choice_it_speaks_as_its_buyers_country(self):
        self.assertRegex(self.page().text, r'<html[^>]*lang="ms"')
        self.penang.country_id = self.env.ref("base.th")
        self.assertRegex(self.page().text, r'<html[^>]*lang="th"')

    def test_nothing_overflows_a_phone_in_any_language(self):
        paths = [f"{path}?lang={language}" for path in self.paths() for language in public_words.LANGUAGES]
        self.browser_js("/rcep/share/none", narrow(paths), timeout=120)

    def test_its_print_has_a_code_and_says_that_it_is_no_certificate(self):
        report = self.env["ir.actions.report"].with_user(self.clerk)
        page = report._render_qweb_html("rcep_eco_ledger.report_share", self.one.ids)[0].decode()
        self.assertIn("data:image/png;base64,", page)
        for language in ("ms", "en"):
            self.assertIn(html.escape(ROOM.words(language)["statement"], quote=False), page.replace("&#39;", "'"))
        self.assertIn("China", page)
        self.assertIn("250", page)
        self.assertNotIn("Ipoh", page)

    def test_a_copy_of_the_database_opens_no_page_of_the_original(self):
        token = self.one._token()
        self.env.flush_all()
        for query in get_neutralization_queries(["rcep_eco_ledger"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(self.env["rcep.share"]._of_token(token))

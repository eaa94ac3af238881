"""A certificate that was received is read from its exporter's page, and the page is looked at until it is over."""

import base64
import copy
import json
from unittest import mock

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.link.foreign_answers import Odd
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..reading import public_record
from .common import LedgerCommon

TOKEN = "A" * 22
PAGE = f"https://lamps.example/eco/{TOKEN}"
SAID = {
    "state": "valid",
    "checked_at": "2026-11-01T00:00:00Z",
    "digest": "B" * 22,
    "facts": {
        "certificate_no": "R263300000000001",
        "issued_on": "2026-10-01",
        "valid_until": "2027-09-30",
        "exporter": "Hai Duong Lamps",
        "importing_party": "CN",
        "goods": [
            {"number": 1, "hs6": "940511", "description": "LED desk lamp", "quantity": "600 PCS",
             "criterion": "CTC ACU", "origin": "VN *"},
            {"number": 2, "hs6": "940519", "description": "Lamp stand", "quantity": "12.5 KGS",
             "criterion": "WO", "origin": "VN"},
        ],
    },
}  # fmt: skip


def said(**changes):
    answer = copy.deepcopy(SAID)
    answer["facts"] |= changes.pop("facts", {})
    return {**answer, **changes}


def good(**changes):
    return said(facts={"goods": [{**SAID["facts"]["goods"][0], **changes}]})


class TestReading(BaseCase):
    def record_of(self, answer):
        return public_record.record_of(json.dumps(answer).encode())

    def test_what_a_page_says_is_read_member_by_member(self):
        page = self.record_of(SAID)
        self.assertEqual((page.state, page.number, page.importing_party), ("valid", "R263300000000001", "CN"))
        first, second = page.goods
        self.assertEqual((first.quantity, first.unit, first.criterion), (600, "PCS", "CTC"))
        self.assertEqual((first.uses_acu, first.uses_dmi, first.origin, first.mark), (True, False, "VN", "*"))
        self.assertEqual((str(second.quantity), second.unit), ("12.5", "KGS"))
        self.assertTrue(self.record_of(said(facts={"originals": [{"number": "X"}]})).is_back_to_back)

    def test_what_is_odd_is_not_guessed(self):
        odd = [
            [], {}, said(state="good"), said(facts={"goods": []}), said(facts={"goods": "all"}),
            said(facts={"certificate_no": ""}), said(facts={"certificate_no": 7}),
            said(facts={"issued_on": "1.10.2026"}), good(quantity="600"), good(quantity="1,000 PCS"),
            good(quantity="1 000 PCS"),
            good(quantity="-1 PCS"), good(quantity="1e3 PCS"),
            good(quantity="\uff16\uff10\uff10 PCS"), good(criterion="XX"), good(criterion=""),
            good(criterion="CTC YES"),
            good(hs6="9405"), good(hs6="94051\uff11"), good(origin="VN ***"), good(number=0), good(number=True),
            said(facts={"goods": [SAID["facts"]["goods"][0]] * 201}),
        ]  # fmt: skip
        for answer in odd:
            with self.subTest(str(answer)[:200]), self.assertRaises(Odd):
                self.record_of(answer)
        for body in (b"", b"<html>", b"[" * 100_000):
            with self.subTest(body[:9]), self.assertRaises(Odd):
                public_record.record_of(body)

    def test_where_a_code_leads(self):
        for code in (PAGE, f"{PAGE}#0123456789", f" {PAGE}.json ", f"https://lamps.example/zh_CN/eco/{TOKEN}?x=1"):
            with self.subTest(code):
                self.assertEqual(public_record.page_of(code), PAGE)
        for code in ("", "lamps.example", f"ftp://lamps.example/eco/{TOKEN}", f"https://lamps.example/eco/{TOKEN}x",
                     f"https://lamps.example/a/b/eco/{TOKEN}", f"https://lamps.example@evil.example\\/eco/{TOKEN}/x"):
            with self.subTest(code):
                self.assertFalse(public_record.page_of(code))


@tagged("post_install", "-at_install")
class TestPublicPage(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maker.website = "https://lamps.example"
        cls.stand = cls.make_good("Lamp stand", "STAND", uom_id=cls.env.ref("uom.product_uom_kgm").id)

    def setUp(self):
        super().setUp()
        self.asked, self.answer = [], SAID
        self.patch(link.exchange, "ask", self.page)

    def page(self, method, address, **_how):
        self.asked.append((method, address))
        if isinstance(self.answer, Exception):
            raise self.answer
        if isinstance(self.answer, int):
            return link.exchange.Reply(self.answer, {}, b"")
        return link.exchange.Reply(200, {}, json.dumps(self.answer).encode())

    def wizard(self, **values):
        wizard = self.env["rcep.received.read"].with_user(self.clerk)
        return wizard.create({"partner_id": self.maker.id, "code": f"{PAGE}#123", **values})

    def entered(self, wizard):
        return self.env["rcep.received.certificate"].browse(wizard.action_record()["res_id"])

    def watch(self):
        with mock.patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: float("inf")):
            self.env["rcep.received.certificate"]._cron_pages()

    # --- reading -----------------------------------------------------------------------------------------
    def test_no_more_is_read_than_the_page_says(self):
        self.answer = good(quantity="0.005 TNE")
        with self.assertRaisesRegex(UserError, r"0\.005.*more decimals"):
            self.wizard().action_read()
        self.answer = good(quantity="600.000 PCS")
        wizard = self.wizard()
        wizard.action_read()
        self.assertEqual(wizard.line_ids.quantity, 600)

    def test_a_clerk_reads_the_code_says_which_goods_it_is_and_has_a_draft(self):
        wizard = self.wizard()
        wizard.action_read()
        self.assertEqual(self.asked, [("GET", f"{PAGE}.json")])
        self.assertEqual((wizard.name, wizard.party_id, wizard.importing_party_id.code),
                         ("R263300000000001", self.viet_nam, "CN"))  # fmt: skip
        for line, product in zip(wizard.line_ids, (self.lamp, self.stand), strict=True):
            line.product_id = product
        record = self.entered(wizard)
        self.assertEqual((record.state, record.looked_up_at, record.outcome), ("draft", PAGE, False))
        first, second = record.line_ids
        self.assertEqual((first.quantity, first.criterion, first.uses_acu, first.origin_mark), (600, "CTC", True, "*"))
        self.assertEqual((second.quantity, second.uom_id), (12.5, self.stand.uom_id))
        with self.assertRaisesRegex(UserError, "has no file"):  # nothing counts because a page says so
            record.with_user(self.clerk).action_check()

    def test_the_file_that_the_page_gives_is_read_too_and_was_looked_up_nowhere(self):
        wizard = self.wizard(code=False, file=base64.b64encode(json.dumps(SAID).encode()), file_name="eco.json")
        wizard.action_read()
        self.assertFalse(self.asked)
        self.assertEqual((wizard.name, wizard.address), ("R263300000000001", False))

    def test_a_unit_of_another_kind_is_chosen_by_a_person(self):
        wizard = self.wizard()
        wizard.action_read()
        wizard.line_ids.product_id = self.lamp  # kept in units; item 2 is counted in KGS
        self.assertEqual(wizard.line_ids.mapped("uom_id"), self.lamp.uom_id)
        with self.assertRaisesRegex(UserError, "Item 2 is counted in KGS"):
            wizard.action_record()
        self.assertEqual(self.env["rcep.received.certificate"].search_count([("name", "=", wizard.name)]), 0)

    def test_only_the_website_on_the_contact_is_asked(self):
        for website, words in (
            (False, "has no website"),
            ("https://other.example", "it is not asked"),
            ("https://lamps.example:8443", "it is not asked"),
        ):
            with self.subTest(website):
                self.maker.website = website
                with self.assertRaisesRegex(UserError, words):
                    self.wizard().action_read()
        with self.assertRaisesRegex(UserError, "no address of a certificate's page"):
            self.wizard(code="https://lamps.example/web#action=1").action_read()
        with self.assertRaisesRegex(UserError, "Choose first from whom"):
            self.wizard(partner_id=False).action_read()
        self.assertFalse(self.asked)

    def test_what_cannot_be_relied_on_is_refused_in_words(self):
        for answer, words in (
            (said(state="specimen"), "is a specimen"),
            (said(state="cancelled"), "was cancelled or replaced"),
            (said(state="replaced"), "was cancelled or replaced"),
            (said(facts={"valid_until": False}), "from when to when"),
            ({"facts": 1}, "does not answer as a page"),
            (500, "does not answer as a page"),
            (302, "does not answer as a page"),
            (404, "knows no such certificate"),
            (link.exchange.NoReply(), "try again later"),
            (link.exchange.TooLong(), "does not answer as a page"),
        ):
            with self.subTest(str(answer)[:60]):
                self.answer = answer
                with self.assertRaisesRegex(UserError, words):
                    self.wizard().action_read()
        for file in (b"%PDF", b"{}", b" " * (256 * 1024 + 1)):
            with self.subTest(file[:4]), self.assertRaisesRegex(UserError, "is not what the page"):
                self.wizard(code=False, file=base64.b64encode(file), file_name="x.pdf").action_read()

    def test_only_who_prepares_certificates_reads(self):
        for name in ("auditor", "engineer", "employee"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.env["rcep.received.read"].with_user(self.person(name)).create({"code": PAGE}).action_read()

    # --- the nightly look --------------------------------------------------------------------------------
    def checked(self, **values):
        record = self.receive(name="R263300000000001", looked_up_at=PAGE, **values)
        record.with_user(self.clerk).action_check()
        return record

    def test_cancelled_there_it_counts_no_more_here_and_what_rests_on_it_is_looked_at(self):
        record = self.checked()
        self.watch()
        self.assertEqual(record.state, "checked")
        self.answer = said(state="cancelled")
        self.watch()
        self.assertEqual((record.state, record.cancelled_reason), ("cancelled", "Its page says so: cancelled"))
        self.assertFalse(record._counts())
        self.assertEqual(record.activity_ids.user_id, self.clerk)

    def test_a_page_that_is_silent_changes_nothing_and_one_that_forgot_it_is_a_task_once(self):
        record = self.checked()
        for answer in (link.exchange.NoReply(), 500, {"facts": 1}):
            self.answer = answer
            self.watch()
            self.assertEqual((record.state, len(record.activity_ids)), ("checked", 0))
        self.answer = 404
        self.watch()
        self.watch()
        self.assertEqual((record.state, len(record.activity_ids)), ("checked", 1))

    def test_only_pages_of_what_counts_are_asked(self):
        self.receive(name="draft", looked_up_at=PAGE)
        over = self.checked()
        over._move("expired", "calendar")
        self.received.with_user(self.clerk).action_check()  # looked up at an issuing body's page
        self.watch()
        self.assertFalse(self.asked)

"""An agent that collects suppliers' declarations: whom it sees, a reminder, a paper; it decides nothing."""

import re

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import AgentCommon

PDF = b"%PDF-1.7 declaration"


@tagged("post_install", "-at_install")
class TestCollecting(AgentCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collecting = cls.make_authority(name="POA-collects", may_collect=True, may_submit=False, may_prepare=False)
        cls.collecting.with_user(cls.signer).action_confirm()
        cls.engineer = cls.person("engineer")
        cls.supplier = cls.env["res.partner"].create({"name": "Cixi Bearings", "email": "sales@cixi.example"})
        cls.bearing = cls.make_good("Bearing 6204", "BRG-6204")
        cls.asked = cls.ask(cls.bearing)
        cls.asked._step(asked_on="2026-01-05 02:00:00")

    @classmethod
    def ask(cls, product, company=None):
        company = company or cls.exporter
        requests = cls.env["rcep.declaration.request"].with_user(cls.engineer)
        return requests.with_context(allowed_company_ids=company.ids)._ask(company, {cls.supplier: product}).sudo()

    def page(self, path=""):
        return self.url_open(f"/my/eco{path}")

    def path(self):
        return f"/{self.collecting.id}/request/{self.asked.id}"

    def send(self, path, files=None, **data):
        token = re.search(r'csrf_token: "(\w+)"', self.page().text).group(1)
        return self.url_open(f"/my/eco{path}", data={"csrf_token": token, **data}, files=files)

    def tries(self):
        return self.env["mail.mail"].search_count([("model", "=", self.asked._name), ("res_id", "=", self.asked.id)])

    def test_it_sees_who_owes_what_reminds_and_hands_in_the_paper(self):
        self.authenticate("wang.broker", "wang.broker")
        self.assertIn("Cixi Bearings", self.page().text)
        shown = self.page(self.path()).text
        self.assertIn("BRG-6204", shown)
        before = self.tries()
        self.assertIn("reminded by mail", self.send(self.path(), do="remind").text)
        self.assertEqual((self.tries(), self.asked.reminders), (before + 1, 1))
        self.assertIn("until tomorrow", self.send(self.path(), do="remind").text)
        self.assertEqual(self.tries(), before + 1)
        handed = self.send(self.path(), do="hand_in", files={"paper": ("decl 6204.pdf", PDF, "application/pdf")})
        self.assertIn("who reads it", handed.text)
        paper = self.env["ir.attachment"].search(
            [("res_model", "=", self.asked._name), ("res_id", "=", self.asked.id)], order="id desc", limit=1
        )
        self.assertEqual((paper.name, paper.raw), ("decl_6204.pdf", PDF))
        self.assertEqual(self.asked.declaration_ids.state, "requested")
        self.assertIn("decl_6204.pdf", " ".join(self.asked.declaration_ids.activity_ids.mapped("summary")))
        acts = self.env["rcep.authorised.act"].search([("request_id", "=", self.asked.id)], order="id")
        self.assertEqual(acts.mapped("kind"), ["reminded", "handed_in"])
        self.assertEqual(acts.authorisation_id, self.collecting)

    def test_a_file_that_is_no_paper_is_refused_in_words(self):
        self.authenticate("wang.broker", "wang.broker")
        for name, content, words in (
            ("decl.pdf", b"MZ program", "decl.pdf"),
            ("decl.exe", b"MZ program", "decl.exe"),
        ):
            with self.subTest(name):
                answer = self.send(self.path(), do="hand_in", files={"paper": (name, content, "application/pdf")})
                self.assertIn(words, answer.text)
                self.assertIn("alert-danger", answer.text)
        self.assertIn("Choose the file", self.send(self.path(), do="hand_in").text)
        self.assertFalse(self.env["rcep.authorised.act"].search([("request_id", "=", self.asked.id)]))

    def test_an_authority_that_does_not_say_so_shows_no_supplier(self):
        self.assertFalse(self.authority._requests())
        with self.assertRaisesRegex(AccessError, "Collects declarations"):
            self.asked._agent_reminds(self.authority, self.broker)
        self.authenticate("wang.broker", "wang.broker")
        self.assertEqual(self.page(f"/{self.authority.id}/request/{self.asked.id}").status_code, 404)

    def test_what_lies_beyond_does_not_exist(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        self.engineer.company_ids |= other
        revoked = self.ask(self.make_good("Seal", "SEAL"))
        revoked._step(is_revoked=True)
        for name, beyond in (("another company's", self.ask(self.bearing, other)), ("a revoked one", revoked)):
            with self.subTest(name):
                self.assertFalse(self.collecting._request(beyond.id))
        fan = self.make_good("Fan", "FAN")
        narrow = self.make_authority(name="POA-fan", may_collect=True, product_ids=[Command.set(fan.ids)])
        narrow.with_user(self.signer).action_confirm()
        self.assertFalse(narrow._request(self.asked.id))

    def test_over_in_mid_work_nothing_is_sent(self):
        self.collecting.with_user(self.signer)._revoke("Another broker")
        for step in (
            lambda: self.asked._agent_reminds(self.collecting, self.broker),
            lambda: self.asked._agent_hands_in(self.collecting, self.broker, "a.pdf", PDF),
        ):
            with self.assertRaisesRegex(AccessError, "was revoked on"):
                step()

    def test_a_link_that_is_over_is_not_sent_again(self):
        self.asked._step(expires_on="2026-02-01 00:00:00")
        with self.assertRaisesRegex(UserError, "ask the principal for a new request"):
            self.asked.sudo()._agent_reminds(self.collecting, self.broker)

    def test_with_nothing_ticked_it_follows(self):
        follows = self.make_authority(name="POA-follows", may_prepare=False, may_submit=False)
        follows.with_user(self.signer).action_confirm()
        self.assertIn("you follow", follows._headline())
        self.assertIn(self.certificate, follows._certificates())
        with self.assertRaises(AccessError):
            self.env["rcep.certificate"].sudo()._agent_makes(follows, self.broker, self.make_invoice())

"""The supplier's page against whoever means ill: what is sent there breaks nothing and gives nothing away."""

import datetime
import re

from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged

from ...controllers import supplier_answer
from ..common import OTHER_USCC
from .test_declare_page import DeclarePageCommon

MARKUP = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestDeclareAttacks(DeclarePageCommon, HttpCase):
    # --- links -------------------------------------------------------------------------------------------
    def test_a_token_that_is_none_is_a_dead_link_whatever_it_is(self):
        token = self.request._token()
        for bad in (
            token[:-1], token + "A", token.swapcase(), token[::-1], "A" * 5000, "%0a" + token, token + "%0a", "..",
            "%00", "%F0%9F%92%A3" * 30, "'%20OR%201=1--" * 8, "%ED%A0%80" * 30, "{{7*7}}" * 12,
        ):  # fmt: skip
            with self.subTest(bad[:40]):
                reply = self.page(f"/rcep/declare/{bad}")
                self.assertEqual(reply.status_code, 404)
                self.assertNotIn("Socket", reply.text)

    def test_a_link_of_one_company_opens_nothing_of_another(self):
        """Two exporters ask the same supplier: each link shows and takes its own company's lines."""
        other = self.make_company("宁波另一有限公司", OTHER_USCC)
        shared = self.make_good("Shared switch", "SHARED", company_id=False)
        wanted = {self.supplier: shared}
        theirs = self.env["rcep.declaration.request"].with_company(other)._ask(other, wanted).declaration_ids
        self.assertNotIn("Shared switch", self.page().text)
        self.send(self.line(theirs), self.line(self.first))
        self.assertEqual((theirs.state, self.first.state), ("requested", "received"))

    def test_a_link_that_expires_while_the_form_is_filled_in_takes_nothing(self):
        csrf = self.csrf()
        self.request.expires_on = Datetime.now() - datetime.timedelta(seconds=1)
        reply = self.send(self.line(self.first), csrf=csrf)
        self.assertEqual((reply.status_code, self.first.state), (404, "requested"))

    def test_a_link_that_was_replaced_takes_nothing(self):
        csrf = self.csrf()
        self.ask(self.make_good("Another", "ANOTHER"))
        reply = self.send(self.line(self.first), csrf=csrf)
        self.assertEqual((reply.status_code, self.first.state), (404, "requested"))

    def test_nothing_but_an_answer_says_that_something_was_received(self):
        """A link that somebody else made up must not have a supplier believe that it has answered."""
        self.assertNotIn("Received, thank you", self.page(saved="1").text)

    def test_every_field_that_an_answer_needs_stands_on_the_page(self):
        text = self.page().text
        for name in supplier_answer.FIELDS:
            self.assertRegex(text, rf'<(input|select|textarea)[^>]* name="{name}_{self.first.id}"')

    # --- fields ------------------------------------------------------------------------------------------
    def test_no_field_breaks_the_page_whatever_it_holds(self):
        big = "9" * 400
        for name, value in (
            ("party", big), ("party", "1.0"), ("party", "-1"), ("party", "1e3"), ("party", "0"), ("criterion", "state"),
            ("rvc", big), ("rvc", "1e2"), ("rvc", "٤٥"), ("from", big), ("from", "0000-00-00"), ("from", "0001-01-01"),
            ("to", "9999-12-31"), ("to", "2026-W99-9"), ("reference", "\x00\x1b\x7f"), ("reason", ""),
        ):  # fmt: skip
            values = {name: value}
            if name == "reason":
                values["answer"] = "cannot"
            if name == "rvc":
                values["criterion"] = "RVC"
            with self.subTest(str(values)[:60]):
                reply = self.send(self.line(self.first, **values))
                self.assertEqual(reply.status_code, 422)
                self.assertEqual((self.first.state, self.first.name, self.first.date_to), ("requested", False, False))

    def test_a_declaration_without_an_end_is_none(self):
        """A supplier's records, prices and rules change: what it declares for ever, nobody would ask for again."""
        later = self.today + datetime.timedelta(days=366 * (supplier_answer.LONGEST_YEARS + 1))
        reply = self.send(self.line(self.first, to=later.isoformat()))
        self.assertEqual((reply.status_code, self.first.state), (422, "requested"))
        self.assertRegex(reply.text, "“Valid to” lies more than 5 years ahead: enter")

    def test_files_in_the_place_of_words_are_no_words(self):
        names = ("who", "lang", f"answer_{self.first.id}", f"party_{self.first.id}", f"reason_{self.second.id}")
        values = {name: value for name, value in self.line(self.first).items() if name not in names}
        data = {"csrf_token": self.csrf(), **values, f"answer_{self.second.id}": "cannot"}
        reply = self.url_open(self.path, data=data, files=dict.fromkeys(names, ("x.txt", b"originates")))
        self.env.invalidate_all()
        self.assertEqual(reply.status_code, 422)
        self.assertEqual({self.first.state, self.second.state}, {"requested"})

    def test_names_of_fields_that_mean_something_elsewhere_mean_nothing_here(self):
        made_up = {"token": "x", "asked": "1", f"state_{self.first.id}": "verified", "company_id": "1", "wrong": "x"}
        self.send(self.line(self.first), **made_up)
        self.assertEqual((self.first.state, self.first.company_id), ("received", self.exporter))

    def test_what_is_one_line_stays_one(self):
        """A reference or a name goes into subjects of mails and into lists."""
        self.send(self.line(self.first, reference="YLW\r\nBcc: all@rivals.example"), who="Sun\r\nLi")
        self.assertEqual((self.first.name, self.first.answered_by), ("YLW Bcc: all@rivals.example", "Sun Li"))

    def test_markup_stays_words_wherever_it_is_shown(self):
        upload = {self.first: (f"{MARKUP}.pdf", b"%PDF-1.7 x")}
        reply = self.send(
            self.line(self.first, reference=MARKUP),
            self.line(self.second, answer="cannot", reason=MARKUP),
            who=MARKUP,
            files=upload,
        )
        self.assertEqual((self.first.state, self.second.state), ("received", "refused"))
        self.assertNotIn(MARKUP, reply.text)
        self.assertIn("&lt;script&gt;", reply.text)
        for declaration in (self.first, self.second):
            self.assertNotIn("<script", "".join(declaration.message_ids.mapped("body")))
            self.assertNotIn("<script", "".join(str(each.note or "") for each in declaration.activity_ids))
        wrong = self.send(self.line(self.second, reference=MARKUP), who=MARKUP)
        self.assertNotIn(MARKUP, wrong.text)

    def test_markup_in_the_names_of_goods_stays_words(self):
        self.socket.name = MARKUP
        self.assertNotIn(MARKUP, self.page().text)

    # --- repeated and many -------------------------------------------------------------------------------
    def test_the_same_form_sent_again_after_a_verification_changes_nothing(self):
        csrf = self.csrf()
        self.send(self.line(self.first), csrf=csrf)
        self.first.with_user(self.engineer).action_verify()
        self.send(self.line(self.first, answer="cannot", reason="Changed our mind"), csrf=csrf)
        self.assertEqual((self.first.state, self.first.reason), ("verified", False))

    def test_a_hundred_and_thirty_goods_can_all_be_answered(self):
        """More fields than a web server takes in one form: the page shows them in parts."""
        goods = self.env["product.product"].create(
            [{"name": f"Part {number:03}", "company_id": self.exporter.id} for number in range(130)]
        )
        request = self.ask(*goods)
        path = f"/rcep/declare/{request._token()}"
        shown = self.shown(self.page(path))
        self.assertLess(len(shown), 130)
        rest = self.shown(self.page(path, part=2))
        self.assertFalse(shown & rest)
        for _sending in range(4):
            lines = self.shown(self.page(path))
            if not lines:
                break
            reply = self.send(*(self.line(declaration) for declaration in lines), path=path)
            self.assertEqual(reply.status_code, 200)
        self.assertEqual(set(request.declaration_ids.mapped("state")), {"received"})
        for odd in ("x", "0", "-3", "99", "9" * 50):
            self.assertEqual(self.page(path, part=odd).status_code, 200)

    def shown(self, reply):
        """The lines that a page asks for."""
        ids = re.findall(r'name="answer_(\d+)"', reply.text)
        return self.env["rcep.supplier.declaration"].browse({int(each) for each in ids})

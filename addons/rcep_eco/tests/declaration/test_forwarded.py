"""Tier by tier: a question that goes down three firms by links, and what each of them sees of the others."""

import datetime
import re
from urllib.parse import urlencode

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged

from ...states import question_states
from .test_declare_page import PDF, DeclarePageCommon

MILL, SMELTER = "Huzhou Mill", "Penang Smelter"
SECRETS = ("NINGBO BRIGHT LAMP", "宁波明灯", "bright-lamp.example")


class ForwardedCommon(DeclarePageCommon):
    def below(self, path, line, **facts):
        """Pass a line on, as the page's form does; the reply's status, and the newest question."""
        where = f"{path}/{line.id}/pass-on"
        values = {"asker": "Ningbo Lamp Works", "firm": MILL, "email": "", "item": "Brass sheet", **facts}
        reply = self.url_open(where, data={"csrf_token": self.csrf(where) or "", "lang": "en", **values})
        self.env.invalidate_all()
        return reply, self.first.question_ids.sorted("id")[-1:]

    def page_of(self, question):
        return f"/rcep/forwarded/{question._token()}"

    def chain(self, count):
        """Questions passed on, one below the other."""
        path, line, chain = self.path, self.first, []
        for number in range(count):
            asker = f"Firm {number - 1}" if number else "Ningbo Lamp Works"
            reply, question = self.below(path, line, asker=asker, firm=f"Firm {number}")
            self.assertEqual(reply.status_code, 200, reply.text)
            chain.append(question)
            path, line = self.page_of(question), question
        return chain


# Three firms, each with its own phone of 360 points: each page is opened, filled in and sent in a frame of that width.
ON_A_PHONE = """(async () => {
    const phone = document.createElement("iframe");
    phone.style.width = "360px";
    phone.style.height = "640px";
    const loaded = () => new Promise((done) => phone.addEventListener("load", done, { once: true }));
    const check = (found, words) => { if (!found) throw new Error(words); };
    const open = async (path) => {
        const ready = loaded();
        phone.src = path;
        document.body.append(phone);
        await ready;
    };
    const page = () => phone.contentDocument;
    const send = async (values, button) => {
        for (const [name, value] of Object.entries(values)) {
            const field = page().querySelector(`[name^="${name}"]` + (name === "answer" ? `[value="${value}"]` : ""));
            check(field, `no field ${name}`);
            if (name === "answer") { field.checked = true; } else { field.value = value; }
        }
        const root = page().documentElement;
        check(root.scrollWidth <= 360, `wider than the phone: ${root.scrollWidth}`);
        const ready = loaded();
        page().querySelector(button).click();
        await ready;
    };
    const ask = async (facts) => {
        const ready = loaded();
        page().querySelector("a[href*='/pass-on']").click();
        await ready;
        await send(facts, "form[action$='/pass-on'] button");
        const link = page().querySelector("[id^='link_']");
        check(link, page().body.innerText);
        return new URL(link.value).pathname;
    };
    const today = "%(today)s", later = "%(later)s";
    const yes = { answer: "originates", party: "%(party)s", criterion: "CTC", reference: "R-1", from: today, to: later,
                  who: "Somebody" };
    await open("%(path)s?lang=en");
    const second = await ask({ firm: "Huzhou Mill", item: "Brass sheet" });
    await open(second);
    const third = await ask({ firm: "Penang Smelter", item: "Brass ingot" });
    for (const path of [third, second, "%(path)s?lang=en"]) {
        await open(path);
        await send(yes, "form[enctype] button[type='submit']");
        check(page().body.innerText.includes("Received, thank you"), page().body.innerText);
    }
    console.log("test successful");
})().catch((error) => console.error(error.message))"""


@tagged("post_install", "-at_install")
class TestThreeTiersByPhone(ForwardedCommon, HttpCase):
    def test_three_firms_answer_one_below_the_other(self):
        facts = {"path": self.path, "party": self.china.id, "today": self.today,
                 "later": self.today + datetime.timedelta(days=200)}  # fmt: skip
        self.browser_js("/rcep/forwarded/none", ON_A_PHONE % facts, timeout=60)
        self.env.invalidate_all()
        questions = self.first.question_ids.sorted("tier")
        self.assertEqual([(each.tier, each.state) for each in questions], [(2, "originates"), (3, "originates")])
        self.assertEqual(self.first.state, "received")


@tagged("post_install", "-at_install")
class TestForwarded(ForwardedCommon, HttpCase):
    def test_a_question_goes_down_two_tiers_and_its_answers_come_back(self):
        self.exporter.rcep_origin_user_id = self.engineer
        _reply, mill = self.below(self.path, self.first)
        _reply, smelter = self.below(
            self.page_of(mill), mill, asker=MILL, firm=SMELTER, item="Brass ingot", email="o@smelter.example"
        )
        self.assertEqual((mill.tier, smelter.tier, mill.branch, smelter.branch), (2, 3, "1", "1.1"))
        self.assertTrue(mill.is_waiting)
        self.assertIn("waits for a tier below", self.page().text)
        self.assertIn("waits for a tier below", self.page(self.page_of(mill)).text)
        facts = self.line(smelter, criterion="WO", reference="SM-9")
        reply = self.send(facts, path=self.page_of(smelter), who="Aminah", files={smelter: ("scan.pdf", PDF)})
        self.assertIn("Received, thank you", reply.text)
        self.assertEqual((smelter.state, mill.is_waiting, self.first.state), ("originates", False, "requested"))
        above = f"{self.page_of(mill)}/{mill.id}"
        self.assertIn("SM-9", self.page(f"{above}/pass-on").text)
        document = self.page(f"{above}/document/{smelter.id}")
        self.assertEqual((document.content, document.headers["Content-Type"]), (PDF, "application/pdf"))
        self.assertIn("attachment", document.headers["Content-Disposition"])
        self.send(self.line(mill, answer="cannot", reason="Rolled in a third country"), path=self.page_of(mill))
        self.assertEqual(mill.state, "refused")
        self.assertIn("Rolled in a third country", self.page(f"{self.path}/{self.first.id}/pass-on").text)
        self.send(self.line(self.first))
        self.assertEqual(self.first.state, "received")
        self.assertIn("1 got the answer that it cannot be declared", self.first.with_user(self.engineer).tiers_warning)

    def test_each_tier_sees_its_own_asker_and_its_own_suppliers_alone(self):
        _reply, mill = self.below(self.path, self.first)
        _reply, smelter = self.below(self.page_of(mill), mill, asker=MILL, firm=SMELTER, item="Brass ingot")
        page = self.page(self.page_of(smelter)).text
        self.assertIn(MILL, page)
        for secret in (*SECRETS, self.supplier.name, "Socket", "Brass sheet"):
            self.assertNotIn(secret, page)
        of_mill = self.page(self.page_of(mill)).text + self.page(f"{self.page_of(mill)}/{mill.id}/pass-on").text
        for secret in (*SECRETS, "Socket"):
            self.assertNotIn(secret, of_mill)
        self.assertIn(SMELTER, of_mill)
        of_supplier = self.page().text + self.page(f"{self.path}/{self.first.id}/pass-on").text
        for secret in (SMELTER, "Brass ingot"):
            self.assertNotIn(secret, of_supplier)
        self.assertIn(MILL, of_supplier)
        self.assertIn("It was passed on there", of_supplier)

    def test_the_exporter_sees_a_tree_of_states_without_names(self):
        _reply, mill = self.below(self.path, self.first, email="sales@mill.example")
        _reply, smelter = self.below(self.page_of(mill), mill, asker=MILL, firm=SMELTER)
        self.send(self.line(smelter), path=self.page_of(smelter))
        self.env.flush_all()
        seen = str((mill | smelter).with_user(self.engineer).read())
        seen += str(self.env["mail.message"].with_user(self.engineer).search([]).mapped("body"))
        self.assertIn("originates", seen)
        for secret in (MILL, SMELTER, "mill.example", "Sun Li", "Brass", smelter._token()[:40]):
            self.assertNotIn(secret, seen)
        board = self.env["rcep.supplier.declaration"].with_user(self.engineer)
        waiting = board.search([("state", "=", "requested"), ("question_ids.state", "=", "requested")])
        self.assertEqual(waiting, self.first)
        with self.subTest("nor by searching for them"), self.assertRaises(AccessError):
            mill.with_user(self.engineer).search([("firm", "ilike", "Huzhou")])

    def test_the_mail_below_names_whoever_asks_and_not_the_exporter(self):
        _reply, mill = self.below(self.path, self.first, email="Sales@Mill.example")
        mail = self.env["mail.mail"].search([("email_to", "=", "sales@mill.example")])
        self.assertEqual(len(mail), 1)
        self.assertIn(mill._token()[:40], mail.body_html)
        self.assertIn("Ningbo Lamp Works", mail.email_from)
        for secret in ("NINGBO BRIGHT LAMP", "宁波明灯", "Socket", self.supplier.email):
            self.assertNotIn(secret, mail.body_html + mail.subject)
        self.assertFalse(mail.mail_message_id.res_id)
        self.send(self.line(mill), path=self.page_of(mill))
        back = self.env["mail.mail"].search([("email_to", "=", self.supplier.email)])
        self.assertIn(self.request._token()[:40], back.body_html)

    # --- what is refused ---------------------------------------------------------------------------------
    def test_six_tiers_and_no_more(self):
        chain = self.chain(question_states.LAST_TIER - 1)
        self.assertEqual([question.tier for question in chain], [2, 3, 4, 5, 6])
        reply, last = self.below(self.page_of(chain[-1]), chain[-1], asker="Firm 4", firm="Firm 5")
        self.assertEqual((reply.status_code, last), (422, chain[-1]))
        self.assertIn("go further than six tiers", reply.text)

    def test_no_question_comes_back_to_a_firm_above(self):
        mill, smelter = self.chain(2)
        path = self.page_of(smelter)
        mill.email = "sales@mill.example"
        for wrong in (
            {"firm": "FIRM 0 Co., Ltd."},
            {"firm": "Firm 1"},
            {"firm": "Ningbo Lamp Works"},
            {"firm": self.supplier.name},
            {"firm": "宁波明灯有限公司"},
            {"firm": "Ningbo Bright Lamp Co Ltd"},
            {"firm": "Another", "email": "SALES@mill.example"},
            {"firm": "Another", "email": self.supplier.email},
            {"firm": "Another", "asker": "Firm 0"},
            {"firm": "Another", "asker": "Ningbo Bright Lamp Co., Ltd."},
        ):
            with self.subTest(str(wrong)):
                reply, last = self.below(path, smelter, **{"asker": "Firm 1", **wrong})
                self.assertEqual((reply.status_code, last), (422, smelter))
                self.assertIn("would come back to a firm that is asked already", reply.text)

    def test_a_page_is_no_way_to_send_addresses_to_strangers(self):
        for wrong in (
            {"item": "see https://evil.example"}, {"firm": "www.evil.example"}, {"asker": "me@evil.example"},
            {"item": "evil.example/x"}, {"email": "no address"}, {"item": ""}, {"firm": " "}, {"asker": ""},
        ):  # fmt: skip
            with self.subTest(str(wrong)):
                reply, last = self.below(self.path, self.first, **wrong)
                self.assertEqual((reply.status_code, bool(last)), (422, False))
        for number in range(question_states.OPEN_AT_ONCE):
            reply, _question = self.below(self.path, self.first, firm=f"Firm {number}")
            self.assertEqual(reply.status_code, 200)
        reply, question = self.below(self.path, self.first, firm="One more")
        self.assertEqual(reply.status_code, 422)
        self.assertIn("Too many questions", reply.text)
        reply, _question = self.below(self.path, self.first, firm="Firm 1")
        self.assertIn("asked for Brass sheet already", reply.text)
        self.assertEqual(len(question.declaration_id.question_ids), question_states.OPEN_AT_ONCE)

    def test_a_link_reaches_what_is_right_below_it_and_nothing_else(self):
        _reply, mill = self.below(self.path, self.first)
        _reply, smelter = self.below(self.page_of(mill), mill, asker=MILL, firm=SMELTER)
        self.send(self.line(smelter), path=self.page_of(smelter), files={smelter: ("scan.pdf", PDF)})
        other = self.make_customer("Cixi Plugs", "cn")
        other.email = "info@cixi-plugs.example"
        foreign = self.ask(self.make_good("Switch", "SWITCH"), supplier=other).declaration_ids
        for path in (
            f"{self.path}/{self.first.id}/document/{smelter.id}",  # of a tier further below
            f"{self.path}/{foreign.id}/pass-on",
            f"{self.path}/{self.declaration.id}/pass-on",
            f"{self.page_of(mill)}/{smelter.id}/pass-on",
            f"{self.page_of(smelter)}/{mill.id}/document/{smelter.id}",
            f"/rcep/forwarded/{self.request._token()}",
            f"/rcep/declare/{mill._token()}",
        ):
            with self.subTest(path):
                self.assertEqual(self.page(path).status_code, 404)

    def test_only_whoever_asked_takes_a_question_back_and_all_below_it_dies(self):
        mill, smelter = self.chain(2)
        where = f"{self.path}/{self.first.id}"
        form = {"csrf_token": self.csrf(f"{where}/pass-on"), "lang": "en"}
        self.url_open(f"{where}/withdraw", data={**form, "question": smelter.id})
        self.env.invalidate_all()
        self.assertEqual(smelter.state, "requested")
        self.url_open(f"{where}/withdraw", data={**form, "question": mill.id})
        self.env.invalidate_all()
        self.assertEqual((mill.state, smelter.state), ("withdrawn", "closed"))
        self.assertEqual(self.page(self.page_of(smelter)).status_code, 404)

    def test_what_is_settled_above_asks_nothing_below(self):
        mill, smelter = self.chain(2)
        self.send(self.line(self.first))
        self.env.invalidate_all()
        self.assertEqual((mill.state, smelter.state), ("closed", "closed"))
        self.assertIn("2 got none", self.first.with_user(self.engineer).tiers_warning)
        self.assertEqual(self.page(self.page_of(mill)).status_code, 404)

    def test_a_revoked_declaration_closes_its_questions(self):
        mill = self.chain(1)[0]
        self.first.with_user(self.engineer).action_revoke()
        self.assertEqual(mill.state, "closed")

    def test_a_link_has_an_end_of_its_own_and_dead_ones_are_one_page(self):
        mill = self.chain(1)[0]
        path = self.page_of(mill)
        self.assertGreater(mill.expires_on, Datetime.now() + datetime.timedelta(days=20))
        mill._step(expires_on=Datetime.now() - datetime.timedelta(seconds=1))
        pages = [self.page(each) for each in (path, self.page_of(mill), "/rcep/forwarded/" + "A" * 100)]
        self.assertEqual({reply.status_code for reply in pages}, {404})
        self.assertEqual(len({re.sub(r'csrf_token: "[^"]*"', "", reply.text) for reply in pages}), 1)

    def test_mistakes_have_their_sentences_and_a_second_sending_changes_nothing(self):
        mill = self.chain(1)[0]
        path = self.page_of(mill)
        reply = self.send(self.line(mill, reference=""), path=path)
        self.assertEqual((reply.status_code, mill.state), (422, "requested"))
        self.assertIn("Enter your reference", reply.text)
        self.assertIn("Enter your name", self.send(self.line(mill), path=path, who="").text)
        self.assertIn("Choose an answer", self.send(path=path).text)
        csrf = self.csrf(path)
        self.send(self.line(mill), path=path, csrf=csrf)
        self.send(self.line(mill, reference="CHANGED"), path=path, csrf=csrf)
        self.assertEqual((mill.state, mill.name), ("originates", f"YLW-{mill.id}"))

    def test_it_speaks_chinese_to_whoever_reads_chinese(self):
        mill = self.chain(1)[0]
        chinese = self.url_open(self.page_of(mill), headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}).text
        self.assertRegex(chinese, r'<html[^>]*lang="zh')
        self.assertIn("原产", chinese)
        self.assertIn("Origin of what you supply", self.page(self.page_of(mill), lang="en").text)
        self.assertTrue(urlencode({"lang": "zh"}) in chinese)

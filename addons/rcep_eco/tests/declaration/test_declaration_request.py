"""Asking suppliers: one mail and one link each, reminders until they answer, one digest a day."""

import datetime
from unittest.mock import patch

from freezegun import freeze_time
from odoo.addons.mail.models.mail_template import MailTemplate
from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_declaration_states import DeclarationCommon


def days(number):
    return datetime.timedelta(days=number)


@tagged("post_install", "-at_install")
class TestDeclarationRequest(DeclarationCommon):
    # --- asking ------------------------------------------------------------------------------------------
    def test_one_mail_names_all_goods_and_carries_the_link(self):
        plug = self.make_good("Plug", "PLUG")
        self.socket.seller_ids = [(0, 0, {"partner_id": self.supplier.id, "product_code": "YLW-7", "price": 3.21})]
        request = self.ask(self.socket, plug)
        mail = self.mails(self.supplier)
        self.assertEqual(len(mail), 1)
        for result in ("[SOCKET] Socket", "YLW-7", "[PLUG] Plug", request.link, "NINGBO BRIGHT LAMP CO., LTD."):
            self.assertIn(result, mail.body_html)
        self.assertNotIn("3.21", mail.body_html)
        self.assertEqual(request.declaration_ids.mapped("state"), ["requested"] * 2)

    def test_a_chinese_supplier_is_asked_in_its_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supplier.lang = "zh_CN"
        self.socket.with_context(lang="zh_CN").name = "灯座"
        self.ask(self.socket)
        mail = self.mails(self.supplier)
        self.assertIn(self.exporter.name, mail.subject)
        self.assertIn("灯座", mail.body_html)

    def test_suppliers_are_asked_apart(self):
        other = self.make_customer("Cixi Plugs", "cn")
        other.email = "info@cixi-plugs.example"
        first, second = self.ask(self.socket), self.ask(self.make_good("Plug", "PLUG"), supplier=other)
        self.assertNotEqual(first.link, second.link)
        self.assertNotIn("Socket", self.mails(other).body_html)

    def test_a_supplier_without_an_address_is_named_and_nothing_is_asked(self):
        self.supplier.email = False
        with self.assertRaisesRegex(UserError, "No mail address: Yuyao Lamp Works. Enter it on the contact"):
            self.ask(self.socket)
        self.assertFalse(self.env["rcep.declaration.request"].search([("company_id", "=", self.exporter.id)]))

    def test_asking_again_kills_the_old_link_and_takes_over_what_is_owed(self):
        old = self.ask(self.socket)
        token, owed = old._token(), old.declaration_ids
        owed.with_user(self.engineer).action_ask_again()
        self.assertEqual(len(owed.search([("product_id", "=", self.socket.id)])), 1)
        self.assertNotEqual(owed.request_id, old)
        self.assertTrue(old.is_revoked)
        requests = self.env["rcep.declaration.request"].sudo()
        self.assertFalse(requests._of_token(token))
        self.assertEqual(requests._of_token(owed.request_id._token()), owed.request_id)

    def test_what_is_over_is_asked_for_beside_the_old_record(self):
        old = self.in_state("refused")
        old.action_ask_again()
        new = old.search([("product_id", "=", old.product_id.id)]) - old
        self.assertEqual((old.state, new.state), ("refused", "requested"))
        with self.assertRaisesRegex(UserError, "there is nothing to ask for"):
            self.declaration.action_ask_again()

    def test_links_and_mails_are_for_cost_engineers_only(self):
        request = self.ask(self.socket)
        auditor = self.person("auditor")
        for records in (request, request.message_ids):
            with self.assertRaises(AccessError):
                records.with_user(auditor).read([])
        with self.assertRaises(AccessError):
            request.declaration_ids.with_user(auditor).read(["request_id"])
        result = "".join(request.declaration_ids.with_user(auditor).message_ids.mapped("body"))
        self.assertIn("was asked for this declaration by mail", result)
        self.assertNotIn("/rcep/declare/", result)

    def test_a_request_whose_lines_the_engineer_settled_is_closed(self):
        request = self.ask(self.socket, self.make_good("Plug", "PLUG"))
        request.declaration_ids[0].action_revoke()
        self.assertTrue(request.link)
        request.declaration_ids[1].action_revoke()
        self.assertTrue(request.is_revoked)
        self.assertFalse(request.link)

    # --- reminders ---------------------------------------------------------------------------------------
    def remind(self, after):
        """The job, so many days after today."""
        with freeze_time(Datetime.now() + days(after)):
            self.run_job("_cron_remind", "rcep.declaration.request")
        self.env.invalidate_all()

    def test_two_reminders_after_one_and_two_weeks(self):
        self.ask(self.socket)
        counts = []
        for day in (6, 7, 8, 14, 15, 29):
            self.remind(day)
            counts.append(len(self.mails(self.supplier)) - 1)
        self.assertEqual(counts, [0, 1, 1, 2, 2, 2])
        self.assertIn("提醒", self.mails(self.supplier)[-1].subject)

    def test_who_answered_refused_or_lost_its_link_is_left_alone(self):
        answered = self.ask(self.socket)
        answered.declaration_ids._answer(True, "Ms Sun", self.facts())
        firms = [self.make_customer(name, "cn") for name in ("Refuser", "Revoked", "Late")]
        for firm in firms:
            firm.email = f"{firm.name}@example.com"
        refused, revoked, late = (self.ask(self.socket, supplier=firm) for firm in firms)
        refused.declaration_ids._answer(False, "Mr Sun", {"reason": "Not made here"})
        revoked.action_revoke_link()
        late.expires_on = Datetime.now() + days(3)
        self.remind(7)
        self.assertEqual([len(self.mails(firm)) for firm in (self.supplier, *firms)], [1, 1, 1, 1])

    def test_one_mail_that_fails_does_not_stop_the_others(self):
        firms = [self.make_customer(name, "cn") for name in ("Alpha", "Beta", "Gamma")]
        for firm in firms:
            firm.email = f"{firm.name}@example.com"
        requests = [self.ask(self.socket, supplier=firm) for firm in firms]
        send = MailTemplate.send_mail

        def fail_for_beta(template, res_id, *args, **kwargs):
            if res_id == requests[1].id:
                raise ValueError("no such template")
            return send(template, res_id, *args, **kwargs)

        with patch.object(MailTemplate, "send_mail", fail_for_beta), mute_logger(
            "odoo.addons.rcep_eco.models.declaration.rcep_declaration_request"
        ):
            self.remind(7)
        self.assertEqual([len(self.mails(firm)) for firm in firms], [2, 1, 2])
        self.assertEqual([request.reminders for request in requests], [1, 0, 1])
        self.remind(8)
        self.assertEqual(len(self.mails(firms[1])), 2)

    # --- the digest --------------------------------------------------------------------------------------
    def frozen(self, day, hour):
        """Another day from today, at an hour of that day."""
        return freeze_time(datetime.datetime.combine(self.today + days(day), datetime.time(hour)))

    def digest(self, day=0, hour=20):
        before = self.mails()
        with self.frozen(day, hour):
            self.run_job("_cron_rcep_digest", "res.company")
        self.env.invalidate_all()
        ours = f"Origin: what changed at {self.exporter.name}"
        return (self.mails() - before).filtered(lambda mail: mail.subject == ours)

    def turn_the_lamp(self):
        with self.frozen(0, 9):
            self.lamp.action_rcep_determine()
            self.declaration.action_revoke()
            self.declare(self.lamp, "RVC", rvc=30.0, name="D-2")
            self.lamp.action_rcep_determine()

    def refuse_one(self, day=0, hour=9):
        with self.frozen(day, hour):
            self.in_state("refused")

    def test_a_digest_says_what_turned_and_what_ended(self):
        self.turn_the_lamp()
        self.refuse_one()
        mail = self.digest()
        self.assertEqual(mail.recipient_ids, self.engineer.partner_id)
        for result in ("[LAMP] LED lamp", "Originating", "Not originating", "Revoked", "Refused", "for the test"):
            self.assertIn(result, mail.body_html)
        self.assertNotIn("end soon", mail.body_html)

    def test_a_digest_warns_of_what_ends_soon(self):
        soon = self.declare(self.socket, date_to=self.today + days(20))
        with self.frozen(0, 9):
            self.run_job("_cron_expire", "rcep.supplier.declaration")
        body = self.digest().body_html
        self.assertIn("end soon", body)
        self.assertIn(f"/odoo/supplier-declarations/{soon.id}", body)
        self.assertNotIn("count no more", body)

    def test_one_digest_a_day_and_each_change_once(self):
        self.turn_the_lamp()
        self.assertEqual(len(self.digest()), 1)
        self.refuse_one(hour=21)
        self.assertFalse(self.digest(hour=22))
        tomorrow = self.digest(1)
        self.assertIn("Refused", tomorrow.body_html)
        self.assertNotIn("LED lamp", tomorrow.body_html)

    def test_where_nothing_happened_there_is_no_mail(self):
        self.exporter.rcep_last_digest = Datetime.now() - days(1)
        self.assertFalse(self.digest(3))

    def test_the_responsible_person_alone_gets_it_where_one_is_named(self):
        second = self.person("auditor", email="second@bright-lamp.example")
        second.group_ids += self.env.ref("rcep_eco.group_origin")
        self.turn_the_lamp()
        self.assertEqual(self.digest().recipient_ids, (self.engineer | second).partner_id)
        self.exporter.rcep_origin_user_id = second
        self.refuse_one(1)
        self.assertEqual(self.digest(1).recipient_ids, second.partner_id)

    def test_another_company_hears_nothing_of_it(self):
        other = self.make_company("宁波另家有限公司", "91330200MA00000012")
        stranger = self.person("engineer", company=other, email="stranger@example.com")
        self.turn_the_lamp()
        before = self.mails()
        self.assertEqual(self.digest().recipient_ids, self.engineer.partner_id)
        self.assertNotIn(stranger.partner_id, (self.mails() - before).recipient_ids)

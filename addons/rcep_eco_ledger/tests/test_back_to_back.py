"""Lamps made in Viet Nam go on to Malaysia as they came: a certificate that rests on another, and on nothing less."""

import base64
import datetime
import json

from freezegun import freeze_time
from odoo import fields
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.link import form
from odoo.addons.rcep_eco.tests.common import place
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LedgerCommon


@tagged("post_install", "-at_install")
class TestBackToBack(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.received.with_user(cls.clerk).action_check()

    def approve(self, certificate):
        certificate.with_user(self.signer).action_approve()
        return certificate

    def problems(self, certificate):
        return " ".join(certificate.sudo()._problems())

    # --- what it says ------------------------------------------------------------------------------------
    def test_it_keeps_what_the_original_says_and_names_it(self):
        certificate = self.approve(self.carry(600))
        good = certificate.line_ids
        self.assertEqual((good.verdict, good.criterion, good.origin_country_code), ("originating", "CTC", "VN"))
        boxes = form.boxes(certificate._application())
        self.assertEqual(
            boxes.remarks,
            f"ORIGINAL NO. VN-CN 26/02/00117 DATED {self.received.issued_on}, ISSUED IN VIET NAM, ORIGIN VIET NAM",
        )
        self.assertIn((True, form.BACK_TO_BACK), boxes.ticks)
        self.assertEqual(boxes.goods[0].origin, "VIET NAM")
        self.assertIn("HAI DUONG LAMPS", boxes.producer.upper())
        message = json.loads(certificate.application)
        self.assertEqual(message["back_to_back"]["number"], "VN-CN 26/02/00117")
        body = link.profiles.get("ccpit-json-1").application_body(certificate._application(), 1, True, None)
        self.assertIn("VN-CN 26/02/00117", body.decode())
        gacc = link.profiles.get("gacc-xml-2022").problems(certificate._application(), link.filing_party.Filer())
        self.assertIn("back_to_back", [each.path for each in gacc])  # its file has no place for one

    def test_its_dossier_rests_on_the_file_that_was_checked(self):
        certificate = self.carry(600)
        facts = json.loads(certificate.line_ids.sudo().dossier)["back_to_back"]
        self.assertEqual(facts["originals"][0]["document_sha256"], self.received.document_sha256)
        self.assertEqual(len(self.received.document_sha256), 64)
        self.assertIn("Stood in our bonded warehouse 3", facts["shown_by"])
        engineer = self.person("engineer")
        self.assertIn("VN-CN 26/02/00117", certificate.line_ids.with_user(engineer).explanation)

    def test_two_partial_shipments_on_one_original_and_one_shipment_on_two(self):
        self.approve(self.carry(600))
        soon = self.today + datetime.timedelta(90)
        second = self.receive({"quantity": 100}, name="VN-CN 26/03/00200", valid_until=soon)
        second.with_user(self.clerk).action_check()
        certificate = self.approve(self.carry(500, (self.received.line_ids, 400), (second.line_ids, 100)))
        self.assertEqual((self.received.line_ids.left, second.line_ids.left), (0, 0))
        self.assertEqual([each.number for each in certificate._application().originals],
                         ["VN-CN 26/02/00117", "VN-CN 26/03/00200"])  # fmt: skip
        self.assertEqual(certificate.originals_until, second.valid_until)

    def test_it_never_holds_longer_than_the_original_that_ends_first(self):
        certificate = self.carry(10)
        year = self.today + datetime.timedelta(365)
        self.assertEqual(certificate._last_day(year), self.received.valid_until)
        self.assertEqual(certificate._last_day(self.today), self.today)
        self.assertEqual(self.ship(1).certificate_id._last_day(year), year)

    # --- what is refused ---------------------------------------------------------------------------------
    def test_goods_drawn_abroad_are_not_certified_as_ours(self):
        good = self.ship(10)
        self.draw(good, 10)
        self.assertEqual(good.verdict, "originating")  # by the declaration of the supplier in Yuyao
        with self.assertRaisesRegex(UserError, "not certified as ours"):
            self.approve(good.certificate_id)

    def test_without_a_draw_or_with_too_little_it_is_refused(self):
        certificate = self.carry(600)
        good = certificate.line_ids
        certificate.draw_ids.with_user(self.clerk).unlink()
        self.assertFalse(good.verdict)
        self.assertIn("Nothing is drawn for", self.problems(certificate))
        self.draw(good, 599)
        self.assertEqual(good.verdict, "not_originating")
        self.assertIn("600 are shipped, and 599 of them are drawn", self.problems(certificate))

    def test_each_thing_that_an_original_lacks_is_told(self):
        thailand = self.env.ref("rcep_eco.party_th")
        for values, line, words in (
            ({"kind": "back_to_back"}, {}, "itself back-to-back"),
            ({"agreement": "ACFTA"}, {}, "under another agreement"),
            ({"importing_party_id": thailand.id}, {}, "names TH as importing Party"),
            ({}, {"origin_party_id": thailand.id}, "ask the issuing body"),
            ({}, {"origin_mark": "*"}, "mark stands in box 11"),
            ({}, {"hs6": "940519"}, "has to be the same"),
            ({}, {"criterion": "CR"}, "which the good's rule must offer"),
            ({"party_id": self.env.ref("rcep_eco.party_my").id}, {}, "has to be another Party"),
        ):
            with self.subTest(words):
                received = self.receive(line, name=words, **values)
                received.with_user(self.clerk).action_check()
                certificate = self.carry(10, (received.line_ids, 10))
                self.assertEqual(certificate.line_ids.verdict, "not_originating")
                self.assertIn(words, self.problems(certificate))
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self.approve(certificate)

    def test_where_the_importer_has_several_rates_box_11_is_asked_and_never_guessed(self):
        good = self.certify((self.lamp, 10, 50.0), partner_id=self.make_customer("Osaka Light", "jp").id).line_ids
        certificate = good.certificate_id
        certificate.back_to_back = True
        self.draw(good, 10)
        certificate.flow_reason = "Warehouse 3"
        certificate.with_user(self.signer).action_state_flow()
        self.assertIn("decides box 11", self.problems(certificate))
        good.in_appendix = "yes"
        certificate.action_check()
        self.assertIn("ask the issuing body", self.problems(certificate))
        good.in_appendix = "no"
        certificate.action_check()
        self.assertEqual(good.origin_country_code, "VN")

    def test_its_producer_is_a_firm_where_it_originates_and_not_us(self):
        certificate = self.carry(10)
        for firm in (self.exporter.partner_id, self.supplier, self.env["res.partner"]):
            certificate.line_ids.producer_id = firm
            self.assertIn("its producer is a firm in Vietnam", self.problems(certificate))

    def test_another_file_than_the_one_that_was_checked_carries_nothing(self):
        certificate = self.carry(10)
        kept = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self.received._name), ("res_field", "=", "document"), ("res_id", "=", self.received.id)]
        )
        kept.datas = base64.b64encode(b"%PDF something else")
        self.env.invalidate_all()
        certificate.action_check()
        self.assertEqual(certificate.line_ids.verdict, "not_originating")

    # --- what was done to the goods ----------------------------------------------------------------------
    def test_where_stock_does_not_show_it_only_a_signer_states_it_and_with_a_reason(self):
        good = self.ship(10)
        certificate = good.certificate_id
        certificate.back_to_back = True
        self.draw(good, 10)
        self.assertEqual(good.verdict, "unresolved")
        self.assertIn("a signer's statement", self.problems(certificate))
        certificate.flow_reason = "Warehouse 3"
        with self.assertRaises(AccessError):
            certificate.with_user(self.clerk).action_state_flow()
        with self.assertRaisesRegex(UserError, "made by its button"):
            certificate.with_user(self.signer).write({"flow_stated_by_id": self.signer.id})
        certificate.flow_reason = " "
        with self.assertRaisesRegex(UserError, "goes on record"):
            certificate.with_user(self.signer).action_state_flow()
        certificate.flow_reason = "Warehouse 3"
        certificate.with_user(self.signer).action_state_flow()
        self.assertEqual(good.verdict, "originating")
        self.assertIn("Known by: Warehouse 3", certificate.message_ids[0].body)

    def test_a_statement_is_void_when_what_it_is_of_changes(self):
        other = self.receive(name="VN-CN 26/03/00200")
        other.with_user(self.clerk).action_check()
        for change in (
            lambda certificate: certificate.write({"flow_reason": "Another reason"}),
            lambda certificate: certificate.line_ids.write({"quantity": 9}),
            lambda certificate: certificate.draw_ids.with_user(self.clerk).unlink(),
            lambda certificate: self.draw(certificate.line_ids, 1, other.line_ids),
            lambda certificate: certificate.write({"back_to_back": True}),
        ):
            certificate = self.carry(10)
            self.assertTrue(certificate.flow_stated_by_id)
            change(certificate)
            self.assertFalse(certificate.flow_stated_by_id)

    # --- afterwards --------------------------------------------------------------------------------------
    def test_its_original_cancelled_what_rests_on_it_is_at_risk_and_a_draft_is_refused(self):
        issued, draft = self.approve(self.carry(600)), self.carry(100)
        place(issued, state="issued", valid_until=self.received.valid_until)
        self.received.with_user(self.clerk).action_cancel()
        self.run_job("_cron_look_again", "rcep.drift")
        self.assertTrue(issued.at_risk)
        self.assertIn("VN-CN 26/02/00117", issued.drift_ids.risk)
        self.assertIn(self.signer, issued.activity_ids.user_id)
        self.assertIn("nothing can be shipped on it", self.problems(draft))
        with self.assertRaises(UserError):
            self.approve(draft)

    def test_an_original_that_ended_by_its_day_puts_nothing_at_risk_and_carries_nothing_new(self):
        issued = self.approve(self.carry(600))
        place(issued, state="issued", valid_until=self.received.valid_until)
        draft = self.carry(10)
        with freeze_time(self.received.valid_until + datetime.timedelta(days=1)):
            self.received._cron_calendar()
            self.assertTrue(issued.line_ids._holds())
            draft.action_check()
            self.assertEqual(draft.line_ids.verdict, "not_originating")

    def test_what_takes_its_place_ships_the_same_goods_and_draws_nothing_twice(self):
        issued = self.approve(self.carry(1000))
        place(issued, state="issued", issued_at=fields.Datetime.now(), valid_until=self.received.valid_until)
        new = issued.with_user(self.clerk)._replacement("amended", "A mark was wrong")
        self.assertEqual((new.draw_ids.shipped, self.received.line_ids.left), (1000, 0))
        self.assertTrue(new.back_to_back)
        self.assertFalse(new.flow_stated_by_id)

    # --- help --------------------------------------------------------------------------------------------
    def test_what_ends_first_is_proposed_first(self):
        soon = self.receive({"quantity": 30}, name="VN-CN 26/03/00200", valid_until=self.today + datetime.timedelta(9))
        soon.with_user(self.clerk).action_check()
        certificate = self.ship(100).certificate_id.with_user(self.clerk)
        certificate.action_draw_from_originals()
        drawn = {draw.received_id.name: draw.shipped for draw in certificate.draw_ids}
        self.assertEqual(drawn, {"VN-CN 26/03/00200": 30, "VN-CN 26/02/00117": 70})
        self.assertTrue(certificate.back_to_back)
        fan = self.certify((self.make_good("Fan", "FAN"), 1, 9.0), partner_id=self.buyer.id)
        with self.assertRaisesRegex(UserError, "has goods of .*Fan"):
            fan.action_draw_from_originals()

"""*What happened?* on an issued certificate: the facts lead to what mends it, and start it."""

import datetime

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestWhatHappened(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_platform()
        cls.clerk, cls.signer = cls.person("clerk"), cls.person("signer")
        cls.certificate = cls.certify()
        cls.certificate.departure_date = cls.today
        cls.certificate.with_user(cls.signer).action_approve()
        place(
            cls.certificate,
            state="issued",
            certificate_no="26C1/7",
            environment="production",
            issued_at=datetime.datetime.combine(cls.today, datetime.time(4)),
            valid_until=cls.today + datetime.timedelta(days=365),
        )

    def asked(self, user=None, **facts):
        """The dialog as somebody fills it in."""
        action = self.certificate.with_user(user or self.clerk).action_replace()
        dialog = Form(self.env[action["res_model"]].with_user(user or self.clerk).with_context(**action["context"]))
        for name, value in facts.items():
            setattr(dialog, name, value)
        return dialog

    def test_a_wrong_address_makes_an_amended_draft_that_says_what_changes(self):
        dialog = self.asked(wrong="text", at_hand="yes", presented="no", reason="The street was wrong")
        self.assertEqual(dialog.kind, "amended")
        self.assertIn("(Art. 3.17.5)", dialog.why)
        action = dialog.save().action_replace()
        new = self.env["rcep.certificate"].browse(action["res_id"])
        self.assertEqual((new.kind, new.old_certificate_id), ("amended", self.certificate))
        self.customer.street = "9 Le Loi"
        self.assertIn("BOX 2: WAS SAIGON LIGHT JSC, 2 LE LOI", new.change_text.upper())
        new.with_user(self.signer).action_approve()
        self.assertIn("The street was wrong BOX 2: WAS", new._application().old.reason)

    def test_what_customs_hold_is_reissued_too(self):
        self.assertEqual(self.asked(wrong="less", at_hand="no", presented="yes").kind, "amended_reissued")

    def test_where_nothing_is_wrong_nothing_is_started(self):
        dialog = self.asked(wrong="nothing", at_hand="yes", presented="no")
        self.assertFalse(dialog.kind)
        with self.assertRaisesRegex(UserError, "there is nothing to apply for"):
            dialog.save().action_replace()

    def test_too_late_is_reported_and_not_started(self):
        last_year = self.today - datetime.timedelta(days=367)
        dialog = self.asked(wrong="text", at_hand="yes", presented="no", shipped_on=last_year)
        self.assertTrue(dialog.is_late)
        with self.assertRaisesRegex(UserError, "it is too late"):
            dialog.save().action_replace()
        self.assertFalse(self.certificate.successor_ids)

    def test_a_lost_paper_is_a_certified_copy_with_its_day_in_box_14(self):
        dialog = self.asked(wrong="lost", at_hand="no", presented="no", reason="Lost in the post", copied_on=self.today)
        self.assertEqual(dialog.kind, "true_copy")
        dialog.save().action_replace()
        self.assertEqual(self.certificate.true_copy_on, self.today)
        self.assertIn(f"CERTIFIED TRUE COPY {self.today}", self.certificate._form_boxes()["remarks"])

    def test_no_copy_is_certified_in_the_future_nor_before_its_original(self):
        for days in (-1, 1, 400):
            day = self.today + datetime.timedelta(days=days)
            dialog = self.asked(wrong="lost", at_hand="no", presented="no", reason="Lost", copied_on=day)
            with self.subTest(days), self.assertRaisesRegex(UserError, "correct the day"):
                dialog.save().action_replace()

    def test_other_goods_are_cancelled_by_a_signer(self):
        facts = {"wrong": "goods", "at_hand": "yes", "presented": "no"}
        self.assertEqual(self.asked(**facts).kind, "cancelled")
        action = self.asked(self.signer, **facts).save().action_replace()
        self.assertEqual(action["res_model"], "rcep.certificate.request")

    def test_nothing_is_started_before_the_questions_are_answered(self):
        wizard = self.env["rcep.certificate.replace"].with_user(self.clerk).create(
            {"certificate_id": self.certificate.id, "reason": "x"})
        with self.assertRaisesRegex(UserError, "Answer the questions first"):
            wizard.action_replace()

    # --- deadlines ---------------------------------------------------------------------------------------
    def deadlines(self, certificate):
        self.env.flush_all()
        found = self.env["rcep.certificate.deadline"].search([("certificate_id", "=", certificate.id)])
        return {each.kind: each.day for each in found}

    def test_an_issued_certificate_has_its_validity_and_its_records(self):
        result = self.deadlines(self.certificate)
        self.assertEqual(result["validity"], self.certificate.valid_until)
        self.assertEqual(result["records"].year, self.today.year + 3)
        self.assertEqual(set(result), {"validity", "records"})

    def test_of_what_has_lost_its_validity_only_the_records_are_left(self):
        last = self.certificate.valid_until
        with freeze_time(datetime.datetime.combine(last, datetime.time(4))):
            self.assertEqual(self.deadlines(self.certificate)["validity"], last)
        with freeze_time(datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(4))):
            self.assertEqual(set(self.deadlines(self.certificate)), {"records"})

    def test_a_draft_has_its_departure_and_after_it_a_year(self):
        draft = self.certify()
        self.assertEqual(self.deadlines(draft), {})
        draft.departure_date = self.today
        self.assertEqual(
            self.deadlines(draft), {"departure": self.today, "customs": self.today + datetime.timedelta(days=10)}
        )
        draft.departure_date = datetime.date(self.today.year - 1, self.today.month, min(self.today.day, 28))
        result = self.deadlines(draft)
        self.assertEqual(set(result), {"shipment_year", "customs"})
        self.assertEqual(result["shipment_year"].year, self.today.year)

    def test_the_market_says_until_when_it_is_at_its_customs(self):
        draft = self.certify()
        draft.departure_date = self.today

        def at_customs():
            self.env.flush_all()
            self.env.invalidate_all()
            found = self.env["rcep.certificate.deadline"].search(
                [("certificate_id", "=", draft.id), ("kind", "=", "customs")]
            )
            return found and ((found.day - self.today).days, found.is_estimate)

        self.assertEqual(at_customs(), (10, True))
        market = draft.market_id.with_user(self.person("engineer"))
        market = market.with_context(tracking_disable=False, mail_notrack=False)
        with self.assertRaisesRegex(ValidationError, "need both"):
            market.transit_source = "Forwarder"
        market.write({"transit_days": 21, "transit_source": "Forwarder", "transit_as_of": self.today})
        self.assertEqual(at_customs(), (21, False))
        market.certificate_needed = "before_arrival"
        self.assertEqual(at_customs(), (20, False))
        draft.arrival_date = self.today + datetime.timedelta(days=5)
        self.assertEqual(at_customs(), (4, False))
        market.certificate_needed = "after_release"
        self.assertFalse(at_customs())
        self.env.cr.precommit.run()  # the chatter is written with the transaction
        changes = market.sudo().message_ids.tracking_value_ids
        days = changes.filtered(lambda each: each.field_id.name == "transit_days")
        self.assertIn((10, 21), [(each.old_value_integer, each.new_value_integer) for each in days])

    def test_whoever_is_in_charge_is_reminded_once(self):
        soon = self.today + datetime.timedelta(days=20)
        place(self.certificate, valid_until=soon)
        for _day in range(2):
            self.run_job("_cron_remind", "rcep.certificate.deadline")
        reminded = self.certificate.activity_ids
        self.assertEqual((reminded.date_deadline, reminded.user_id), (soon, self.signer))

"""After approval nothing that is renamed changes what was approved: one content, made once and kept."""

import datetime
import json

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import OutboxCommon


@tagged("post_install", "-at_install")
class TestFrozen(OutboxCommon):
    def everything(self):
        """What message, print and page are made of."""
        application = self.certificate._application().to_json()
        boxes = {**self.certificate._form_boxes(), "qr": None, "banner": None, "certified": None}
        return json.dumps([application, boxes], default=str)

    def rename_everything(self, word):
        self.customer.write({"name": f"{word} Buyer", "rcep_name_en": f"{word} BUYER", "street": f"{word} Road"})
        self.exporter.write(
            {"name": f"{word}公司", "rcep_name_en": f"{word} EXPORTER", "rcep_address_en": f"{word} Street",
             "rcep_place": f"{word} PLACE"}
        )  # fmt: skip
        self.lamp.write({"name": f"{word} thing", "default_code": f"{word}-1", "weight": 77.0})
        self.lamp.uom_id.name = f"{word} units"
        self.signer.rcep_name_en = f"{word} SIGNER"
        self.signer.name = f"{word} Signer"
        self.supplier.name = f"{word} Supplier"
        self.env.ref("base.vn").name = f"{word}land"
        self.env.invalidate_all()

    def test_no_rename_between_two_steps_changes_what_was_approved(self):
        signer = self.certificate.with_user(self.signer)
        signer.action_approve()
        approved = self.everything()
        self.rename_everything("First")
        self.assertEqual(self.everything(), approved)
        signer.action_submit()
        body = self.messages("application").body
        self.assertNotIn("First", body)
        self.rename_everything("Second")
        self.assertEqual(self.everything(), approved)
        self.certificate._apply(self.reported("issued", certificate_no="26C1/1", issued_at=self.moment()))
        self.rename_everything("Third")
        self.assertEqual(self.everything(), approved)

    def moment(self):
        return datetime.datetime.now(datetime.timezone.utc)

    def test_a_draft_is_printed_as_it_would_be_today(self):
        self.customer.rcep_name_en = "NEW NAME"
        self.assertTrue(self.certificate._form_boxes()["consignee"].startswith("NEW NAME"))

    def test_back_to_draft_it_follows_the_records_again(self):
        self.certificate.with_user(self.signer).action_approve()
        self.assertTrue(self.certificate.application)
        self.certificate.with_user(self.signer).action_draft()
        self.assertFalse(self.certificate.application)

    def test_nobody_writes_it(self):
        self.certificate.with_user(self.signer).action_approve()
        for name in ("clerk", "signer"):
            person = self.signer if name == "signer" else self.person(name)
            with self.assertRaisesRegex(UserError, "application of .* is set by its own steps"):
                self.certificate.with_user(person).application = "{}"

    def test_days_are_chinas_whoever_approves_and_wherever(self):
        late = datetime.datetime(2026, 11, 27, 17, 2)  # noqa: DTZ001  Odoo's bear no zone; past one in Ningbo
        self.patch(fields.Datetime, "now", lambda: late)
        certificate = self.certificate.with_user(self.signer)
        certificate.departure_date = datetime.date(2026, 11, 27)
        certificate._accept({result: "Invoiced the day after" for _finding, result in certificate._open_warnings()})
        for zone in (False, "America/Los_Angeles", "Asia/Shanghai"):
            with self.subTest(zone):
                self.signer.tz = zone
                self.certificate.with_user(self.signer).departure_date = datetime.date(2026, 11, 27)
                self.certificate.with_user(self.signer).action_approve()
                self.assertEqual(self.certificate.declaration_date, datetime.date(2026, 11, 28))
                self.assertTrue(self.certificate._application().retroactive)
                self.certificate.with_user(self.signer).action_draft()

"""What became of a certificate abroad, at the screen: the consignee with a phone, in Vietnamese, and the manager."""

from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import HttpCase, tagged

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourAbroad(DemoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate = cls.prepare()
        cls.certificate.with_user(cls.signer).action_approve()
        place(cls.certificate, state="issued", environment="production", certificate_no="26C3302A0001/00042",
              issued_at="2026-05-01 08:00:00", valid_until="2027-05-01")  # fmt: skip

    def test_a_consignee_answers_with_a_phone_in_vietnamese(self):
        asked = self.env["rcep.recognition.request"].with_user(self.clerk)._ask(self.certificate).sudo()
        self.assertEqual(asked.language, "vi")
        self.browser_size, self.touch_enabled = "375x667", True
        self.env.flush_all()
        self.start_tour(f"/rcep/outcome/{asked._token()}", "rcep_eco_consignee")
        report = self.certificate.recognition_id
        self.assertEqual((report.outcome, report.cause_id.code, report.source), ("refused", "invoice", "consignee"))
        self.assertEqual((report.duty_amount, report.currency_id.name), (12500000, "VND"))
        self.assertIn("Số hóa đơn khác", report.words)

    def test_a_manager_reads_the_rate_makes_a_check_and_answers_customs(self):
        cause = self.env.ref("rcep_eco.cause_invoice")
        reports = self.env["rcep.recognition"].with_user(self.clerk)
        reports.create({"certificate_id": self.certificate.id, "outcome": "refused", "cause_id": cause.id})
        query = self.env["rcep.customs.query"].with_user(self.clerk).create(
            {"certificate_id": self.certificate.id, "office": "Cục Hải quan Hải Phòng"}
        )
        query.action_gather()
        self.env.flush_all()
        self.start_tour("/odoo/origin-recognition", "rcep_eco_abroad_manager", login=self.manager.login, timeout=120)
        self.assertEqual(self.env["rcep.firm.check"].search([("company_id", "=", self.company.id)]).cause_id, cause)
        self.assertEqual((query.state, query.released_by), ("answered", self.manager))
        self.assertTrue(query.package_zip_sha256)

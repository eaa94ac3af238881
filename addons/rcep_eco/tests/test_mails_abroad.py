"""What is written to suppliers and consignees comes in their language, whether or not Odoo has it."""

import base64

from odoo.tests import tagged

from ..models.base.rcep_reader import MAIL
from ..texts import consignee_words
from .common import EcoCommon, place
from .outside_mail import check_mail


@tagged("post_install", "-at_install")
class TestMailsAbroad(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.base.url", "https://lamps.example")
        cls.clerk, cls.signer = cls.person("clerk"), cls.person("signer")
        cls.customer.email = "buyer@saigon.example"
        cls.supplier.email = "origin@lamp-works.example"
        cls.certificate = cls.certify()
        cls.certificate.with_user(cls.signer).action_approve()
        cls.certificate.market_id.languages = "ja-JP"  # none of ours: the country of the consignee alone decides here
        place(cls.certificate, state="issued", environment="production", certificate_no="26C3302A0001/00042",
              issued_at="2026-05-01 08:00:00", valid_until="2027-05-01",
              document=base64.b64encode(b"%PDF"), issuer_check_url="https://check.example/26C3")  # fmt: skip

    def asked(self):
        wanted = {self.supplier: self.make_good("Socket", "SOCKET")}
        return self.env["rcep.declaration.request"]._ask(self.exporter, wanted)

    def test_a_supplier_is_asked_in_its_language(self):
        sentences = ("request_ask", "request_rest", "button", "regards")
        check_mail(self, "rcep_eco.mail_template_declaration_request", self.asked(), MAIL,
                   subject="request_subject", sentences=sentences)  # fmt: skip

    def test_it_is_reminded_in_its_language(self):
        sentences = ("reminder_ask", "reminder_rest", "button", "regards")
        check_mail(self, "rcep_eco.mail_template_declaration_reminder", self.asked(), MAIL,
                   subject="reminder_subject", sentences=sentences)  # fmt: skip

    def test_a_consignee_gets_its_certificate_in_its_language(self):
        sentences = ("certificate_attached", "certificate_issuer", "copy_title", "copy_number", "copy_day",
                     "copy_invoice", "copy_country", "certificate_decides")  # fmt: skip
        check_mail(self, "rcep_eco.mail_template_certificate", self.certificate, MAIL,
                   subject="certificate_subject", sentences=sentences, link=False)  # fmt: skip

    def test_a_consignee_is_asked_what_its_customs_decided_in_its_language(self):
        request = self.env["rcep.recognition.request"].with_user(self.clerk)._ask(self.certificate).sudo()
        sentences = ("mail_ask", "mail_button", "mail_until", "mail_thanks")
        check_mail(self, "rcep_eco.mail_template_recognition_request", request, consignee_words.ROOM,
                   subject="mail_subject", sentences=sentences)  # fmt: skip

    def test_who_may_prefer_english_finds_it_below_the_chinese(self):
        self.supplier.write({"country_id": self.env.ref("base.cn").id, "lang": "en_US"})
        asked = self.asked()
        self.assertEqual((asked._reader_language(), asked._english_below()), ("zh", True))
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supplier.lang = "zh_CN"
        self.assertEqual((asked._reader_language(), asked._english_below()), ("zh", False))

    def test_an_own_sentence_in_the_template_goes_out_as_it_is(self):
        self.supplier.country_id = self.env.ref("base.vn")
        template = self.env.ref("rcep_eco.mail_template_declaration_request")
        template.body_html = str(template.body_html).replace("<ul>", "<p>Call us under 0574.</p><ul>")
        mail = self.env["mail.mail"].browse(template.send_mail(self.asked().id))
        self.assertIn("Call us under 0574.", mail.body_html)
        self.assertIn(MAIL.words("vi")["request_ask"], mail.body_html)

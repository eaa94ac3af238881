"""A customer abroad sees its own certificates that were issued, and nobody else's."""

import base64

from odoo.tests import HttpCase, new_test_user, tagged

from .common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestPortal(EcoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_platform()
        cls.signer = cls.person("signer")
        cls.mine, cls.draft = cls.certify(), cls.certify()
        cls.others = cls.certify(partner_id=cls.make_customer("Hanoi Light JSC", "vn").id)
        for number, certificate in enumerate((cls.mine, cls.others), start=1):
            certificate.with_user(cls.signer).action_approve()
            place(certificate, state="issued", certificate_no=f"26C3/{number}", environment="production")
        cls.buyer = new_test_user(cls.env, "saigon.buyer", "base.group_portal", password="saigon.buyer")
        cls.buyer.partner_id.parent_id = cls.customer
        cls.env.flush_all()

    def document(self, certificate):
        return self.url_open(f"/my/certificates/{certificate.id}/document")

    def test_the_list_shows_what_was_issued_to_the_firm_and_nothing_else(self):
        self.authenticate("saigon.buyer", "saigon.buyer")
        page = self.url_open("/my/certificates").text
        self.assertIn("26C3/1", page)
        for hidden in ("26C3/2", self.draft.name):
            self.assertNotIn(hidden, page)

    def test_the_document_is_the_issuing_bodys_where_it_sent_one(self):
        self.authenticate("saigon.buyer", "saigon.buyer")
        answer = self.document(self.mine)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        place(self.mine, document=base64.b64encode(b"%PDF of the issuing body"))
        self.assertEqual(self.document(self.mine).content, b"%PDF of the issuing body")

    def test_nobody_gets_the_document_of_another_nor_of_a_draft(self):
        self.authenticate("saigon.buyer", "saigon.buyer")
        for certificate in (self.others, self.draft):
            self.assertEqual(self.document(certificate).status_code, 404)

    def test_a_visitor_without_a_login_is_asked_for_one(self):
        for page in ("/my/certificates", f"/my/certificates/{self.mine.id}/document"):
            self.assertIn("/web/login", self.url_open(page).url)

"""A customer abroad sees its own certificates that were issued, and nobody else's."""

import base64
import io
import zipfile

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import OTHER_USCC, EcoCommon, place
from .test_customer_documents import words


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

    def test_what_no_longer_counts_says_so_in_the_list(self):
        self.authenticate("saigon.buyer", "saigon.buyer")
        self.assertNotIn("Expired", self.url_open("/my/certificates").text)
        for word, values in {
            "Expired": {"valid_until": "2020-01-01"}, "Replaced": {"state": "replaced"},
            "Cancelled": {"state": "cancelled"}, "Specimen, not valid": {"environment": "sandbox"},
        }.items():  # fmt: skip
            place(self.mine, **values)
            self.env.flush_all()
            with self.subTest(word):
                self.assertIn(word, self.url_open("/my/certificates").text)

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
        for page in ("", f"/{self.mine.id}", f"/{self.mine.id}/document", f"/{self.mine.id}/papers"):
            self.assertIn("/web/login", self.url_open(f"/my/certificates{page}").url)
        self.assertIn("/web/login", self.url_open(f"/rcep_eco/papers?ids={self.mine.id}").url)

    # --- papers ------------------------------------------------------------------------------------------
    def names(self, answer):
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        return zipfile.ZipFile(io.BytesIO(answer.content)).namelist()

    def papers(self, certificate, kind=""):
        return self.url_open(f"/my/certificates/{certificate.id}/papers{kind}")

    def test_the_page_of_a_certificate_leads_to_its_papers(self):
        self.authenticate("saigon.buyer", "saigon.buyer")
        page = self.url_open(f"/my/certificates/{self.mine.id}").text
        self.assertIn("26C3/1", page)
        self.assertIn("LED LAMP", page)
        for kind in ("invoice", "packing", "origin"):
            self.assertIn(f"/papers/{kind}", page)
            answer = self.papers(self.mine, f"/{kind}")
            self.assertEqual((answer.status_code, answer.content[:4]), (200, b"%PDF"))
        self.assertEqual(self.papers(self.mine, "/costs").status_code, 404)

    def test_one_zip_holds_the_document_and_the_papers(self):
        place(self.mine, document=base64.b64encode(b"%PDF of the issuing body"))
        self.authenticate("saigon.buyer", "saigon.buyer")
        answer = self.papers(self.mine)
        papers = ["commercial-invoice", "packing-list", "origin-summary"]
        self.assertEqual(self.names(answer), ["26C3-1.pdf", *(f"26C3-1-{name}.pdf" for name in papers)])
        content = zipfile.ZipFile(io.BytesIO(answer.content)).read("26C3-1.pdf")
        self.assertEqual(content, b"%PDF of the issuing body")

    def test_a_document_from_before_it_ended_says_so_in_the_zip(self):
        place(self.mine, document=base64.b64encode(b"%PDF"), state="cancelled")
        self.authenticate("saigon.buyer", "saigon.buyer")
        self.assertEqual(self.names(self.papers(self.mine))[0], "CANCELLED-26C3-1.pdf")

    def test_nobody_gets_the_papers_of_another_nor_of_a_draft(self):
        self.authenticate("saigon.buyer", "saigon.buyer")
        for certificate in (self.others, self.draft):
            for kind in ("", "/invoice", "/packing", "/origin"):
                self.assertEqual(self.papers(certificate, kind).status_code, 404)
            self.assertEqual(self.url_open(f"/my/certificates/{certificate.id}").status_code, 404)

    def test_who_receives_the_goods_does_not_read_the_prices_of_who_pays_them(self):
        trader = self.make_customer("Kowloon Trading Ltd.", "hk")
        abroad = self.certify(partner_id=trader.id, partner_shipping_id=self.customer.id)
        abroad.invoice_issuer = "third_party"
        abroad.write({"third_party_name": "KOWLOON TRADING LTD.", "third_party_country_id": trader.country_id.id,
                      "third_party_invoice": "KT-77", "third_party_invoice_date": self.today})  # fmt: skip
        own = abroad.invoice_ids.name
        abroad.with_user(self.signer).action_approve()
        place(abroad, state="issued", certificate_no="26C3/3", environment="production")
        self.authenticate("saigon.buyer", "saigon.buyer")
        self.assertNotIn("26C3-3-commercial-invoice.pdf", self.names(self.papers(abroad)))
        self.assertEqual(self.papers(abroad, "/invoice").status_code, 404)
        page = self.url_open(f"/my/certificates/{abroad.id}").text
        self.assertNotIn("/papers/invoice", page)
        self.assertIn("KT-77", page)
        for text in (page, abroad._paper_pdf("packing"), abroad._paper_pdf("origin")):
            self.assertNotIn(own, text if isinstance(text, str) else words(text))

    def test_many_certificates_are_one_zip_for_who_may_read_them_all(self):
        action = (self.mine | self.others).with_user(self.signer).action_papers()
        self.person("auditor", login="auditor.papers", password="auditor.papers")
        self.authenticate("auditor.papers", "auditor.papers")
        names = self.names(self.url_open(action["url"]))
        self.assertEqual(len(names), 8)
        self.assertEqual(len({name.partition("/")[0] for name in names}), 2)

    def test_the_zip_of_the_back_end_is_refused_to_who_may_not_read_the_certificate(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        self.person("signer", other, login="other.signer", password="other.signer")
        self.person("employee", login="some.employee", password="some.employee")
        for login in ("saigon.buyer", "other.signer", "some.employee"):
            self.authenticate(login, login)
            answer = self.url_open(f"/rcep_eco/papers?ids={self.mine.id}")
            self.assertEqual(answer.status_code, 403, login)
            self.assertNotIn(b"26C3", answer.content)

    def test_numbers_that_are_none_find_nothing(self):
        self.person("auditor", login="auditor.papers", password="auditor.papers")
        self.authenticate("auditor.papers", "auditor.papers")
        for ids in ("", "x", "1;2", "999999999", "9" * 30):
            self.assertEqual(self.url_open(f"/rcep_eco/papers?ids={ids}").status_code, 404)

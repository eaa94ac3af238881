"""An agent at work: from an invoice to the issuing body, under its authority; and all that it does not see."""

import re

from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import HttpCase, tagged

from .common import AgentCommon


@tagged("post_install", "-at_install")
class TestPortalWork(AgentCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoice()
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.authenticate("wang.broker", "wang.broker")

    def page(self, path=""):
        return self.url_open(f"/my/eco{path}")

    def path_of(self, certificate):
        return f"/{self.authority.id}/certificate/{certificate.id}"

    def send(self, path, **data):
        token = re.search(r'csrf_token: "(\w+)"', self.page().text).group(1)
        return self.url_open(f"/my/eco{path}", data={"csrf_token": token, **data})

    def agree(self, **values):
        """As if the authority had been agreed so."""
        place(self.authority, state="proposed")
        self.authority.write(values)
        place(self.authority, state="in_force")

    def acts(self):
        return self.env["rcep.authorised.act"].search([], order="id").mapped("kind")

    def test_from_the_invoice_to_the_issuing_body(self):
        self.assertIn(self.invoice.name, self.page().text)
        made = self.send(f"/{self.authority.id}/invoice/{self.invoice.id}")
        self.assertIn("The draft was made", made.text)
        certificate = self.invoice.rcep_certificate_ids
        self.assertEqual((certificate.state, certificate.authorisation_id), ("draft", self.authority))
        line = certificate.line_ids
        saved = self.send(self.path_of(certificate), do="save", vessel="EVER GIVEN 021W", port_loading="NINGBO",
                          departure_date=str(self.today), **{f"packages_count_{line.id}": "12"})  # fmt: skip
        self.assertIn("Saved.", saved.text)
        self.assertEqual((certificate.vessel, line.packages_count), ("EVER GIVEN 021W", 12))
        asked = self.send(self.path_of(certificate), do="ask")
        self.assertIn("A signer was asked", asked.text)
        self.assertIn(self.signer, certificate.activity_ids.user_id | self.signer)
        self.assertNotIn("value=\"submit\"", asked.text)
        certificate.with_user(self.signer).action_approve()
        submitted = self.send(self.path_of(certificate), do="submit")
        self.assertIn("on its way", submitted.text)
        self.assertEqual(certificate.state, "submitted")
        self.assertEqual(certificate.signer_id, self.signer)
        self.assertEqual(self.acts(), ["made", "changed", "asked", "submitted"])
        told = " ".join(certificate.message_ids.mapped("body"))
        self.assertIn("under authority POA-2026-07", told)
        self.assertIn(self.broker.partner_id, certificate.message_ids.author_id)
        self.assertNotIn(self.broker.partner_id, certificate.message_partner_ids)  # nor is it told what others write

    def test_it_never_approves_and_submits_nothing_that_is_not_approved(self):
        certificate = self.certificate
        answer = self.send(self.path_of(certificate), do="approve")
        self.assertEqual(answer.status_code, 404)
        self.send(self.path_of(certificate), do="submit")
        self.assertEqual(certificate.state, "draft")

    def test_revoked_in_mid_work_the_next_step_is_refused_and_the_draft_stays(self):
        certificate = self.certificate
        self.send(self.path_of(certificate), do="save", vessel="FIRST")
        self.authority.with_user(self.signer)._revoke("Another broker")
        answer = self.send(self.path_of(certificate), do="save", vessel="SECOND")
        self.assertIn("was revoked on", answer.text)
        self.assertNotIn(certificate.name, answer.text)
        self.assertEqual((certificate.state, certificate.vessel), ("draft", "FIRST"))

    def test_what_its_authority_does_not_hold_is_not_done(self):
        self.agree(may_submit=False)
        self.certificate.with_user(self.signer).action_approve()
        page = self.page(self.path_of(self.certificate)).text
        self.assertIn("submits it itself", page)
        answer = self.send(self.path_of(self.certificate), do="submit")
        self.assertIn("does not hold", answer.text)
        self.assertEqual(self.certificate.state, "ready")

    def test_bad_input_is_one_sentence_and_nothing_is_half_written(self):
        line = self.certificate.line_ids
        self.certificate.vessel = "BEFORE"
        for told, words in (
            ({"departure_date": "tomorrow"}, "is no day"),
            ({"departure_date": "9999-12-28"}, "correct the year"),
            ({"means": "camel"}, "cannot be chosen"),
            ({f"packages_count_{line.id}": "many"}, "is no number"),
            ({f"packages_count_{line.id}": "1.5"}, "is no number"),
            ({f"packages_kind_{line.id}": "box of wishes"}, "cannot be chosen"),
            ({f"gross_weight_{line.id}": "-4"}, "is no number"),
        ):
            with self.subTest(words):
                answer = self.send(self.path_of(self.certificate), do="save", vessel="AFTER", **told)
                self.assertIn(words, answer.text)
                self.assertEqual(self.certificate.vessel, "BEFORE")

    def test_fields_that_are_the_principals_are_not_taken(self):
        self.send(self.path_of(self.certificate), do="save", state="issued", producer_statement="confidential",
                  partner_id="1", signer_id=str(self.broker.id), box_9="010121")  # fmt: skip
        self.assertEqual((self.certificate.state, self.certificate.producer_statement), ("draft", "named"))
        self.assertFalse(self.certificate.line_ids.box_9)

    def test_others_and_what_is_beyond_its_scope_do_not_exist(self):
        other_goods = self.make_good("Secret fan", "FAN", hs_code="84145100")
        hidden = self.make_invoice((other_goods, 1, 50.0))
        self.agree(product_ids=self.lamp)
        page = self.page().text
        self.assertIn(self.invoice.name, page)
        self.assertNotIn(hidden.name, page)
        for authority, invoice in ((self.authority.id, hidden.id), (self.authority.id + 1, self.invoice.id)):
            self.assertEqual(self.send(f"/{authority}/invoice/{invoice}").status_code, 404)

    def test_a_good_that_does_not_originate_is_the_principals_to_settle(self):
        fan = self.make_good("Fan without evidence", "FAN", hs_code="84145100")
        invoice = self.make_invoice((fan, 1, 50.0))
        answer = self.send(f"/{self.authority.id}/invoice/{invoice.id}")
        self.assertIn("The principal has to settle the origin of", answer.text)
        certificate = invoice.rcep_certificate_ids
        self.assertIn(certificate.name, self.page().text)
        asked = self.send(self.path_of(certificate), do="ask")
        self.assertIn("alert-danger", asked.text)
        self.assertNotIn("bill of materials", asked.text)  # which the principal's own people are told
        self.assertIn("bill of materials", str(certificate.problems))
        self.assertFalse(certificate.activity_ids)

    def test_nobody_else_sees_it(self):
        self.authenticate("chen.broker", "chen.broker")
        page = self.page().text
        self.assertNotIn(self.certificate.name, page)
        self.assertIn("No firm has authorised you", page)
        self.assertEqual(self.page(self.path_of(self.certificate)).status_code, 404)
        self.assertEqual(self.send(self.path_of(self.certificate), do="save", vessel="X").status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.page().url)

    def test_no_cost_no_material_no_supplier_is_on_its_pages(self):
        texts = self.page().text + self.page(self.path_of(self.certificate)).text
        self.assertIn(self.certificate.name, texts)
        for word in (self.supplier.name, self.declaration.name, "standard_price", "dossier"):
            self.assertNotIn(word, texts)

    def test_a_form_of_another_site_does_nothing(self):
        answer = self.url_open(f"/my/eco{self.path_of(self.certificate)}", data={"do": "save", "vessel": "EVIL"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.certificate.vessel)

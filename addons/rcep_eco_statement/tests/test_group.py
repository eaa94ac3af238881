"""A group in one database: one company makes and states, the other sells and certifies; no cost passes."""

import datetime
from unittest import mock

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, USCC, place
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestGroup(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.buyer_company
        cls.seller.partner_id.vat = OTHER_USCC
        cls.exporter.partner_id.vat = USCC
        cls.buyer = cls.seller.partner_id
        cls.lamp.company_id = False  # both sell it
        cls.theirs = {name: cls.person(name, cls.seller, login=f"seller.{name}") for name in ("clerk", "engineer")}
        cls.there = cls.at(cls.seller)

    def declared(self):
        return self.there["rcep.supplier.declaration"].search([("company_id", "=", self.seller.id)])

    def sold(self):
        """An invoice of the company that sells."""
        return self.make_invoice((self.lamp, 10, 90.0), company_id=self.seller.id)

    def certificate(self):
        invoice = self.sold().with_user(self.theirs["clerk"])
        made = invoice.with_context(allowed_company_ids=self.seller.ids).action_create_rcep_certificate()
        return self.there["rcep.certificate"].browse(made["res_id"])

    def test_the_statement_stands_in_the_other_company_at_once(self):
        statement = self.signed()
        declaration = self.declared()
        self.assertEqual((declaration.state, declaration.name), ("received", statement.name))
        self.assertEqual((declaration.partner_id, declaration.product_id), (self.exporter.partner_id, self.lamp))
        self.assertEqual(declaration.statement_dossier, statement.dossier_sha256)
        self.assertIn(self.theirs["engineer"], declaration.activity_ids.user_id)
        self.assertNotIn("fob", declaration.with_context(bin_size=False).document.decode())

    def test_what_was_asked_for_is_answered_by_it(self):
        self.exporter.partner_id.email = "origin@lamps.example"
        wanted = {self.exporter.partner_id: self.lamp}
        asked = self.there["rcep.declaration.request"]._ask(self.seller, wanted).declaration_ids
        self.signed()
        self.assertEqual((self.declared(), asked.state), (asked, "received"))

    def test_a_buyer_that_is_no_company_here_gets_it_by_the_wire_alone(self):
        outside = self.env["res.partner"].create({"name": "Ningbo Trading", "is_company": True, "vat": OTHER_USCC})
        self.signed(partner_id=outside.id)
        self.assertFalse(self.declared())

    def test_the_certificate_rests_on_it_and_says_who_declares_what(self):
        statement = self.signed()
        self.declared().with_user(self.theirs["engineer"]).action_verify()
        certificate = self.certificate()
        line = certificate.line_ids
        self.assertEqual((line.verdict, line.producer_id), ("originating", self.exporter.partner_id))
        self.assertEqual((certificate.company_id, certificate.producer_statement), (self.seller, "named"))
        said = certificate.with_user(self.theirs["clerk"]).declared_by
        self.assertIn(self.seller.partner_id.name, said)
        self.assertIn(statement.name, said)
        self.assertIn(statement.dossier_sha256, said)
        certificate.line_ids.producer_id = self.customer
        self.assertIn("nothing that holds", certificate.with_user(self.theirs["clerk"]).declared_by)
        certificate.line_ids.producer_id = self.exporter.partner_id
        certificate.producer_statement = "confidential"
        self.assertNotIn(self.exporter.rcep_name_en, str(certificate._application().producer))

    def test_what_it_rested_on_when_it_was_approved_stays_said(self):
        statement = self.signed()
        self.declared().with_user(self.theirs["engineer"]).action_verify()
        certificate = self.certificate()
        approved = certificate.sudo()._approved(self.signer, self.today)
        self.assertEqual(approved["cited_declaration_ids"][0][2], self.declared().ids)
        place(certificate, state="issued", cited_declaration_ids=approved["cited_declaration_ids"])
        statement.with_user(self.signer)._revoke("Another supplier of the socket")
        said = certificate.with_user(self.theirs["clerk"]).declared_by
        self.assertIn(statement.name, said)
        self.assertIn("does not count any more", said)

    def test_unverified_it_counts_for_nothing(self):
        self.signed()
        certificate = self.certificate()
        self.assertNotEqual(certificate.line_ids.verdict, "originating")

    def test_revoked_there_it_counts_no_more_here_at_once(self):
        statement = self.signed()
        self.declared().with_user(self.theirs["engineer"]).action_verify()
        statement.with_user(self.signer)._revoke("Another supplier of the socket")
        self.assertEqual(self.declared().state, "revoked")
        self.assertNotEqual(self.certificate().line_ids.verdict, "originating")

    def test_the_seller_s_people_see_no_cost_of_the_maker(self):
        statement = self.signed()
        engineer = self.theirs["engineer"]
        seen = statement.with_user(engineer).with_context(allowed_company_ids=self.seller.ids)
        self.assertFalse(seen.search([("id", "in", statement.ids)]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            seen.read(["fob", "dossier"])
        self.lamp.with_company(self.exporter).standard_price = 41.5
        self.assertNotEqual(self.lamp.with_company(self.seller).standard_price, 41.5)

    def test_one_shipment_of_two_exporters_is_one_certificate_each_in_one_go(self):
        self.signed()
        self.declared().with_user(self.theirs["engineer"]).action_verify()
        invoices = self.make_invoice() | self.sold()
        both = self.person("clerk", login="group.clerk")
        both.company_ids = self.exporter | self.seller
        action = (
            invoices.with_user(both).with_context(allowed_company_ids=both.company_ids.ids).action_certify_shipment()
        )
        made = self.env["rcep.certificate"].browse(action["domain"][0][2])
        self.assertEqual(made.company_id, self.exporter | self.seller)
        self.assertEqual([certificate.invoice_ids.company_id for certificate in made], list(made.mapped("company_id")))
        sold = made.filtered(lambda certificate: certificate.company_id == self.seller)
        self.assertEqual(sold.line_ids.producer_id, self.exporter.partner_id)
        self.assertEqual(set(made.line_ids.mapped("verdict")), {"originating"})

    # --- no good proves itself ---------------------------------------------------------------------------
    def stated_back(self):
        """The seller has its own key and signs a statement of the same good for the maker."""
        self.seller.rcep_uscc = self.seller.partner_id.vat = "91330200MA0000001L"
        people = {name: self.person(name, self.seller, login=f"back.{name}") for name in ("signer", "manager")}
        self.there["rcep.signing.key"].with_user(people["manager"]).action_make_key()
        self.signed()
        self.declared().with_user(self.theirs["engineer"]).action_verify()
        days = {"date_to": self.today + datetime.timedelta(days=300)}
        back = self.there["rcep.origin.statement"].with_user(self.theirs["clerk"]).create(
            {"partner_id": self.exporter.partner_id.id, "product_id": self.lamp.id, "fob": 90, **days}
        )  # fmt: skip
        return back.with_user(people["signer"])

    def test_what_comes_from_the_maker_is_not_stated_back_to_it(self):
        back = self.stated_back()
        with self.assertRaisesRegex(UserError, "would prove itself"):
            back.action_sign()
        self.assertEqual(back.state, "draft")

    def test_two_that_rest_on_each_other_do_not_stand_when_nothing_else_does(self):
        back = self.stated_back()
        first = self.env["rcep.origin.statement"].search([("company_id", "=", self.exporter.id)])
        with mock.patch.object(type(first), "_why_circle", lambda _each: ""):  # as before it was looked for
            back.action_sign()
            handed = self.env["rcep.supplier.declaration"].search([("statement_id", "=", back.id)])
        engineer = self.person("engineer", login="maker.engineer")
        with self.assertRaisesRegex(UserError, "would prove itself"):
            handed.with_user(engineer).action_verify()
        with mock.patch.object(type(first), "_why_circle", lambda _each: ""):
            handed.with_user(engineer).action_verify()
        self.declaration.action_revoke()  # the only evidence from outside
        for statement in (first, back):
            statement.sudo()._watch(self.today)
        self.assertEqual((first.state, back.state, self.declared().state), ("revoked", "revoked", "revoked"))
        self.assertNotEqual(self.certificate().line_ids.verdict, "originating")

    def test_what_came_signed_stays_as_it_was_signed(self):
        self.signed()
        other = self.make_good("Socket", "SOCKET", hs_code="85366100")
        declaration = self.declared().with_user(self.theirs["engineer"])
        for values in ({"product_id": other.id}, {"date_to": self.today + datetime.timedelta(days=900)}):
            with self.assertRaisesRegex(UserError, "stays as it was signed"):
                declaration.write(values)
        declaration.write({"added_value": 50})  # of which it says nothing

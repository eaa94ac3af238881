"""A group in one database: one company makes and states, the other sells and certifies; no cost passes."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, USCC
from odoo.exceptions import AccessError
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
        certificate.producer_statement = "confidential"
        self.assertNotIn(self.exporter.rcep_name_en, str(certificate._application().producer))

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

"""Bad input: one sentence that names the record, the cause and the next step, and nothing half written."""

import contextlib

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestBadInput(EcoCommon):
    def count(self):
        models = ("rcep.certificate", "rcep.certificate.line", "rcep.filing", "rcep.platform.message")
        verdicts = self.env["rcep.origin"].search_count([("verdict", "!=", False)])  # what waits for one is no answer
        return {"verdicts": verdicts, **{model: self.env[model].search_count([]) for model in models}}

    @contextlib.contextmanager
    def refused(self, *parts):
        """A refusal whose one sentence has these parts, after which nothing is written."""
        before = self.count()
        with self.assertRaises(UserError) as caught:
            yield
        result = str(caught.exception)
        for part in parts:
            self.assertIn(part, result)
        self.assertNotIn("\n", result)
        self.assertEqual(self.count(), before)

    # --- products ----------------------------------------------------------------------------------------
    def test_no_hs_code(self):
        self.lamp.hs_code = False
        with self.refused("LED lamp", "has no HS code", "enter its 6 to 10 digits on the product"):
            self.lamp.action_rcep_determine()

    def test_a_code_that_is_not_in_hs_2022(self):
        self.lamp.hs_code = "94054000"
        with self.refused(
            "LED lamp", "“94054000”", "940540, which is not a subheading of HS 2022", "correct it on the product"
        ):
            self.lamp.action_rcep_determine()

    def test_neither_bill_of_materials_nor_evidence(self):
        bare = self.make_good("Bare lamp", "BARE", hs_code="940511")
        with self.refused(
            "Bare lamp",
            "neither a bill of materials nor a verified supplier declaration",
            "make the one or ask for the other",
        ):
            bare.action_rcep_determine()

    def test_a_price_of_zero_or_less(self):
        for price in (0.0, -1.0):
            self.lamp.list_price = price
            with (
                self.subTest(price),
                self.refused("LED lamp", "a price of zero or less", "enter the price at which it is sold"),
            ):
                self.lamp.action_rcep_determine()

    def test_one_bad_product_of_three_is_named_and_none_is_half_written(self):
        bare = self.make_good("Bare lamp", "BARE", hs_code="940511")
        desk = self.make_good("Desk lamp", "DESK", hs_code="940521")
        self.declare(desk)
        with self.refused("Bare lamp"):
            (desk | bare | self.lamp).action_rcep_determine()

    def test_wrong_goods_stand_on_the_certificate_with_their_sentence(self):
        bare = self.make_good("Bare lamp", "BARE", hs_code=False)
        certificate = self.certify((bare, 1, 50.0), (self.lamp, 10, 0.0), (self.lamp, 1, 50.0))
        no_code, no_price, good = certificate.line_ids
        self.assertIn("Bare lamp has no HS code: enter", no_code.problem)
        self.assertRegex(
            no_price.problem, r"LED lamp is on invoice \S+ at nothing: enter on the item what it would cost"
        )
        self.assertEqual(good.verdict, "originating")
        self.assertFalse(any((no_code + no_price).mapped(lambda line: line.verdict or line.dossier)))
        signer = self.person("signer")
        with self.assertRaisesRegex(UserError, "is not complete"):
            certificate.with_user(signer).action_approve()
        self.assertEqual((certificate.state, certificate.signer_id.id), ("draft", False))

    # --- invoices ----------------------------------------------------------------------------------------
    def test_an_invoice_that_is_not_posted(self):
        invoice = self.make_invoice(post=False)
        with self.refused(invoice.display_name, "is not confirmed", "confirm the invoice first"):
            invoice.action_create_rcep_certificate()

    def test_what_is_no_customer_invoice(self):
        note = self.make_invoice(move_type="out_refund")
        with self.refused(note.name, "is no customer invoice", "certificates are made of customer invoices"):
            note.action_create_rcep_certificate()

    def test_an_invoice_that_does_not_go_to_a_party(self):
        for customer, named in (("de", "Germany"), ("cn", "China"), (None, "a customer without a country")):
            invoice = self.make_invoice(partner_id=self.make_customer("Abroad", customer).id)
            with (
                self.subTest(named),
                self.refused(invoice.name, f"goes to {named}", "or the customer's country is wrong"),
            ):
                invoice.action_create_rcep_certificate()

    def test_a_party_where_the_agreement_is_not_yet_in_force(self):
        self.env.ref("rcep_eco.party_vn").in_force = self.today.replace(year=self.today.year + 1, day=1)
        invoice = self.make_invoice()
        with self.refused(invoice.name, "goes to Vietnam, which is not a Party"):
            invoice.action_create_rcep_certificate()

    def test_a_currency_without_a_rate_on_the_day(self):
        invoice = self.make_invoice(currency_id=self.jpy.id)
        with self.refused(f"JPY has no rate on {self.today}", self.exporter.name, "enter the rate of that day"):
            invoice.action_create_rcep_certificate()

    def test_an_invoice_that_is_on_a_live_certificate(self):
        certificate = self.certify()
        for state in ("draft", "ready", "submitted", "under_review", "returned", "issued"):
            place(certificate, state=state)
            with (
                self.subTest(state),
                self.refused(
                    certificate.invoice_ids.name, f"is already on certificate {certificate.name}", "go on with that one"
                ),
            ):
                certificate.invoice_ids.action_create_rcep_certificate()

    def test_an_invoice_with_services_alone(self):
        invoice = self.make_invoice((self.freight, 1, 100.0))
        with self.refused(invoice.name, "no line with goods"):
            invoice.action_create_rcep_certificate()

    def test_one_bad_invoice_of_three_leaves_no_certificate(self):
        invoices = self.make_invoice() | self.make_invoice(post=False) | self.make_invoice()
        with self.refused("is not confirmed"):
            invoices.action_create_rcep_certificate()
        self.assertFalse(invoices.rcep_certificate_ids)

    def test_an_invoice_slipped_onto_a_second_certificate_is_not_approved(self):
        first, second = self.certify(), self.certify()
        clerk, signer = self.person("clerk"), self.person("signer")
        second.with_user(clerk).write({"invoice_ids": [Command.link(first.invoice_ids.id)]})
        with self.assertRaisesRegex(UserError, f"{first.invoice_ids.name} is already on certificate {first.name}"):
            second.with_user(signer).action_approve()
        self.assertEqual(second.state, "draft")

    # --- the connection ----------------------------------------------------------------------------------
    def test_no_connection(self):
        signer = self.person("signer")
        certificate = self.certify().with_user(signer)
        certificate.action_approve()
        with self.refused(self.exporter.name, "has no connection to the platform", "a connection manager sets one up"):
            certificate.action_submit()
        self.assertEqual((certificate.state, certificate.revision), ("ready", 0))

    def test_a_connection_that_is_not_complete(self):
        self.make_platform(client_secret=False, client_id=False)
        certificate = self.certify().with_user(self.person("signer"))
        certificate.action_approve()
        with self.refused(
            self.exporter.name, "Client number, Client secret is missing", "A connection manager adds it"
        ):
            certificate.action_submit()
        self.assertEqual((certificate.state, certificate.revision), ("ready", 0))

    def test_a_platforms_key_that_cannot_be_read(self):
        platform = self.make_platform()
        with self.refused(self.exporter.name, "public key", "cannot be read", "from BEGIN to END"):
            platform.write({"platform_public_key": "-----BEGIN", "platform_key_name": "p-1"})

"""What somebody tries who calls the server directly, past the screens."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestForgery(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.signer, cls.auditor = cls.person("clerk"), cls.person("signer"), cls.person("auditor")
        cls.bookkeeper, cls.employee = cls.person("bookkeeper"), cls.person("employee")

    def asked(self, user, records):
        """The records as a new request of this user gets them: nothing read before, nothing of this test's context."""
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_env(self.env(user=user, context={"lang": "en_US"}))

    # --- a certificate out of nothing --------------------------------------------------------------------
    def test_nobody_chooses_by_what_name_the_platform_knows_a_certificate(self):
        issued = self.certify()
        place(issued, state="issued", environment="sandbox", revision=1)
        values = {"partner_id": issued.partner_id.id, "importing_party_id": issued.importing_party_id.id}
        mine = self.asked(self.clerk, self.env["rcep.certificate"])
        for reference in ("", "../../x", "x" * 300, issued.client_ref):
            for made in (mine.create({**values, "client_ref": reference}),
                         mine.with_context(default_client_ref=reference).create({**values})):  # fmt: skip
                self.assertRegex(made.client_ref, "^[0-9a-f-]{36}$")
                self.assertNotEqual(made.client_ref, issued.client_ref)

    def test_a_copy_of_an_issued_certificate_holds_nothing_of_it(self):
        issued = self.certify()
        place(issued, state="issued", environment="sandbox", revision=1, certificate_no="26C1/1", page_token="t" * 22)
        copied = self.asked(self.clerk, issued).copy()
        self.assertEqual(copied.state, "draft")
        self.assertNotEqual((copied.name, copied.client_ref), (issued.name, issued.client_ref))
        of_it = ("certificate_no", "page_token", "environment", "revision", "application", "invoice_ids", "line_ids")
        for name in of_it:
            self.assertFalse(copied.sudo()[name], name)

    # --- people without rights to certificates -----------------------------------------------------------
    def test_who_sees_no_certificates_can_reset_and_cancel_invoices(self):
        invoice = self.make_invoice()
        self.asked(self.bookkeeper, invoice).button_draft()
        self.asked(self.bookkeeper, invoice).button_cancel()
        self.assertEqual(invoice.state, "cancel")

    def test_who_sees_no_certificates_can_read_all_of_invoices_and_products(self):
        invoice = self.certify().invoice_ids
        self.lamp.action_rcep_determine()
        ours = {"rcep_certificate_ids", "rcep_certificate_state", "rcep_can_certify", "rcep_verdict", "rcep_origin_ids"}
        for records in (invoice, self.lamp, self.lamp.product_tmpl_id):
            with self.subTest(records._name):
                asked = self.asked(self.bookkeeper, records)
                names = [name for name in asked.fields_get() if name.startswith("rcep_")]
                self.assertFalse(ours & set(names))
                asked.read(["display_name", *names])

    def test_who_only_reads_does_not_check(self):
        certificate = self.certify()
        with self.assertRaises(AccessError):
            self.asked(self.auditor, certificate).action_check()
        self.assertEqual(certificate.line_ids.verdict, "originating")

    def test_who_sees_no_verdicts_has_none_made(self):
        for products in (self.lamp, self.lamp.product_tmpl_id):
            with self.subTest(products._name), self.assertRaises(AccessError):
                self.asked(self.employee, products).action_rcep_determine()

    def test_a_signer_needs_no_right_to_invoices(self):
        self.make_platform()
        certificate = self.certify()
        company = {"company_id": self.exporter.id, "company_ids": [Command.set(self.exporter.ids)]}
        signer = new_test_user(self.env, "only.signer", "base.group_user,rcep_eco.group_signer", **company)
        self.asked(signer, certificate).action_approve()
        self.asked(signer, certificate).action_submit()
        self.assertEqual(certificate.state, "submitted")

    # --- by way of the invoice ---------------------------------------------------------------------------
    def test_no_certificate_is_changed_from_the_side_of_the_invoice(self):
        certificate, other = self.certify(), self.make_invoice()
        place(certificate, state="issued")
        invoice = certificate.invoice_ids
        for records, command in ((other, Command.link(certificate.id)), (invoice, Command.unlink(certificate.id))):
            asked = self.asked(self.clerk, records)
            with self.subTest(command), self.assertRaisesRegex(UserError, "none is added or taken away afterwards"):
                asked.write({"rcep_certificate_ids": [command]})
        draft = {"move_type": "out_invoice", "partner_id": self.customer.id}
        moves = self.asked(self.clerk, self.env["account.move"])
        born = moves.with_context(default_rcep_certificate_ids=certificate.ids).create(draft)
        self.assertFalse(born.rcep_certificate_ids)
        self.assertEqual(certificate.invoice_ids, invoice)

    def test_what_a_certificate_tells_of_its_invoice_stays(self):
        certificate = self.certify()
        invoice, sold = certificate.invoice_ids, certificate.line_ids.invoice_line_id
        place(certificate, state="submitted")
        for records, values in (
            (invoice, {"state": "draft"}),
            (invoice, {"state": "cancel"}),
            (invoice, {"name": "INV/FORGED"}),
            (sold, {"quantity": 7}),
            (sold, {"price_unit": 7}),
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, f"is on certificate {certificate.name}"):
                self.asked(self.clerk, records).write(values)
        self.asked(self.clerk, invoice).write({"name": invoice.name})

    def test_the_issuing_bodys_document_cannot_be_exchanged(self):
        certificate = self.certify()
        place(certificate, state="issued", document="JVBERi0=")
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", "rcep.certificate"), ("res_id", "=", certificate.id), ("res_field", "=", "document")]
        )
        self.assertFalse(stored)
        self.assertEqual(certificate.document, b"JVBERi0=")

    # --- what the invoice says ---------------------------------------------------------------------------
    def test_a_good_keeps_its_invoice_and_its_company(self):
        certificate, other = self.certify(), self.make_invoice((self.lamp, 100, 60.0))
        values = {"invoice_id": other.id, "company_id": self.env.ref("base.main_company").id}
        for field, value in values.items():
            with self.subTest(field), self.assertRaisesRegex(UserError, f"{field} of a good comes from"):
                self.asked(self.clerk, certificate.line_ids).write({field: value})

    def test_defaults_of_a_request_say_nothing_of_a_good(self):
        certificate = self.certify()
        sold = certificate.line_ids.invoice_line_id
        good = {"description": "LED lamp", "product_id": self.lamp.id, "quantity": 100, "invoice_line_id": sold.id}
        certificate.line_ids.unlink()
        lines = self.asked(self.clerk, self.env["rcep.certificate.line"])
        forged = {"default_fob_value": 1e6, "default_verdict": "originating", "default_hs6": "010121"}
        line = lines.with_context(**forged).create({**good, "certificate_id": certificate.id})
        self.assertEqual((line.fob_value, line.verdict, line.hs6), (5000.0, False, False))

    def test_price_term_and_currency_are_the_invoices(self):
        certificate = self.certify()
        for values in ({"incoterm": "EXW"}, {"currency_id": self.usd.id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "in company, currency or price term"):
                self.asked(self.clerk, certificate).write(values)

    def test_another_companys_invoice_makes_no_certificate_of_ours(self):
        other = self.make_company("宁波另家有限公司", "91330200MA00000012")
        theirs = self.make_invoice(post=False)
        both = self.person("clerk", company=other)
        both.company_ids |= self.exporter
        values = {
            "company_id": other.id,
            "invoice_ids": [Command.set(theirs.ids)],
            "partner_id": self.customer.id,
            "importing_party_id": self.env.ref("rcep_eco.party_vn").id,
            "currency_id": self.cny.id,
            "incoterm": "FOB",
        }
        everywhere = {"allowed_company_ids": both.company_ids.ids}
        certificates = self.env["rcep.certificate"].with_user(both).with_context(**everywhere)
        with self.assertRaisesRegex(UserError, "in company, currency or price term"):
            certificates.create(values)

    def test_an_invoice_changed_after_the_draft_is_reported(self):
        certificate = self.certify()
        invoice = certificate.invoice_ids
        invoice.button_draft()
        invoice.invoice_line_ids.quantity = 70
        invoice.action_post()
        self.assertIn("has 70 of it, so 100 cannot be certified", "\n".join(certificate._problems()))

    def test_a_discount_that_came_later_counts(self):
        certificate = self.certify()
        invoice = certificate.invoice_ids
        invoice.button_draft()
        rebate = {"product_id": self.freight.id, "quantity": 1, "price_unit": -1000.0, "tax_ids": [Command.clear()]}
        invoice.write({"invoice_line_ids": [Command.create(rebate)]})
        invoice.action_post()
        certificate.action_check()
        self.assertEqual(certificate.line_ids.fob_value, 4000.0)

    def test_the_importing_party_is_where_the_invoice_goes(self):
        certificate = self.certify()
        clerk = self.asked(self.clerk, certificate)
        clerk.write({"importing_party_id": self.env.ref("rcep_eco.party_jp").id})
        self.assertIn("goes to Vietnam, but the importing Party is Japan", "\n".join(clerk._problems()))

    def test_every_invoice_of_a_certificate_has_goods_on_it(self):
        invoices = self.make_invoice() | self.make_invoice()
        certificate = self.certificate_of(invoices)
        self.asked(self.clerk, certificate.line_ids[1]).unlink()
        self.assertIn(f"None of the goods are of {invoices[1].name}", "\n".join(certificate._problems()))

    def test_invoices_to_different_parties_or_at_different_terms_are_certified_one_by_one(self):
        thailand, cif = self.env.ref("base.th"), self.env.ref("account.incoterm_CIF")
        branch = self.env["res.partner"].create(
            {"parent_id": self.customer.id, "name": "Bangkok", "type": "delivery", "country_id": thailand.id}
        )
        home = {"partner_shipping_id": self.customer.id}
        first = self.make_invoice(**home)
        for values in ({"partner_shipping_id": branch.id}, {"invoice_incoterm_id": cif.id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "differ in destination or price term"):
                (first | self.make_invoice(**{**home, **values})).action_create_rcep_certificate()

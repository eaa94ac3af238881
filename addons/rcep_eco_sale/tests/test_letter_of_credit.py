"""What the bank wants to read is kept on the order, looked for on the form, and printed on the commercial invoice."""

import io

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, EcoCommon
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools.pdf import PdfFileReader

SELLER = "base.group_user,sales_team.group_sale_salesman_all_leads"


@tagged("post_install", "-at_install")
class TestLetterOfCredit(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer = cls.person("signer")
        cls.lamp.invoice_policy = "order"
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.exporter.id,
                "incoterm": cls.fob.id,
                "order_line": [
                    Command.create(
                        {"product_id": cls.lamp.id, "product_uom_qty": 100, "price_unit": 50.0, "tax_ids": False}
                    )
                ],
                "rcep_credit_number": "LC-7712",
                "rcep_credit_bank": "SAIGON BANK",
                "rcep_credit_wording": "TO ORDER OF SAIGON BANK\n\n LED lamp \n",
            }
        )
        cls.order.action_confirm()
        cls.invoice = cls.order._create_invoices()
        cls.invoice.invoice_incoterm_id = cls.fob
        cls.invoice.action_post()
        cls.certificate = cls.certificate_of(cls.invoice)

    def missing(self):
        return [each.found for each, _print in self.certificate._warnings() if each.check.code == "letter_of_credit"]

    def test_what_stands_in_no_box_is_a_warning_until_it_does(self):
        self.assertEqual(self.missing(), ["LC-7712", "TO ORDER OF SAIGON BANK"])
        with self.assertRaisesRegex(UserError, "TO ORDER OF SAIGON BANK"):
            self.certificate.with_user(self.signer).action_approve()
        self.certificate.remarks = "L/C NO. LC-7712, to order of Saigon Bank"
        self.assertEqual(self.missing(), [])
        self.certificate.with_user(self.signer).action_approve()

    def test_one_that_is_accepted_with_a_reason_keeps_nobody(self):
        warned = self.certificate._open_warnings()
        self.certificate._accept({fingerprint: "The bank takes it so" for _each, fingerprint in warned})
        self.certificate.with_user(self.signer).action_approve()

    def test_it_is_printed_as_it_was_approved(self):
        self.certificate.remarks = "LC-7712, TO ORDER OF SAIGON BANK"
        self.certificate.with_user(self.signer).action_approve()
        self.order.rcep_credit_wording = "SOMETHING ELSE"
        pages = PdfFileReader(io.BytesIO(self.certificate._paper_pdf("invoice")), strict=False).pages
        result = " ".join("\n".join(page.extract_text() for page in pages).split())
        for words in ("LC-7712", "SAIGON BANK", "TO ORDER OF SAIGON BANK"):
            self.assertIn(words, result)
        self.assertNotIn("SOMETHING ELSE", result)
        self.assertIn("TO ORDER OF SAIGON BANK", self.certificate.letters_of_credit)

    def test_the_order_leads_to_its_certificates_for_who_may_see_them(self):
        seller = new_test_user(self.env, "seller", f"{SELLER},rcep_eco.group_reader", company_id=self.exporter.id,
                               company_ids=[Command.set(self.exporter.ids)])  # fmt: skip
        order = self.order.with_user(seller)
        self.assertEqual(order.rcep_certificate_count, 1)
        self.assertEqual(order.action_open_rcep_certificates()["res_id"], self.certificate.id)
        plain = new_test_user(self.env, "plain.seller", SELLER, company_id=self.exporter.id,
                              company_ids=[Command.set(self.exporter.ids)])  # fmt: skip
        with self.assertRaises(AccessError):
            self.order.with_user(plain).action_open_rcep_certificates()
        stranger = self.person("signer", self.make_company("宁波另家有限公司", OTHER_USCC))
        with self.assertRaises(AccessError):
            self.order.with_user(stranger).action_open_rcep_certificates()

    def test_a_payment_in_advance_is_no_part_of_the_goods(self):
        line = self.invoice.invoice_line_ids
        self.assertEqual(line._rcep_paper_kind(), "rest")
        line.is_downpayment = True
        self.assertEqual(line._rcep_paper_kind(), "advance")

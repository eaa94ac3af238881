"""The papers beside a certificate say what the form and the invoice say, as it was when they were approved."""

import io
import re
from importlib import util

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.misc import file_path
from odoo.tools.pdf import PdfFileReader

from ...models.certificate import document_files
from ..common import OTHER_USCC, OutboxCommon, place

KINDS = ("invoice", "packing", "origin")


def words(pdf):
    pages = PdfFileReader(io.BytesIO(pdf), strict=False).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@tagged("post_install", "-at_install")
class TestPapers(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair = cls.make_good("Chair", "CHAIR", hs_code="94017900", weight=4.0, rcep_package_qty=2)
        cls.declare(cls.chair)
        cls.certificate.write({"vessel": "COSCO ROSE V.032S", "port_discharge": "HAI PHONG", "remarks": "L/C 7712"})

    def paper(self, kind, certificate=None):
        return words((certificate or self.certificate)._paper_pdf(kind))

    def issue(self, certificate=None, environment="production", **values):
        certificate = certificate or self.certificate
        certificate.with_user(self.signer).action_approve()
        place(certificate, state="issued", environment=environment, certificate_no="26C3/1",
              issued_at="2026-05-01 08:00:00", valid_until="2027-05-01", **values)  # fmt: skip

    # --- as the form says it -----------------------------------------------------------------------------
    def test_each_good_stands_on_each_paper_in_the_words_of_the_form(self):
        certificate = self.certify((self.lamp, 100, 50.0), (self.chair, 7, 31.25))
        boxes = certificate._boxes()
        self.assertEqual(len(boxes.goods), 2)
        for kind in KINDS:
            result = self.paper(kind, certificate)
            for good in boxes.goods:
                with self.subTest(f"{kind}, item {good.number}"):
                    self.assertIn(good.description, result)
                    self.assertIn(good.quantity[0], result)
                    if kind != "packing":
                        self.assertIn(good.hs6, result)
                        self.assertIn(good.criterion, result)
                        self.assertIn(good.origin, result)
            self.assertIn(boxes.consignee, result)
        self.assertIn("31.25", self.paper("invoice", certificate))
        self.assertIn("50.00", self.paper("invoice", certificate))

    def test_nothing_of_costs_and_nothing_of_regional_value_is_on_them(self):
        self.lamp.standard_price = 31.17
        self.certificate.line_ids._determine()
        result = " ".join(self.paper(kind) for kind in KINDS)
        self.assertNotIn("31.17", result)
        self.assertNotIn(self.supplier.name, result.replace(self.certificate._boxes().producer, ""))

    # --- as the invoice says it --------------------------------------------------------------------------
    def worth(self, certificate):
        """What each invoice's lines are worth on the papers, and what the application says."""
        sale, result = certificate._sale(), certificate._application()
        return [sale.total(bill.number) for bill in sale.bills], [invoice.amount for invoice in result.invoices]

    def test_the_lines_are_worth_what_the_invoice_says_whatever_goes_on_the_certificate(self):
        sold = (self.lamp, 100, 50.0, {"discount": 10}), (self.chair, 7, 31.25), (self.freight, 1, 80)
        invoice = self.make_invoice(*sold)
        certificate = self.certificate_of(invoice)
        for change in (
            lambda: None,
            lambda: certificate.line_ids[0].write({"quantity": 33}),
            certificate.line_ids[1].action_leave_off,
        ):
            change()
            lines, stated = self.worth(certificate)
            self.assertEqual(lines, stated)
        kinds = [other.kind for other in certificate._sale().others]
        self.assertEqual(kinds, ["rest", "left_off", "freight"])
        result = self.paper("invoice", certificate)
        self.assertIn("not on the certificate", result)
        self.assertIn("CNY 4,798.75", result)
        self.assertIn("-10 %", result)

    def test_free_goods_cost_the_customer_nothing_and_say_their_value_for_customs(self):
        certificate = self.certify((self.lamp, 100, 50.0), (self.chair, 2, 0.0))
        certificate.line_ids[1].customs_value = 60.0
        certificate._determine_lines()
        lines, stated = self.worth(certificate)
        self.assertEqual(lines, stated)
        self.assertIn("value for customs only: 60.00", self.paper("invoice", certificate))

    def test_packages_and_weights_of_the_packing_list_add_up(self):
        certificate = self.certify((self.lamp, 100, 50.0), (self.chair, 7, 31.25))
        certificate.line_ids[1].gross_weight = 28.25
        rows = next(certificate._packing_papers()).rows
        self.assertEqual(rows[-1].cells[3:], (("9 CARTONS",), ("",), ("78.00",), ("78.25",)))

    def test_a_weight_that_is_not_known_makes_no_sum(self):
        certificate = self.certify((self.lamp, 100, 50.0), (self.chair, 7, 31.25))
        certificate.line_ids[1].gross_weight = 0
        rows = next(certificate._packing_papers()).rows
        self.assertEqual(rows[-1].cells[-1], ("–",))
        self.assertEqual(rows[-1].cells[-2], ("78.00",))

    # --- frozen ------------------------------------------------------------------------------------------
    def test_nothing_that_is_renamed_after_approval_changes_a_paper(self):
        self.issue()
        before = {kind: self.paper(kind) for kind in KINDS}
        self.customer.write({"name": "Other Buyer", "street": "Elsewhere"})
        self.lamp.write({"name": "Other thing", "weight": 77.0, "hs_code": "94054200"})
        self.exporter.write({"rcep_name_en": "OTHER EXPORTER", "rcep_address_en": "Elsewhere"})
        self.certificate.invoice_ids.invoice_user_id = self.signer
        self.env.invalidate_all()
        self.assertEqual({kind: self.paper(kind) for kind in KINDS}, before)

    def test_nobody_writes_what_was_approved_and_back_in_draft_it_is_gone(self):
        self.certificate.with_user(self.signer).action_approve()
        self.assertTrue(self.certificate.sale)
        with self.assertRaisesRegex(UserError, "sale of .* is set by its own steps"):
            self.certificate.with_user(self.signer).sale = "{}"
        self.certificate.with_user(self.signer).action_draft()
        self.assertFalse(self.certificate.sale)

    def test_what_was_approved_before_there_were_papers_gets_its_prices_with_the_update(self):
        self.certificate.with_user(self.signer).action_approve()
        approved = self.certificate.sale
        draft = self.certify()
        place(self.certificate, sale=False)
        self.env.flush_all()
        script = util.spec_from_file_location("post_sale", file_path("rcep_eco/migrations/19.0.1.1.0/post-sale.py"))
        module = util.module_from_spec(script)
        script.loader.exec_module(module)
        for _time in range(2):
            module.migrate(self.env.cr, "19.0.0.1.0")
            self.env.invalidate_all()
            self.assertEqual(self.certificate.sale, approved)
            self.assertFalse(draft.sale)

    def test_a_credit_note_before_approval_stands_below_the_total_in_its_own_currency(self):
        invoice = self.make_invoice((self.lamp, 100, 50.0))
        self.make_invoice((self.lamp, 40, 50.0), move_type="out_refund", reversed_entry_id=invoice.id)
        certificate = self.certificate_of(invoice)
        self.assertEqual(certificate._goods().quantity, 60)
        lines, stated = self.worth(certificate)
        self.assertEqual(lines, stated)
        result = self.paper("invoice", certificate)
        self.assertIn("2,000.00 CNY", result)
        self.assertIn("40 PCS", result)

    # --- what they are not -------------------------------------------------------------------------------
    def test_a_paper_says_what_it_is_not(self):
        self.assertIn("DRAFT", self.paper("invoice"))
        self.assertIn("No certificate of origin has been issued", self.paper("invoice"))
        self.issue()
        self.assertNotIn("NOT VALID", self.paper("invoice"))
        for values, result in (
            ({"environment": "sandbox"}, "SPECIMEN — NOT VALID"),
            ({"environment": "production", "state": "replaced"}, "REPLACED — NOT VALID"),
            ({"state": "cancelled"}, "CANCELLED — NOT VALID"),
        ):
            place(self.certificate, **values)
            for kind in KINDS:
                with self.subTest(f"{kind} {values}"):
                    self.assertIn(result, self.paper(kind))

    def test_each_says_how_to_check_at_the_issuing_body(self):
        self.issue()
        for kind in KINDS:
            self.assertIn("The issuing body in China answers whether certificate 26C3/1 is valid", self.paper(kind))
        place(self.certificate, issuer_check_url="https://check.example/26C3/1")
        for kind in KINDS:
            self.assertIn("https://check.example/26C3/1", self.paper(kind))

    def test_they_are_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        result = re.sub(r"\s", "", self.paper("invoice"))
        self.assertIn("商业发票", result)
        self.assertIn(re.sub(r"\s", "", self.certificate._boxes().goods[0].description), result)

    def test_what_was_not_determined_has_no_papers(self):
        self.lamp.hs_code = False
        undecided = self.certify()
        with self.assertRaisesRegex(UserError, "cannot be printed yet"):
            undecided._paper_pdf("packing")

    def test_more_than_fit_into_one_zip_are_refused_in_words(self):
        self.patch(document_files, "MOST", 1)
        with self.assertRaisesRegex(UserError, "Choose 1 certificates or fewer: there are 2"):
            (self.certificate | self.certify()).action_papers()

    # --- who prints them ---------------------------------------------------------------------------------
    def test_they_are_reports_for_who_reads_certificates_of_the_company(self):
        reports = self.env["ir.actions.report"]
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        strangers = self.person("signer", other), self.person("employee")
        for kind in KINDS:
            report = f"rcep_eco.action_report_paper_{kind}"
            pdf, what = reports.with_user(self.signer)._render_qweb_pdf(report, self.certificate.ids)
            self.assertEqual((pdf[:4], what), (b"%PDF", "pdf"))
            for stranger in strangers:
                with self.assertRaises(AccessError):
                    reports.with_user(stranger)._render_qweb_pdf(report, self.certificate.ids)

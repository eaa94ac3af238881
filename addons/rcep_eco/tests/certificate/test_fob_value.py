"""From the prices of an invoice to the FOB value of each good: exactly, and never in the exporter's favour."""

import datetime
import json
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestFob(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls.make_good("Desk lamp", "DESK", hs_code="940521")
        cls.declare(cls.desk)

    def priced(self, line):
        """The FOB value of one unit, as the determination was told it."""
        return Decimal(json.loads(line.dossier)["evidence"]["good"]["fob"])

    # --- what counts -------------------------------------------------------------------------------------
    def test_freight_services_sections_and_notes_are_no_goods(self):
        text = {"product_id": False, "quantity": 0}
        certificate = self.certify(
            (self.lamp, 10, 50.0),
            (self.freight, 1, 300.0),
            (self.env["product.product"], 0, 0, {**text, "display_type": "line_section", "name": "Lamps"}),
            (self.env["product.product"], 0, 0, {**text, "display_type": "line_note", "name": "As ordered"}),
        )
        self.assertEqual(certificate.line_ids.product_id, self.lamp)
        self.assertEqual(certificate.line_ids.fob_value, 500.0)

    def test_a_discount_on_the_line_is_taken_off(self):
        line = self.certify((self.lamp, 10, 50.0, {"discount": 10})).line_ids
        self.assertEqual((line.invoice_value, line.fob_value), (450.0, 450.0))

    def test_a_discount_on_a_line_of_its_own_is_spread_by_value(self):
        rebate = self.env["product.product"].create({"name": "Rebate", "type": "service", "taxes_id": False})
        certificate = self.certify((self.lamp, 10, 30.0), (self.desk, 10, 70.0), (rebate, 1, -100.0))
        self.assertEqual(certificate.line_ids.mapped("fob_value"), [270.0, 630.0])
        self.assertEqual(certificate.line_ids.mapped("invoice_value"), [270.0, 630.0])

    def test_what_was_paid_before_is_no_discount_whoever_wrote_the_line(self):
        paid = self.env["product.product"].create(
            {"name": "Deposit", "type": "service", "taxes_id": False, "rcep_charge": "advance"}
        )
        for name, quantity, price in (("negative price", 1, -300.0), ("negative quantity", -1, 300.0)):
            with self.subTest(name):
                certificate = self.certify((self.lamp, 10, 30.0), (self.desk, 10, 70.0), (paid, quantity, price))
                self.assertEqual(certificate.line_ids.mapped("fob_value"), [300.0, 700.0])
                self.assertEqual(certificate.invoice_ids.amount_untaxed, 700.0)
                self.assertEqual(certificate.invoice_ids._rcep_amount(), 1000.0)

    def test_beside_what_was_paid_before_a_rebate_stays_one(self):
        paid, rebate = self.env["product.product"].create(
            [
                {"name": "Deposit", "type": "service", "taxes_id": False, "rcep_charge": "advance"},
                {"name": "Rebate", "type": "service", "taxes_id": False, "rcep_charge": "discount"},
            ]
        )
        certificate = self.certify((self.lamp, 10, 100.0), (paid, 1, -300.0), (rebate, 1, -100.0))
        self.assertEqual(certificate.line_ids.fob_value, 900.0)
        self.assertEqual(certificate.invoice_ids._rcep_amount(), 900.0)

    def test_freight_and_insurance_in_the_prices_are_taken_out(self):
        certificate = self.certify((self.lamp, 10, 30.0), (self.desk, 10, 70.0))
        certificate.write({"freight_amount": 80.0, "insurance_amount": 20.0})
        self.assertEqual(certificate.line_ids.mapped("fob_value"), [270.0, 630.0])
        self.assertEqual(certificate.line_ids.mapped("invoice_value"), [300.0, 700.0])

    def test_costs_up_to_loading_are_added_to_goods_sold_ex_works(self):
        certificate = self.certify((self.lamp, 10, 30.0), (self.desk, 10, 70.0))
        certificate.inland_amount = 10.0
        self.assertEqual(certificate.line_ids.mapped("fob_value"), [303.0, 707.0])

    def test_cents_that_do_not_divide_go_to_the_largest_and_nothing_is_lost(self):
        certificate = self.certify((self.lamp, 1, 33.33), (self.desk, 1, 33.33), (self.lamp, 1, 33.34))
        certificate.freight_amount = 10.0
        values = [Decimal(str(line.fob_value)) for line in certificate.line_ids]
        self.assertEqual(sum(values), Decimal("90.00"))
        self.assertEqual(values, [Decimal("30.00"), Decimal("30.00"), Decimal("30.00")])

    def test_more_freight_than_value_is_no_value(self):
        certificate = self.certify((self.lamp, 10, 30.0))
        certificate.freight_amount = 300.0
        certificate.action_check()
        self.assertIn("freight and insurance (300.0) are above the value of the goods", certificate.line_ids.problem)
        self.assertIn("correct them on the tab Shipment", certificate.line_ids.problem)

    # --- price terms -------------------------------------------------------------------------------------
    def sold_at(self, code, *lines):
        return self.certify(*lines, invoice_incoterm_id=self.env.ref(f"account.incoterm_{code}").id)

    def test_prices_with_freight_cannot_pass_as_fob(self):
        for code, fields in (
            ("CFR", ["Freight"]),
            ("CIF", ["Freight", "Insurance"]),
            ("DDP", ["Freight", "Duty and taxes"]),
        ):
            certificate = self.sold_at(code)
            with self.subTest(code):
                result = "\n".join(certificate._problems())
                self.assertIn(f"The price term is {code}, so the prices are above FOB", result)
                for field in fields:
                    self.assertIn(f"{field} in the prices", result)
                certificate.write({"freight_amount": 100.0, "insurance_amount": 10.0, "duty_amount": 5.0})
                self.assertNotIn("above FOB", "\n".join(certificate._problems()))

    def test_freight_on_a_line_of_its_own_is_not_in_the_prices(self):
        certificate = self.sold_at("CFR", (self.lamp, 10, 50.0), (self.freight, 1, 300.0))
        self.assertEqual(certificate._problems(), [])

    def test_what_a_line_of_its_own_is_must_be_stated_before_it_counts_as_freight(self):
        service = {"name": "Installation", "type": "service", "taxes_id": False}
        installation = self.env["product.product"].create(service)
        certificate = self.sold_at("CIF", (self.lamp, 10, 50.0), (installation, 1, 10.0))
        result = "\n".join(certificate._problems())
        self.assertIn("Installation is on a line of its own: say on the product whether that is freight", result)
        self.assertIn("enter “Freight in the prices, Insurance in the prices”", result)
        for charge, left in (("other", "Freight in the prices, Insurance"), ("freight", "“Insurance in the prices”")):
            with self.subTest(charge):
                installation.rcep_charge = charge
                self.assertIn(left, "\n".join(certificate._problems()))

    def test_a_discount_is_one_however_its_product_is_typed(self):
        for kind in ("service", "consu"):
            with self.subTest(kind):
                rebate = self.env["product.product"].create({"name": "Rebate", "type": kind, "taxes_id": False})
                certificate = self.certify((self.lamp, 10, 50.0), (rebate, 1, -100.0))
                self.assertEqual(certificate.line_ids.product_id, self.lamp)
                self.assertEqual(certificate.line_ids.fob_value, 400.0)

    def test_goods_taken_back_on_the_invoice_itself_are_not_certified(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.lamp, -4, 50.0))
        self.assertEqual(certificate.line_ids.quantity, 6)

    def test_nothing_is_added_to_prices_that_are_fob_already(self):
        for code, outcome in (("FOB", True), ("CIF", True), ("EXW", False), ("FCA", False)):
            certificate = self.sold_at(code)
            certificate.write({"inland_amount": 5000.0, "freight_amount": 1.0, "insurance_amount": 1.0})
            with self.subTest(code):
                result = "\n".join(certificate._problems())
                self.assertEqual("Costs up to loading are added only to prices that end before it" in result, outcome)

    def test_no_amount_is_below_zero(self):
        certificate = self.certify()
        for name in ("freight_amount", "insurance_amount", "inland_amount", "duty_amount"):
            refused = self.assertRaisesRegex(Exception, "violates check constraint")
            with self.subTest(name), refused, mute_logger("odoo.sql_db"), self.cr.savepoint():
                certificate.write({name: -100000.0})
                certificate.flush_recordset()

    # --- each line at its own price ----------------------------------------------------------------------
    def test_each_line_is_determined_at_its_own_price(self):
        dear, cheap = self.certify((self.lamp, 10, 50.0), (self.lamp, 10, 42.5)).line_ids
        self.assertEqual((self.priced(dear), self.priced(cheap)), (Decimal("50"), Decimal("42.5")))
        self.assertNotEqual(dear.dossier_sha256, cheap.dossier_sha256)

    def test_a_new_freight_is_determined_anew(self):
        certificate = self.certify((self.lamp, 10, 50.0))
        certificate.freight_amount = 100.0
        certificate.action_check()
        self.assertEqual(self.priced(certificate.line_ids), Decimal("40"))

    def test_dozens_are_counted_in_the_products_own_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        certificate = self.certify((self.lamp, 2, 600.0, {"product_uom_id": dozen.id}))
        self.assertEqual(self.priced(certificate.line_ids), Decimal("50"))

    def test_a_unit_that_does_not_convert_is_reported(self):
        certificate = self.certify((self.lamp, 10, 50.0))
        hour = self.env.ref("uom.product_uom_hour")
        self.env.cr.execute(
            "UPDATE account_move_line SET product_uom_id = %s WHERE id = %s",
            (hour.id, certificate.line_ids.invoice_line_id.id),
        )
        self.env.invalidate_all()
        certificate.action_check()
        self.assertIn("LED lamp is invoiced in Hours, which does not convert", certificate.line_ids.problem)
        self.assertFalse(certificate.line_ids.verdict)

    # --- currencies --------------------------------------------------------------------------------------
    def test_dollars_become_yuan_at_the_rate_of_the_invoices_day(self):
        line = self.certify((self.lamp, 100, 8.0), currency_id=self.usd.id).line_ids
        self.assertEqual(self.priced(line), Decimal("50"))  # 8 / 0.16
        self.assertEqual((line.fob_value, line.currency_id), (800.0, self.usd))

    def test_a_price_that_does_not_divide_is_rounded_down(self):
        self.env["res.currency.rate"].create({**self.rate_values(self.usd, 0.3), "name": self.today})
        line = self.certify((self.lamp, 1, 10.0), currency_id=self.usd.id).line_ids
        self.assertEqual(self.priced(line), Decimal("33.333333"))

    def test_yen_have_no_cents(self):
        self.env["res.currency.rate"].create(self.rate_values(self.jpy, 20.0))
        certificate = self.certify((self.lamp, 1, 1000), (self.desk, 1, 1000), currency_id=self.jpy.id)
        certificate.freight_amount = 101
        self.assertEqual(certificate.line_ids.mapped("fob_value"), [950.0, 949.0])

    def test_a_later_rate_does_not_count_for_an_earlier_invoice(self):
        self.env["res.currency.rate"].create({**self.rate_values(self.jpy, 20.0), "name": self.today})
        before = self.today - datetime.timedelta(days=1)
        invoice = self.make_invoice((self.lamp, 1, 1000), currency_id=self.jpy.id, invoice_date=before)
        with self.assertRaisesRegex(UserError, f"JPY has no rate on {before} in 宁波明灯有限公司: enter the rate"):
            invoice.action_create_rcep_certificate()

    # --- several invoices --------------------------------------------------------------------------------
    def test_invoices_of_one_shipment_share_a_certificate(self):
        invoices = self.make_invoice((self.lamp, 10, 30.0)) | self.make_invoice((self.desk, 10, 70.0))
        certificate = self.certificate_of(invoices)
        self.assertEqual(certificate.line_ids.mapped("number"), [1, 2])
        certificate.freight_amount = 100.0
        self.assertEqual(certificate.line_ids.mapped("fob_value"), [270.0, 630.0])

    def test_a_discount_stays_with_its_own_invoice(self):
        rebate = self.env["product.product"].create({"name": "Rebate", "type": "service", "taxes_id": False})
        invoices = self.make_invoice((self.lamp, 10, 30.0), (rebate, 1, -30.0)) | self.make_invoice(
            (self.desk, 10, 70.0)
        )
        self.assertEqual(self.certificate_of(invoices).line_ids.mapped("fob_value"), [270.0, 700.0])

    def test_invoices_to_different_customers_are_certified_one_by_one(self):
        other = self.make_customer("Bangkok Lighting", "th")
        invoices = self.make_invoice() | self.make_invoice(partner_id=other.id)
        with self.assertRaisesRegex(UserError, "differ in customer, currency or company: certify them one by one"):
            invoices.action_create_rcep_certificate()
        self.assertFalse(invoices.rcep_certificate_ids)

    def test_packages_and_weight_come_from_the_product(self):
        line = self.certify((self.lamp, 101, 50.0)).line_ids
        self.assertEqual((line.packages_count, line.packages_kind, line.gross_weight), (6, "carton", 50.5))
        self.assertEqual(line.packages_text, "SIX (6) CARTONS OF LED LAMP ***")

    def test_the_units_of_a_dozen_are_packed_and_weighed_as_units(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self.certify((self.lamp, 10, 600.0, {"product_uom_id": dozen.id})).line_ids
        self.assertEqual((line.packages_count, line.gross_weight), (6, 60.0))

    def test_lines_can_only_be_of_an_invoice(self):
        certificate = self.certify()
        self.assertEqual(certificate.line_ids.invoice_line_id.move_id, certificate.invoice_ids)
        certificate.write({"line_ids": [Command.update(certificate.line_ids.id, {"marks": "M/1"})]})
        self.assertEqual(certificate.line_ids.marks, "M/1")

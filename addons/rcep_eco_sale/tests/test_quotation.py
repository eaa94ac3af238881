"""Whoever quotes a price is told whether the good originates, and from which price on; never what it costs."""

import datetime
from decimal import Decimal

from odoo.addons.rcep_eco import origin
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import QuotationCommon


@tagged("post_install", "-at_install")
class TestQuotation(QuotationCommon):
    def test_a_price_above_the_floor_is_quoted_without_a_word(self):
        order = self.quote((self.motor, 10, 50.0))
        self.assertEqual(order.order_line.rcep_verdict, "originating")
        self.assertFalse(order.order_line.rcep_price_warning)
        self.assertFalse(order.rcep_price_warning)

    def test_a_price_below_the_floor_says_from_which_on_it_originates(self):
        order = self.quote((self.motor, 10, 48.0))
        self.assertEqual(
            order.rcep_price_warning,
            "[MOTOR] Curtain motor: at 48.00 CNY / Units it does not originate; 40 per cent is reached from "
            "50.00 CNY.",
        )

    def test_the_floor_is_in_the_currency_of_the_quotation_at_its_day(self):
        self.env["res.currency.rate"].create(
            {**self.rate_values(self.usd, 0.20), "name": self.today + datetime.timedelta(days=1)}
        )
        # 6.25 yuan a dollar today; tomorrow's 5 yuan do not count yet
        order = self.quote((self.motor, 10, 7.99), currency=self.usd)
        self.assertIn("at 7.99 USD / Units it does not originate", order.rcep_price_warning)
        self.assertIn("from 8.00 USD", order.rcep_price_warning)
        self.assertFalse(self.quote((self.motor, 10, 8.0), currency=self.usd).rcep_price_warning)

    def test_the_price_that_is_shown_suffices(self):
        self.forecast(self.motor, 60, origin.Material("Steel", hs="850300", value=Decimal("30.006"), origin="KR"))
        order = self.quote((self.motor, 10, 8.0), currency=self.usd)
        self.assertIn("from 8.01 USD", order.rcep_price_warning)
        order.order_line.price_unit = 8.01
        self.assertFalse(order.rcep_price_warning)

    def test_the_unit_of_the_line_counts(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.quote((self.motor, 2, 590.0, {"product_uom_id": dozen.id}))
        self.assertIn("at 590.00 CNY / Dozens it does not originate", order.rcep_price_warning)
        self.assertIn("from 600.00 CNY", order.rcep_price_warning)

    def test_a_discount_counts_on_its_line_and_on_a_line_of_its_own(self):
        self.assertTrue(self.quote((self.motor, 10, 52.0, {"discount": 10.0})).rcep_price_warning)
        rebate = self.env["product.product"].create({"name": "Rebate", "type": "service", "taxes_id": False})
        order = self.quote((self.motor, 10, 52.0), (rebate, 1, -30.0))
        self.assertIn("at 49.00 CNY", order.rcep_price_warning)
        self.assertFalse(order.order_line[1].rcep_verdict)

    def test_what_originates_in_other_parties_helps_as_far_as_it_can_before_a_price_is_too_low(self):
        # At 60 yuan it needs no cumulation and would reach 40 per cent from 50; with the Thai cord, from 40.
        cord = origin.Material("Cord", hs="854442", value=Decimal(6), origin="TH", originating=True)
        steel = origin.Material("Steel", hs="850300", value=Decimal(24), origin="KR")
        forecast = self.forecast(self.motor, 60, steel, cord)
        self.assertEqual((forecast.criterion, forecast.fob_floor, forecast.lowest_fob), ("RVC", "50", "40"))
        self.assertFalse(self.quote((self.motor, 10, 41.0)).rcep_price_warning)
        self.assertIn("from about 40.00 CNY it does", self.quote((self.motor, 10, 39.0)).rcep_price_warning)

    def test_a_good_whose_price_does_not_matter_may_be_given_at_any(self):
        self.forecast(self.motor, 60, origin.Material("Magnet", hs="722519", value=Decimal(30), origin="KR"))
        order = self.quote((self.motor, 10, 1.0))
        self.assertEqual(order.order_line.rcep_verdict, "originating")
        self.assertFalse(order.rcep_price_warning)

    def test_a_good_that_fails_at_list_price_may_originate_at_this_one(self):
        self.forecast(self.motor, 45)
        self.assertFalse(self.quote((self.motor, 10, 51.0)).rcep_price_warning)
        self.assertTrue(self.quote((self.motor, 10, 45.0)).rcep_price_warning)

    def test_sections_notes_services_and_down_payments_say_nothing(self):
        order = self.quote((self.freight, 1, 10.0))
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Motors"}),
            Command.create({"name": "Down payment", "is_downpayment": True, "price_unit": -5.0, "product_uom_qty": 0}),
        ]
        self.assertEqual(order.order_line.mapped("rcep_verdict"), [False] * 3)
        self.assertFalse(order.rcep_price_warning)

    def test_only_customers_in_another_party_are_concerned(self):
        for country in ("us", "cn", None):
            with self.subTest(country):
                order = self.quote((self.motor, 10, 1.0), partner_id=self.make_customer("Buyer", country).id)
                self.assertFalse(order.order_line.rcep_verdict)
                self.assertFalse(order.rcep_price_warning)

    def test_a_day_without_a_rate_is_reported_not_raised(self):
        thb = self.env.ref("base.THB")
        thb.active = True
        order = self.quote((self.motor, 10, 1.0), currency=thb)
        self.assertIn("THB has no rate on", order.rcep_price_warning)

    def test_a_unit_that_does_not_convert_is_reported_not_guessed(self):
        order = self.quote((self.motor, 10, 1.0, {"product_uom_id": self.env.ref("uom.product_uom_kgm").id}))
        self.assertIn("does not convert to its own unit", order.rcep_price_warning)

    def test_a_draft_invoice_warns_like_the_quotation(self):
        invoice = self.make_invoice((self.motor, 10, 48.0), (self.lamp, 5, 1.0), post=False)
        self.assertIn("at 48.00 CNY / Units it does not originate", invoice.rcep_price_warning)
        self.assertEqual(invoice.invoice_line_ids.mapped("rcep_verdict"), ["originating", "originating"])
        refund = self.make_invoice((self.motor, 10, 48.0), post=False, move_type="out_refund")
        self.assertFalse(refund.rcep_price_warning)

    def test_a_down_payment_is_no_discount_on_the_goods(self):
        taken_off = {"name": "Down payment", "quantity": -1, "price_unit": 200.0, "is_downpayment": True}
        certificate = self.certify(
            (self.lamp, 100, 50.0), invoice_line_ids=self._invoice_lines((self.lamp, 100, 50.0), taken_off)
        )
        self.assertEqual(certificate.line_ids.fob_value, 5000.0)

    def _invoice_lines(self, good, *others):
        product, quantity, price = good
        first = {"product_id": product.id, "quantity": quantity, "price_unit": price}
        return [Command.create({**values, "tax_ids": [Command.clear()]}) for values in (first, *others)]

    def test_who_may_not_see_verdicts_sees_nothing_of_this(self):
        order = self.quote((self.motor, 10, 48.0))
        seller = self.person("employee")
        seller.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        with self.assertRaises(AccessError):
            order.order_line.with_user(seller).read(["rcep_verdict"])
        form = self.env["sale.order"].with_user(seller).get_view(view_type="form")["arch"]
        self.assertNotIn("rcep_price_warning", form)
        seller.group_ids += self.env.ref("rcep_eco.group_reader")
        self.env.invalidate_all()
        self.assertIn("from 50.00 CNY", order.with_user(seller).rcep_price_warning)

    def test_a_long_quotation_asks_no_more_often_than_a_short_one(self):
        def queries(count):
            order = self.quote(*[(self.motor, 10, 7.0)] * count, currency=self.usd)
            order.flush_recordset()
            self.env.invalidate_all()
            order.order_line.mapped("price_subtotal")
            before = self.env.cr.sql_log_count
            self.assertTrue(order.rcep_price_warning)
            return self.env.cr.sql_log_count - before

        queries(2)  # fills what is cached across requests
        self.assertEqual(queries(3), queries(60))

"""A certificate of a made good is looked at again when a price, bill or part changes; what differs is named."""

import datetime

from odoo.addons.rcep_eco.tests.common import place
from odoo.fields import Command
from odoo.tests import tagged

from ..bills import bills
from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestDrift(MadeCommon):
    """The motor at 100 holds foreign iron of 40, in a frame that the firm makes: RVC of 50, its only rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iron = cls.make_material("Iron part", "850140", "us", 20.0)
        cls.frame = cls.make_good("Frame", "FRAME", hs_code="850131", list_price=0.0, sale_ok=False)
        cls.make_bom(cls.frame, (cls.iron, 2), work=None)
        cls.make_bom(cls.motor, (cls.frame, 1), (cls.magnet, 1))
        cls.motor.rcep_package_qty = 10
        cls.other = cls.make_good("Fan", "FAN", hs_code="841451", list_price=90.0, rcep_package_qty=1)
        cls.make_bom(cls.other, (cls.magnet, 1))
        cls.certificate = cls.certify((cls.motor, 10, 100.0))
        cls.of_other = cls.certify((cls.other, 10, 90.0))
        (cls.certificate | cls.of_other).action_check()
        until = cls.today + datetime.timedelta(days=300)
        place(cls.certificate | cls.of_other, state="issued", valid_until=until)
        cls.env.cr.precommit.run()
        cls.env["rcep.drift"].search([]).unlink()

    def drifts(self):
        self.env.cr.precommit.run()
        self.run_job("_cron_look_again", "rcep.drift")
        return self.env["rcep.drift"].search([("company_id", "=", self.exporter.id)])

    def price(self, product, price, **values):
        product.seller_ids.write({"price": price, **values})

    def test_a_price_that_breaks_the_rule_is_found_however_deep_and_named_by_its_way(self):
        self.price(self.iron, 31.0)
        drift = self.drifts()
        self.assertEqual(drift.certificate_id, self.certificate)
        self.assertEqual([code for code, _facts in drift.risks], ["verdict"])
        self.assertIn("Iron part: the value in one unit was 40.00 CNY and is now 62.00 CNY.", drift.difference)
        self.assertIn("Frame › ", drift.difference)
        self.assertEqual(self.certificate.line_ids.verdict, "originating")

    def test_a_price_that_leaves_the_verdict_but_little_of_the_margin_is_a_risk_too(self):
        self.assertEqual(self.certificate.line_ids.criterion, "RVC")
        self.price(self.iron, 24.0)
        drift = self.drifts()
        self.assertEqual([code for code, _facts in drift.risks], ["rvc_band"])
        self.assertTrue(drift.at_risk)
        self.assertIn("still holds", drift.proposal)

    def test_a_price_that_does_no_harm_is_looked_at_and_is_no_risk(self):
        self.price(self.iron, 19.0)
        drift = self.drifts()
        self.assertEqual((len(drift), drift.at_risk), (1, False))

    def test_a_price_that_begins_later_is_none_of_an_invoice_before_it(self):
        tomorrow = self.today + datetime.timedelta(days=1)
        self.env["product.supplierinfo"].create(
            {"partner_id": self.supplier.id, "product_tmpl_id": self.iron.product_tmpl_id.id, "price": 99.0,
             "currency_id": self.cny.id, "company_id": self.exporter.id, "date_start": tomorrow}
        )  # fmt: skip
        self.assertFalse(self.drifts())

    def test_a_price_of_what_both_hold_concerns_both(self):
        self.price(self.magnet, 11.0)
        self.assertEqual(self.drifts().certificate_id, self.certificate | self.of_other)

    def test_a_bill_with_another_material_is_told_by_that_material(self):
        self.motor.bom_ids.bom_line_ids = [Command.create({"product_id": self.steel.id, "product_qty": 1})]
        drift = self.drifts()
        self.assertTrue(drift.at_risk)
        self.assertIn("Steel sheet was not among the materials and now is, at 20.00 CNY.", drift.difference)

    def test_bills_are_read_once_for_all_certificates_and_what_was_paid_once_between_payments(self):
        days = [self.today - datetime.timedelta(days=days) for days in (0, 0, 0, 1, 1, 2, 2, 2)]
        many = self.env["rcep.certificate"]
        for day in days:
            many |= self.certify((self.motor, 10, 100.0), invoice_date=day)
        many.action_check()
        place(many, state="submitted")
        self.price(self.iron, 31.0)
        self.env.cr.precommit.run()
        read = {"bills": 0, "paid": 0}
        self.count(read, "bills", bills.Bills, "__init__")
        self.count(read, "paid", type(self.motor), "_rcep_prices_paid")
        self.env["rcep.drift"].search([("stale", "=", True)])._look_again()
        self.assertEqual(read, {"bills": 1, "paid": 1})
        self.assertEqual(len(self.env["rcep.drift"].search([("at_risk", "=", True)])), 9)

    def count(self, read, what, where, name):
        original = getattr(where, name)

        def counted(*told, **more):
            read[what] += 1
            return original(*told, **more)

        self.patch(where, name, counted)

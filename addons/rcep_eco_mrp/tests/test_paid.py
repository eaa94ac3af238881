"""What was paid for a material: the last bill that stands, at its own rate, without tax that is recovered."""

import datetime
import json
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestPaid(MadeCommon):
    """The motor is made of steel, whose supplier asks 20 yuan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_bom(cls.motor, (cls.steel, 1), (cls.magnet, 1))
        account = cls.env["account.account"].create(
            {"name": "Costs", "code": "6401", "account_type": "expense", "company_ids": [Command.set(cls.exporter.ids)]}
        )
        cls.tax_account = account.copy({"name": "VAT", "code": "2221", "account_type": "asset_current"})
        cls.env["account.journal"].create(
            {"name": "Bills", "code": "BILL", "type": "purchase", "company_id": cls.exporter.id,
             "default_account_id": account.id}
        )  # fmt: skip
        cls.group = cls.env["account.tax.group"].create({"name": "VAT", "company_id": cls.exporter.id})

    def bill(self, price, quantity=10, *, ago=5, post=True, product=None, line=None, **values):
        day = self.today - datetime.timedelta(days=ago)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "company_id": self.exporter.id,
                "partner_id": self.supplier.id,
                "currency_id": self.cny.id,
                "invoice_date": day,
                "date": day,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": (product or self.steel).id, "quantity": quantity, "price_unit": price,
                         "tax_ids": [Command.clear()], **(line or {})}
                    )
                ],
                **values,
            }
        )  # fmt: skip
        if post:
            bill.action_post()
        return bill

    def credit(self, bill, price, quantity, **values):
        return self.bill(price, quantity, move_type="in_refund", reversed_entry_id=bill.id, ago=1, **values)

    def tax(self, recoverable, amount=13.0, *, included=False, **values):
        """A tax on purchases; what is not recovered has no account of its own."""
        lines = [
            Command.create({"repartition_type": "base", "document_type": kind}) for kind in ("invoice", "refund")
        ] + [
            Command.create(
                {"repartition_type": "tax", "document_type": kind,
                 "account_id": self.tax_account.id if recoverable else False}
            )
            for kind in ("invoice", "refund")
        ]  # fmt: skip
        return self.env["account.tax"].create(
            {"name": f"{amount} {recoverable} {included}", "amount": amount, "type_tax_use": "purchase",
             "company_id": self.exporter.id, "tax_group_id": self.group.id, "country_id": self.env.ref("base.cn").id,
             "price_include_override": "tax_included" if included else "tax_excluded",
             "repartition_line_ids": lines, **values}
        )  # fmt: skip

    def paid(self):
        steel = self.material("Steel")
        return steel.value, steel.value_source

    def settle(self):
        self.env.cr.precommit.run()
        self.env["rcep.origin"]._determine_all(self.exporter, self.motor)

    def waits(self):
        """Whether the motor's verdict does, at the end of the transaction."""
        self.env.cr.precommit.run()
        own = [("product_id", "=", self.motor.id), ("company_id", "=", self.exporter.id)]
        return self.env["rcep.origin"].search(own).stale

    # --- what was paid: B4 -------------------------------------------------------------------------------
    def test_what_was_billed_last_is_the_value_before_any_price_that_was_asked(self):
        self.bill(70.0, ago=9)
        self.bill(80.0, ago=3)
        self.bill(95.0, ago=2, post=False)
        self.assertEqual(self.paid(), (80, "bill"))

    def test_a_bill_after_the_day_was_not_known_on_it(self):
        self.bill(80.0, ago=3)
        production = self.motor._rcep_production(self.exporter, self.today - datetime.timedelta(days=4))
        self.assertEqual((production.materials[0].value, production.materials[0].value_source), (20, "supplier_price"))

    def test_of_what_was_billed_credit_notes_are_taken_off(self):
        bill = self.bill(80.0, 10)
        self.credit(bill, 80.0, 4)  # four went back: the others cost what they cost
        self.assertEqual(self.paid(), (80, "bill"))
        self.credit(bill, 30.0, 6)  # an allowance on the rest
        self.assertEqual(self.paid()[0], Decimal(50))

    def test_a_bill_that_was_credited_in_full_counts_no_more(self):
        old = self.bill(70.0, ago=9)
        self.assertEqual(self.paid(), (70, "bill"))
        last = self.bill(80.0, 10, ago=3)
        self.credit(last, 80.0, 10)
        self.assertEqual(self.paid(), (70, "bill"))
        old.button_draft()
        self.assertEqual(self.paid(), (20, "supplier_price"))

    def test_what_was_billed_in_another_currency_counts_at_the_bills_own_rate(self):
        self.bill(10.0, currency_id=self.usd.id, invoice_currency_rate=0.125)  # 8 yuan a dollar; the table says 6.25
        self.assertEqual(self.paid(), (80, "bill"))

    def test_what_was_billed_by_the_dozen_is_shown_by_the_piece(self):
        self.bill(240.0, 2, line={"product_uom_id": self.env.ref("uom.product_uom_dozen").id})
        self.assertEqual(self.paid(), (20, "bill"))

    def test_another_companys_bills_are_its_own(self):
        other = self.make_company("另一家有限公司", "91310000MA1FL0000L")
        self.bill(80.0)
        self.assertFalse(self.steel._rcep_prices_paid(other, self.today, self.steel.ids))

    def test_a_bill_marks_what_stands_on_it(self):
        verdicts = self.env["rcep.origin"].sudo()
        draft = self.bill(80.0, post=False)
        for change in (draft.action_post, lambda: self.credit(draft, 80.0, 1), draft.button_draft):
            self.env.cr.precommit.run()
            verdicts._determine_all(self.exporter, self.motor)
            change()
            self.env.cr.precommit.run()
            self.assertTrue(self.motor.rcep_origin_id.stale)

    # --- tax: B5 -----------------------------------------------------------------------------------------
    def test_recoverable_tax_is_no_cost_and_other_tax_is_on_a_bill(self):
        cases = [
            (113.0, self.tax(True, included=True), 100), (100.0, self.tax(True), 100),
            (100.0, self.tax(False), 113), (113.0, self.tax(False, included=True), 113),
            (100.0, self.tax(False, 5.0, amount_type="fixed"), 105),
        ]  # fmt: skip
        for price, tax, value in cases:
            with self.subTest(tax.name):
                self.bill(price, ago=1, line={"tax_ids": [Command.set(tax.ids)]})
                self.assertAlmostEqual(float(self.paid()[0]), value, 4)

    def test_recoverable_tax_is_no_cost_and_other_tax_is_in_a_suppliers_price(self):
        cases = [
            (113.0, self.tax(True, included=True), 100), (100.0, self.tax(True), 100),
            (100.0, self.tax(False), 113), (113.0, self.tax(False, included=True), 113),
        ]  # fmt: skip
        for price, tax, value in cases:
            with self.subTest(tax.name):
                self.steel.seller_ids.price = price
                self.steel.supplier_taxes_id = tax
                self.assertAlmostEqual(float(self.paid()[0]), value, 4)

    # --- price terms: B7 ---------------------------------------------------------------------------------
    def test_freight_of_a_foreign_price_that_names_no_price_term_is_asked_for(self):
        self.supplier.country_id = self.env.ref("base.kr")
        self.steel.hs_code = "850110"
        for result in ({}, {"rcep_incoterm_id": self.fob.id}):
            self.steel.seller_ids.write({"rcep_incoterm_id": False, **result})
            with self.subTest(result):
                self.assertIsNone(self.material("Steel").value)
                self.assertIn("port of entry", self.material("Steel").notes[0])
                verdict = self.determine()
                self.assertEqual(verdict.verdict, "unresolved")
                self.assertIn("value", {need.fact for need in verdict.needed})

    def test_freight_is_asked_for_where_the_vendors_country_is_not_known(self):
        self.supplier.country_id = False
        self.assertIsNone(self.material("Steel").value)
        self.assertIn("The country of Yuyao Lamp Works", self.material("Steel").notes[0])

    def test_freight_that_is_stated_counts_and_freight_that_is_in_the_price_is_not_asked_for(self):
        self.supplier.country_id = self.env.ref("base.kr")
        cif = self.env.ref("account.incoterm_CIF").id
        for result, value in (({"rcep_freight_percent": 10.0}, 22), ({"rcep_incoterm_id": cif}, 20)):
            self.steel.seller_ids.write({"rcep_freight_percent": 0.0, "rcep_incoterm_id": False, **result})
            with self.subTest(result):
                self.assertEqual(self.material("Steel").value, value)

    def test_freight_of_a_foreign_bill_that_names_no_price_term_is_asked_for(self):
        self.supplier.country_id = self.env.ref("base.kr")
        self.bill(80.0)
        self.assertIsNone(self.material("Steel").value)
        self.steel.seller_ids.rcep_freight_percent = 5.0
        self.assertEqual(self.material("Steel").value, 84)

    # --- the document's rate: B6 -------------------------------------------------------------------------
    def test_an_invoices_own_rate_decides_the_fob_value(self):
        for rate, fob in ((0.125, 800), (0.16, 625), (0.2, 500)):
            with self.subTest(rate):
                values = {"currency_id": self.usd.id, "invoice_currency_rate": rate}
                line = self.certify((self.motor, 1, 100.0), **values).line_ids
                self.assertEqual(line._unit_fob(), fob)
                self.assertEqual(line.problem, False)

    def test_a_rate_that_was_entered_after_the_posting_counts_and_not_the_1_that_stands_there(self):
        """Odoo writes 1 where it knows no rate: a dollar's bill would cost a seventh, a yen's sale be worth twenty."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        self.bill(10.0, currency_id=euro.id)
        sold = self.make_invoice((self.motor, 1, 100.0), currency_id=euro.id)
        self.assertEqual(sold.invoice_currency_rate, 1)
        with self.assertRaises(UserError):
            sold._rcep_rate()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "company_id": self.exporter.id, "name": "2020-01-01", "rate": 0.125}
        )
        sold.invalidate_recordset()
        self.assertIn(self.steel, euro._rcep_products_priced(self.exporter))
        self.assertEqual(sold.invoice_currency_rate, 1)
        self.assertEqual(sold._rcep_rate(), 8)
        self.assertEqual(self.paid(), (80, "bill"))

    def test_an_invoices_own_rate_decides_the_warning_about_its_price(self):
        self.steel.hs_code = "850110"
        self.steel.seller_ids.price = 50.0
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.motor)
        for rate, warned in ((0.125, False), (0.2, True)):
            invoice = self.make_invoice((self.motor, 1, 14.0), currency_id=self.usd.id, invoice_currency_rate=rate)
            self.assertEqual(bool(invoice.rcep_price_warning), warned)

    # --- what may be left out: 3.5.5 ---------------------------------------------------------------------
    def leave_out(self, **values):
        self.steel.hs_code, self.steel.seller_ids.price = "850110", 70.0
        facts = {"seller_id": self.steel.seller_ids.id, "kind": "transport", "amount": 15.0, "evidence": "Waybill 7"}
        return self.env["rcep.price.deduction"].create(facts | values)

    def test_inland_freight_with_its_document_is_left_out_of_the_value(self):
        left_out = self.leave_out()
        self.assertEqual(self.determine().regional_value.vnm, 55 + 10)
        left_out.kind = "duties"
        self.assertEqual(self.determine().regional_value.vnm, 65)
        self.bill(75.0)
        self.assertEqual(self.determine().regional_value.vnm, 60 + 10)

    def test_without_a_document_nothing_is_left_out(self):
        left_out = self.leave_out(evidence=False)
        for evidence in (False, "", "  "):
            left_out.evidence = evidence
            with self.subTest(evidence):
                self.assertEqual(self.determine().regional_value.vnm, 80)

    def test_another_suppliers_costs_are_not_left_out(self):
        left_out = self.leave_out()
        other = self.make_customer("Cixi Steel", "cn")
        self.bill(70.0, partner_id=other.id)
        self.assertEqual(self.determine().regional_value.vnm, 80)
        left_out.seller_id.partner_id = other
        self.assertEqual(self.determine().regional_value.vnm, 65)

    def test_as_much_as_the_whole_value_is_not_left_out_and_is_reported(self):
        left_out = self.leave_out()
        for amount in (70.0, 90.0):
            left_out.amount = amount
            self.assertEqual(self.determine().regional_value.vnm, 80)
            self.assertIn("nothing is left out", " ".join(self.material("Steel").notes))

    def test_what_is_left_out_is_a_fact(self):
        left_out = self.leave_out()
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.motor)
        self.env.cr.precommit.run()
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.motor)
        self.assertFalse(self.motor.rcep_origin_id.stale)
        left_out.amount = 5.0
        self.env.cr.precommit.run()
        self.assertTrue(self.motor.rcep_origin_id.stale)

    def test_a_good_read_among_others_and_other_days_is_decided_as_by_itself(self):
        days = [self.today - datetime.timedelta(days=each) for each in (0, 1, 2, 3, 40)]
        self.iron = self.make_material("Iron part", "850140", "us", 20.0)
        other = self.make_good("Fan", "FAN", hs_code="841451", list_price=90.0)
        self.make_bom(other, (self.iron, 1), (self.magnet, 1))
        self.iron.seller_ids.date_start = days[1]
        self.iron.seller_ids.copy({"date_start": days[4], "date_end": days[2], "price": 34.0})
        self.credit(self.bill(21.0, ago=3, product=self.iron), 21.0, 10, product=self.iron)
        self.bill(9.0, ago=2, product=self.magnet)
        self.declare(self.magnet, party="jp", date_from=days[3], date_to=days[1])
        bad_bill = self.make_good("Rotor", "ROTOR", hs_code="850300", list_price=50.0)
        self.make_bom(bad_bill, (self.iron, 1), product_uom_id=self.env.ref("uom.product_uom_hour").id)
        circle = self.make_good("Coil", "COIL", hs_code="850300", list_price=50.0)
        core = self.make_good("Core", "CORE", hs_code="850300", list_price=50.0)
        self.make_bom(circle, (self.iron, 1), (core, 1))
        within = self.make_bom(core, (self.iron, 1)).bom_line_ids
        self.env.flush_all()
        self.env.cr.execute("UPDATE mrp_bom_line SET product_id = %s WHERE id = %s", (circle.id, within.id))
        self.env.invalidate_all()
        goods = self.motor | other | bad_bill | circle | self.iron
        reading = goods._rcep_reading(self.exporter, days[-1], days[0])
        verdicts = set()
        for day in days:
            for good in goods:
                alone, among = self.decided(good, day), self.decided(good.with_context(rcep_reading=reading), day)
                self.assertEqual(among, alone, f"{good.name} on {day}")
                verdicts.add((good.name, alone))
        self.assertGreater(len(verdicts), len(goods) + 2)  # days do differ

    def decided(self, good, day):
        try:
            _verdict, dossier = good._rcep_determine(self.exporter, Decimal(90), day)
        except UserError as error:
            return str(error)
        return json.dumps(dossier, sort_keys=True, default=str)

    # --- what a change concerns --------------------------------------------------------------------------
    def test_where_who_billed_a_material_is_concerns_what_is_made_of_it(self):
        """It is on no price list: from within the country its price needs no freight, from abroad it does."""
        peddler = self.make_customer("Peddler", "cn")
        self.bill(80.0, partner_id=peddler.id)
        self.settle()
        self.assertFalse(self.waits())
        peddler.country_id = self.env.ref("base.jp")
        self.assertTrue(self.waits())

    def test_what_of_a_tax_is_a_cost_concerns_what_is_bought_with_it(self):
        billed, asked = self.tax(False, 13.0), self.tax(False, 14.0)
        self.bill(80.0, line={"tax_ids": [Command.set(billed.ids)]})
        self.magnet.product_tmpl_id.supplier_taxes_id = asked
        for tax in (billed, asked):
            with self.subTest(tax.name):
                self.settle()
                self.assertFalse(self.waits())
                tax.amount = 60.0
                self.assertTrue(self.waits())

    def test_by_which_taxes_a_material_is_bought_concerns_what_is_made_of_it(self):
        self.settle()
        self.magnet.product_tmpl_id.supplier_taxes_id = self.tax(False, 14.0)
        self.assertTrue(self.waits())

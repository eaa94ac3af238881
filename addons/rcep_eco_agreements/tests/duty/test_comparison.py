"""What each way costs the importer, given rates and a verdict; what is unknown is no number."""

from decimal import Decimal

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.duty import compared
from ..rates.common import a_line, load


@tagged("post_install", "-at_install")
class TestComparison(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thai = cls.make_customer("Bangkok Light", "th")
        cls.thailand = cls.env.ref("rcep_eco.party_th")

    def rates(self, mfn=None, rcep=None, acfta=None, code="94054290"):
        """Rates of the lamp in Thailand, as far as they are given."""
        lines = [a_line(code, rate, **({"agreement": name, "origin": "CN"} if name else {}))
                 for name, rate in ((None, mfn), ("RCEP", rcep), ("ACFTA", acfta)) if rate is not None]  # fmt: skip
        return load(self.env, *lines) if lines else None

    def compare(self, *lines, **values):
        """The comparison of the first good of an invoice to Thailand."""
        self.env["rcep.national.code"].search([]).unlink()
        self.env["rcep.national.code"].create(
            {"product_tmpl_id": self.lamp.product_tmpl_id.id, "party_id": self.thailand.id, "code": "94054290"}
        )
        invoice = self.make_invoice(*lines, partner_id=self.thai.id, **values)
        return compared.compare(self.env, invoice._rcep_duty_goods())[0]

    def way(self, one, code):
        return next(way for way in one.ways if (way.agreement.code or "MFN") == code)

    # --- ways --------------------------------------------------------------------------------------------
    def test_the_cheapest_proven_way_is_named_with_what_it_saves(self):
        self.rates(mfn="10", rcep="2.5")
        one = self.compare()
        self.assertEqual(one.best.agreement.code, "RCEP")
        self.assertEqual((one.mfn.duty, one.best.duty, one.saving), (Decimal(500), Decimal(125), Decimal(375)))

    def test_where_mfn_is_zero_no_certificate_is_needed(self):
        self.rates(mfn="0", rcep="0")
        one = self.compare()
        self.assertTrue(one.needs_no_certificate)
        self.assertFalse(one.best.agreement)
        self.assertEqual(self.way(one, "RCEP").standing, compared.NO_GAIN)

    def test_a_rate_above_mfn_would_cost_money(self):
        self.rates(mfn="5", rcep="8")
        one = self.compare()
        self.assertEqual(self.way(one, "RCEP").standing, compared.COSTS_MORE)
        self.assertEqual(self.way(one, "RCEP").saving, Decimal(-150))
        self.assertFalse(one.best.agreement)

    def test_an_unknown_rate_is_no_number_anywhere(self):
        self.rates(mfn="10")
        one = self.compare()
        way = self.way(one, "RCEP")
        self.assertEqual((way.standing, way.duty, way.saving), (compared.NO_RATE, None, None))
        self.assertFalse(one.best.agreement)
        self.assertIsNone(one.next)

    def test_without_mfn_nothing_is_proven_or_saved(self):
        self.rates(rcep="0")
        one = self.compare()
        self.assertEqual((one.mfn.duty, one.best, one.saving), (None, None, None))
        self.assertEqual(self.way(one, "RCEP").standing, compared.TO_CHECK)

    def test_a_rate_with_a_doubt_is_shown_and_not_counted(self):
        self.rates(mfn="10", rcep="5")
        doubt = {"agreement": "ACFTA", "origin": "CN", "confidence": "exclusion_column_missing"}
        load(self.env, a_line("94054290", "0", **doubt))
        one = self.compare()
        self.assertEqual(one.best.agreement.code, "RCEP")
        self.assertNotEqual(self.way(one, "ACFTA").standing, compared.PROVEN)
        self.assertEqual(one.next.agreement.code, "ACFTA")

    def test_an_excluded_line_is_never_the_best(self):
        self.rates(mfn="10")
        load(self.env, a_line("94054290", "", agreement="RCEP", origin="CN", rate_type="excluded"))
        one = self.compare()
        self.assertEqual(self.way(one, "RCEP").duty, None)
        self.assertFalse(one.best.agreement)

    def test_a_good_that_does_not_originate_is_offered_no_agreement(self):
        self.rates(mfn="10", rcep="0")
        self.declaration.action_revoke()
        one = self.compare()
        self.assertNotEqual(self.way(one, "RCEP").verdict.verdict, "originating")
        self.assertFalse(one.best.agreement)
        self.assertEqual(one.next and one.next.agreement.code, "RCEP")
        self.assertTrue(one.next.verdict.missing)

    def test_form_e_is_open_while_its_product_list_is_not_loaded(self):
        self.rates(mfn="10", rcep="5", acfta="0")
        one = self.compare()
        self.assertEqual(one.best.agreement.code, "RCEP")
        self.assertEqual(self.way(one, "ACFTA").standing, compared.OPEN)
        self.assertTrue(one.next.verdict.missing)

    def test_an_agreement_that_the_importer_is_no_party_of_is_not_offered(self):
        self.rates(mfn="10")
        self.assertNotIn("CCFTA", [way.agreement.code for way in self.compare().ways])

    # --- value -------------------------------------------------------------------------------------------
    def test_freight_and_insurance_on_lines_of_their_own_make_the_cif_value(self):
        self.rates(mfn="10")
        freight = self.make_good("Freight", "FRT", type="service", rcep_charge="freight")
        insurance = self.make_good("Insurance", "INS", type="service", rcep_charge="insurance")
        one = self.compare((self.lamp, 100, 50.0), (freight, 1, 400.0), (insurance, 1, 100.0))
        self.assertEqual((one.good.value, one.mfn.duty), (Decimal(5500), Decimal(550)))
        self.assertIn("CIF value", one.good.basis)
        self.assertEqual(one.good.unit_fob, Decimal(50))

    def test_what_is_not_known_of_the_value_is_said(self):
        self.rates(mfn="10")
        one = self.compare()
        self.assertIn("Freight and insurance are not known", one.good.basis)
        self.assertIn("CNY", one.good.basis)

    def test_a_price_with_freight_inside_proves_no_origin(self):
        self.rates(mfn="10", rcep="0")
        one = self.compare(invoice_incoterm_id=self.env.ref("account.incoterm_CIF").id)
        self.assertIsNone(one.good.unit_fob)
        self.assertEqual(self.way(one, "RCEP").verdict.verdict, "unresolved")
        self.assertFalse(one.best.agreement)

    def test_a_price_with_the_duty_inside_has_no_customs_value(self):
        self.rates(mfn="10", rcep="0")
        one = self.compare(invoice_incoterm_id=self.env.ref("account.incoterm_DDP").id)
        self.assertEqual((one.good.value, one.mfn.duty, one.saving), (None, None, None))

    def test_an_invoice_in_dollars_is_counted_in_the_companys_currency(self):
        self.rates(mfn="10")
        self.assertEqual(self.compare(currency_id=self.usd.id).good.value, Decimal(31_250))

    # --- codes -------------------------------------------------------------------------------------------
    def test_without_a_national_code_lines_that_differ_give_no_number(self):
        load(self.env, a_line("94054210", "0"), a_line("94054290", "10"), is_complete=True)
        invoice = self.make_invoice(partner_id=self.thai.id)
        one = compared.compare(self.env, invoice._rcep_duty_goods())[0]
        self.assertEqual(len(one.code), 6)
        self.assertIsNone(one.mfn.duty)

    def test_a_national_code_of_another_subheading_than_box_9_is_said(self):
        self.rates(mfn="10")
        self.compare()
        self.lamp.hs_code = "85167990"
        invoice = self.make_invoice(partner_id=self.thai.id)
        one = compared.compare(self.env, invoice._rcep_duty_goods())[0]
        self.assertIn("box 9 would say 851679", one.warning)

    # --- screens -----------------------------------------------------------------------------------------
    def test_the_invoice_shows_it_in_words(self):
        self.rates(mfn="10", rcep="0")
        self.compare()
        invoice = self.make_invoice(partner_id=self.thai.id)
        biller = self.person("clerk")
        biller.group_ids += self.env.ref("account.group_account_invoice")
        action = invoice.with_user(biller).action_rcep_duty()  # who sells reads no costs, and has the comparison
        comparison = self.env["rcep.duty.comparison"].browse(action["res_id"])
        self.assertEqual(comparison.total, "500.00 CNY")
        self.assertEqual(comparison.good_ids.best, "Form RCEP: 0 %")
        self.assertEqual(
            dict(zip(comparison.way_ids.mapped("name"), comparison.way_ids.mapped("duty"), strict=True)),
            {"No certificate (MFN)": "500.00 CNY", "Form RCEP": "0.00 CNY", "Form E": "not known"},
        )

    def test_a_product_is_compared_in_the_market_that_is_chosen(self):
        self.rates(mfn="10", rcep="0")
        self.compare()
        comparison = self.env["rcep.duty.comparison"].browse(self.lamp.product_tmpl_id.action_rcep_duty()["res_id"])
        with self.assertRaisesRegex(UserError, "Choose the importing Party"):
            comparison.action_compare()
        comparison.party_id = self.thailand
        comparison.action_compare()
        self.assertEqual(comparison.good_ids.value, "50.00 CNY")

    def test_a_comparison_is_its_own_users(self):
        self.rates(mfn="10")
        self.compare()
        invoice = self.make_invoice(partner_id=self.thai.id)
        comparison = self.env["rcep.duty.comparison"].browse(invoice.action_rcep_duty()["res_id"])
        for records in (comparison, comparison.good_ids, comparison.way_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.person("clerk", login="other.clerk")).read(["display_name"])

    def test_ten_goods_need_one_look_at_the_rates(self):
        self.rates(mfn="10")
        goods = [self.make_good(f"Lamp {number}", f"L{number}", hs_code="94054290") for number in range(10)]
        invoice = self.make_invoice(*((good, 1, 50.0) for good in goods), partner_id=self.thai.id)
        asked = []
        original = type(self.env["rcep.rate"])._candidates
        self.patch(type(self.env["rcep.rate"]), "_candidates",
                   lambda rates, keys, date: asked.append(keys) or original(rates, keys, date))  # fmt: skip
        self.assertEqual(len(compared.compare(self.env, invoice._rcep_duty_goods())), 10)
        self.assertEqual(len(asked), 1)

"""Whether an importing Party's Appendix names a good: asked for, remembered, and decided by the producer's value."""

from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestAppendix(EcoCommon):
    """Lamps of others, bought in with a declaration, go to Viet Nam, whose list is not loaded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vietnam = cls.env.ref("rcep_eco.party_vn")

    def list_lines(self, *codes, complete=False):
        self.env["rcep.tariff.differential"].create([{"party_id": self.vietnam.id, "code": code} for code in codes])
        self.vietnam.appendix_complete = complete

    def line(self, **values):
        return self.certify(**values).line_ids

    def test_outside_the_codes_for_which_a_list_is_complete_nobody_says_that_a_good_is_not_in_it(self):
        self.list_lines("02011000")
        for complete, answer in (
            (False, "unchecked"),
            ("02,8501", "unchecked"),
            ("9405", "no"),
            ("94, 02", "no"),
            ("*", "no"),
        ):
            with self.subTest(complete):
                self.vietnam.appendix_complete = complete
                self.assertEqual(self.line().appendix, answer)

    def test_what_somebody_answered_is_remembered_by_product_and_importer(self):
        first = self.line()
        self.assertFalse(first.in_appendix)
        first.in_appendix = "no"
        self.assertEqual(self.line().in_appendix, "no")
        other = self.make_good("Desk lamp", "DESK", hs_code="940521")
        self.declare(other)
        self.assertFalse(self.certify((other, 1, 50.0)).line_ids.in_appendix)
        thai = self.make_customer("Bangkok Light Ltd.", "th")
        self.assertFalse(self.line(partner_id=thai.id).in_appendix)

    def test_an_answer_that_decides_box_11_is_asked_for_before_anybody_approves(self):
        self.declaration.action_revoke()
        self.declare(self.lamp, added_value=15.0, name="D-15")
        line = self.line()
        self.assertEqual((line.verdict, line.origin_country_code), ("originating", False))
        self.assertIn("State on the item", line._verdict_problem())
        line.in_appendix = "no"
        line._determine()
        self.assertEqual((line.origin_country_code, line._verdict_problem()), ("CN", None))

    def test_where_both_answers_give_the_same_party_nothing_is_asked(self):
        self.declaration.action_revoke()
        self.declare(self.lamp, added_value=60.0, name="D-60")
        line = self.line()
        self.assertEqual((line.origin_country_code, line._verdict_problem()), ("CN", None))

    def test_modifiers_of_a_bought_in_good_are_kept(self):
        acu, dmi = {"uses_acu": True}, {"uses_dmi": True}
        for values, result in (({}, ""), (acu, "ACU"), (dmi, "DMI"), (acu | dmi, "ACU DMI")):
            with self.subTest(result):
                lamp = self.make_good("Lamp", f"LAMP {result}", hs_code="940511")
                self.declare(lamp, **values)
                verdict = lamp._rcep_determine(self.exporter, 50, self.today)[0]
                self.assertEqual((verdict.criterion, " ".join(verdict.modifiers)), ("CTC", result))


@tagged("post_install", "-at_install")
class TestObtained(EcoCommon):
    """Whether a product is wholly obtained: yes, no, or nobody has said (Art. 3.3)."""

    def test_the_answer_has_three_values_and_a_tick_of_old_is_a_yes(self):
        trout = self.make_good("Live trout", "TROUT", hs_code="030191")
        self.assertEqual((trout.rcep_obtained, trout.rcep_wholly_obtained), (False, False))
        trout.rcep_obtained = "no"
        self.assertFalse(trout.rcep_wholly_obtained)
        trout.rcep_wholly_obtained = True
        self.assertEqual(trout.rcep_obtained, "yes")
        trout.rcep_wholly_obtained = False
        self.assertFalse(trout.rcep_obtained)

    def test_a_yes_makes_it_wholly_obtained_and_a_no_is_no_evidence(self):
        trout = self.make_good("Live trout", "TROUT", hs_code="030191", rcep_obtained="yes", rcep_obtained_case="d")
        self.assertEqual(trout._rcep_determine(self.exporter, 5, self.today)[0].criterion, "WO")
        trout.rcep_obtained = "no"
        self.assertIn("neither a bill", self.forecast(trout).problem)

    def forecast(self, good):
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, good)
        return good.rcep_origin_id

    def test_an_answer_is_a_fact(self):
        trout = self.make_good("Live trout", "TROUT", hs_code="030191", rcep_obtained="yes")
        self.env.cr.precommit.run()
        self.forecast(trout)
        trout.rcep_obtained = "no"
        self.env.cr.precommit.run()
        self.assertTrue(trout.rcep_origin_id.stale)


@tagged("post_install", "-at_install")
class TestLostZero(EcoCommon):
    """A code of 7 or 9 digits has lost one, most often a leading zero."""

    def test_a_code_that_lost_its_leading_zero_is_refused_and_the_whole_one_offered(self):
        for typed, meant in (("9011100", "09011100"), ("901110000", "0901110000"), ("2.011000", "02011000")):
            with self.subTest(typed):
                self.lamp.hs_code = typed
                self.assertIn(meant, self.lamp.product_tmpl_id.rcep_hs_problem)
                self.assertIsNone(self.lamp.product_tmpl_id._rcep_hs6())

    def test_a_code_of_an_odd_number_of_digits_is_refused(self):
        for typed in ("0901110", "940511001", "9405110"):
            with self.subTest(typed):
                self.lamp.hs_code = typed
                self.assertIn("6, 8 or 10", self.lamp.product_tmpl_id.rcep_hs_problem)

    def test_a_code_of_6_8_or_10_digits_is_taken(self):
        for typed in ("940511", "94051100", "9405.11.00.90"):
            with self.subTest(typed):
                self.lamp.hs_code = typed
                self.assertEqual(self.lamp.product_tmpl_id._rcep_hs6(), "940511")
                self.assertFalse(self.lamp.product_tmpl_id.rcep_hs_problem)


@tagged("post_install", "-at_install")
class TestVariantsCode(EcoCommon):
    """A variant may have an HS code of its own."""

    def test_a_variants_own_code_counts_for_verdict_rule_and_certificate(self):
        self.lamp.rcep_variant_hs = "94052100"
        self.assertEqual(self.lamp._rcep_hs6(), "940521")
        self.assertEqual(self.lamp.product_tmpl_id._rcep_hs6(), "940511")
        self.assertEqual(self.lamp._rcep_determine(self.exporter, 50, self.today)[0].hs, "940521")
        self.assertEqual(self.certify().line_ids.hs6, "940521")

    def test_what_is_wrong_with_a_variants_own_code_is_reported(self):
        for typed, result in (("9405", "6 to 10 digits"), ("9405210", "6, 8 or 10"), ("94054000", "HS 2022")):
            with self.subTest(typed):
                self.lamp.rcep_variant_hs = typed
                self.assertIn(result, self.lamp._rcep_hs_problem())

    def test_a_variants_own_code_is_a_fact(self):
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.lamp)
        self.lamp.rcep_variant_hs = "940521"
        self.env.cr.precommit.run()
        self.assertTrue(self.lamp.rcep_origin_id.stale)


@tagged("post_install", "-at_install")
class TestKilograms(EcoCommon):
    """Weights on the form are kilograms, whatever unit the database keeps them in."""

    def test_gross_weight_on_a_certificate_is_in_kilograms(self):
        self.assertEqual(self.certify((self.lamp, 100, 50.0)).line_ids.gross_weight, 50.0)
        self.env["ir.config_parameter"].set_param("product.weight_in_lbs", "1")
        pounds = self.certify((self.lamp, 100, 50.0)).line_ids.gross_weight
        self.assertAlmostEqual(pounds, 22.68, 2)

"""Products as goods of the treaty: the code as it is typed, and what is said of a wrong one."""

from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestProduct(EcoCommon):
    def problem_of(self, code):
        self.lamp.hs_code = code
        return self.lamp.product_tmpl_id.rcep_hs_problem

    def test_a_code_is_kept_as_typed_and_read_by_its_first_six_digits(self):
        for typed in ("940511", "9405.11.00", "9405 11-00 90", "94051100"):
            with self.subTest(typed):
                self.assertFalse(self.problem_of(typed))
                self.assertEqual(self.lamp.hs_code, typed)
                self.assertEqual(self.lamp.product_tmpl_id._rcep_hs6(), "940511")

    def test_the_certificate_bears_six_digits(self):
        self.lamp.hs_code = "9405.11.00.90"
        self.assertEqual(self.certify().line_ids.hs6, "940511")

    def test_a_code_outside_hs_2022_is_reported_with_product_code_and_next_step(self):
        result = self.problem_of("94054000")  # of HS 2017
        for part in ("LED lamp", "94054000", "940540", "HS 2022", "correct it on the product"):
            self.assertIn(part, result)

    def test_what_is_no_code_is_reported(self):
        for typed in ("9405", "94051100901", "lamp 11", "９４０５１１"):
            with self.subTest(typed):
                self.assertIn("is not 6 to 10 digits: correct it on the product", self.problem_of(typed))
                self.assertIsNone(self.lamp.product_tmpl_id._rcep_hs6())

    def test_without_a_code_nothing_is_wrong_until_it_is_needed(self):
        self.assertFalse(self.problem_of(False))
        self.assertIn("has no HS code", self.lamp.product_tmpl_id._rcep_hs_problem())

    def test_the_rule_of_the_code_stands_on_the_product(self):
        self.assertEqual(self.lamp.product_tmpl_id.rcep_rule_text, "CTH OR RVC40")
        self.assertFalse(self.lamp.product_tmpl_id.rcep_question)

    def test_the_answer_to_a_rules_question_changes_the_rule(self):
        self.lamp.hs_code = "160290"
        product = self.lamp.product_tmpl_id
        self.assertIn("insects", product.rcep_question)
        self.assertEqual(product.rcep_rule_text, "CC")
        product.rcep_answer = "yes"
        product.invalidate_recordset(["rcep_rule_text"])
        self.assertEqual(product.rcep_rule_text, "CC OR RVC40")

    def test_a_good_without_a_code_of_its_own_is_filed_under_its_number(self):
        self.assertEqual(self.lamp._rcep_ref(), "LAMP")
        self.lamp.default_code = False
        self.assertEqual(self.lamp._rcep_ref(), f"product-{self.lamp.id}")

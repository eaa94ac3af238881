"""A beginner with a product of which nothing is known: the page asks, and decides nothing by itself."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import OTHER_USCC, EcoCommon


@tagged("post_install", "-at_install")
class TestOriginGuide(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.basket = cls.make_good("Bamboo basket", "BASKET", hs_code=False, list_price=0)
        cls.engineer = cls.person("engineer")
        manages_products = cls.env.ref("product.group_product_manager")
        cls.engineer.group_ids |= manages_products

    def page(self, product=None, user=None):
        return (product or self.basket).with_user(user or self.engineer).get_rcep_guide()

    def answer(self, code, value, user=None):
        return self.basket.with_user(user or self.engineer).answer_rcep_guide(code, value)

    @staticmethod
    def open_codes(page):
        return [each["code"] for each in page["questions"] if each["state"] == "open"]

    def test_a_product_with_nothing_is_asked_for_everything_and_not_decided(self):
        page = self.page()
        self.assertEqual(self.open_codes(page), ["hs_code", "obtained", "source", "price"])
        self.assertEqual(page["verdict"]["code"], "")
        self.assertTrue(all(each["title"] and each["why"] for each in page["questions"]))

    def test_from_nothing_to_the_verdict_that_everybody_gets(self):
        self.answer("hs_code", "4602.11")
        self.answer("obtained", "no")
        self.answer("price", "12.50")
        self.assertEqual((self.basket.hs_code, self.basket.lst_price), ("4602.11", 12.5))
        page = self.page()
        self.assertEqual(self.open_codes(page), ["source"])
        self.basket.seller_ids = [(0, 0, {"partner_id": self.supplier.id, "price": 8})]
        page = self.page()
        self.assertEqual(self.open_codes(page), ["declaration"])
        self.assertEqual(page["verdict"]["code"], "", "a supplier who declared nothing proves nothing")
        self.declare(self.basket)
        page = self.page()
        self.assertEqual((page["verdict"]["code"], self.open_codes(page)), ("originating", []))
        self.basket.action_rcep_determine()
        self.assertEqual(self.basket.rcep_origin_id.verdict, page["verdict"]["code"])

    def test_a_yes_to_wholly_obtained_names_its_case(self):
        self.answer("hs_code", "0709.99")
        self.answer("price", "3")
        with self.assertRaisesRegex(UserError, "the case of Art. 3.3"):
            self.answer("obtained", "yes")
        self.assertFalse(self.basket.rcep_obtained)
        page = self.answer("obtained", "a")
        self.assertEqual((self.basket.rcep_obtained, self.basket.rcep_obtained_case), ("yes", "a"))
        self.assertEqual(page["verdict"]["code"], "originating")
        page = self.answer("obtained", "no")
        self.assertEqual((page["verdict"]["code"], self.basket.rcep_obtained_case), ("", False))

    def test_nonsense_is_one_sentence_and_nothing_is_written(self):
        for code, value in (
            ("hs_code", "willow"), ("hs_code", ""), ("hs_code", "999999"), ("price", "12,50"), ("price", "-1"),
            ("price", "NaN"), ("price", "1e40"), ("price", None), ("obtained", "maybe"), ("condition", "yes"),
            ("weight:1", "2"), ("source", "x"), ("hs_code:1", "460211"), ("nothing", "x"),
        ):  # fmt: skip
            with self.subTest(code=code, value=value), self.assertRaises(UserError) as caught:
                self.answer(code, value)
            self.assertNotIn("\n", str(caught.exception))
        self.assertEqual((self.basket.hs_code, self.basket.lst_price, self.basket.rcep_obtained), (False, 0, False))

    def test_what_can_have_no_verdict_here_says_why(self):
        service = self.env["product.product"].create({"name": "Advice", "type": "service"})
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        theirs = self.make_good("Theirs", "THEIRS", company_id=other.id)
        for product, words in ((service, "only goods"), (theirs, "belongs to another company")):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.page(product)
        self.basket.active = False
        with self.assertRaisesRegex(UserError, "is archived"):
            self.page()
        self.basket.unlink()
        with self.assertRaisesRegex(UserError, "not here any more"):
            self.page()

    def test_who_may_change_no_products_is_told_who_does(self):
        clerk = self.person("clerk")
        questions = {each["code"]: each for each in self.page(user=clerk)["questions"]}
        if not self.basket.with_user(clerk).has_access("write"):
            self.assertIn("may change products", questions["hs_code"]["who"])
            with self.assertRaises(UserError):
                self.answer("hs_code", "460211", clerk)
        with self.assertRaises(AccessError):
            self.page(user=new_test_user(self.env, "nobody.guide", "base.group_user"))
        self.assertFalse(self.basket.hs_code)

    def test_the_steps_with_costs_are_a_cost_engineers(self):
        self.basket.write({"hs_code": "460211", "list_price": 5})
        self.declare(self.basket)
        self.assertTrue(self.page()["verdict"]["steps"])
        self.assertFalse(self.page(user=self.person("clerk"))["verdict"]["steps"])

"""A quotation that was sent as originating is at risk once its good is not, at its price, any more."""

from odoo.tests import tagged

from .common import STEEL, QuotationCommon


@tagged("post_install", "-at_install")
class TestPromisedOrigin(QuotationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.quote((cls.motor, 10, 60.0), (cls.lamp, 5, 50.0))
        cls.dearer = (type(STEEL)(**{**vars(STEEL), "value": STEEL.value + 10}),)

    def task(self):
        kind = self.env.ref("rcep_eco_sale.activity_promise_at_risk")
        return self.order.activity_ids.filtered(lambda each: each.activity_type_id == kind)

    def test_what_is_only_a_draft_promises_nothing(self):
        self.forecast(self.motor, 60, *self.dearer)
        self.assertFalse(self.order.rcep_promise_at_risk)
        self.assertFalse(self.order.order_line[0].rcep_promised)

    def test_a_cost_that_breaks_the_rule_puts_what_was_sent_at_risk_and_its_seller_learns_of_it(self):
        self.order.action_quotation_sent()
        self.assertEqual(self.order.order_line.mapped("rcep_promised"), [True, True])
        self.forecast(self.motor, 60, *self.dearer)
        self.assertIn("Curtain motor", self.order.rcep_promise_at_risk)
        self.assertNotIn("LED lamp", self.order.rcep_promise_at_risk)
        self.assertTrue(self.task())
        self.assertIn(self.order, self.order.search([("rcep_promise_at_risk", "!=", False)]))

    def test_what_originates_again_is_at_risk_no_more(self):
        self.order.action_quotation_sent()
        self.forecast(self.motor, 60, *self.dearer)
        self.forecast(self.motor, 60)
        self.assertFalse(self.order.rcep_promise_at_risk)
        self.assertFalse(self.task())

    def test_what_did_not_originate_when_it_was_sent_was_not_promised(self):
        cheap = self.quote((self.motor, 10, 45.0))
        cheap.action_quotation_sent()
        self.assertFalse(cheap.order_line.rcep_promised)
        self.forecast(self.motor, 60, *self.dearer)
        self.assertFalse(cheap.rcep_promise_at_risk)

    def test_an_order_that_was_cancelled_is_not_looked_at(self):
        self.order.action_confirm()
        self.order._action_cancel()
        self.forecast(self.motor, 60, *self.dearer)
        self.assertFalse(self.order.rcep_promise_at_risk)

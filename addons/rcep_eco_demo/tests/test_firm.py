"""The demo firm shows what it is there to show: each good its own kind of verdict, each person their own rights."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DemoCommon

VERDICTS = {
    "YJ-H110": ("originating", "CTC"),
    "YJ-D45": ("originating", "RVC"),
    "YJ-CB7": ("originating", "CTC"),
    "YJ-M30": ("originating", "RVC"),
    "YJ-B18": ("originating", "CTC"),
    "YJ-C65": ("not_originating", False),
}


@tagged("post_install", "-at_install")
class TestFirm(DemoCommon):
    def test_each_good_has_its_verdict(self):
        goods = {code: self.product(code) for code in VERDICTS}
        for good in goods.values():
            good.with_user(self.engineer).action_rcep_determine()
        self.assertEqual(
            {code: (good.rcep_verdict, good.rcep_origin_id.criterion) for code, good in goods.items()}, VERDICTS
        )

    def test_the_good_that_fails_says_by_how_much(self):
        verdict = self.product("YJ-C65").rcep_origin_id
        self.assertRegex(
            verdict.summary, r"^Not originating: regional value \d+\.\d\d per cent, 40 required; 40 is reached"
        )
        self.assertLess(float(verdict.rvc), 40)
        self.assertGreater(float(verdict.fob_floor), self.product("YJ-C65").list_price)

    def test_the_good_that_fails_originates_at_its_floor(self):
        good = self.product("YJ-C65")
        good.list_price = float(good.rcep_origin_id.fob_floor)
        good.with_user(self.engineer).action_rcep_determine()
        self.assertEqual((good.rcep_verdict, good.rcep_origin_id.criterion), ("originating", "RVC"))

    def test_without_its_board_being_made_here_the_motor_fails(self):
        self.assertEqual(self.product("YJ-M30").rcep_verdict, "originating")
        self.of("bom_board").active = False
        self.product("YJ-M30").with_user(self.engineer).action_rcep_determine()
        self.assertNotEqual(self.product("YJ-M30").rcep_verdict, "originating")

    def test_bills_have_the_lines_and_work_of_real_ones(self):
        boms = self.env["mrp.bom"].search([("company_id", "=", self.company.id)])
        self.assertGreaterEqual(len(boms), 5)
        for bom in boms:
            with self.subTest(bom.product_tmpl_id.name):
                self.assertTrue(8 <= len(bom.bom_line_ids) <= 20)
                self.assertTrue(bom.operation_ids)
                self.assertFalse(
                    [line for line in bom.bom_line_ids if line.product_id.product_tmpl_id._rcep_hs_problem()]
                )

    def test_people_have_the_rights_of_their_work(self):
        certificates = self.env["rcep.certificate"]
        for user, prepares, signs in (
            (self.clerk, True, False),
            (self.signer, True, True),
            (self.engineer, False, False),
            (self.manager, False, False),
        ):
            with self.subTest(user.login):
                self.assertEqual(certificates.with_user(user).has_access("create"), prepares)
                self.assertEqual(user.has_group("rcep_eco.group_signer"), signs)

    def test_the_clerk_sees_why_but_not_what_it_costs(self):
        certificate = self.prepare()
        line = certificate.line_ids[0].with_user(self.clerk)
        self.assertEqual(line.summary, "Originating by CTC.")
        for field in ("dossier", "explanation"):
            with self.assertRaises(AccessError):
                line.read([field])
        self.assertIn("Stainless steel strip", certificate.line_ids[0].with_user(self.engineer).explanation)

    def test_an_invoice_to_each_customer_of_a_party_can_be_certified(self):
        for customer, country in (("vn", "VN"), ("th", "TH"), ("my", "MY")):
            with self.subTest(customer):
                invoice = self.sell(customer=customer)
                self.assertTrue(invoice.rcep_can_certify)
                self.assertEqual(invoice._rcep_party().code, country)
        self.assertFalse(self.sell(customer="us").rcep_can_certify)

    def test_a_certificate_of_four_goods_is_complete(self):
        certificate = self.prepare()
        self.assertEqual(certificate._problems(), [])
        self.assertEqual(certificate.line_ids.mapped("criterion"), ["CTC", "RVC", "RVC", "CTC"])
        self.assertEqual(certificate.producer_statement, "several")

    def test_a_quotation_warns_of_the_motor_that_is_sold_too_cheap(self):
        quotations = {name: self.of(f"quotation_{name}").with_user(self.clerk) for name in ("vn", "th")}
        self.assertRegex(
            quotations["vn"].rcep_price_warning,
            r"^\[YJ-M30\] .*: 14\.90 USD / Units may be too low .*; from about 1[5-8]\.\d\d USD it does\.",
        )
        self.assertFalse(quotations["th"].rcep_price_warning)
        self.assertEqual(quotations["vn"].order_line.mapped("rcep_verdict"), ["originating"] * 3)

    def test_an_order_that_took_boards_from_outside_does_not_originate_and_says_why(self):
        order = self.of("order_motor")
        verdict = order.rcep_origin_id
        self.assertEqual(order.state, "done")
        self.assertEqual((verdict.verdict, verdict.bom_verdict), ("not_originating", "originating"))
        self.assertTrue(verdict.turned)
        for words in (
            "contract-made is not in the bill of materials: 0.8 Units went into each",
            "Control board for curtain motor: less was consumed, 0.2 Units instead of 1",
            "Regional value: ",
        ):
            self.assertIn(words, verdict.difference)
        self.assertEqual(self.of("lot_motor").rcep_verdict, "not_originating")

    def test_the_range_is_worth_looking_at(self):
        goods = self.env["product.product"].search(
            [("company_id", "=", self.company.id), ("sale_ok", "=", True), ("type", "=", "consu")]
        )
        self.assertGreaterEqual(len(goods), 38)
        verdicts = self.env["rcep.origin"].search([("product_id", "in", goods.ids)])
        found = verdicts.grouped("verdict")
        close = verdicts.filtered(lambda each: each.verdict == "originating" and each.rvc and 0 <= each.margin < 3)
        self.assertGreaterEqual(len(found["originating"]), 25)
        self.assertGreaterEqual(len(found["not_originating"]), 5)
        self.assertGreaterEqual(len(close), 3)
        chinese = goods.with_context(lang="zh_CN")
        self.assertFalse([one.name for one, other in zip(goods, chinese, strict=True) if one.name == other.name])

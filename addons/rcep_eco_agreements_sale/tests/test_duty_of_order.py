"""A quotation beside the duties of its market: at its own prices, before anything is sold."""

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.addons.rcep_eco_agreements.tests.rates.common import a_line, load
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDutyOfOrder(EcoCommon):
    def setUp(self):
        super().setUp()
        load(self.env, a_line("9405", "10"), a_line("9405", "0", agreement="RCEP", origin="CN"))
        self.thai = self.make_customer("Bangkok Light", "th")

    def order(self, partner):
        line = Command.create({"product_id": self.lamp.id, "product_uom_qty": 100, "price_unit": 50.0})
        return self.env["sale.order"].create(
            {"partner_id": partner.id, "company_id": self.exporter.id, "currency_id": self.cny.id, "order_line": [line]}
        )

    def test_a_quotation_says_what_each_way_costs(self):
        comparison = self.env["rcep.duty.comparison"].browse(self.order(self.thai).action_rcep_duty()["res_id"])
        self.assertEqual(comparison.party_id.code, "TH")
        self.assertEqual(comparison.good_ids.value, "5,000.00 CNY")
        ways = {way.name: way.duty for way in comparison.way_ids}
        self.assertEqual(ways["No certificate (MFN)"], "500.00 CNY")
        self.assertEqual(ways["Form RCEP"], "0.00 CNY")
        self.assertEqual(ways["Form E"], "not known")

    def test_a_quotation_at_home_has_no_duty(self):
        with self.assertRaisesRegex(UserError, "sells nothing to another Party"):
            self.order(self.supplier).action_rcep_duty()

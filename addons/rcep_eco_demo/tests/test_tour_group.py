"""A group of two companies at the screen: one makes and signs, the other verifies, sells and certifies."""

import datetime

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.values import amounts
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import DemoCommon

GROUPS = {
    "clerk": "base.group_user,account.group_account_invoice,rcep_eco.group_user",
    "engineer": "base.group_user,rcep_eco.group_origin",
}


@tagged("post_install", "-at_install")
class TestTourGroup(DemoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.vat = cls.company.rcep_uscc
        cls.env["rcep.signing.key"].with_user(cls.manager).action_make_key()
        cls.seller = cls.env["res.company"].create(
            {"name": "甬江贸易有限公司", "country_id": cls.env.ref("base.cn").id, "rcep_uscc": OTHER_USCC,
             "currency_id": cls.env.ref("base.CNY").id, "rcep_name_en": "YONGJIANG TRADING CO., LTD.",
             "rcep_address_en": "NO. 2 PORT ROAD, NINGBO", "rcep_place": "NINGBO"}
        )  # fmt: skip
        cls.seller.partner_id.vat = OTHER_USCC
        cls.env["account.chart.template"].try_loading("cn", cls.seller)
        cls.sellers = {
            name: new_test_user(cls.env, f"trading.{name}", groups, company_id=cls.seller.id,
                                company_ids=[Command.set(cls.seller.ids)])
            for name, groups in GROUPS.items()
        }  # fmt: skip
        dollars = cls.env.ref("rcep_eco_demo.rate_usd")
        dollars.copy({"company_id": cls.seller.id})
        cls.hinge = cls.product("YJ-H110")
        cls.hinge.product_tmpl_id.company_id = False  # both companies sell it

    def test_one_signs_the_other_verifies_sells_and_certifies(self):
        statement = self.env["rcep.origin.statement"].with_user(self.clerk).create(
            {"partner_id": self.seller.partner_id.id, "product_id": self.hinge.id,
             "date_to": amounts.today() + datetime.timedelta(days=90)}
        )  # fmt: skip
        page = f"/odoo/action-rcep_eco_statement.action_origin_statement/{statement.id}"
        self.start_tour(page, "rcep_eco_group_signs", login=self.signer.login)
        self.assertEqual(statement.state, "in_force")
        declaration = self.env["rcep.supplier.declaration"].search([("company_id", "=", self.seller.id)])
        self.assertEqual((declaration.state, declaration.product_id), ("received", self.hinge))
        page = f"/odoo/action-rcep_eco.action_supplier_declaration/{declaration.id}"
        self.start_tour(page, "rcep_eco_group_verifies", login="trading.engineer")
        self.assertEqual(declaration.state, "verified")
        invoice = self.invoice()
        page = f"/odoo/action-account.action_move_out_invoice_type/{invoice.id}"
        self.start_tour(page, "rcep_eco_group_certifies", login="trading.clerk")
        line = invoice.sudo().rcep_certificate_ids.line_ids
        self.assertEqual((line.verdict, line.producer_id), ("originating", self.company.partner_id))

    def invoice(self):
        """The seller's own, posted."""
        there = self.env["account.move"].with_user(self.sellers["clerk"]).with_company(self.seller)
        line = {"product_id": self.hinge.id, "quantity": 800, "price_unit": 0.8, "tax_ids": [Command.clear()]}
        invoice = there.with_context(allowed_company_ids=self.seller.ids).create(
            {"move_type": "out_invoice", "partner_id": self.of("customer_vn").id, "invoice_date": amounts.today(),
             "currency_id": self.env.ref("base.USD").id, "invoice_line_ids": [Command.create(line)],
             "invoice_incoterm_id": self.env.ref("account.incoterm_FOB").id}
        )  # fmt: skip
        invoice.action_post()
        return invoice

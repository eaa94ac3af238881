"""From a good that fails to one that originates: its supplier is asked, answers on its page, and is believed."""

from odoo.tests import HttpCase, tagged

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourDeclaration(DemoCommon, HttpCase):
    def test_a_declaration_turns_the_charger(self):
        """One way through all of it: product, overview, request, the supplier's page, verification, verdict."""
        charger, module = self.product("YJ-C65"), self.product("M-4001")
        page, engineer = self.product_page(charger), self.engineer.login
        self.start_tour(page, "rcep_eco_declaration_turns", login=engineer, timeout=120)
        declaration = self.declaration_of(module)
        self.assertEqual((declaration.state, declaration.party_id.code, declaration.rvc), ("verified", "VN", 52.4))
        verdict = charger.rcep_origin_id
        self.assertEqual((verdict.verdict, verdict.verdict_before), ("originating", "not_originating"))
        self.assertEqual(verdict.modifiers, "ACU")

    def test_a_supplier_answers_with_a_phone_and_without_an_account(self):
        module = self.product("M-4001")
        module.with_user(self.engineer).action_rcep_ask_suppliers()
        declaration = self.declaration_of(module)
        self.assertEqual(declaration.state, "requested")
        self.browser_size, self.touch_enabled = "375x667", True
        self.start_tour(f"/rcep/declare/{declaration.request_id._token()}", "rcep_eco_declaration_answer")
        self.assertEqual((declaration.state, declaration.party_id.code, declaration.rvc), ("received", "VN", 52.4))
        self.assertEqual(declaration.activity_ids.user_id, self.engineer)

    def product_page(self, product):
        return f"/odoo/action-rcep_eco.action_product/{product.product_tmpl_id.id}"

    def declaration_of(self, product):
        return self.env["rcep.supplier.declaration"].search([("product_id", "=", product.id)])

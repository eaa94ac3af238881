"""From a good that fails to one that originates: its supplier is asked, answers on its page, and is believed."""

from odoo.tests import HttpCase, tagged

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourDeclaration(DemoCommon, HttpCase):
    def product_page(self, product):
        return f"/odoo/action-rcep_eco.action_product/{product.product_tmpl_id.id}"

    def test_a_declaration_turns_the_charger(self):
        charger, module = self.product("YJ-C65"), self.product("M-4001")
        engineer = self.engineer.login
        self.start_tour(self.product_page(charger), "rcep_eco_declaration_charger_fails", login=engineer)
        self.ask(module, engineer)
        declaration = self.env["rcep.supplier.declaration"].search([("product_id", "=", module.id)])
        self.assertEqual(declaration.state, "requested")
        self.answer(declaration.request_id)
        self.assertEqual((declaration.state, declaration.party_id.code, declaration.rvc), ("received", "VN", 52.4))
        self.assertEqual(declaration.activity_ids.user_id, self.engineer)
        path = f"/odoo/supplier-declarations/{declaration.id}"
        self.start_tour(path, "rcep_eco_declaration_verify", login=engineer)
        self.start_tour(self.product_page(charger), "rcep_eco_declaration_charger_originates", login=engineer)
        verdict = charger.rcep_origin_id
        self.assertEqual((verdict.verdict, verdict.verdict_before), ("originating", "not_originating"))
        self.assertEqual(verdict.modifiers, "ACU")

    def ask(self, product, login):
        """The way to the request; a screen that shows what would mend a good may take its place."""
        self.start_tour(self.product_page(product), "rcep_eco_declaration_ask", login=login)

    def answer(self, request):
        """The supplier, with a phone and without an account."""
        self.browser_size, self.touch_enabled = "375x667", True
        self.start_tour(f"/rcep/declare/{request._token()}", "rcep_eco_declaration_answer")
        self.browser_size, self.touch_enabled = "1366x768", False

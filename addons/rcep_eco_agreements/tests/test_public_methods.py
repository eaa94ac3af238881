"""Each public method of rates and duties checks by itself who may have it done: called as everybody."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, EcoCommon
from odoo.addons.rcep_eco.tests.test_public_methods import READERS, CallsEverything, public_methods
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .rates.common import a_line, load, wizard

OURS = "odoo.addons.rcep_eco_agreements."
OF_ALL = ("rcep.agreement", "rcep.rate.layer")  # law, and of no company


@tagged("post_install", "-at_install")
class TestPublicMethods(CallsEverything, EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {"employee": "base.group_user", "portal": "base.group_portal", "public": "base.group_public"}
        cls.nobodies = {name: new_test_user(cls.env, f"{name}.duty", group) for name, group in groups.items()}
        cls.other = cls.make_company("宁波另家有限公司", OTHER_USCC)
        cls.strangers = {name: cls.person(name, cls.other) for name in READERS}
        engineer = cls.person("engineer")
        comparison = cls.env["rcep.duty.comparison"].with_user(engineer)
        cls.records = {
            "account.move": cls.make_invoice(),
            "product.product": cls.lamp,
            "product.template": cls.lamp.product_tmpl_id,
            "rcep.agreement": cls.env.ref("rcep_eco_agreements.agreement_acfta"),
            "rcep.duty.comparison": comparison.create({"title": "Lamp", "company_id": cls.exporter.id}),
            "rcep.rate.import": wizard(cls.env(user=engineer), a_line()),
            "rcep.rate.layer": load(cls.env, a_line("9405")),
        }

    def known(self):
        return [(model, method) for model, method in public_methods(self.env)
                if model in self.records
                and any(cls.__module__.startswith(OURS) and method in vars(cls)
                        for cls in type(self.env[model]).mro())]  # fmt: skip

    def test_each_is_tried(self):
        self.assertEqual({model for model, _method in self.known()}, set(self.records))

    def test_who_is_nobody_here_gets_nothing_done(self):
        for model, method in self.known():
            for name, user in self.nobodies.items():
                with self.subTest(f"{name} calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(user, model, method, None), UserError)

    def test_nobody_gets_anything_done_with_records_of_another_company(self):
        for model, method in self.known():
            for name, user in self.strangers.items() if model not in OF_ALL else ():
                with self.subTest(f"{name} of the other company calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(user, model, method, self.other), UserError)

"""Each public method of this add-on checks by itself who may have it done: called as everybody."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_public_methods import READERS, CallsEverything, public_methods
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .consumed import ConsumedCommon

OURS = "odoo.addons.rcep_eco_mrp."


@tagged("post_install", "-at_install")
class TestPublicMethods(CallsEverything, ConsumedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {"employee": "base.group_user", "portal": "base.group_portal", "public": "base.group_public"}
        cls.nobodies = {name: new_test_user(cls.env, f"{name}.mrp", group) for name, group in groups.items()}
        cls.other = cls.make_company("宁波另家有限公司", OTHER_USCC)
        cls.strangers = {name: cls.person(name, cls.other) for name in READERS}
        order = cls.finish(cls.order())
        made = cls.verdict(order)
        cls.ARGUMENTS = {"get_data": (cls.motor.id, cls.exporter.id)}
        cls.records = {
            "mrp.bom": cls.motor.bom_ids[:1],
            "mrp.production": order,
            "product.product": cls.motor,
            "product.template": cls.motor.product_tmpl_id,
            "rcep.material.sheet": cls.env["rcep.material.sheet"].with_user(cls.person("engineer")).create({}),
            "rcep.origin": cls.env["rcep.origin"].search([("product_id", "=", cls.motor.id)], limit=1),
            "rcep.production.origin": made,
            "report.rcep_eco_mrp.report_origin_overview": cls.env["report.rcep_eco_mrp.report_origin_overview"],
        }

    def known(self):
        return [(model, method) for model, method in public_methods(self.env)
                if any(cls.__module__.startswith(OURS) and method in vars(cls)
                       for cls in type(self.env[model]).mro())]  # fmt: skip

    def test_each_is_tried(self):
        self.assertTrue(self.known())
        self.assertLessEqual({model for model, _method in self.known()}, set(self.records))

    def test_who_is_nobody_here_gets_nothing_done(self):
        for model, method in self.known():
            for name, user in self.nobodies.items():
                with self.subTest(f"{name} calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(user, model, method, None), UserError)

    def test_nobody_gets_anything_done_with_records_of_another_company(self):
        for model, method in self.known():
            for name, user in self.strangers.items():
                with self.subTest(f"{name} of the other company calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(user, model, method, self.other), UserError)

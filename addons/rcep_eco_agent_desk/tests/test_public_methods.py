"""Each public method of the desk checks by itself who may have it done: called as everybody."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_public_methods import READERS, CallsEverything, public_methods
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import DeskCommon, piece

OURS = "odoo.addons.rcep_eco_agent_desk."


@tagged("post_install", "-at_install")
class TestPublicMethods(CallsEverything, DeskCommon):
    def setUp(self):
        super().setUp()
        self.other = self.make_company("宁波另家有限公司", OTHER_USCC)
        groups = {"employee": "base.group_user", "portal": "base.group_portal", "public": "base.group_public"}
        self.nobodies = {name: new_test_user(self.env, f"{name}.desk", group) for name, group in groups.items()}
        self.strangers = {name: self.person(name, self.other) for name in READERS}
        self.has_work(piece())
        self.records = {"rcep.principal": self.principal, "rcep.principal.work": self.ask()}

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
            for name, user in self.strangers.items():
                with self.subTest(f"{name} of the other company calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(user, model, method, self.other), UserError)

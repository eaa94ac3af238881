"""Each public method of this add-on checks by itself who may have it done: called as everybody."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_public_methods import READERS, CallsEverything, public_methods
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .test_shares import ShareCommon

OURS = "odoo.addons.rcep_eco_ledger."


@tagged("post_install", "-at_install")
class TestPublicMethods(CallsEverything, ShareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {"employee": "base.group_user", "portal": "base.group_portal", "public": "base.group_public"}
        cls.nobodies = {name: new_test_user(cls.env, f"{name}.ledger", group) for name, group in groups.items()}
        cls.other = cls.make_company("宁波另家有限公司", OTHER_USCC)
        cls.strangers = {name: cls.person(name, cls.other) for name in READERS}
        cls.records = {
            "rcep.received.certificate": cls.received, "rcep.received.certificate.line": cls.received.line_ids,
            "rcep.certificate": cls.certificate, "rcep.share": cls.share(1),
            "rcep.received.read": cls.env["rcep.received.read"].create({"code": "https://lamps.example"}),
        }  # fmt: skip

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

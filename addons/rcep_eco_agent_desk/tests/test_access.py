"""Who may do what with principals and their work."""

from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, READERS
from odoo.tests import new_test_user, tagged

from .common import DeskCommon, piece

MANAGER = ("manager",)
RIGHTS = {
    "rcep.principal": (READERS, MANAGER, MANAGER, MANAGER),
    "rcep.principal.work": (READERS, (), (), ()),
}


@tagged("post_install", "-at_install")
class TestAccess(DeskCommon):
    def setUp(self):
        super().setUp()
        self.people = {name: self.person(name, login=f"{name}.rights") for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            self.people[login] = new_test_user(self.env, f"{login}.visitor", group)
        self.has_work(piece())
        self.records = {"rcep.principal": self.principal, "rcep.principal.work": self.ask()}

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco_agent_desk"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        ours = {each for each in models if self.env[each]._original_module == "rcep_eco_agent_desk"}
        self.assertEqual(ours, set(RIGHTS))

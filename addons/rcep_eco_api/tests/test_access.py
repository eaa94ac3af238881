"""Who may do what with keys and calls; nobody reads a hash."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import KeyCommon

KEEPERS = ("manager",)
RIGHTS = {
    "rcep.integration.key": (KEEPERS, KEEPERS, KEEPERS, KEEPERS),
    "rcep.integration.call": (KEEPERS, (), (), ()),
    "rcep.change": (KEEPERS, (), (), ()),
}


@tagged("post_install", "-at_install")
class TestAccess(KeyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name, login=f"{name}.rights") for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        call = cls.calls.create({"key_id": cls.key.id, "method": "GET", "path": "/eco"})
        noted = {"kind": "product", "subject": 1, "told_at": cls.key.create_date, "place": "", "committed_in": 1}
        change = cls.env["rcep.change"].create({"company_id": cls.exporter.id, **noted})
        cls.records = {"rcep.integration.key": cls.key, "rcep.integration.call": call, "rcep.change": change}

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco_api"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        defined = (self.env[model] for model in models if model.startswith("rcep."))
        ours = {
            each._name
            for each in defined
            if each._original_module == "rcep_eco_api" and not (each._abstract or each._transient)
        }
        self.assertEqual(ours, set(RIGHTS))

    def test_nobody_reads_a_hash(self):
        for name, user in self.people.items():
            with self.subTest(name), self.assertRaises(AccessError):
                self.key.with_user(user).read(["digest"])

    def test_another_company_s_manager_finds_neither(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        stranger = self.person("manager", other)
        for model in RIGHTS:
            self.assertFalse(self.at(other)[model].with_user(stranger).search([]))

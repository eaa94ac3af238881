"""Who may do what with statements and keys; no portal user and no stranger has a right to a record."""

from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, READERS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import StatementCommon

PREPARERS = ("clerk", "signer")
RIGHTS = {
    "rcep.origin.statement": (READERS, PREPARERS, PREPARERS, PREPARERS),
}


@tagged("post_install", "-at_install")
class TestAccess(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name, login=f"{name}.rights") for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        cls.records = {"rcep.origin.statement": cls.draft().sudo()}

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco_statement"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        defined = (self.env[model] for model in models if model.startswith("rcep."))
        ours = {
            each._name
            for each in defined
            if each._original_module == "rcep_eco_statement" and not (each._abstract or each._transient)
        }
        self.assertEqual(ours, set(RIGHTS))

    def test_nobody_reads_a_private_key_or_a_dossier_by_it(self):
        statement = self.signed()
        for name, user in self.people.items():
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    self.key.with_user(user).read(["private_key_id"])
                if name not in ("engineer", "portal", "public", "employee", "bookkeeper"):
                    with self.assertRaises(AccessError):
                        statement.with_user(user).read(["dossier"])

"""Who may do what with agreements: each group."""

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, READERS
from odoo.tests import new_test_user, tagged

# Per model of this add-on: who reads, writes, creates and deletes.
RIGHTS = {
    "rcep.agreement": (READERS, ("engineer",), ("engineer",), ()),
    "rcep.agreement.party": (READERS, ("engineer",), ("engineer",), ("engineer",)),
    "rcep.agreement.rule": (READERS, ("engineer",), ("engineer",), ("engineer",)),
}


@tagged("post_install", "-at_install")
class TestAccess(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        acfta = cls.env.ref("rcep_eco_agreements.agreement_acfta")
        cls.records = {
            "rcep.agreement": acfta,
            "rcep.agreement.party": acfta.party_ids[:1],
            "rcep.agreement.rule": acfta.rule_ids[:1],
        }

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco_agreements"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        defined = (self.env[model] for model in models if model.startswith("rcep."))
        ours = {
            each._name
            for each in defined
            if each._original_module == "rcep_eco_agreements" and not (each._abstract or each._transient)
        }
        self.assertEqual(ours, set(RIGHTS))

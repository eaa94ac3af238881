"""Who may do what with agreements and duty rates: each group; and an import is its own user's."""

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, READERS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .rates.common import a_line, load, wizard

# Per model of this add-on: who reads, writes, creates and deletes.
RIGHTS = {
    "rcep.agreement": (READERS, ("engineer",), ("engineer",), ()),
    "rcep.duty.ledger": (READERS, (), (), ()),
    "rcep.rate": (READERS, ("engineer",), ("engineer",), ()),
    "rcep.rate.layer": (READERS, ("engineer",), ("engineer",), ()),
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
        layer = load(cls.env, a_line())
        acfta = cls.env.ref("rcep_eco_agreements.agreement_acfta")
        cls.records = {
            "rcep.agreement": acfta,
            "rcep.agreement.party": acfta.party_ids[:1],
            "rcep.agreement.rule": acfta.rule_ids[:1],
            "rcep.duty.ledger": cls.env["rcep.duty.ledger"]._refresh(cls.make_invoice()),
            "rcep.rate": layer.rate_ids,
            "rcep.rate.layer": layer,
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

    def test_an_import_is_its_own_users(self):
        own = wizard(self.env(user=self.people["engineer"]), a_line())
        colleague = self.people["engineer"].copy({"login": "colleague.rates"})
        with self.assertRaises(AccessError):
            own.with_user(colleague).read(["file_name"])

    def test_who_is_no_cost_engineer_loads_and_withdraws_nothing(self):
        for name in ("employee", "auditor", "clerk", "signer", "manager", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.records["rcep.rate.layer"].with_user(self.people[name]).action_withdraw()
            with self.subTest(name), self.assertRaises(AccessError):
                wizard(self.env(user=self.people[name]), a_line("0102"))

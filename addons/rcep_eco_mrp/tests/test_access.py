"""Who may do what with the verdicts of production orders: each group, what only some read, and other companies."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, READERS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .consumed import ConsumedCommon

# Per model of this add-on: who reads, writes, creates and deletes.
RIGHTS = {
    "rcep.production.origin": (READERS, (), (), ()),
    "rcep.material.sheet": (("engineer",), ("engineer",), ("engineer",), ("engineer",)),
}
SECRETS = {
    ("rcep.production.origin", "dossier"): ("engineer",),
    ("rcep.production.origin", "explanation"): ("engineer",),
}


@tagged("post_install", "-at_install")
class TestAccess(ConsumedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in EVERYONE}
        cls.people["worker"] = new_test_user(
            cls.env,
            "worker",
            "base.group_user,mrp.group_mrp_user",
            company_id=cls.exporter.id,
            company_ids=cls.exporter.ids,
        )
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        cls.made = cls.verdict(cls.finish(cls.order()))
        sheet = cls.env["rcep.material.sheet"].with_user(cls.people["engineer"]).create({})
        cls.records = {"rcep.production.origin": cls.made, "rcep.material.sheet": sheet}

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco_mrp"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        defined = (self.env[model] for model in models if model.startswith("rcep."))
        ours = {each._name for each in defined if each._original_module == "rcep_eco_mrp" and not each._abstract}
        self.assertEqual(ours, set(RIGHTS))

    def test_secrets_are_read_only_by_who_must(self):
        for (model, field), allowed in SECRETS.items():
            for name, user in self.people.items():
                records = self.records[model].with_user(user)
                with self.subTest(f"{name} reads {model}.{field}"), mute_logger("odoo.addons.base.models.ir_rule"):
                    if name in allowed:
                        self.assertTrue(all(row[field] for row in records.read([field])))
                        continue
                    with self.assertRaises(AccessError):
                        records.read([field])

    def test_who_works_on_an_order_sees_it_without_its_verdict(self):
        order = self.made.production_id.with_user(self.people["worker"])
        self.assertEqual(order.read(["name"])[0]["name"], order.name)
        with self.assertRaises(AccessError):
            order.read(["rcep_verdict"])

    def test_a_cost_of_an_order_is_no_reader_s(self):
        """Whoever may see the verdict sees what differs in units, and no value."""
        order = self.made.production_id
        auditor = self.people["auditor"]
        with self.assertRaises(AccessError):
            self.made.with_user(auditor).read(["dossier"])
        self.assertNotIn("40.0", str(self.made.with_user(auditor).difference) + str(order.rcep_difference))

    def test_another_company_s_verdicts_are_its_own(self):
        other = self.make_company("宁波另一有限公司", OTHER_USCC)
        stranger = new_test_user(
            self.env, "stranger", "base.group_user,rcep_eco.group_origin", company_id=other.id, company_ids=other.ids
        )
        made = self.made.with_env(self.env(user=stranger, context={"lang": "en_US"}))
        self.assertFalse(made.search([]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            made.read(["verdict"])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            made.action_determine()

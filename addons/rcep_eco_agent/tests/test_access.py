"""Who may do what with agents' authorities: each group, and an agent itself has no right to any record."""

from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, READERS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import AgentCommon

PREPARERS = ("clerk", "signer")
# Per model of this add-on: who reads, writes, creates and deletes.
RIGHTS = {
    "rcep.authorisation": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.authorised.act": (READERS, (), (), ()),
}
OF_AGENTS = ("rcep.authorisation", "rcep.authorised.act", "rcep.certificate", "account.move", "rcep.platform")


@tagged("post_install", "-at_install")
class TestAccess(AgentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name, login=f"{name}.rights") for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        act = cls.env["rcep.authorised.act"]._note(cls.authority, cls.certificate, "made", cls.broker)
        cls.records = {"rcep.authorisation": cls.authority, "rcep.authorised.act": act}

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco_agent"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        defined = (self.env[model] for model in models if model.startswith("rcep."))
        ours = {
            each._name
            for each in defined
            if each._original_module == "rcep_eco_agent" and not (each._abstract or each._transient)
        }
        self.assertEqual(ours, set(RIGHTS))

    def test_an_agent_finds_no_record_by_itself_whatever_its_authority(self):
        for model in OF_AGENTS:
            with self.subTest(model):
                try:
                    found = self.env[model].with_user(self.broker).search([])
                except AccessError:
                    continue
                self.assertFalse(found)
        for model, record in (("rcep.certificate", self.certificate), ("account.move", self.certificate.invoice_ids)):
            for operation in OPERATIONS:
                with self.subTest(f"{operation} {model}"):
                    self.assertFalse(record.with_user(self.broker).has_access(operation))

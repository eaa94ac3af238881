"""Who may do what with certificates received: each group, and other companies."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS, PREPARERS, READERS
from odoo.tests import new_test_user, tagged

from .test_shares import ShareCommon

RIGHTS = {
    "rcep.received.certificate": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.received.certificate.line": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.received.draw": (READERS, (), PREPARERS, PREPARERS),
    "rcep.transit.paper": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.share": (READERS, PREPARERS, PREPARERS, ()),
    "rcep.share.line": (READERS, PREPARERS, PREPARERS, ()),  # the screen fills in offered goods; given, none is changed
}


@tagged("post_install", "-at_install")
class TestAccess(ShareCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name, login=f"{name}.rights") for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        cls.received.with_user(cls.clerk).action_check()
        cls.records = {
            "rcep.received.certificate": cls.received, "rcep.received.certificate.line": cls.received.line_ids,
            "rcep.received.draw": cls.draw(cls.certify().line_ids, 1),
            "rcep.transit.paper": cls.env["rcep.transit.paper"].create(
                {"certificate_id": cls.certify().id, "country_id": cls.env.ref("base.hk").id}
            ),
            "rcep.share": cls.share(1), "rcep.share.line": cls.share(1).line_ids,
        }  # fmt: skip

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        self.assertEqual(self.records[model].with_user(user).has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        ours = {name for name in self.env.registry if self.env[name]._original_module == "rcep_eco_ledger"}
        self.assertEqual({name for name in ours if not self.env[name]._transient}, set(RIGHTS))

    def test_another_company_s_are_its_own(self):
        stranger = self.person("clerk", self.make_company("宁波另一有限公司", OTHER_USCC))
        for model, record in self.records.items():
            for operation in OPERATIONS:
                with self.subTest(f"{operation} {model}"):
                    theirs = record.with_env(self.env(user=stranger, context={}))
                    self.assertFalse(theirs.has_access(operation))

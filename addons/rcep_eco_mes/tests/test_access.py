"""Who may do what with production reports: each group, and other companies."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MesCommon

ENGINEERS, MANAGERS = ("engineer",), ("manager",)
# Per model of this add-on: who reads, writes, creates and deletes. A report is written by its own steps only.
RIGHTS = {
    "rcep.production.report": (ENGINEERS, (), (), ()),
    "rcep.production.report.line": (ENGINEERS, (), (), ()),
    "rcep.production.report.upload": (ENGINEERS, ENGINEERS, ENGINEERS, ENGINEERS),
    "rcep.report.folder": (MANAGERS, MANAGERS, MANAGERS, MANAGERS),
}


@tagged("post_install", "-at_install")
class TestAccess(MesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in EVERYONE}
        cls.people["worker"] = new_test_user(
            cls.env, "worker", "base.group_user,mrp.group_mrp_user", company_id=cls.exporter.id,
            company_ids=cls.exporter.ids,
        )  # fmt: skip
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)

    def setUp(self):
        super().setUp()
        self.report = self.apply(self.told("R-1"))
        self.records = {
            "rcep.production.report": self.report,
            "rcep.production.report.line": self.report.line_ids,
            "rcep.production.report.upload": self.env["rcep.production.report.upload"]
            .with_user(self.people["engineer"])
            .create({}),
            "rcep.report.folder": self.env["rcep.report.folder"].create(
                {"name": "Plant 2", "folder": "/srv/mes", "company_id": self.exporter.id, "active": False}
            ),
        }

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        self.assertEqual(self.records[model].with_user(user).has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        ours = {name for name in self.env.registry if self.env[name]._original_module == "rcep_eco_mes"}
        self.assertEqual(ours, set(RIGHTS))

    def test_who_works_on_an_order_sees_no_report(self):
        order = self.made.with_user(self.people["worker"])
        self.assertTrue(order.read(["name"]))
        for name in ("rcep_report_ids", "rcep_report_count"):
            with self.assertRaises(AccessError):
                order.read([name])

    def test_another_company_s_reports_are_its_own(self):
        stranger = self.person("engineer", self.make_company("宁波另一有限公司", OTHER_USCC))
        report = self.report.with_env(self.env(user=stranger, context={"lang": "en_US"}))
        self.assertFalse(report.search([]))
        keeper = self.person("manager", stranger.company_id, login="other.keeper")
        known = {"allowed_company_ids": keeper.company_ids.ids, "active_test": False}
        self.assertFalse(self.env["rcep.report.folder"].with_user(keeper).with_context(**known).search([]))
        for call in (report.action_replay, report.action_set_aside, report.action_open_order):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                call()

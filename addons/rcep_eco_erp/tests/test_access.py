"""Who may do what with sheets: each group, and other companies."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.tests.test_access import EVERYONE, OPERATIONS
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SheetCommon, refused_invoice, table

ENGINEERS = ("engineer",)
# Per model of this add-on: who reads, writes, creates and deletes. A sheet is written by its own steps only.
RIGHTS = {
    "rcep.sheet": (("engineer", "manager"), (), (), ()),
    "rcep.erp.invoice": (("clerk", "signer", "manager"), (), (), ()),
    "rcep.sheet.upload": (ENGINEERS, ENGINEERS, ENGINEERS, ENGINEERS),
}
SECRETS = ("file", "problems", "changes", "problem_list", "change_list")


@tagged("post_install", "-at_install")
class TestAccess(SheetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name, login=f"{name}.erp") for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)

    def setUp(self):
        super().setUp()
        self.sheet, _plan = self.keep("items", table("code,name", "LAMP,Lamp"))
        uploads = self.env["rcep.sheet.upload"].with_user(self.people["engineer"])
        invoice = refused_invoice(self.people["manager"])
        self.records = {
            "rcep.sheet": self.sheet, "rcep.sheet.upload": uploads.create({}), "rcep.erp.invoice": invoice
        }  # fmt: skip

    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        self.assertEqual(self.records[model].with_user(user).has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        ours = {name for name in self.env.registry if self.env[name]._original_module == "rcep_eco_erp"}
        self.assertEqual(ours, set(RIGHTS))

    def test_what_stands_in_a_sheet_is_the_engineers(self):
        self.assertTrue(self.sheet.with_user(self.people["engineer"]).read(SECRETS))
        for name in SECRETS:
            with self.assertRaises(AccessError):
                self.sheet.with_user(self.people["manager"]).read([name])

    def test_where_a_price_came_from_is_the_engineers(self):
        price = self.env["product.supplierinfo"].create({"partner_id": self.supplier.id, "product_id": self.lamp.id})
        for name in ("rcep_document", "rcep_sheet_id"):
            with self.assertRaises(AccessError):
                price.with_user(self.person("bookkeeper")).read([name])

    def test_another_company_s_sheets_are_its_own(self):
        stranger = self.person("engineer", self.make_company("宁波另一有限公司", OTHER_USCC))
        sheet = self.sheet.with_env(self.env(user=stranger, context={"lang": "en_US"}))
        self.assertFalse(sheet.search([]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            sheet.action_apply()

    def test_another_company_s_invoices_are_its_own(self):
        stranger = self.person("clerk", self.make_company("宁波另一有限公司", OTHER_USCC))
        theirs = self.at(stranger.company_id)["rcep.erp.invoice"].with_user(stranger)
        self.assertFalse(theirs.search([]))

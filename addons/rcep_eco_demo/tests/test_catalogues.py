"""Each add-on's catalogue of texts (.pot) has the texts that its sources have now, no fewer and no others."""

import io

import polib
from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export


@tagged("post_install", "-at_install")
class TestCatalogues(TransactionCase):
    def exported(self, module):
        """The texts of a module as Odoo exports them; None where it has none."""
        file = io.BytesIO()
        if not trans_export(None, [module], file, "po", self.env):
            return None
        return {entry.msgid for entry in polib.pofile(file.getvalue().decode())}

    def test_every_catalogue_is_fresh(self):
        modules = self.env["ir.module.module"].search([("name", "=like", "rcep_eco%"), ("state", "=", "installed")])
        self.assertIn("rcep_eco", modules.mapped("name"))
        for module in modules.mapped("name"):
            texts = self.exported(module)
            if texts is None:
                continue
            with self.subTest(module):
                committed = polib.pofile(f"{get_module_path(module)}/i18n/{module}.pot")
                self.assertEqual({entry.msgid for entry in committed}, texts, "run ./eco i18n")

"""Whoever works in Chinese meets Chinese: every screen, menu, field, choice and help of ours, by enumeration."""

import re

from lxml import etree, html
from odoo.tests import TransactionCase, tagged

# Words that are the same in Chinese: the treaty's and the trade's own, names of products and formats.
SAME = {
    "RCEP", "FOB", "CIF", "RVC", "CTC", "CTH", "CTSH", "ACU", "DMI", "CCPIT", "JSON", "XLSX", "CSV", "UTF", "HTTP",
    "HTTPS", "SHA", "URL", "PDF", "AHTN", "EXW", "FCA", "FAS", "DDP", "UUID", "API", "NINGBO", "Odoo", "LED",
    "SPECIMEN", "CNY", "WANG", "FANG", "CTN", "BEGIN", "PUBLIC", "KEY", "USD", "COSCO", "SHIPPING", "ROSE", "HAI",
    "PHONG", "ASEAN", "ISO", "CFR", "FORM", "UTC", "ETag", "VERIFY", "JOSE", "PEM", "RFC", "EXCEPT",
    "ACFTA", "CCFTA", "ZIP", "XML", "MiB", "ImpPath", "mnt", "MES", "ERP", "EPCIS", "MML",
    "SEE", "BOX", "NOT", "AVAILABLE", "CONFIDENTIAL",  # what boxes 3 and 8 of the form say
}  # fmt: skip
WORD = re.compile(r"[A-Za-z]{3,}")
# Shapes of JSON, addresses, names of fields, paths.
PRINTED = re.compile(
    r"\[?\{[^}]*\}[^\]]*\]?|https?://\S+|[\w.+-]+@[\w.-]+|`[^`]*`|%\(\w+\)s|/\w[\w/<>-]*|web\.base\.url"
)
SPOKEN = ("string", "title", "placeholder", "help", "confirm", "sum", "aria-label")


@tagged("post_install", "-at_install")
class TestChinese(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "zh_CN"})
        modules = cls.env["ir.module.module"].search([("name", "=like", "rcep_eco%"), ("state", "=", "installed")])
        cls.ours = tuple(modules.mapped("name"))

    def records(self, model):
        data = self.env["ir.model.data"].search([("module", "in", self.ours), ("model", "=", model)])
        return self.env[model].browse(data.mapped("res_id")).exists()

    def english(self, text):
        """The English words of a text, without addresses, shapes of JSON, and what is printed as it is."""
        return [word for word in WORD.findall(PRINTED.sub(" ", text or "")) if word not in SAME]

    def check(self, where, text):
        words = self.english(text)
        with self.subTest(where, text=text):
            self.assertFalse(words)

    def test_menus_and_actions(self):
        for menu in self.records("ir.ui.menu"):
            self.check(f"menu {menu.id}", menu.name)
        for model in ("ir.actions.act_window", "ir.actions.server", "ir.actions.client"):
            for action in self.records(model):
                self.check(f"action {action.xml_id}", action.name)
                if "help" in action._fields and action.help:
                    self.check(f"help of {action.xml_id}", html.fromstring(action.help).text_content())

    def test_fields_and_choices(self):
        inherited = {*self.env["mail.thread"]._fields, *self.env["mail.activity.mixin"]._fields}
        for name in self.env.registry:
            model = self.env[name]
            if name.startswith("rcep."):
                own = set(model._fields) - inherited
            else:
                own = {field for field in model._fields if field.startswith("rcep_")}
            if model._abstract or not own:
                continue
            own.discard("profile")  # one that is not this project's own bears the name that it gives itself
            for field, result in model.sudo().fields_get(sorted(own), ["string", "help", "selection"]).items():
                self.check(f"{name}.{field}", result["string"])
                self.check(f"help of {name}.{field}", result.get("help"))
                for key, label in result.get("selection") or ():
                    self.check(f"{name}.{field}={key}", label)

    def test_views(self):
        for view in self.records("ir.ui.view").filtered(lambda view: view.type != "qweb" or view.model):
            root = etree.fromstring(view.with_context(lang="zh_CN").arch_db)
            for node in root.iter(etree.Element):
                for attribute in SPOKEN:
                    if attribute in node.attrib and not node.tag.startswith("{"):
                        self.check(f"{view.xml_id} {node.tag}@{attribute}", node.get(attribute))
                for text in (node.text, node.tail):
                    if node.tag not in ("attribute", "script", "style"):
                        self.check(f"{view.xml_id} {node.tag}", text)

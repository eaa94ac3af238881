"""A firm whose books are in another ERP, and the engineer as whom its program acts."""

import json

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.addons.rcep_eco_api.tests.common import make_key


def table(head, *lines):
    return "\r\n".join([head, *lines, ""]).encode()


def refused_invoice(manager):
    """What is kept of an invoice that could not be read."""
    key, _token = make_key(manager, may_hand_in_invoices=True)
    invoices = key._as_system("rcep.erp.invoice")
    invoices._hand_in(key, b"{}")
    return invoices.search([("key_id", "=", key.id)])


class SheetCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheets = cls.env["rcep.sheet"]
        cls.prices = cls.env["product.supplierinfo"]
        cls.engineer = cls.person("engineer")
        cls.supplier.ref = "V-1"

    def keep(self, kind, content, charset="", person=None):
        """(what is kept, its plan) of a sheet of CSV, or of lines of JSON."""
        if isinstance(content, list):
            content, charset = json.dumps({"lines": content}).encode(), "json"
        return self.sheets._keep(person or self.engineer, self.exporter, kind, content, charset)

    def apply(self, kind, content):
        """The sheet, taken over."""
        sheet, _plan = self.keep(kind, content)
        self.assertEqual(sheet.state, "checked", sheet.problems)
        sheet.with_user(self.engineer).action_apply()
        return sheet

    def counts(self, sheet):
        return sheet.created_count, sheet.changed_count, sheet.same_count

    def codes(self, kind, content):
        """[(line, column, code)] of what is wrong with a sheet."""
        sheet, _plan = self.keep(kind, content)
        return [(line, column, code) for line, column, code, _facts in sheet.problems or ()]

    def item(self, code):
        return self.env["product.product"].search([("default_code", "=", code), ("company_id", "=", self.exporter.id)])

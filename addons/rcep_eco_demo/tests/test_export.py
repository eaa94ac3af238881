"""Certificates in a table, by Odoo's own export: the templates that come with them open well."""

import io
import json

import openpyxl
from odoo import http
from odoo.tests import HttpCase, tagged

from .common import GOODS, DemoCommon

TEMPLATES = ("export_certificates", "export_certificate_goods")


@tagged("post_install", "-at_install")
class TestExport(DemoCommon, HttpCase):
    def table(self, template, certificates):
        """The rows that a clerk gets of some certificates, through the dialogue's own calls."""
        self.authenticate(self.clerk.login, self.clerk.login)
        self.clerk.lang = "zh_CN"
        asked = {"model": "rcep.certificate", "export_id": template.id}
        named = self.make_jsonrpc_request("/web/export/namelist", asked)
        fields = [{"name": each["id"], "label": each["string"], "type": each["field_type"]} for each in named]
        data = {"model": "rcep.certificate", "fields": fields, "ids": certificates.ids, "domain": [], "groupby": [],
                "import_compat": False, "context": {"lang": "zh_CN"}}  # fmt: skip
        facts = {"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)}
        reply = self.url_open("/web/export/xlsx", data=facts)
        self.assertEqual(reply.status_code, 200, reply.text[:300])
        return list(openpyxl.load_workbook(io.BytesIO(reply.content)).active.values)

    def test_each_template_opens_with_its_heads_and_a_row_for_each(self):
        certificates = self.prepare(GOODS) | self.prepare(GOODS[:1])
        for name, rows in (("export_certificates", 2), ("export_certificate_goods", 5)):
            with self.subTest(name):
                template = self.env.ref(f"rcep_eco.{name}")
                heads, *result = self.table(template, certificates)
                self.assertEqual(len(heads), len(template.export_fields))
                self.assertTrue(all(heads), heads)
                self.assertEqual(len(result), rows)
                self.assertIn(certificates[0].name, {row[0] for row in result})

    def test_every_column_of_a_template_is_there(self):
        for name in TEMPLATES:
            template = self.env.ref(f"rcep_eco.{name}")
            for line in template.export_fields:
                model = self.env[template.resource]
                for part in line.name.split("/"):
                    self.assertIn(part, model._fields, line.name)
                    field = model._fields[part]
                    model = self.env[field.comodel_name] if field.relational else model

"""A file of reports in the hands of a cost engineer."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..reports import sheet
from .common import SAMPLES, MesCommon


@tagged("post_install", "-at_install")
class TestUpload(MesCommon):
    def upload(self, content, person="engineer"):
        user = self.person(person)
        return self.env["rcep.production.report.upload"].with_user(user).create({"file": base64.b64encode(content)})

    def test_a_file_shows_what_is_in_it_and_is_kept(self):
        upload = self.upload((SAMPLES / "table.csv").read_bytes())
        self.assertTrue(upload.is_ready)
        self.assertIn("order WH/MO/00042 · 5 items", upload.preview)
        action = upload.action_load()
        kept = self.reports.search(action["domain"])
        self.assertEqual((len(kept), kept.source, kept.state), (1, "hand", "received"))

    def test_the_template_can_be_taken_in(self):
        self.assertTrue(self.upload(sheet.TEMPLATE.encode()).is_ready)

    def test_the_template_is_handed_out_before_a_file_is_chosen(self):
        upload = self.env["rcep.production.report.upload"].with_user(self.person("engineer")).create({})
        action = upload.action_template()
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.assertIn(f"/{upload.id}/template/production_reports.csv", action["url"])

    def test_a_file_that_is_none_says_what_is_wrong(self):
        upload = self.upload(b"{}")
        for content, words in (
            (b"{}", "report_id is missing."),
            (b"a,b\r\n1,2\r\n", "The first line must name the columns"),
            (b"<x/>", "neither a ProductionPerformance nor"),
        ):
            upload.file = base64.b64encode(content)
            self.assertFalse(upload.is_ready)
            self.assertIn(words, upload.preview)
            with self.assertRaises(UserError):
                upload.action_load()

    def test_lines_of_one_report_that_disagree_are_refused(self):
        upload = self.upload(sheet.TEMPLATE.replace("00042,assembly", "00043,assembly", 1).encode())
        self.assertIn("Line 3 says something else of report R-0001 than a line before it.", upload.preview)

    def test_nobody_but_an_engineer_takes_one_in(self):
        with self.assertRaises(AccessError):
            self.upload(b"{}", "clerk")

"""Production reports handed in by a person: a file in any of the forms, kept after a look at what is in it."""

import base64

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.wizard.rcep_table_import import bullets
from odoo.exceptions import AccessError, UserError

from ..intake import file_reading
from ..reports import sheet
from ..reports.problem import ReportError
from ..texts import report_problems


class RcepProductionReportUpload(models.TransientModel):
    _name = "rcep.production.report.upload"
    _description = "Upload production reports"

    file = fields.Binary(attachment=False, help="JSON, EPCIS 2.0 (JSON), B2MML (XML), CSV or XLSX.")
    file_name = fields.Char()
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    books = fields.Boolean(
        "Book consumption",
        groups="mrp.group_mrp_user",
        help="What the reports say is set on their orders, which are closed once they say all of it. Else they are "
        "evidence only and no stock moves.",
    )
    template = fields.Binary("Template of the table", compute="_compute_template")
    template_name = fields.Char("Name of the template", default="production_reports.csv")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_ready = fields.Boolean(compute="_compute_preview")

    def _compute_template(self):
        self.template = base64.b64encode(sheet.TEMPLATE.encode())

    @api.depends("file")
    def _compute_preview(self):
        for upload in self:
            upload.preview, upload.is_ready = False, False
            if not upload.file:
                continue
            try:
                found = upload._read()
            except UserError as error:
                upload.preview = bullets([str(error)], "text-danger")
                continue
            words = self.env._("%(report)s · order %(order)s · %(items)s items")
            told = [
                words % {"report": report.report_id, "order": report.order, "items": len(report.items)}
                for report, _came in found
            ]
            count = self.env._("%s reports are taken in.", len(found))
            upload.preview = Markup("<p><b>%s</b></p>%s") % (count, bullets(told, "small"))
            upload.is_ready = True

    def _read(self):
        content = base64.b64decode(self.file)
        try:
            return file_reading.read(content)
        except ReportError as error:
            raise self._refusal(error) from error

    def _refusal(self, error):
        return UserError(report_problems.sentence(self.env, {"code": error.code, **error.facts}))

    def action_template(self):
        """Hand out the template of the table."""
        self.ensure_one()
        self.check_access("read")
        address = f"/web/content/{self._name}/{self.id}/template/{self.template_name}?download=true"
        return {"type": "ir.actions.act_url", "url": address, "target": "download"}

    def action_load(self):
        """Keep all of these reports, or none; they are applied within a minute."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group(groups.ENGINEER) or self.company_id not in self.env.companies:
            raise AccessError(self.env._("Production reports are taken in by a cost engineer of the company: ask one."))
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        # Whoever may not work on orders sees no such box, and books nothing.
        books = self.env.user.has_group("mrp.group_mrp_user") and self.books
        # Nobody writes reports as records: they are kept as they came.
        records = self.env["rcep.production.report"].sudo()
        kept = records.browse()
        for report, came in self._read():
            try:
                kept |= records._receive(self.company_id, report, came, "hand", books)[0]
            except ReportError as error:
                raise self._refusal(error) from error
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mes.action_production_report")
        return {**action, "domain": [("id", "in", kept.ids)], "context": {}}

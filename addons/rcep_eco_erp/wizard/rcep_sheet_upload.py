"""A sheet in the hands of a cost engineer: handed in, kept, and shown with what it would do."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..sheets.reading import LONGEST_BODY


class RcepSheetUpload(models.TransientModel):
    _name = "rcep.sheet.upload"
    _description = "Hand in a sheet"

    kind = fields.Selection(
        lambda self: self.env["rcep.sheet"]._fields["kind"]._description_selection(self.env),
        "What is in it", required=True, default="items",
    )  # fmt: skip
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    file = fields.Binary(attachment=False, help="CSV in UTF-8 or GB 18030; the first line names the columns.")
    file_name = fields.Char()
    columns = fields.Char(compute="_compute_template")
    template = fields.Binary("Template to fill in", compute="_compute_template")
    template_name = fields.Char(compute="_compute_template")

    @api.depends("kind")
    def _compute_template(self):
        for upload in self:
            plan = self.env["rcep.sheet"]._kinds()[upload.kind or "items"]
            upload.columns = ", ".join(plan.columns)
            upload.template = base64.b64encode(plan.template.encode())
            upload.template_name = f"{upload.kind or 'items'}.csv"

    def action_template(self):
        """Hand out the template of the kind that is chosen."""
        self.ensure_one()
        self.check_access("read")
        address = f"/web/content/{self._name}/{self.id}/template/{self.template_name}?download=true"
        return {"type": "ir.actions.act_url", "url": address, "target": "download"}

    def action_check(self):
        """Keep the sheet and show what it would do; nothing is changed yet."""
        self.ensure_one()
        self.check_access("write")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Sheets are handed in by a cost engineer of the company: ask one."))
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        content = base64.b64decode(self.file)
        if len(content) > LONGEST_BODY:
            raise UserError(self.env._("The file is larger than %s MB: hand it in in parts.", LONGEST_BODY >> 20))
        sheets = self.env["rcep.sheet"]
        sheet, _plan = sheets._keep(self.env.user, self.company_id, self.kind, content, "", file_name=self.file_name)
        return sheets.browse(sheet.id)._get_records_action(name=self.env._("Sheet"))

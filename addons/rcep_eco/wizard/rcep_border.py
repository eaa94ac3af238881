"""Who sees what, on one screen and one paper: a row for each border, made anew from the tables of the code."""

from odoo import api, fields, models


class RcepBorder(models.TransientModel):
    _name = "rcep.border"
    _description = "Border across which data passes"
    _order = "id"

    name = fields.Char("Who", readonly=True)
    grant = fields.Char("By which right", readonly=True)
    leaves = fields.Text("What they see", readonly=True)
    enters = fields.Text("What comes in", readonly=True)
    passed = fields.Integer("How often", readonly=True)
    is_counted = fields.Boolean(readonly=True)
    last_on = fields.Datetime("Last time", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @api.model
    def action_open(self):
        """Make the list for the company of the reader, and show it."""
        rows = self._rows_of(self.env.company)
        return rows._get_records_action(name=self.env._("Who sees what"), view_mode="list,kanban,form")

    @api.model
    def action_print(self):
        """The same on paper, for management and auditors."""
        return self.env.ref("rcep_eco.action_report_borders").report_action(self._rows_of(self.env.company))

    @api.model
    def _rows_of(self, company):
        self.env["rcep.certificate"].check_access("read")
        tables = self.env["rcep.borders"]
        borders, words = tables._borders(), tables._words()
        return self.create(
            [
                {
                    "name": words[code][0], "grant": words[code][1], "company_id": company.id,
                    "leaves": tables._listed(border.leaves), "enters": tables._listed(border.enters),
                    **tables._passed(border, company),
                }
                for code, border in borders.items()
            ]
        )  # fmt: skip

"""The duty rates in force on a day as CSV, in the columns that the import reads."""

import base64
import csv
import io

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.fields import Domain

from ..models.rates import rate_file

FORMULA = ("=", "+", "-", "@")  # a text that begins so is run by spreadsheets


class RcepRateExport(models.TransientModel):
    _name = "rcep.rate.export"
    _description = "Duty rates as a file"

    party_id = fields.Many2one("rcep.party", "Importing Party", help="Empty: all of them.")
    date = fields.Date("In force on", required=True, default=lambda self: amounts.today())
    file = fields.Binary(compute="_compute_file")
    file_name = fields.Char(compute="_compute_file")

    @api.depends("party_id", "date")
    def _compute_file(self):
        for wizard in self:
            wizard.file = base64.b64encode(wizard._content().encode("utf-8-sig")) if wizard.date else False
            wizard.file_name = f"rates_{wizard.party_id.code or 'all'}_{wizard.date}.csv"

    def _content(self):
        domain = Domain("valid_from", "<=", self.date)
        domain &= Domain("valid_to", "=", False) | Domain("valid_to", ">=", self.date)
        if self.party_id:
            domain &= Domain("party_id", "=", self.party_id.id)
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(rate_file.COLUMNS)
        for rate in self.env["rcep.rate"].search(domain):
            own = {
                "importer": rate.party_id.code,
                "agreement": rate.agreement_id.code or rate_file.MFN,
                "origin": rate.origin_id.code or rate_file.EVERYWHERE,
            }
            table.writerow([_cell(own[name] if name in own else rate[name]) for name in rate_file.COLUMNS])
        return text.getvalue()


def _cell(value):
    """A value as text: nothing stays nothing, and no text is one that a spreadsheet runs."""
    text = str(value) if value else ""
    return f"'{text}" if text.startswith(FORMULA) else text

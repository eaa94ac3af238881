"""Settings: whether looks at certificates' pages are kept."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rcep_scan_log = fields.Boolean(related="company_id.rcep_scan_log", readonly=False)

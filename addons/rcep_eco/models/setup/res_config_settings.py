"""Settings: what the exporting company is called on certificates, and whom the suite writes to."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rcep_uscc = fields.Char(related="company_id.rcep_uscc", readonly=False)
    rcep_name_en = fields.Char(related="company_id.rcep_name_en", readonly=False)
    rcep_address_en = fields.Char(related="company_id.rcep_address_en", readonly=False)
    rcep_place = fields.Char(related="company_id.rcep_place", readonly=False)
    rcep_origin_user_id = fields.Many2one(related="company_id.rcep_origin_user_id", readonly=False)

"""Shows a key the one time that it can be seen. It is not kept: not even here, as this has no table."""

from odoo import fields, models


class RcepIntegrationSecret(models.AbstractModel):
    _name = "rcep.integration.secret"
    _description = "A key for a program, shown once"

    id = fields.Id()  # without it a form shows no default of a model that has no table
    token = fields.Char("Key", readonly=True)

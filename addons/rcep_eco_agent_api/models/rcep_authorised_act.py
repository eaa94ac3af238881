"""An act that a program did says by which key."""

from odoo import fields, models


class RcepAuthorisedAct(models.Model):
    _inherit = "rcep.authorised.act"

    key_id = fields.Many2one(
        "rcep.integration.key", "By program", readonly=True, ondelete="restrict", groups="rcep_eco.group_manager",
        default=lambda self: self.env.context.get("rcep_program_key"),
    )  # fmt: skip

"""A receipt knows the certificates that came with its goods."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    rcep_received_ids = fields.Many2many(
        "rcep.received.certificate", string="Came with certificates", copy=False, check_company=True,
        groups="rcep_eco.group_user",
    )  # fmt: skip
    rcep_received_count = fields.Integer(
        compute="_compute_rcep_received_count", compute_sudo=True, groups="rcep_eco.group_reader"
    )

    @api.depends("rcep_received_ids")
    def _compute_rcep_received_count(self):
        for picking in self:
            picking.rcep_received_count = len(picking.rcep_received_ids)

    @api.constrains("rcep_received_ids", "picking_type_id")
    def _check_rcep_received(self):
        for picking in self:
            # Whoever books a receipt may not read certificates.
            if picking.sudo().rcep_received_ids and picking.picking_type_code != "incoming":
                words = picking.env._("%s is no receipt: certificates come with what is received.")
                raise ValidationError(words % picking.name)

    def action_open_rcep_received(self):
        """The certificates that came with this receipt."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.received.certificate"].check_access("read")
        known = self.sudo().rcep_received_ids.with_env(self.env)  # the field is for who may bind; each is read as usual
        return known._get_records_action(name=self.env._("Certificates received"))

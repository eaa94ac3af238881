"""A layer of duty rates: what one file brought, with its hash, and taken back as a whole."""

from odoo import fields, models
from odoo.exceptions import UserError

STATES = [("in_force", "In force"), ("withdrawn", "Withdrawn")]


class RcepRateLayer(models.Model):
    _name = "rcep.rate.layer"
    _description = "Import of duty rates"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(required=True)
    state = fields.Selection(STATES, required=True, default="in_force", readonly=True, tracking=True)
    file_name = fields.Char(readonly=True)
    file_sha256 = fields.Char("SHA-256 of the file", readonly=True)
    is_complete = fields.Boolean(
        "Every line of the tariff",
        readonly=True,
        help="The file holds every national line below the codes in it. Then lines that all bear one rate give the "
        "rate of a shorter code too.",
    )
    rate_ids = fields.One2many("rcep.rate", "layer_id", "Rates")
    line_count = fields.Integer("Lines", readonly=True)
    closed_ids = fields.One2many("rcep.rate", "closed_by_id", "Rates that it ended")
    withdrawn_on = fields.Datetime(readonly=True)
    withdrawn_by_id = fields.Many2one("res.users", "Withdrawn by", readonly=True)

    def action_withdraw(self):
        """Take a whole import back: its rates count no more, and those that it ended hold as before."""
        self.check_access("write")
        for layer in self:
            if layer.state != "in_force":
                raise UserError(self.env._("“%s” is withdrawn already: nothing is left to take back.", layer.name))
            # Rates are written by the import alone; whoever may take it back is asked above.
            whole = layer.sudo().with_context(active_test=False)
            later = whole.rate_ids.closed_by_id.filtered(lambda each: each.state == "in_force") - whole
            if later:
                raise UserError(
                    self.env._(
                        "“%(layer)s” was followed by “%(later)s”, which ended rates of it: withdraw that one first.",
                        layer=layer.name,
                        later=", ".join(later.mapped("name")),
                    )
                )
            whole.rate_ids.write({"active": False})
            for day, ended in whole.closed_ids.grouped("valid_to_before").items():
                ended.write({"valid_to": day, "valid_to_before": False, "closed_by_id": False})
            layer.write({"state": "withdrawn", "withdrawn_on": fields.Datetime.now(), "withdrawn_by_id": self.env.uid})
        return True

    def action_rates(self):
        """Show the rates of this import."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rates"),
            "res_model": "rcep.rate",
            "view_mode": "list,form",
            "domain": [("layer_id", "in", self.ids)],
            "context": {"active_test": False},
        }

"""The certificates of an order, one step away from it."""

from odoo import fields, models
from odoo.addons.rcep_eco import groups


class SaleOrder(models.Model):
    _inherit = "sale.order"

    rcep_certificate_count = fields.Integer(
        "Certificates", compute="_compute_rcep_certificate_count", groups=groups.READER
    )

    def _compute_rcep_certificate_count(self):
        for order in self:
            order.rcep_certificate_count = len(order._rcep_certificates())

    def _rcep_certificates(self):
        """Those that the user may see."""
        # A salesperson may not read every invoice of an order; which certificates are shown, the rules decide.
        ids = self.sudo().invoice_ids.rcep_certificate_ids.ids
        return self.env["rcep.certificate"].search([("id", "in", ids)])

    def action_open_rcep_certificates(self):
        """Show the certificates of origin of this order."""
        self.check_access("read")
        self.env["rcep.certificate"].check_access("read")
        return self._rcep_certificates()._get_records_action(name=self.env._("Certificates of origin"))

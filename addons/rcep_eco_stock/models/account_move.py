"""The deliveries of an invoice: a certificate begins with those that left and stand on no other one."""

from odoo import models
from odoo.addons.rcep_eco.states import certificate_states


class AccountMove(models.Model):
    _inherit = "account.move"

    def _rcep_deliveries(self):
        """Deliveries to the customer that are done, of the sales of these invoices."""
        moves = self.invoice_line_ids.sale_line_ids.move_ids.filtered(lambda move: move.state == "done")
        return moves.picking_id.filtered(lambda picking: picking.picking_type_code == "outgoing")

    def action_create_rcep_certificate(self):
        action = super().action_create_rcep_certificate()
        certificate = self.env["rcep.certificate"].browse(action["res_id"])
        # Whoever makes certificates may not read deliveries; what they say comes onto the certificate alone.
        whole = certificate.sudo()
        deliveries = whole.invoice_ids._rcep_deliveries()
        others = (
            self.env["rcep.certificate"]
            .sudo()
            .search(
                [
                    ("picking_ids", "in", deliveries.ids),
                    ("state", "in", certificate_states.LIVE),
                    ("id", "!=", certificate.id),
                ]
            )
        )
        whole.picking_ids = deliveries - others.picking_ids
        if whole.picking_ids:
            certificate.action_take_shipment()
        return action

"""Which originals the goods of a draft can go on: those that end first are proposed first."""

from decimal import Decimal

from odoo import models
from odoo.addons.rcep_eco.states import certificate_states
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from ..states import received_states


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def action_draw_from_originals(self):
        """Draw for each good what is still to be drawn, from the originals that end first; mark it as back-to-back."""
        self.check_access("write")
        for certificate in self:
            if certificate.state not in certificate_states.EDITABLE:
                raise UserError(certificate._not_from_here())
            certificate._lock()
            for line in certificate._goods():
                line._draw_from_originals()
            if not certificate.draw_ids:
                words = certificate.env._(
                    "No certificate received has goods of %s left: enter and check the one that came with them."
                )
                raise UserError(words % ", ".join(certificate._goods().product_id.mapped("display_name")))
            abroad = certificate.draw_ids.received_id.party_id.country_id - certificate.company_id.country_id
            if abroad and not certificate.back_to_back:
                certificate.back_to_back = True
        return True

    def _replacement(self, kind, reason):
        """As the core's; what takes a back-to-back certificate's place ships the same goods, on the same originals."""
        new = super()._replacement(kind, reason)
        goods = {line.invoice_line_id: line for line in new.sudo().line_ids}
        self.env["rcep.received.draw"].create(
            [
                {
                    "line_id": draw.line_id.id,
                    "certificate_line_id": goods[draw.certificate_line_id.invoice_line_id].id,
                    "shipped": draw.shipped,
                }
                for draw in self.sudo().draw_ids  # lines name invoice lines, which a clerk of certificates may not read
                if draw.certificate_line_id.invoice_line_id in goods and not draw.received_id._why_not_drawn()
            ]
        )
        return new


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _draw_from_originals(self):
        unit = self.sudo().invoice_line_id.product_uom_id  # whoever prepares a certificate may not read invoices
        drawn = sum((amounts.exact(each.shipped) for each in self.draw_ids), Decimal(0))
        open_quantity = amounts.exact(self.quantity) - drawn
        originals = self.env["rcep.received.certificate.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("product_id", "=", self.product_id.id),
                ("certificate_id.state", "=", received_states.CHECKED),
                ("certificate_id.issued_on", "<=", amounts.today()),
                ("certificate_id.valid_until", ">=", amounts.today()),
            ]
        )
        for line in originals.sorted(lambda each: (each.certificate_id.valid_until, each.id)):
            if open_quantity <= 0:
                return
            if line in self.draw_ids.line_id or not unit._has_common_reference(line.uom_id):
                continue
            left = amounts.exact(line.uom_id._compute_quantity(max(line.left, 0), unit, rounding_method="DOWN"))
            shipped = min(left, open_quantity)
            if shipped > 0:
                self.env["rcep.received.draw"].create(
                    {"line_id": line.id, "certificate_line_id": self.id, "shipped": float(shipped)}
                )
                open_quantity -= shipped

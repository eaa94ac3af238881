"""What a share says of one good: a quantity in the certificate's unit, and that all shares never say more than it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError


class RcepShareLine(models.Model):
    _name = "rcep.share.line"
    _description = "Good of a share"
    _order = "share_id, certificate_line_id, id"
    _rec_name = "certificate_line_id"

    share_id = fields.Many2one("rcep.share", required=True, index=True, ondelete="cascade")
    certificate_id = fields.Many2one(related="share_id.certificate_id", store=True, index=True)
    company_id = fields.Many2one(related="share_id.company_id", store=True, index=True)
    certificate_line_id = fields.Many2one(
        "rcep.certificate.line", "Good", required=True, index=True, ondelete="restrict",
        domain="[('certificate_id', '=', certificate_id), ('left_off', '=', False)]",
    )  # fmt: skip
    quantity = fields.Float(digits="Product Unit", required=True, help="In the unit of the certificate.")
    unit = fields.Char(related="certificate_line_id.unit")
    unshared = fields.Float(related="certificate_line_id.unshared", digits="Product Unit")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "The quantity of a share is above 0.")
    _good_once = models.Constraint("UNIQUE(share_id, certificate_line_id)", "A good stands on a share once.")

    @api.model_create_multi
    def create(self, vals_list):
        own = self.env.context.get("default_share_id")  # a share may be named by whoever calls as a default too
        shares = self.env["rcep.share"].browse({values.get("share_id", own) for values in vals_list} - {None, False})
        if any(shares.mapped("given_on")):
            raise UserError(self._not_changed())
        lines = super().create(vals_list)
        for line in lines:
            good = line.certificate_line_id
            if good.certificate_id != line.share_id.certificate_id or good.left_off:
                words = self.env._("%(good)s does not stand on certificate %(name)s: choose one of its goods.")
                raise UserError(words % {"good": good.description, "name": line.share_id.certificate_id.name})
        return lines

    def write(self, vals):
        if self:
            raise UserError(self._not_changed())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._not_changed())

    def _not_changed(self):
        return self.env._(
            "The goods of a share are not changed: its buyer may have it. Withdraw it, and give a new one."
        )


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    share_line_ids = fields.One2many("rcep.share.line", "certificate_line_id", "In shares", readonly=True)
    unshared = fields.Float(
        "Left to share", compute="_compute_unshared", digits="Product Unit", help="In no share that still counts."
    )

    @api.depends("quantity", "share_line_ids.quantity", "share_line_ids.share_id.is_revoked")
    def _compute_unshared(self):
        for line in self:
            line.unshared = float(amounts.exact(line.quantity) - line._shared())

    def _shared(self):
        living = self.share_line_ids.filtered(lambda each: not each.share_id.is_revoked)
        return sum((amounts.exact(each.quantity) for each in living), Decimal(0))

    def _check_shared(self):
        """
        :raises UserError: where the shares of a good together say more than its certificate
        """
        for line in self:
            shared = line._shared()
            if shared > amounts.exact(line.quantity):
                words = self.env._(
                    "Item %(item)s of certificate %(name)s names %(all)s %(unit)s, and all its shares would be "
                    "%(shared)s: share less, or withdraw another share first."
                )
                facts = {"item": line.number, "name": line.certificate_id.name, "unit": line.unit}
                numbers = {"all": amounts.text(amounts.exact(line.quantity)), "shared": amounts.text(shared)}
                raise UserError(words % {**facts, **numbers})

"""What a delivery says that a certificate needs: kinds of packages, marks, and what it left with."""

from odoo import fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.values import box_8


class StockPackageType(models.Model):
    _inherit = "stock.package.type"

    rcep_package_kind = fields.Selection(
        box_8.PACKAGE_KINDS, "Kind on certificates", help="Box 8 of a certificate of origin."
    )


class StockPicking(models.Model):
    _inherit = "stock.picking"

    rcep_marks = fields.Char("Marks and numbers", help="On the packages, as on the invoice; box 7 of a certificate.")
    rcep_vessel = fields.Char("Vessel, flight or train", help="Box 4 of a certificate of origin.")

    rcep_certificate_count = fields.Integer(
        "Certificates", compute="_compute_rcep_certificate_count", groups=groups.READER
    )

    def _compute_rcep_certificate_count(self):
        for picking in self:
            picking.rcep_certificate_count = len(picking._rcep_certificates())

    def _rcep_certificates(self):
        """Those of this delivery that the user may see."""
        return self.env["rcep.certificate"].search([("picking_ids", "in", self.ids)])

    def action_open_rcep_certificates(self):
        """Show the certificates of origin of this delivery."""
        self.check_access("read")
        self.env["rcep.certificate"].check_access("read")
        return self._rcep_certificates()._get_records_action(name=self.env._("Certificates of origin"))

    def _rcep_carrier(self):
        """What carries the goods: as entered here, else the carrier of a delivery method, where there are such."""
        self.ensure_one()
        carrier = self["carrier_id"] if "carrier_id" in self._fields else None
        return self.rcep_vessel or (carrier.name if carrier else "")

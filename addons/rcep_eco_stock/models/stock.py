"""What a delivery says that a certificate needs: kinds of packages, marks, and what it left with."""

from odoo import fields, models
from odoo.addons.rcep_eco.models import packages


class StockPackageType(models.Model):
    _inherit = "stock.package.type"

    rcep_package_kind = fields.Selection(
        packages.PACKAGE_KINDS, "Kind on certificates", help="Box 8 of a certificate of origin."
    )


class StockPicking(models.Model):
    _inherit = "stock.picking"

    rcep_marks = fields.Char("Marks and numbers", help="On the packages, as on the invoice; box 7 of a certificate.")
    rcep_vessel = fields.Char("Vessel, flight or train", help="Box 4 of a certificate of origin.")

    def _rcep_carrier(self):
        """What carries the goods: as entered here, else the carrier of a delivery method, where there are such."""
        self.ensure_one()
        carrier = self["carrier_id"] if "carrier_id" in self._fields else None
        return self.rcep_vessel or (carrier.name if carrier else "")

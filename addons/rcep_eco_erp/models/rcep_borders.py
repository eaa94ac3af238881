"""The border to another ERP: beside what the feed tells, what sheets and invoices bring in."""

from odoo import api, models

from ..invoices import reading

ADDRESS = "rcep.certificate._get_verification_url()"


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        borders = super()._borders()
        sheets = self.env["rcep.sheet"]._kinds().items()
        enters = frozenset(f"{kind}.{column}" for kind, plan in sheets for column in plan.columns)
        enters |= frozenset(f"invoice.{member}" for member in reading.members())
        leaves = frozenset({"rcep.erp.invoice.number", "rcep.erp.invoice.state", ADDRESS})
        erp = borders["erp"]
        return borders | {"erp": erp._replace(enters=erp.enters | enters, leaves=erp.leaves | leaves)}

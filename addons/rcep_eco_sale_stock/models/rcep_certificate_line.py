"""A certificate line is determined by the lots that were shipped for it."""

from odoo import models


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _rcep_shipped(self):
        lots, whole = self.invoice_line_id._rcep_shipped_lots()
        made = lots._rcep_made(self.company_id) if lots else []
        if not any(production for _lots, production in made):
            return super()._rcep_shipped()  # bought lots, or none known: the product in general
        return made if whole else [*made, ("", None)]

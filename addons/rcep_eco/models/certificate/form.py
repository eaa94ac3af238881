"""Our print of Form RCEP: the boxes of the application, with what surrounds them on a print of our own."""

from odoo import models

from ... import link
from .. import qr, states

BANNERS = {"cancelled": "CANCELLED", "replaced": "REPLACED"}  # whatever else is not issued is just that


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _form_boxes(self):
        """The texts of the boxes by name, as the link makes them, and what the issuing body and the page add."""
        self.ensure_one()
        boxes = link.form.boxes(self.sudo()._application())  # whoever prints the form may not read invoices
        return {
            **boxes._asdict(),
            "issued_in": link.form.ISSUED_IN,
            "certified": f"{self._issued_on() or ''}",
            "qr": self._qr_image(),
            "banner": self._banner(),
        }

    def _banner(self):
        """What must stand across a print that is no valid certificate, or an empty text."""
        if self.is_specimen:
            ended = BANNERS.get(self.state)
            return " — ".join(filter(None, ("SPECIMEN", ended, "NOT VALID")))
        return "" if self.state == "issued" else f"{BANNERS.get(self.state, 'NOT ISSUED')} — NOT VALID"

    def _qr_image(self):
        """The QR code of the public page as a data URI, or None where there is no page."""
        url = self._get_verification_url()
        if not url or self.state not in states.PUBLIC:
            return None
        return qr.data_uri(url)

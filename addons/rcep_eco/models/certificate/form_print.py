"""Our print of Form RCEP: the boxes of the application, with what surrounds them on a print of our own."""

from odoo import models
from odoo.exceptions import UserError

from ... import link
from ...states import certificate_states
from ...values import qr_code

NOTE = "Printed by the exporter from its own records. The document that counts is the issuing body's."
BANNERS = {"cancelled": "CANCELLED", "replaced": "REPLACED"}  # whatever else is not issued is just that


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _form_boxes(self):
        """The texts of the boxes by name, as the link makes them, and what the issuing body and the page add."""
        return {
            **self._boxes()._asdict(),
            "issued_in": link.form.ISSUED_IN,
            "certified": f"{self._issued_on() or ''}",
            "qr": self._qr_image(),
            "banner": self._banner(),
        }

    def _boxes(self):
        """The boxes that are printed (:class:`link.form.Boxes`)."""
        self.ensure_one()
        self._check_printable()
        whole = self.sudo()  # whoever prints the form may not read invoices
        return link.form.boxes(whole._application(), self.true_copy_on or None)

    def _check_printable(self):
        """
        :raises UserError: where a good of a draft was not determined, so that there is nothing to put into its box
        """
        goods = self.sudo()._goods()  # of whatever invoice they are
        if not self.application and not all(line.criterion and line.dossier_sha256 for line in goods):
            raise UserError(
                self.env._(
                    "Certificate %s cannot be printed yet: press “Check”, which says what is missing.", self.name
                )
            )

    def _banner(self):
        """What must stand across a print that is no valid certificate, or an empty text."""
        if self.is_specimen:
            ended = BANNERS.get(self.state)
            return " — ".join(filter(None, ("SPECIMEN", ended, "NOT VALID")))
        return "" if self.state == "issued" else f"{BANNERS.get(self.state, 'NOT ISSUED')} — NOT VALID"

    def _qr_url(self):
        """The address behind the QR code; empty where there is no page, or nothing on it."""
        return self._get_verification_url() if self.state in certificate_states.PUBLIC else ""

    def _qr_text(self):
        """What the QR code holds: the address, and behind it what an add-on adds to prove it."""
        return self._qr_url()

    def _qr_image(self):
        """The QR code of the public page as a data URI, or None where there is no page."""
        text = self._qr_text()
        return qr_code.data_uri(text) if text else None

"""What stands in the boxes of our print of Form RCEP, made of the same application that the platform gets."""

from odoo import models

from . import amounts, languages, qr, states

NOT_SHIPPED = "***"
BY_MEANS = {"sea": "BY SEA", "air": "BY AIR", "rail": "BY RAIL", "road": "BY ROAD", "post": "BY POST"}
PRODUCER_WORDS = {"several": "SEE BOX 8", "confidential": "CONFIDENTIAL", "unknown": "NOT AVAILABLE"}
COUNTRY = "CHINA"
BANNERS = {"cancelled": "CANCELLED", "replaced": "REPLACED"}  # whatever else is not issued is just that


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _form_boxes(self):
        """The texts of the boxes, by name; box 6 to 13 are read from the lines."""
        self.ensure_one()
        company = self.company_id
        exporter = [company.rcep_name_en, company.rcep_address_en, COUNTRY]
        return {
            "exporter": _lines(exporter),
            "consignee": _firm(self.partner_id),
            "producer": PRODUCER_WORDS.get(self.producer_statement) or self._producer_box(exporter),
            "issued_in": "THE PEOPLE'S REPUBLIC OF CHINA",
            "departure": self.departure_date or NOT_SHIPPED,
            "vessel": self.vessel or BY_MEANS.get(self.means, NOT_SHIPPED),
            "port": self.port_discharge or NOT_SHIPPED,
            "remarks": self._remarks_box(),
            "importing_party": languages.english(self.importing_party_id.country_id).name.upper(),
            "declared": self._declared_box(),
            "certified": f"{self._issued_on() or ''}",
            "ticks": [
                (False, "Back-to-back Certificate of Origin"),
                (bool(self.third_party_name), "Third-party invoicing"),
                (self.retroactive, "ISSUED RETROACTIVELY"),
            ],
            "qr": self._qr_image(),
            "banner": self._banner(),
        }

    def _banner(self):
        """What must stand across a print that is no valid certificate, or an empty text."""
        if self.is_specimen:
            return "SPECIMEN — NOT VALID"
        return "" if self.state == "issued" else f"{BANNERS.get(self.state, 'NOT ISSUED')} — NOT VALID"

    def _qr_image(self):
        """The QR code of the public page as a data URI, or None where there is no page."""
        url = self._get_verification_url()
        if not url or self.state not in states.PUBLIC:
            return None
        return qr.data_uri(url)

    def _producer_box(self, exporter):
        named = self.line_ids.producer_id[:1]
        return _lines(exporter) if not named or named == self.company_id.partner_id else _firm(named)

    def _remarks_box(self):
        third = self.third_party_name and ", ".join(
            filter(None, [self.third_party_name, languages.english(self.third_party_country_id).name])
        )
        return "; ".join(filter(None, [self.remarks, third]))

    def _declared_box(self):
        if not self.signer_id:
            return ""
        signer = self.signer_id.rcep_name_en or self.signer_id.name
        return f"{self.company_id.rcep_place}, {self.declaration_date}, {signer}"


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _box_10(self):
        """Criterion, with ACU or DMI beside it."""
        return " ".join(filter(None, (self.criterion, self.modifiers)))

    def _box_12(self):
        """Quantity and gross weight."""
        weight = f" / {amounts.text(amounts.exact(self.gross_weight))} KGS G.W." if self.gross_weight else ""
        return f"{self._quantity_text()}{weight}"

    def _quantity_text(self):
        """Quantity and unit with every digit: 1234567 stays what it is."""
        return f"{amounts.text(amounts.exact(self.quantity))} {self.unit}"

    def _box_13(self):
        """Number and day of the invoice; whoever prints the form may not read invoices."""
        invoice = self.sudo().invoice_id
        return invoice.name, invoice.invoice_date


def _lines(texts):
    return ", ".join(filter(None, texts))


def _firm(partner):
    return _lines([partner._rcep_name(), partner._rcep_address_line(), partner._rcep_country_name()])

"""What an issuing body sent back, in the words of the form and at its fields."""

from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ... import link

_lt = LazyTranslate(__name__)

# Parts of a canonical path, as the form names them.
PATHS = {
    "items": _lt("Item"),
    "invoices": _lt("Invoice"),
    "exporter": _lt("Exporter"),
    "consignee": _lt("Consignee"),
    "producer": _lt("Producer"),
    "transport": _lt("Transport"),
    "declaration": _lt("Declaration"),
    "third_party": _lt("Third-party invoicing"),
    "name": _lt("name"),
    "name_en": _lt("English name"),
    "address": _lt("address"),
    "country": _lt("country"),
    "number": _lt("number"),
    "hs6": _lt("HS code"),
    "description": _lt("description"),
    "quantity": _lt("quantity"),
    "unit": _lt("unit"),
    "criterion": _lt("criterion"),
    "fob_value": _lt("FOB value"),
    "rvc": _lt("regional value content"),
    "incoterm": _lt("price term"),
    "currency": _lt("currency"),
    "packages": _lt("packages"),
    "product_ref": _lt("product code"),
    "invoice_number": _lt("invoice number"),
    "retroactive": _lt("issued retroactively"),
    "application": _lt("Application"),
    "filing": _lt("Product filing"),
    "materials": _lt("material"),
    "port_of_loading": _lt("port of loading"),
    "port_of_discharge": _lt("port of discharge"),
    "vessel": _lt("vessel, flight or train"),
    "remarks": _lt("Remarks"),
    "marks": _lt("marks and numbers"),
    "signatory": _lt("signature"),
    "place": _lt("place"),
    "trader": _lt("firm"),
    "gross_weight": _lt("gross weight"),
    "amount": _lt("amount"),
    "reason": _lt("reason"),
    "old": _lt("Earlier certificate"),
    "producer_name": _lt("producer"),
}
# Canonical paths by the field of the form that says them; a longer one counts before a shorter one.
FIELDS = {
    "transport.departure_date": "departure_date",
    "retroactive": "departure_date",
    "transport.means": "means",
    "transport.vessel": "vessel",
    "transport.port_of_loading": "port_loading",
    "transport.port_of_discharge": "port_discharge",
    "consignee": "partner_id",
    "importing_party": "importing_party_id",
    "producer": "producer_statement",
    "third_party.country": "third_party_country_id",
    "third_party": "third_party_name",
    "remarks": "remarks",
    "invoices": "invoice_numbers",
    "old": "old_reason",
}
ITEM = "items."


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    @api.depends("platform_error_paths")
    def _compute_returned_fields(self):
        for certificate in self:
            said = {}
            for path, sentence in (certificate.platform_error_paths or {}).items():
                field = next((FIELDS[start] for start in FIELDS if f"{path}.".startswith(f"{start}.")), None)
                if field:
                    said[field] = " ".join(filter(None, (said.get(field), sentence)))
            certificate.returned_fields = said or False

    def _returned_values(self, errors):
        """What is written of the errors that a platform sent back (:class:`link.record.FieldError`)."""
        if not errors:
            return {"platform_errors": False, "platform_error_paths": False}
        profile = self._profile()
        said = {error.path: link.profiles.explained(profile, error) for error in errors}
        return {"platform_errors": self._error_sentences(errors), "platform_error_paths": said or False}

    def _error_sentences(self, errors):
        """What a platform sent back: by field, with the cause and the next step where they are known."""
        profile = self._profile()
        said = [(self._path_words(error.path), link.profiles.explained(profile, error)) for error in errors]
        return "\n".join(": ".join(filter(None, each)) for each in said) or False

    def _profile(self):
        platform = self.env["rcep.platform"].sudo().search([("company_id", "=", self.company_id.id)], limit=1)
        return platform._profile() if platform else link.profiles.get(link.profiles.DEFAULT)

    def _path_words(self, path):
        """A canonical path as people say it: ``items.0.hs6`` is *Item 1, HS code*."""
        parts = path.split(".")
        words = [self.env._(PATHS[part]) if part in PATHS else part for part in parts if not part.isdigit()]
        position = next((int(part) + 1 for part in parts if part.isdigit()), None)
        if position is not None:
            words[0] = f"{words[0]} {position}"
        return ", ".join(words)


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    platform_error = fields.Text("Sent back by the issuing body", compute="_compute_platform_error")

    @api.depends("certificate_id.platform_error_paths", "number")
    def _compute_platform_error(self):
        for line in self:
            own = f"{ITEM}{line.number - 1}."
            said = line.certificate_id.platform_error_paths or {}
            sentences = [sentence for path, sentence in said.items() if f"{path}.".startswith(own)]
            line.platform_error = "\n".join(sentences) or False

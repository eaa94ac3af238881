"""What an issuing body sent back, in the words of the form and at its fields."""

from odoo import api, fields, models

from ... import link
from ...texts import coded_messages

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

    returned_coded = fields.Json("Sent back, by code", readonly=True, copy=False)
    platform_errors = coded_messages.translated_field("returned_coded", "What was sent back")
    platform_error_paths = fields.Json(
        compute="_compute_platform_error_paths", help="{canonical path: what is wrong there}"
    )
    returned_fields = fields.Json(compute="_compute_returned_fields", help="{field of the form: what is wrong there}")

    has_goods_returned = fields.Boolean(compute="_compute_returned_fields", help="Something is wrong with a good.")

    @api.depends("returned_coded")
    @api.depends_context("lang")
    def _compute_platform_error_paths(self):
        for certificate in self:
            certificate.platform_error_paths = (
                coded_messages.by_path(certificate.env, certificate.returned_coded) or False
            )

    @api.depends("platform_error_paths")
    @api.depends_context("lang")
    def _compute_returned_fields(self):
        for certificate in self:
            paths, result = certificate.platform_error_paths or {}, {}
            certificate.has_goods_returned = any(path.startswith(ITEM) for path in paths)
            for path, sentence in paths.items():
                field = next((FIELDS[start] for start in FIELDS if f"{path}.".startswith(f"{start}.")), None)
                if field:
                    result[field] = " ".join(filter(None, (result.get(field), sentence)))
            certificate.returned_fields = result or False

    def _wrong_fields(self, errors):
        """What a platform sent back (:class:`link.record.FieldError`), as it is kept."""
        profile = self._profile().code
        return coded_messages.stored(*(coded_messages.field_message(profile, error) for error in errors))

    def _profile(self):
        platform = self.env["rcep.platform"].sudo().search([("company_id", "=", self.company_id.id)], limit=1)
        return platform._profile() if platform else link.profiles.get(link.profiles.DEFAULT)

    def _path_words(self, path):
        """A canonical path as people say it: ``items.0.hs6`` is *Item 1, HS code*."""
        return coded_messages.path_label(self.env, path)


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    platform_error = fields.Text("Sent back by the issuing body", compute="_compute_platform_error")

    @api.depends("certificate_id.returned_coded", "number")
    @api.depends_context("lang")
    def _compute_platform_error(self):
        for line in self:
            own = f"{ITEM}{line.number - 1}."
            result = line.certificate_id.platform_error_paths or {}
            sentences = [sentence for path, sentence in result.items() if f"{path}.".startswith(own)]
            line.platform_error = "\n".join(sentences) or False

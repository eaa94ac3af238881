"""The consignee's own certificates, in its portal: those that were issued, each with its document."""

import base64

from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.http import request

from ..models import states

SHOWN = tuple(states.PUBLIC)  # what is not public is nobody's abroad


class CertificatePortal(CustomerPortal):
    def _own_certificates(self):
        """(model, domain) of what the visitor may see: of its own firm, and issued."""
        firm = request.env.user.partner_id.commercial_partner_id
        # Whoever is abroad has no right to the exporter's records: this domain is all that is shown of them.
        certificates = request.env["rcep.certificate"].sudo()
        return certificates, [("partner_id", "child_of", firm.id), ("state", "in", SHOWN)]

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "rcep_certificate_count" in counters:
            certificates, domain = self._own_certificates()
            values["rcep_certificate_count"] = certificates.search_count(domain)
        return values

    @http.route(["/my/certificates", "/my/certificates/page/<int:page>"], type="http", auth="user", website=True)
    def portal_my_certificates(self, page=1, **_more):
        """The list of one's own certificates."""
        certificates, domain = self._own_certificates()
        told = pager("/my/certificates", certificates.search_count(domain), page, self._items_per_page)
        values = self._prepare_portal_layout_values()
        values |= {
            "certificates": certificates.search(domain, limit=self._items_per_page, offset=told["offset"]),
            "page_name": "rcep_certificate",
            "default_url": "/my/certificates",
            "pager": told,
        }
        return request.render("rcep_eco.portal_my_certificates", values)

    @http.route("/my/certificates/<int:certificate_id>/document", type="http", auth="user", website=True)
    def portal_certificate_document(self, certificate_id, **_more):
        """The issuing body's document of one's own certificate; our print where it has sent none."""
        certificates, domain = self._own_certificates()
        certificate = certificates.search([*domain, ("id", "=", certificate_id)], limit=1)
        if not certificate:
            return request.not_found()
        pdf = base64.b64decode(certificate.document) if certificate.document else certificate._form_pdf()
        return request.make_response(
            pdf,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", http.content_disposition(certificate.document_name)),
                ("Cache-Control", "private, no-store"),
            ],
        )

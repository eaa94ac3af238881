"""The consignee's own certificates, in its portal: those that were issued, each with its document and papers."""

from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.http import request

from ..models.certificate.customer_documents import PAPERS
from ..states import certificate_states
from .documents_zip import attached

SHOWN = tuple(certificate_states.PUBLIC)  # what is not public is nobody's abroad


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
        pages = pager("/my/certificates", certificates.search_count(domain), page, self._items_per_page)
        values = self._prepare_portal_layout_values()
        values |= {
            "certificates": certificates.search(domain, limit=self._items_per_page, offset=pages["offset"]),
            "page_name": "rcep_certificate",
            "default_url": "/my/certificates",
            "pager": pages,
        }
        return request.render("rcep_eco.portal_my_certificates", values)

    def _own_certificate(self, certificate_id):
        """One of the visitor's own, or an empty record: that of another and one that is not there are the same."""
        certificates, domain = self._own_certificates()
        return certificates.search([*domain, ("id", "=", certificate_id)], limit=1)

    @http.route("/my/certificates/<int:certificate_id>", type="http", auth="user", website=True)
    def portal_certificate(self, certificate_id, **_more):
        """One of one's own certificates: what it says, its document and papers."""
        certificate = self._own_certificate(certificate_id)
        if not certificate:
            return request.not_found()
        values = self._prepare_portal_layout_values()
        values |= {
            "certificate": certificate,
            "boxes": certificate._boxes(),
            "papers": certificate._consignee_papers(),
            "page_name": "rcep_certificate",
        }
        return request.render("rcep_eco.portal_my_certificate", values)

    @http.route("/my/certificates/<int:certificate_id>/document", type="http", auth="user", website=True)
    def portal_certificate_document(self, certificate_id, **_more):
        """The issuing body's document of one's own certificate; our print where it has sent none."""
        certificate = self._own_certificate(certificate_id)
        if not certificate:
            return request.not_found()
        return attached(certificate._certificate_pdf(), certificate.document_name)

    @http.route("/my/certificates/<int:certificate_id>/papers", type="http", auth="user", website=True)
    def portal_certificate_zip(self, certificate_id, **_more):
        """The document and the papers of one's own certificate in one ZIP."""
        certificate = self._own_certificate(certificate_id)
        if not certificate:
            return request.not_found()
        content = certificate._zip(certificate._consignee_papers())
        return attached(content, certificate._zip_name(), "application/zip")

    @http.route("/my/certificates/<int:certificate_id>/papers/<string:kind>", type="http", auth="user", website=True)
    def portal_certificate_paper(self, certificate_id, kind, **_more):
        """One of the papers of one's own certificate."""
        certificate = self._own_certificate(certificate_id)
        if not certificate or kind not in PAPERS or kind not in certificate._consignee_papers():
            return request.not_found()
        return attached(certificate._paper_pdf(kind), certificate._paper_name(kind))

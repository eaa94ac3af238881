"""Certificates with their papers as one ZIP, for whoever may read them in the back end."""

import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.certificate.document_files import MOST

IDS = re.compile(rf"[0-9]{{1,9}}(,[0-9]{{1,9}}){{0,{MOST - 1}}}")


class CertificatePapers(http.Controller):
    @http.route("/rcep_eco/papers", type="http", auth="user", methods=["GET"], readonly=True)
    def papers(self, ids="", **_more):
        """The ZIP of the certificates with these numbers, parted by commas; what one may not read is refused."""
        if not IDS.fullmatch(ids):
            return request.not_found()
        certificates = request.env["rcep.certificate"].browse(map(int, ids.split(","))).exists()
        if not certificates:
            return request.not_found()
        certificates.check_access("read")
        return attached(certificates._zip(), certificates._zip_name(), "application/zip")

    @http.route("/rcep_eco/replies/<int:platform_id>", type="http", auth="user", methods=["GET"], readonly=True)
    def replies(self, platform_id, **_more):
        """The office's replies over a connection without the firm's facts, for its manager."""
        platform = request.env["rcep.platform"].browse(platform_id).exists()
        if not platform:
            return request.not_found()
        try:
            content = platform._redacted_replies()
        except UserError:  # as below; AccessError is one
            return request.not_found()
        return attached(content, "replies.zip", "application/zip")

    @http.route("/rcep_eco/files", type="http", auth="user", methods=["GET"], readonly=False)
    def files(self, ids="", **_more):
        """The files of the applications with these numbers, to be carried by hand; one as it is, several as a ZIP."""
        if not IDS.fullmatch(ids):
            return request.not_found()
        certificates = request.env["rcep.certificate"].browse(map(int, ids.split(","))).exists()
        if not certificates:
            return request.not_found()
        try:
            certificates._check_may_carry()
            name, content = certificates._files()
        except UserError:  # the button says why; here there is none
            return request.not_found()
        return attached(content, name, "application/zip" if name.endswith(".zip") else "application/xml")


def attached(content, name, kind="application/pdf"):
    """A file to be saved, kept by nobody on the way."""
    return request.make_response(
        content,
        [
            ("Content-Type", kind),
            ("Content-Disposition", http.content_disposition(name)),
            ("Cache-Control", "private, no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )

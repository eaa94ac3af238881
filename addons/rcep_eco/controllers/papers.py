"""Certificates with their papers as one ZIP, for whoever may read them in the back end."""

import re

from odoo import http
from odoo.http import request

from ..models.certificate.documents import MOST

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

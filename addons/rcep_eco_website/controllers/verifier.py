"""The verifier: a page, kept by the browser for when there is no network, and the same as one file."""

import hashlib
import json

from odoo.http import Controller, request, route

from .. import verifier
from ..models import verification_proof

ROUTE = {"type": "http", "auth": "public", "methods": ["GET"], "save_session": False}
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'self'"
)
HEADERS = [
    ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", STRICT),
    ("Cache-Control", "no-cache"),
]  # fmt: skip


class Verifier(Controller):
    @route("/eco/verify", sitemap=False, **ROUTE)
    def page(self, **_query):
        """The page; what is checked on it never leaves the reader's device but for the live state."""
        values = self._values()
        values["sha256"] = hashlib.sha256(self._file(values)).hexdigest()
        html = request.env["ir.qweb"].sudo()._render("rcep_eco_website.verifier", values)  # no record is shown
        return request.make_response(html, headers=[("Content-Type", "text/html; charset=utf-8"), *HEADERS])

    @route("/eco/verify/rcep-verifier.html", sitemap=False, **ROUTE)
    def file(self, **_query):
        """The page as one file, with today's keys in it."""
        name = 'attachment; filename="rcep-verifier.html"'
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Disposition", name), *HEADERS]
        return request.make_response(self._file(self._values()), headers=headers)

    @route("/eco/verify/lists.json", sitemap=False, **ROUTE)
    def lists(self, **_query):
        """The signed lists of what was cancelled or replaced, by credit code."""
        return request.make_json_response(verification_proof.known_keys(request.env)["lists"], headers=[
            ("Access-Control-Allow-Origin", "*"), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-cache"),
        ])  # fmt: skip

    @route("/eco/verify/worker.js", sitemap=False, **ROUTE)
    def worker(self, **_query):
        """The service worker: it may answer for each page of a certificate."""
        headers = [("Content-Type", "text/javascript; charset=utf-8"), ("Service-Worker-Allowed", "/eco"), *HEADERS]
        return request.make_response(verifier.page.worker(), headers=headers)

    @route("/eco/verify/manifest.webmanifest", sitemap=False, **ROUTE)
    def manifest(self, **_query):
        """What a phone shows of it once it was installed."""
        words = verifier.words.all_words()["en"]
        icon = {"src": "/rcep_eco_website/static/description/icon.png", "sizes": "128x128", "type": "image/png"}
        facts = {
            "name": words["title"], "short_name": "RCEP e-CO", "start_url": "/eco/verify", "scope": "/eco",
            "display": "standalone", "background_color": "#f4f5f7", "theme_color": "#1a5276", "icons": [icon],
        }  # fmt: skip
        headers = [("Content-Type", "application/manifest+json"), *HEADERS]
        return request.make_response(json.dumps(facts), headers=headers)

    def _values(self):
        known = verification_proof.known_keys(request.env)
        return verifier.page.values(**known)

    def _file(self, values):
        values = verifier.page.as_one_file(values)
        html = request.env["ir.qweb"].sudo()._render("rcep_eco_website.verifier", values)  # as above
        return str(html).encode()

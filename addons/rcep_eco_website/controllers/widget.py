"""Our check on any website: the script of ``<rcep-eco-verify>``, the door it asks by numbers, and a page for a frame.

Nothing here gives or reads a cookie: another website's visitor is nobody to us.
"""

import re

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.link.foreign_answers import Odd, read, text
from odoo.addons.rcep_eco.tools import public_words
from odoo.http import Controller, request, route

from .. import widget
from ..models.verification_page import WORDS
from . import visits
from .verification import languages_header

LONGEST_BODY = 2048  # bytes: two numbers, however they are escaped
LONGEST_NUMBER = 80  # characters of a certificate's or an invoice's number
KEPT = "public, max-age=86400, stale-while-revalidate=604800"  # seconds that a copy of the script may be used
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # of a language
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
ROUTE = {"type": "http", "auth": "public", "save_session": False, "sitemap": False}
NOT_KEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}
DOOR = {**NOT_KEPT, "Access-Control-Expose-Headers": "Retry-After"}
STRICT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
)


class Widget(Controller):
    @route("/eco/widget.js", methods=["GET"], cors="*", **ROUTE)
    def script(self, **_query):
        """The script, for any page; 304 for who has it already."""
        script, mark = widget.script.text()
        headers = {
            "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": KEPT,
            "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "cross-origin",
        }  # fmt: skip
        response = request.make_response(script, headers=[*headers.items()])
        response.set_etag(mark)
        return response.make_conditional(request.httprequest)

    @route(
        "/eco/look-up.json", methods=["POST"], csrf=False, cors="*", max_content_length=LONGEST_BODY, **ROUTE
    )  # without a session there is nobody in whose name another site could ask
    def look_up(self, **_form):
        """What is published where both numbers match; wrong and unknown get the same answer, as at ``POST /eco``."""
        caller = rate_limits.caller()
        if not rate_limits.may_try("form", caller):
            return rate_limits.too_many(DOOR.items())
        try:
            asked = read(request.httprequest.get_data())
            numbers = {name: text(asked, name, LONGEST_NUMBER) for name in ("certificate_no", "invoice_no")}
        except Odd:
            return _said({"error": "unreadable"}, 400)
        # A visitor has no rights; the record holds nothing but what is public.
        record = request.env["rcep.verification"].sudo()._of_numbers(**numbers)
        if not record:
            rate_limits.note("form", caller)
            visits.note("widget")
            return _said({"error": "unknown"}, 404)
        visits.note("widget", record)
        return _said({"token": record.token, "record": record._as_json()})

    @route("/eco/widget", methods=["GET"], **ROUTE)
    def frame(self, token="", lang="", **_query):
        """The same on a page of ours, which the websites that an administrator has listed may show in a frame."""
        token, spoken = token if TOKEN.fullmatch(token) else "", lang if TAG.fullmatch(lang) else ""
        language = public_words.chosen(spoken, languages_header())
        values = {
            "token": token, "spoken": spoken, "tag": public_words.tag(language),
            "words": public_words.words(WORDS, language), "action": f"/eco/{token}" if token else "/eco",
        }  # fmt: skip
        html = request.env["ir.qweb"].sudo()._render("rcep_eco_website.widget_frame", values)  # no record is shown
        website = request.env["website"].get_current_website().sudo()  # who may frame it stands in a header
        allowed = " ".join(["'self'", *website.company_id._rcep_frame_origins()])
        headers = {
            **NOT_KEPT, "Content-Type": "text/html; charset=utf-8", "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": f"{STRICT}; frame-ancestors {allowed}",
        }  # fmt: skip
        return request.make_response(html, headers=[*headers.items()])


def _said(content, status=200):
    return request.make_json_response(content, headers=[*DOOR.items()], status=status)

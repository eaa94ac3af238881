"""What anyone sees of a certificate: the page behind its QR code, and a form for who has only its numbers.

Both are of our own make and need no session: nobody gets a cookie, and one copy serves all who read a language.
"""

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.models.platform.rcep_signing_key import PATH as KEYS
from odoo.addons.rcep_eco.tools import public_words
from odoo.http import Controller, request, route

from ..models.verification_page import FRESH, WORDS
from . import visits

ROUTE = {"type": "http", "auth": "public", "save_session": False}
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
PLAIN = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
HEADERS = {**PLAIN, "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": STRICT,
           "X-Frame-Options": "SAMEORIGIN", "Vary": public_words.VARY}  # fmt: skip
MACHINES = {"Content-Type": "application/json; charset=utf-8", "X-Robots-Tag": "noindex",
            "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "ETag, Link"}  # fmt: skip
KEPT = {"Cache-Control": f"public, max-age={FRESH}"}
NOT_KEPT = {"Cache-Control": "no-store"}
LONGEST_TOKEN = 64  # characters: what is longer was never printed, and gets no page made for it
LONGEST_HEADER = 1000  # characters of the languages that a browser asks for
LONGEST_NUMBER = 80  # characters of a certificate's or an invoice's number


class Verification(Controller):
    @route("/eco/<string:token>", sitemap=False, methods=["GET"], **ROUTE)
    def page(self, token, lang="", **_query):
        """The state and the public facts of one certificate; 404 for an unknown token."""
        if len(token) > LONGEST_TOKEN:
            plain = {**PLAIN, **NOT_KEPT, "Content-Type": "text/plain; charset=utf-8"}
            return request.make_response("Not found", headers=[*plain.items()], status=404)
        # A visitor has no rights; the record holds nothing but what is public.
        record = request.env["rcep.verification"].sudo()._of_token(token)
        if not record:  # a right one is shown to whoever asks, however many others guess from the same address
            return self._unknown(lang)
        language = record._language(asked_language(lang), languages_header())
        visits.note("code", record, language)
        # Going back, or opening a tab anew, shows a copy of any age: of a state nobody may have one.
        asked_at = request.env["website"].get_current_website().sudo().company_id  # whose website it is, is no secret
        headers = {**HEADERS, **NOT_KEPT, "Link": _links(record, ".json")}
        return _served(record._page_served(language, asked_at), headers)

    @route("/eco/<string:token>.json", sitemap=False, methods=["GET"], **ROUTE)
    def facts(self, token, via="", **_query):
        """The same for machines: state, facts, and the digest that the code carries; 404 for an unknown token."""
        record = request.env["rcep.verification"].sudo()._of_token(token)  # as above
        if not record:
            caller = rate_limits.caller()
            if not rate_limits.may_try("token", caller):
                return rate_limits.too_many(MACHINES.items())
            rate_limits.note("token", caller)
            unknown = {**MACHINES, **NOT_KEPT}  # it may lead somewhere a moment later
            return request.make_json_response({"error": "unknown"}, headers=[*unknown.items()], status=404)
        visits.note("verifier" if via == "verifier" else "json", record)
        return _served(record._json_served(), {**MACHINES, **KEPT, "Link": _links(record, "")})

    @route("/eco/logo/<int:company_id>.png", sitemap=False, methods=["GET"], **ROUTE)
    def logo(self, company_id, **_query):
        """The logo of a firm that has pages here."""
        # A visitor has no rights; he reads nothing here but a logo that stands on public pages.
        pages, websites = request.env["rcep.verification"].sudo(), request.env["website"].sudo()
        own = [("company_id", "=", company_id)]
        company = pages.search([*own, ("state", "!=", False)], limit=1).company_id
        company = company or websites.search(own, limit=1).company_id
        if not company or company.uses_default_logo:
            return request.not_found()
        stream = request.env["ir.binary"].sudo()._get_image_stream_from(company, "logo_web")
        return stream.get_response(max_age=FRESH, content_security_policy="default-src 'none'")

    @route("/eco", sitemap=False, methods=["GET"], **ROUTE)
    def form(self, lang="", **_query):
        """Ask for a certificate by its number and an invoice number; search engines may know of it."""
        return self._form(websites_language(lang), may_be_known=True)

    # Nobody is logged in here and nothing is changed: another site's form does no harm.
    @route("/eco", sitemap=False, methods=["POST"], csrf=False, **ROUTE)
    def look_up(self, certificate_no="", invoice_no="", lang="", **_form):
        """Lead to the page where both numbers match; wrong and unknown get the same answer."""
        caller = rate_limits.caller()
        if not rate_limits.may_try("form", caller):
            page = self._form(lang, status=429, problem="too_many")
            page.headers["Retry-After"] = str(rate_limits.seconds_left())
            return page
        numbers = {"certificate_no": _typed(certificate_no), "invoice_no": _typed(invoice_no)}
        record = request.env["rcep.verification"].sudo()._of_numbers(**numbers)  # as above
        if not record:
            rate_limits.note("form", caller)
            visits.note("form", language=_language(lang))
            return self._form(lang, problem="not_found", **numbers)
        visits.note("form", record, record._language(asked_language(lang), languages_header()))
        language = public_words.known(lang)
        return request.redirect(f"/eco/{record.token}" + (f"?lang={language}" if language else ""), code=303)

    def _unknown(self, lang):
        """The answer to a token that leads nowhere."""
        caller = rate_limits.caller()
        if not rate_limits.may_try("token", caller):
            return rate_limits.too_many({**PLAIN, "Vary": public_words.VARY}.items(), _words(lang)["too_many"])
        rate_limits.note("token", caller)
        visits.note("code", language=_language(lang))
        return self._form(lang, status=404, problem="unknown_token")  # it may lead somewhere a moment later

    def _form(self, lang, *, status=200, problem="", may_be_known=False, certificate_no="", invoice_no=""):
        language, words = _language(lang), _words(lang)
        pages = request.env["rcep.verification"].sudo()  # no record is shown
        website = request.env["website"].get_current_website().sudo()  # the name of its company is no secret
        html = request.env["ir.qweb"].sudo()._render("rcep_eco_website.verification_form", {
            **pages._frame(website.company_id, language, words["form_title"], "/eco"), "problem": problem,
            "action": f"/eco?lang={language}" if public_words.known(lang) else "/eco",
            "certificate_no": certificate_no, "invoice_no": invoice_no,
        })  # fmt: skip
        headers = {**HEADERS, **NOT_KEPT}
        if may_be_known:
            headers.pop("X-Robots-Tag")
        return request.make_response(str(html).strip(), headers=[*headers.items()], status=status)


def languages_header():
    return request.httprequest.headers.get("Accept-Language", "")[:LONGEST_HEADER]


def asked_language(lang):
    """The visitor's choice: ``?lang=vi`` in the address, or before it, as a website of several languages writes it."""
    return lang or (request.lang.code if hasattr(request, "lang") else "")


def websites_language(lang):
    """That, or the language in which the visitor reads the website, from whose menu he comes."""
    return asked_language(lang) or request.httprequest.cookies.get("frontend_lang", "")


def _language(lang):
    return public_words.chosen(asked_language(lang), languages_header())


def _words(lang):
    return public_words.words(WORDS, _language(lang))


def _served(served, headers):
    """Bytes that are there already; 304 for who has them."""
    answer = request.make_response(served.body, headers=[*headers.items()])
    answer.set_etag(served.etag)
    return answer.make_conditional(request.httprequest)


def _links(record, other):
    """Where a program goes on from here (RFC 8288): the other form, its description, the keys that sign its code."""
    kind = "application/json" if other else "text/html"
    return (
        f'</eco/{record.token}{other}>; rel="alternate"; type="{kind}", '
        '</eco/openapi.json>; rel="service-desc"; type="application/json", '
        f'<{KEYS}>; rel="describedby"; type="application/json"'
    )


def _typed(text):
    """What somebody typed, of a length that a number has: no file, no character that a database cannot hold."""
    return text.replace("\0", "")[:LONGEST_NUMBER] if isinstance(text, str) else ""

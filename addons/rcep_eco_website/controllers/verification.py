"""What anyone sees of a certificate: the page behind its QR code, and a form for who has only its numbers."""

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.http import Controller, request, route

# No other site shows our pages inside its own.
FRAMES = {"Content-Security-Policy": "frame-ancestors 'self'", "X-Frame-Options": "SAMEORIGIN"}
HEADERS = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", **FRAMES}
MACHINES = {"X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
FRESH = "max-age=60"  # seconds that a copy of a page may be shown
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
LONGEST_TOKEN = 64  # characters: what is longer was never printed, and gets no page made for it
LONGEST_NUMBER = 80  # characters of a certificate's or an invoice's number


class Verification(Controller):
    @route("/eco/<string:token>", type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def page(self, token, **_query):
        """The state and the public facts of one certificate; 404 for an unknown token."""
        # A visitor has no rights; the record holds nothing but what is public.
        if len(token) > LONGEST_TOKEN:
            return request.make_response("Not found", headers=list({**HEADERS, **PLAIN}.items()), status=404)
        record = request.env["rcep.verification"].sudo()._of_token(token)
        if not record:  # a right one is shown to whoever asks, however many others guess from the same address
            return self._unknown()
        elsewhere = self._language_of(record)
        if elsewhere:
            return request.redirect(request.env["ir.http"]._url_for(f"/eco/{token}", lang_code=elsewhere))
        facts = record._facts_read()
        values = {"record": record, "facts": facts, "state": record._state_now(), "block": record._copy_block(facts)}
        # What is kept for all holds nobody's session; the layout greets who is logged in: that is for nobody else.
        request.session.can_save = False
        scope = "public" if request.env.user._is_public() else "private"
        headers = {**HEADERS, "Cache-Control": f"{scope}, {FRESH}", "Vary": "Accept-Language"}
        return _at_home(request.render("rcep_eco_website.verification_page", values, headers=headers))

    @route("/eco/<string:token>.json", type="http", auth="public", methods=["GET"], save_session=False, sitemap=False)
    def facts(self, token, **_query):
        """The same for machines: state, facts, and the digest that the code carries; 404 for an unknown token."""
        record = request.env["rcep.verification"].sudo()._of_token(token)  # as above
        if not record:
            caller = rate_limits.caller()
            if not rate_limits.may_try("token", caller):
                return rate_limits.too_many(MACHINES.items())
            rate_limits.note("token", caller)
            return request.make_json_response({"error": "unknown"}, headers=[*MACHINES.items()], status=404)
        answer = request.make_json_response(
            record._as_json(), headers=[*MACHINES.items(), ("Cache-Control", f"public, {FRESH}")]
        )
        answer.add_etag()
        return answer.make_conditional(request.httprequest)

    @route("/eco", type="http", auth="public", website=True, sitemap=True, methods=["GET"])
    def form(self, **_query):
        """Ask for a certificate by its number and an invoice number; search engines may know that one can."""
        headers = {"Referrer-Policy": "no-referrer", **FRAMES}
        return _at_home(request.render("rcep_eco_website.verification_form", {}, headers=headers))

    @route("/eco", type="http", auth="public", website=True, sitemap=False, methods=["POST"])
    def look_up(self, certificate_no="", invoice_no="", **_form):
        """Lead to the page where both numbers match; wrong and unknown get the same answer."""
        caller = rate_limits.caller()
        if not rate_limits.may_try("form", caller):
            page = self._form(status=429, too_many=True)
            page.headers.update({"Retry-After": str(rate_limits.seconds_left()), "Cache-Control": "no-store"})
            return page
        numbers = {"certificate_no": _typed(certificate_no), "invoice_no": _typed(invoice_no)}
        record = request.env["rcep.verification"].sudo()._of_numbers(**numbers)  # as above
        if not record:
            rate_limits.note("form", caller)
            return self._form(not_found=True, **numbers)
        return request.redirect(f"/eco/{record.token}", code=303)

    def _language_of(self, record):
        """The language in which a page opens for whoever has chosen none and whose browser asks for none of ours.

        It is that of the importing Party where the page has it, else English: an officer abroad does not read the
        exporter's language. None where the page is right as it is.
        """
        languages = request.env["ir.http"]
        asked = request.best_lang and languages.get_nearest_lang(request.best_lang)
        if asked or request.cookies.get("frontend_lang") or request.lang != languages._get_default_lang():
            return None
        found = next(filter(None, map(languages.get_nearest_lang, record._languages())), None)
        return found if found != request.lang.code else None

    def _unknown(self):
        """The answer to a token that leads nowhere."""
        caller = rate_limits.caller()
        if not rate_limits.may_try("token", caller):
            return rate_limits.too_many(HEADERS.items())
        rate_limits.note("token", caller)
        page = self._form(status=404, unknown_token=True)
        page.headers["Cache-Control"] = "no-store"  # it may lead somewhere a moment later
        return page

    def _form(self, status=200, **values):
        return _at_home(request.render("rcep_eco_website.verification_form", values, status=status, headers=HEADERS))


def _at_home(response):
    """The page as it is under our own address: the layout repeats the one by which a visitor came, whatever that is."""
    came = request.httprequest.url_root.rstrip("/")
    home = request.website.company_id._rcep_base_url()
    if came != home:
        response.flatten()
        response.set_data(response.get_data().replace(came.encode(), home.encode()))
    return response


def _typed(text):
    """What somebody typed, of a length that a number has: no file, no character that a database cannot hold."""
    return text.replace("\0", "")[:LONGEST_NUMBER] if isinstance(text, str) else ""

"""The page of a share: what one buyer got of the goods of a certificate, and how that certificate stands now."""

from odoo.addons.rcep_eco.controllers.supplier_page import HEADERS, NAMES, ROUTE, dead, speak
from odoo.http import Controller, request, route

# Its reader knows whose it is; the frame of a website is nothing to it.
OURS = {**ROUTE, "website": False}


class SharePage(Controller):
    @route("/rcep/share/<string:token>", methods=["GET"], **OURS)
    def page(self, token, lang="", **_query):
        """One share; one same page for every link that is dead."""
        code = speak(lang, request.httprequest.accept_languages.best_match(["en", "zh"]) or "en")
        # Whoever looks has no account. The token names one share; nothing of another is read.
        share = request.env["rcep.share"].sudo()._of_token(token)
        if not share:
            return dead(code, "rcep_eco_ledger.share_dead")
        shown = share.with_context(lang=request.env.lang)._shown()
        values = {"html_data": {"lang": code}, "code": code, "languages": NAMES, "shown": shown}
        return request.render("rcep_eco_ledger.share_page", values, headers=HEADERS)

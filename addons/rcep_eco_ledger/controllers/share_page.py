"""The page of a share: what one buyer got of the goods of a certificate, and how that certificate stands now."""

from odoo.addons.rcep_eco.controllers.supplier_page import HEADERS, ODOO, ROUTE, dead, frame, speak
from odoo.http import Controller, request, route

# Its reader knows whose it is; the frame of a website is nothing to it.
OURS = {**ROUTE, "website": False}


class SharePage(Controller):
    @route("/rcep/share/<string:token>", methods=["GET"], **OURS)
    def page(self, token, lang="", **_query):
        """One share; one same page for every link that is dead."""
        code = speak(lang, only=ODOO)
        # Whoever looks has no account. The token names one share; nothing of another is read.
        share = request.env["rcep.share"].sudo()._of_token(token)
        if not share:
            return dead(code, "rcep_eco_ledger.share_dead", ODOO)
        shown = share.with_context(lang=request.env.lang)._shown()
        values = {**frame(code, ODOO), "shown": shown}
        return request.render("rcep_eco_ledger.share_page", values, headers=HEADERS)

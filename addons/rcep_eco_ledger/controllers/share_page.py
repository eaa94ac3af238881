"""The page of a share: what one buyer got of the goods of a certificate, and how that certificate stands now."""

from odoo.addons.rcep_eco.controllers.supplier_page import HEADERS, ROUTE, dead, frame, speak
from odoo.http import Controller, request, route

from ..models.rcep_share import ROOM

# Its reader knows whose it is; the frame of a website is nothing to it.
OURS = {**ROUTE, "website": False}


class SharePage(Controller):
    @route("/rcep/share/<string:token>", methods=["GET"], **OURS)
    def page(self, token, lang="", **_query):
        """One share; one same page for every link that is dead."""
        # Whoever looks has no account. The token names one share; nothing of another is read.
        share = request.env["rcep.share"].sudo()._of_token(token)
        if not share:
            return dead(speak(lang), "rcep_eco_ledger.share_dead", ROOM)
        code = speak(lang, [share._reader_language()])
        values = {**frame(code, ROOM), "shown": share._shown(code)}
        return request.render("rcep_eco_ledger.share_page", values, headers=HEADERS)

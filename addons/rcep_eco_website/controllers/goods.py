"""Which goods of the website's company originate today: a page, and what the building block shows of it."""

from odoo.addons.rcep_eco.tools import public_words
from odoo.http import Controller, request, route

from ..models.rcep_borders import GOODS
from .verification import HEADERS, NOT_KEPT, ROUTE, languages_header, websites_language


class Goods(Controller):
    @route(GOODS, sitemap=False, methods=["GET"], **ROUTE)
    def goods(self, lang="", **_query):
        """The goods of this website's company alone; nobody may keep a copy of a verdict, no search engine either."""
        company = request.env["website"].get_current_website().sudo().company_id  # whose website it is, is no secret
        language = public_words.chosen(websites_language(lang), languages_header())
        # A visitor has no rights; what is shown was chosen for the public, and holds no figure.
        html = request.env["rcep.origin"].sudo().with_company(company)._render_goods_page(company, language)
        return request.make_response(str(html).strip(), headers=[*{**HEADERS, **NOT_KEPT}.items()])

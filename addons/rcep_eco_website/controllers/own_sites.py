"""What this Odoo says of the exporter's websites: one side of a proof, whose other is a file on each of them."""

from odoo.addons.rcep_eco.models.platform.rcep_signing_key import PATH as KEYS
from odoo.http import Controller, request, route

from ..models.rcep_borders import DOMAIN
from ..widget.origins import origins

HEADERS = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}


class OwnSites(Controller):
    @route(DOMAIN, type="http", auth="public", methods=["GET"], cors="*", save_session=False, sitemap=False)
    def domain(self, **_query):
        """The websites that the exporter says are its own, its credit code and its address."""
        # What the company lists here is for everybody; a visitor reads no companies.
        company = request.env["website"].get_current_website().sudo().company_id
        content = {
            "address": company._rcep_base_url(),
            "keys": KEYS,
            "credit_codes": [company.rcep_uscc] if company.rcep_uscc else [],
            "websites": origins(company.rcep_own_sites)[0],
        }
        return request.make_json_response(content, headers=[*HEADERS.items()])

"""What this website answers, described for programs (``GET /eco/openapi.json``, OpenAPI 3.1).

The description is data, ``openapi.json`` beside this file; a test holds it against the routes and their answers.
"""

import json
import pathlib

from odoo.http import Controller, request, route

DESCRIPTION = json.loads(pathlib.Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
FRESH = "public, max-age=3600"  # seconds that a copy may be used


class OpenApi(Controller):
    @route(
        "/eco/openapi.json", type="http", auth="public", methods=["GET"], cors="*", save_session=False, sitemap=False
    )
    def openapi(self, **_query):
        """The description, for anybody; 304 for who has it already."""
        module = request.env["ir.module.module"].sudo()._get("rcep_eco_website")  # which version is no secret
        info = {**DESCRIPTION["info"], "version": module.installed_version}
        response = request.make_json_response({**DESCRIPTION, "info": info}, headers={"Cache-Control": FRESH})
        response.add_etag()
        return response.make_conditional(request.httprequest)

"""Whoever misses an address of the platform's door is told so, in the door's own form.

Odoo answers what it has no route for with a page, and JSON with status 200: a platform would take its event for kept.
"""

from odoo.http import request, route

from .openapi import DESCRIPTION
from .platform_signed import PlatformDoor, longest

ROOT = "/rcep/platform"


class PlatformElsewhere(PlatformDoor):
    @route(
        [ROOT, f"{ROOT}/<path:rest>"], type="http", auth="public", csrf=False, save_session=False, sitemap=False,
        max_content_length=longest,
    )  # fmt: skip
    def elsewhere(self, **_rest):
        """
        :return: 405 where the address takes other methods, else 404
        """
        takes = ", ".join(method.upper() for method in DESCRIPTION["paths"].get(request.httprequest.path, ()))
        if takes:
            answer = self._answer(405, "method", f"This address takes {takes}.")
            answer.headers["Allow"] = takes
            return answer
        return self._answer(404, "address", "There is nothing at this address: /eco/openapi.json says what there is.")

"""The platform's door: what may come in is signed by a platform that a connection knows, just now and unaltered."""

import datetime
import logging

from odoo.addons.rcep_eco import link
from odoo.http import Controller, request

_logger = logging.getLogger(__name__)

PREFIX = "/rcep/platform/v1"
NOT_SIGNED = "It is not signed by a platform known here, or not just now."


class PlatformDoor(Controller):
    def _signers(self, body=b""):
        """The connections with whose platform key this request is signed."""
        # The platform is no user; its signature says who it is.
        platforms = request.env["rcep.platform"].sudo().search([("client_secret", "!=", False)])
        return platforms.filtered(lambda platform: self._is_signed(platform, body))

    def _is_signed(self, platform, body):
        message = request.httprequest
        query = message.query_string.decode("latin-1")
        target = f"{message.path}?{query}" if query else message.path
        now = datetime.datetime.now(datetime.timezone.utc)
        try:
            platform._profile().check_push(platform._known(), message.method, target, message.headers, body, now=now)
        except link.errors.BadSignature as error:
            _logger.info("A call of the platform was not accepted for %s: %s", platform.name, error)
            return False
        return True

    def _answer(self, status, code, message="", **data):
        content = {"code": code, "message": message, **data}
        return request.make_json_response(content, headers={"Cache-Control": "no-store"}, status=status)

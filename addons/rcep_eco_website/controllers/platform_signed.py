"""The platform's door: what may come in is signed by a platform that a connection knows, just now and unaltered."""

import datetime
import logging

from odoo.addons.rcep_eco import link
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH, Controller, request

_logger = logging.getLogger(__name__)

PREFIX = "/rcep/platform/v1"
LONGEST_BODY = 1024 * 1024  # bytes
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")  # Odoo reads these before they come here
NOT_SIGNED = "It is not signed by a platform known here, or not just now."


def longest(_controller):
    """How long a body may be for Odoo to look at it: of what is no form it reads nothing, and the door asks itself."""
    return LONGEST_BODY if request.httprequest.mimetype in FORMS else DEFAULT_MAX_CONTENT_LENGTH


class PlatformDoor(Controller):
    def _signers(self, body=b""):
        """The connections with whose platform key this request is signed."""
        # The platform is no user; its signature says who it is.
        platforms = request.env["rcep.platform"].sudo().search([("client_secret", "!=", False)])
        signers, strangers = platforms.browse(), platforms.browse()
        for platform in platforms:
            try:
                self._check(platform, body)
            except link.errors.BadSignature as error:
                _logger.info("A call of the platform was not accepted for %s: %s", platform.name, error)
                if isinstance(error, link.errors.UnknownKey):
                    strangers |= platform
            else:
                signers |= platform
        if not signers:
            strangers._want_keys()  # it may be a new one, which the platform announces elsewhere
        return signers

    def _check(self, platform, body):
        message = request.httprequest
        query = message.query_string.decode("latin-1")
        target = f"{message.path}?{query}" if query else message.path
        now = datetime.datetime.now(datetime.timezone.utc)
        platform._profile().check_push(platform._known(), message.method, target, message.headers, body, now=now)

    def _unfit(self):
        """The answer to a body that is not to be read, or None."""
        message = request.httprequest
        if message.headers.get("Transfer-Encoding"):
            return self._answer(411, "length", "The length of the body must be named; chunks are not taken.")
        if (message.content_length or 0) > LONGEST_BODY:
            return self._answer(413, "too_long", "The event is longer than a megabyte.")
        if message.mimetype in FORMS or message.headers.get("Content-Encoding"):
            return self._answer(415, "not_json", "An event is sent as JSON, and not compressed.")
        return None

    def _answer(self, status, code, message="", **data):
        content = {"code": code, "message": message, **data}
        return request.make_json_response(content, headers={"Cache-Control": "no-store"}, status=status)

"""The platform's door: signed pushes of events (``POST /rcep/platform/v1/events``)."""

import datetime
import logging

from odoo import SUPERUSER_ID
from odoo.addons.rcep_eco import link
from odoo.http import Controller, request, route

from ..models.rcep_platform import PUSH_PATH

_logger = logging.getLogger(__name__)

LONGEST_BODY = 1024 * 1024  # bytes


class PlatformEvents(Controller):
    @route(PUSH_PATH, type="http", auth="public", methods=["POST"], csrf=False, save_session=False, sitemap=False)
    def push(self, **_form):
        """Keep an event before it is answered.

        :return: 202 kept, 200 known already, 401 not signed by a known platform just now, 400 unreadable, 413 too
            long
        """
        if (request.httprequest.content_length or 0) > LONGEST_BODY:
            return _answer(413, "too_long", "The event is longer than a megabyte.")
        body = request.httprequest.get_data()
        platforms = self._signers(body)
        if not platforms:
            return _answer(401, "bad_signature", "The event is not signed by a platform known here, or not just now.")
        try:
            event = platforms[0]._profile().read_push(body)
        except link.errors.Unreadable as error:
            return _answer(400, "unreadable", str(error))
        new = self._receive(platforms, event)
        return _answer(202 if new else 200, "accepted" if new else "duplicate", "")

    def _signers(self, body):
        """The connections with whose platform key this request is signed."""
        # A push has no user; its signature says who it is.
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
            _logger.info("A push was not accepted for %s: %s", platform.name, error)
            return False
        return True

    def _receive(self, platforms, event):
        """Keep it for the company whose certificate it is, where that company knows the signer."""
        certificate = request.env["rcep.certificate"].sudo().search([("client_ref", "=", event.client_ref)])
        platform = platforms.filtered(lambda each: each.company_id == certificate.company_id)[:1] or platforms[0]
        # What the platform says is written by the system, not by the public user.
        platform = platform.with_user(SUPERUSER_ID).with_company(platform.company_id)
        return platform.env["rcep.platform.event"]._receive(platform, event, "push")


def _answer(status, code, message):
    return request.make_json_response({"code": code, "message": message}, status=status)

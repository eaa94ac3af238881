"""Signed pushes of events (``POST /rcep/platform/v1/events``)."""

from odoo import SUPERUSER_ID
from odoo.addons.rcep_eco import link
from odoo.http import request, route

from ..models.rcep_platform import PUSH_PATH
from .platform_signed import NOT_SIGNED, PlatformDoor, longest


class PlatformEvents(PlatformDoor):
    @route(
        PUSH_PATH, type="http", auth="public", methods=["POST"], csrf=False, save_session=False, sitemap=False,
        max_content_length=longest,
    )  # fmt: skip
    def push(self, **_form):
        """Keep an event before it is answered.

        :return: 202 kept, 200 known already, 401 not signed by a known platform just now, 400 unreadable, 411
            without a length, 413 too long, 415 a form or compressed
        """
        unfit = self._unfit()
        if unfit:
            return unfit
        body = request.httprequest.get_data()
        platforms = self._signers(body)
        if not platforms:
            return self._answer(401, "bad_signature", NOT_SIGNED)
        try:
            event = platforms[0]._profile().read_push(body)
        except link.errors.Unreadable as error:
            self._set_aside(platforms[0], error.coded)
            return self._answer(400, "unreadable", str(error))
        new = self._receive(platforms, event)
        return self._answer(202 if new else 200, "accepted" if new else "duplicate")

    def _set_aside(self, platform, message):
        """It is the platform's, and makes no sense: a task of whoever keeps the connection."""
        platform = platform.with_user(SUPERUSER_ID).with_company(platform.company_id)  # as below
        platform._report_unprocessed(platform.env["rcep.certificate"], message)

    def _receive(self, platforms, event):
        """Keep it for the company whose certificate it is, where that company knows the signer."""
        certificate = request.env["rcep.certificate"].sudo().search([("client_ref", "=", event.client_ref)])
        platform = platforms.filtered(lambda each: each.company_id == certificate.company_id)[:1] or platforms[0]
        # What the platform says is written by the system, not by the public user.
        platform = platform.with_user(SUPERUSER_ID).with_company(platform.company_id)
        return platform.env["rcep.platform.event"]._receive(platform, event, "push")

"""What the platform may read here: the structured proof of a certificate, and whether this side is well."""

import datetime

from odoo import SUPERUSER_ID
from odoo.addons.rcep_eco import link
from odoo.http import request, route

from .platform_signed import NOT_SIGNED, PREFIX, PlatformDoor, longest

LONGEST_REFERENCE = 200  # characters


class PlatformReads(PlatformDoor):
    @route(
        f"{PREFIX}/origin-data", type="http", auth="public", methods=["GET"], save_session=False, sitemap=False,
        max_content_length=longest,
    )  # fmt: skip
    def origin_data(self, **_query):
        """The proof of one certificate, in the parts that the connection grants; the read is written down.

        :return: 200 with ``data``, 400 without a certificate, 401 not signed, 404 unknown to this platform
        """
        message = request.httprequest
        if message.content_length or message.headers.get("Transfer-Encoding"):
            return self._answer(400, "body", "A question has no body: all that counts is signed in its address.")
        platforms = self._signers()
        if not platforms:
            return self._answer(401, "bad_signature", NOT_SIGNED)
        asked = message.args.getlist("certificate_id")  # what is signed, and no field of a form
        certificate_id = asked[0] if len(asked) == 1 else ""
        if not certificate_id or len(certificate_id) > LONGEST_REFERENCE or "\0" in certificate_id:
            return self._answer(400, "no_certificate", "Say which one, once: ?certificate_id=….")
        # The public user has no rights; what is handed out is what the connection grants, and is written down.
        found = request.env["rcep.certificate"].sudo()._of_platform(platforms, certificate_id)
        if not found:
            return self._answer(404, "not_found", "No certificate of this platform has that identity.")
        platform = platforms.filtered(lambda each: each.company_id == found.company_id)
        certificate = found.with_user(SUPERUSER_ID).with_company(found.company_id)
        parts = platform._granted_parts()
        certificate.env["rcep.data.read"]._note(platform, certificate, parts)
        return self._answer(200, "ok", data=certificate._origin_data(parts))

    @route(
        f"{PREFIX}/health", type="http", auth="public", methods=["GET"], save_session=False, sitemap=False,
        max_content_length=longest,
    )  # fmt: skip
    def health(self, **_query):
        """Version, profiles and clock; nothing of any company."""
        module = request.env["ir.module.module"].sudo()._get("rcep_eco_website")  # which version is no secret
        clock = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
        return self._answer(
            200, "ok", version=module.installed_version, profiles=sorted(link.profiles.registry()), clock=clock
        )

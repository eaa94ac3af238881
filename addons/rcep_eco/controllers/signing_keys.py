"""The public halves of the firms' keys, for whoever checks what they signed."""

from odoo.http import Controller, request, route

from ..models.platform.rcep_signing_key import PATH

# No website, no session, no language: machines ask.
MACHINES = {"type": "http", "auth": "public", "methods": ["GET"], "save_session": False, "readonly": True}
JSON = [("X-Content-Type-Options", "nosniff"), ("Access-Control-Allow-Origin", "*")]
KEPT = ("Cache-Control", "public, max-age=300")


class SigningKeys(Controller):
    @route(PATH, **MACHINES)
    def keys(self, **_query):
        """The set of public keys (RFC 7517) of the companies on this server, each with whose it is and its days."""
        published = request.env["rcep.signing.key"].sudo()._published()  # public halves are for everybody
        return request.make_json_response(published, headers=[*JSON, KEPT])

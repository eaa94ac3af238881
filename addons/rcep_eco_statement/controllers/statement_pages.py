"""What buyers and their systems see without an account: a statement by its link, its status by its hash."""

import re

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.controllers.signing_keys import JSON, MACHINES
from odoo.addons.rcep_eco.controllers.supplier_page import HEADERS, ROUTE, frame, speak
from odoo.addons.rcep_eco.tools import public_words
from odoo.http import Controller, request, route

from ..models.statement_source import STATUS

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
HASH = re.compile(r"[0-9a-f]{64}")
# What the page says; what decides stands in English beside words that nobody has confirmed.
ROOM = public_words.Room(
    "rcep_eco_statement/words/statement", decisive=("in_force", "ended", "revoked", "held_until", "statement")
)
NOT_KEPT = ("Cache-Control", "no-store")


class Statements(Controller):
    @route(f"{STATUS}<string:sha256>", **MACHINES)
    def status(self, sha256, **_query):
        """The state of the statement whose signed text has this SHA-256; ``unknown`` of any other."""
        found = self._found("sha256", sha256, HASH)
        if found is None:
            return rate_limits.too_many(JSON)
        answer = found._status() if found else {"sha256": sha256[:64], "state": "unknown"}
        return request.make_json_response(answer, headers=[*JSON, NOT_KEPT])

    @route("/rcep/statement/<string:token>.jws", **MACHINES)
    def text(self, token, **_query):
        """The signed text itself."""
        found = self._found("token", token, TOKEN)
        if found is None:
            return rate_limits.too_many()
        if not found:
            return request.make_response("", status=404, headers=[NOT_KEPT])
        name = f'attachment; filename="{found.name}.jws"'
        headers = [("Content-Type", "application/jose"), ("Content-Disposition", name), NOT_KEPT]
        return request.make_response(found.signed_text, headers=headers)

    @route("/rcep/statement/<string:token>", methods=["GET"], **ROUTE)
    def page(self, token, lang="", **_query):
        """The statement for people, with its state now."""
        found = self._found("token", token, TOKEN)
        if found is None:
            return rate_limits.too_many(HEADERS.items())
        code = speak(lang, [found._reader_language()] if found else ())
        values = {**frame(code, ROOM), "token": token}
        if not found:
            return request.render("rcep_eco_statement.page_unknown", values, status=404, headers=HEADERS)
        values |= {
            "statement": found.with_context(lang=request.env.lang),
            "names": public_words.territories(code),
        }
        return request.render("rcep_eco_statement.page", values, headers=HEADERS)

    def _found(self, field, value, form):
        """The signed statement, an empty record where there is none, None to whoever guessed too often."""
        caller = rate_limits.caller()
        if not rate_limits.may_try("statement", caller):
            return None
        # Nobody here has an account. The token or the hash names one statement; nothing else is read.
        statements = request.env["rcep.origin.statement"].sudo()
        found = statements.search([(field, "=", value)], limit=1) if form.fullmatch(value) else statements
        if not found:
            rate_limits.note("statement", caller)
        return found

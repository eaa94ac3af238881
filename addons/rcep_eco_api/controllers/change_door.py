"""The door of a foreign ERP: what changed of verdicts and certificates (``/eco/erp/v1/changes``)."""

import json
import pathlib

from odoo.http import Controller, route

from ..feed.cursor import Cursor
from ..models.rcep_change import MOST, CursorGoneError
from . import door
from .door import Answer, opened
from .problem import Refusal

PREFIX = "/eco/erp/v1"
USUAL = 200  # changes where no limit is named
DESCRIPTION = json.loads((pathlib.Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"))


class ChangeDoor(Controller):
    @opened(f"{PREFIX}/changes", "may_read_changes")
    def changes(self, call):
        """What changed after a cursor: 200, 304 where nothing did, 410 where the cursor means nothing here."""
        asked = call.query
        for name in asked.keys() - {"after", "limit"}:
            words = call.env._("“%s” is no question of this address: known are after and limit.")
            raise Refusal(400, "query", words % name[:50])
        after = Cursor.parse(asked["after"]) if asked.get("after") else None
        if asked.get("after") and not after:
            raise Refusal(400, "cursor", call.env._("after is no cursor: send what next said in the last answer."))
        try:
            found, cursor, more = call.env["rcep.change"]._tell(call.key.company_id, after, self._limit(call, asked))
        except CursorGoneError as error:
            words = call.env._(
                "This cursor is of another database than the one that answers, such as before a restore: begin again "
                "without after, and put what you are told in place of what you have."
            )
            raise Refusal(410, "cursor_gone", words) from error
        return Answer(200, {"changes": found, "next": str(cursor), "more": more}, conditional=True)

    @staticmethod
    def _limit(call, asked):
        limit = asked.get("limit", str(USUAL))
        if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= MOST):
            raise Refusal(400, "limit", call.env._("limit has to be a number from 1 to %s.", MOST))
        return int(limit)

    @route(f"{PREFIX}/openapi.json", methods=["GET"], cors="*", readonly=True, **door.OPEN)
    def openapi(self, **_query):
        """The description, for anybody."""
        return door.described(DESCRIPTION, "rcep_eco_api")

    @route(["/eco/erp", "/eco/erp/<path:rest>"], **door.OPEN)
    def elsewhere(self, **_rest):
        """404, or 405 where the address takes other methods."""
        return door.elsewhere(DESCRIPTION)

"""The door by which another ERP hands in sheets (``/eco/erp/v1/sheets/<kind>``)."""

from odoo.addons.rcep_eco_api.controllers.door import Answer, opened
from odoo.addons.rcep_eco_api.controllers.problem import Refusal
from odoo.http import Controller, request

from ..sheets.reading import LONGEST_BODY
from ..texts import sheet_problems

PREFIX = "/eco/erp/v1"
MOST_ERRORS = 200  # in one answer
JSON, CSV = "application/json", "text/csv"


def asks_preview(call):
    """Whether nothing is to be done, and only said what would be.

    :raises Refusal: where anything else is asked
    """
    asked = call.query
    for name in asked.keys() - {"preview"}:
        words = call.env._("“%s” is no question of this address: known is preview.")
        raise Refusal(400, "query", words % name[:50])
    said = asked.get("preview", "false")
    if said not in ("true", "false"):
        raise Refusal(400, "query", call.env._("preview has to be true or false."))
    return said == "true"


def refusal(call, code, problems):
    """Nothing was taken over; what came is kept with what was wrong."""
    words = call.env._("Nothing was taken over: %(count)s faults. The first: %(first)s")
    detail = words % {"count": len(problems), "first": sheet_problems.with_place(call.env, problems[0])}
    errors = [
        {"line": each.line, "column": each.column, "code": each.code,
         "detail": sheet_problems.sentence(call.env, each)}
        for each in problems[:MOST_ERRORS]
    ]  # fmt: skip
    return Refusal(422, code, detail, errors=errors)


class SheetDoor(Controller):
    @opened(f"{PREFIX}/sheets/<kind>", "may_write_master_data", method="POST", longest=LONGEST_BODY)
    def hand_in(self, call, kind):
        """Take over a whole sheet, or say line by line what is wrong; with preview=true, only say what it would do."""
        sheets = call.env["rcep.sheet"]
        if kind not in sheets._kinds():
            words = call.env._("“%(kind)s” is no kind of sheet: known are %(known)s.")
            raise Refusal(404, "kind", words % {"kind": kind[:50], "known": ", ".join(sheets._kinds())})
        is_preview = asks_preview(call)
        user, told = call.key.acts_as_id, (kind, call.body, self._charset(call))
        if is_preview:
            plan, problems = sheets._planned(user, call.key.company_id, *told)
            if problems:
                return refusal(call, "sheet", problems)
            return Answer(200, {"preview": True, **self._told(sheets, kind, plan)})
        sheet, plan = sheets._keep(user, call.key.company_id, *told, key=call.key)
        if sheet.state == "refused":
            problems = plan.problems if plan else sheets._planned(user, call.key.company_id, *told)[1]
            return refusal(call, "sheet", problems)
        sheet._apply(plan, user)
        return Answer(200, {"preview": False, "sheet": sheet.id, **self._told(sheets, kind, plan)})

    @staticmethod
    def _charset(call):
        """What the body is in: json, or the encoding of its CSV; where that is not named it is UTF-8."""
        if call.mimetype == JSON:
            return "json"
        if call.mimetype == CSV:
            return request.httprequest.mimetype_params.get("charset", "utf-8")
        raise Refusal(415, "media_type", call.env._("Send it as one of: %s.", f"{JSON}, {CSV}"))

    @staticmethod
    def _told(sheets, kind, plan):
        """What each line that changes something does; what it replaces of a cost is told to nobody."""
        counts = {name.removesuffix("_count"): value for name, value in sheets._summed(plan).items()
                  if name.endswith("_count")}  # fmt: skip
        lines = []
        for each in plan.outcomes:
            if each.what == "same":
                continue
            told = {"line": each.line, "what": each.what}
            if each.what == "changed":
                told["changes"] = [
                    {"column": change.column, "to": change.after}
                    | ({} if plan.columns[change.column].is_cost else {"from": change.before})
                    for change in each.changes
                ]
            lines.append(told)
        counts["lines"] = counts.pop("line")
        return {"kind": kind, **counts, "does": lines}

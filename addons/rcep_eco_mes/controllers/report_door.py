"""The door of an MES: reports come in, and it asks what became of them (``/eco/mes/v1/reports``)."""

from odoo.addons.rcep_eco_api.controllers.door import Answer, opened
from odoo.addons.rcep_eco_api.controllers.problem import Refusal
from odoo.http import Controller

from ..reports import b2mml, reading
from ..reports.problem import ReportError
from ..texts import report_problems

PREFIX = "/eco/mes/v1"
LONGEST = 16 * 1024 * 1024  # bytes: 20,000 items, written at length
MOST_REPORTS = 1000  # in one body
MOST_ITEMS = 20_000  # of them together
READERS = {
    "application/json": reading.read_json,
    "application/ld+json": reading.read_json,  # EPCIS 2.0
    "application/xml": b2mml.read,
    "text/xml": b2mml.read,
}


class ReportDoor(Controller):
    @opened(f"{PREFIX}/reports", "may_report", method="POST", longest=LONGEST)
    def hand_in(self, call):
        """Keep all reports of a body, or none; the same again is answered as before.

        :return: 202 with the state of each, 400 unreadable, 409 where one of its id said something else, 413 too many
        """
        read = READERS.get(call.mimetype)
        if not read:
            raise Refusal(415, "media_type", call.env._("Send it as one of: %s.", ", ".join(READERS)))
        model = call.env["rcep.production.report"]
        kept = model.browse()
        try:
            found = read(call.body)
            if len(found) > MOST_REPORTS or sum(len(report.items) for report, _came in found) > MOST_ITEMS:
                words = call.env._("One body holds at most %(reports)s reports and %(items)s items: send it in parts.")
                raise Refusal(413, "many", words % {"reports": MOST_REPORTS, "items": MOST_ITEMS})
            for report, came in found:
                kept |= model._receive(call.key.company_id, report, came, "http", call.key.may_book)[0]
        except ReportError as error:
            raise self._refusal(call.env, error) from error
        return Answer(202, {"reports": [self._state(report) for report in kept]})

    @opened(f"{PREFIX}/reports/<path:report_id>", "may_report")
    def state(self, call, report_id):
        """What became of a report: its state, and each thing that does not match."""
        domain = [("company_id", "=", call.key.company_id.id), ("report_id", "=", report_id)]
        report = call.env["rcep.production.report"].search(domain)
        if not report:
            raise Refusal(404, "report_unknown", call.env._("No report of this id has come."))
        return Answer(200, self._state(report), conditional=True)

    @staticmethod
    def _refusal(env, error):
        detail = report_problems.sentence(env, {"code": error.code, **error.facts})
        return Refusal(409 if error.code == "other_body" else 400, error.code, detail)

    @staticmethod
    def _state(report):
        told = {"report_id": report.report_id, "state": report.state, "order": report.order_name}
        if report.corrected_by_id:
            told["corrected_by"] = report.corrected_by_id.report_id
        if report.booked_at:
            told["booked_at"] = f"{report.booked_at.isoformat()}Z"
        if report.problems:
            told["problems"] = [
                {"code": each["code"], "detail": report_problems.sentence(report.env, each)} for each in report.problems
            ]
        return told

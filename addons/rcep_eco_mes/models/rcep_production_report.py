"""What an MES says production did with an order: kept as it came, then applied once, or unmatched with the field named.

An applied report decides what its order consumed, in place of the order's moves. It moves stock only where it came in
to be booked. A correction replaces the report that it names; both are kept. While a report of an order waits or is
unmatched, what the order consumed is not known.
"""

import json
import logging
from functools import partial

import psycopg2.errors
from odoo import api, fields, models
from odoo.addons.rcep_eco import groups, link
from odoo.addons.rcep_eco.tools.isolated import Result, isolated
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import mute_logger

from .. import states
from ..matching import MasterData
from ..reports import canonical
from ..reports.problem import ReportError
from ..texts import report_problems

_logger = logging.getLogger(__name__)

BATCH = 500  # reports looked at in one round
MOST_PROBLEMS = 50  # that are kept of one report
CRON = "rcep_eco_mes.ir_cron_apply_reports"
MOVED = {"state", "production_id", "corrected_by_id", "problems", "reason_aside", "applied_at", "booked_at"}
KEPT = {"report_id", "company_id", "kind", "corrects", "reason", "order_name", "operation", "produced_at", "site",
        "source", "books", "body", "content", "digest"}  # fmt: skip
AS_SAID = ("report_id", "kind", "corrects", "reason", "operation", "site")


class RcepProductionReport(models.Model):
    _name = "rcep.production.report"
    _description = "Production report"
    _inherit = ["rcep.moves.mixin"]
    _order = "id desc"
    _rec_name = "report_id"
    _moves = states.MOVES
    _moved = frozenset(MOVED | KEPT)
    _set_at_creation = frozenset(KEPT)
    _initial_values = {"state": "received"}

    report_id = fields.Char("Report number", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(states.STATES, required=True, readonly=True, default="received", copy=False)
    kind = fields.Selection([("report", "Report"), ("correction", "Correction")], required=True, readonly=True)
    corrects = fields.Char("Replaces", readonly=True, index="btree_not_null", help="The report that this one replaces.")
    corrected_by_id = fields.Many2one("rcep.production.report", "Corrected by", readonly=True, ondelete="restrict")
    reason = fields.Char("Reason of the correction", readonly=True)
    order_name = fields.Char("Order in the report", required=True, readonly=True, index=True)
    production_id = fields.Many2one(
        "mrp.production", "Order", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    operation = fields.Char(readonly=True)
    produced_at = fields.Datetime("Produced on", required=True, readonly=True)
    site = fields.Char(readonly=True)
    source = fields.Selection(states.SOURCES, required=True, readonly=True)
    books = fields.Boolean(
        "Books consumption", readonly=True, help="Else it is evidence only: people book what the order consumed."
    )
    booked_at = fields.Datetime("Booked on", readonly=True, help="Since then stock holds what the report says.")
    booking = fields.Text("Not booked yet", compute="_compute_booking", help="What is missing until it is booked.")
    line_ids = fields.One2many("rcep.production.report.line", "report_id", "Items", readonly=True)
    problems = fields.Json(readonly=True)
    problem = fields.Text("What does not match", compute="_compute_problem", help="What to mend before it is replayed.")
    reason_aside = fields.Char("Why it does not count", readonly=True)
    applied_at = fields.Datetime("Applied on", readonly=True)
    body = fields.Text("As it came", required=True, readonly=True)
    content = fields.Json("In canonical words", required=True, readonly=True)
    digest = fields.Char("SHA-256", required=True, readonly=True)

    _report_unique = models.Constraint("UNIQUE(company_id, report_id)", "This report is known already.")
    _waiting = models.Index("(id) WHERE state = 'received'")

    @api.depends("problems")
    @api.depends_context("lang")
    def _compute_problem(self):
        for report in self:
            told = [report_problems.sentence(self.env, each) for each in report.problems or ()]
            report.problem = "\n".join(told) or False

    @api.depends("state", "books", "booked_at", "production_id.state")
    @api.depends_context("lang")
    def _compute_booking(self):
        self.booking = False
        waiting = self.filtered(lambda report: report.books and report.state == "applied" and not report.booked_at)
        orders = waiting.sudo().production_id  # whoever reads a report may not see all of its order
        for order in orders.filtered(lambda each: each.state != "done"):  # else a person closed it
            sentences = order._rcep_booking_waits(order.rcep_report_ids)
            (waiting & order.rcep_report_ids).booking = "\n".join(sentences) or False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if self:
            raise UserError(self.env._("Report %s is kept: set it aside instead.", self[0].report_id))

    # --- keep --------------------------------------------------------------------------------------------
    @api.model
    def _receive(self, company, report, came, source, books=False):
        """Keep a report; it is applied once this is committed. The same again changes nothing.

        :param report: :class:`reports.canonical.Report`
        :param came: it, as it came: a text, or what was read from JSON
        :param books: whether what it says is booked; of one that is known already it stays as it was
        :return: (the record, whether it is new)
        :raises ReportError: where one of this id came before and said something else
        """
        content = report.to_json()
        digest = link.canonical.digest(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
        known = self.search([("company_id", "=", company.id), ("report_id", "=", report.report_id)])
        if known and known.digest != digest:
            raise ReportError("other_body", report=report.report_id)
        if known:
            return known, False
        values = {
            **{name: getattr(report, name) for name in AS_SAID},
            "company_id": company.id,
            "order_name": report.order,
            "produced_at": amounts.utc(report.produced_at),
            "source": source,
            "books": books,
            "body": came if isinstance(came, str) else _written(came),
            "content": content,
            "digest": digest,
        }
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                record = self.create({name: value or False for name, value in values.items()})
        except psycopg2.errors.UniqueViolation as error:  # it came twice at once: look again at what the other kept
            raise ConcurrencyError(report.report_id) from error
        record._wake_corrections()
        record._await_order()
        self._trigger_job()
        return record, True

    def _await_order(self):
        """What its order consumed is not known from now on, until it is applied."""
        orders = self.env["mrp.production"].sudo()  # whoever hands in a report may not see orders
        name = [("name", "=", self.order_name), ("company_id", "=", self.company_id.id)]
        orders.search(name)._rcep_await_origin()

    def _wake_corrections(self):
        """Have the corrections that waited for this report looked at again, were it over another correction."""
        self.ensure_one()
        seen, numbers = self, [self.report_id]
        while numbers:
            known = [("company_id", "=", self.company_id.id), ("corrects", "in", numbers), ("id", "not in", seen.ids)]
            found = self.search(known)
            seen, numbers = seen | found, found.mapped("report_id")
        awaited = {"code": "corrects_unknown", "report": self.report_id}
        for each in seen:
            if each.state == "unmatched" and awaited in each.problems:
                each._move("received", states.JOB, problems=False)

    def _trigger_job(self):
        self.env.ref(CRON).sudo()._trigger()  # whoever hands a report in may not start jobs

    # --- apply -------------------------------------------------------------------------------------------
    @api.model
    def _cron_apply(self):
        """Apply what waits, the oldest first, each in a transaction of its own."""
        progress = self.env["ir.cron"]
        left = self.browse()
        time_left = progress._commit_progress(remaining=self.search_count([("state", "=", "received")]))
        while time_left:
            waiting = self.search([("state", "=", "received"), ("id", "not in", left.ids)], order="id", limit=BATCH)
            if not waiting:
                break
            for report in waiting:
                came, _nothing = isolated(self.env, partial(report.with_prefetch()._apply), f"report {report.id}")
                if came is Result.BROKEN:
                    report._move("unmatched", states.JOB, problems=[{"code": "fault"}])
                if came is Result.BUSY:
                    left |= report
                time_left = progress._commit_progress(int(came is not Result.BUSY))
                if not time_left:
                    break
        if left:
            self._trigger_job()

    def _apply(self):
        """Compare with the master data: it counts for its order from now on, or says what does not match."""
        self.ensure_one()
        self.lock_for_update()
        if self.state != "received":
            return
        report = canonical.read(self.content)
        data = MasterData(self.env, self.company_id, report, makes_lots=self.books, known=self._known_order())
        lines = data.lines()
        replaced = self._replaced(report, data)
        self.line_ids.unlink()
        orders = data.order | replaced.production_id | self.production_id
        problems = data.problems or self._count(data, lines, replaced)
        if problems:
            self._write_lines(lines)
            self._move("unmatched", states.JOB, production_id=data.order.id, problems=problems[:MOST_PROBLEMS])
        orders._rcep_await_origin()
        self._wake_corrections()  # one that was compared while this one came saw nothing of it

    def _known_order(self):
        """The order that this report, or the one it corrects, was found to be of before: Odoo may have renamed it."""
        if self.production_id or not self.corrects:
            return self.production_id
        old = [("company_id", "=", self.company_id.id), ("report_id", "=", self.corrects)]
        return self.search([*old, ("order_name", "=", self.order_name)]).production_id

    def _write_lines(self, lines):
        self.env["rcep.production.report.line"].create([{**line, "report_id": self.id} for line in lines])

    def _count(self, data, lines, replaced):
        """Have it count for its order, and book it where that is wished: both or neither.

        :return: the problems that are in the way
        """
        try:
            with self.env.cr.savepoint():
                self._write_lines(data.with_lots(lines))
                by = self
                for old in replaced:
                    old._move("corrected", states.CORRECTION, corrected_by_id=by.id)
                    by = old
                now = fields.Datetime.now()
                self._move("applied", states.JOB, production_id=data.order.id, problems=False, applied_at=now)
                self._book(data.order | replaced.production_id, replaced)
        except ReportError as error:
            return [{"code": error.code, **error.facts}]
        return []

    def _book(self, orders, replaced):
        for order in orders.sorted("id"):
            counted = order.rcep_report_ids.filtered(lambda report: report.state == "applied") | replaced
            if any(counted.mapped("books")):
                order._rcep_book()

    def _replaced(self, report, data):
        """The reports that this one replaces, the nearest first; a problem where that cannot be now.

        Where it corrects a correction that never counted, what that one was to replace counts still: it goes as well.
        """
        replaced, number = self.browse(), report.corrects
        while number:
            old = self.search([("company_id", "=", self.company_id.id), ("report_id", "=", number)])
            told = {"report": number}
            if not old:
                data.problems.append({"code": "corrects_unknown", **told})
            elif old in self | replaced:
                data.problems.append({"code": "corrects_circle", **told})
            elif old.state == "corrected":
                data.problems.append({"code": "corrects_again", "by": old.corrected_by_id.report_id, **told})
            elif old.state == "set_aside":
                data.problems.append({"code": "corrects_set_aside", **told})
            if data.problems and data.problems[-1].get("report") == number:
                break
            replaced |= old
            number = old.corrects if old.state in states.OPEN else False
        return replaced

    # --- actions -----------------------------------------------------------------------------------------
    def action_replay(self):
        """Compare these reports with the master data again; they are applied within a minute."""
        self._check_engineer()
        for report in self:
            report.sudo()._move_for(self.env.user, "received")
        self._trigger_job()

    def action_set_aside(self):
        """Say that these reports do not count; the reason is kept with the person's name."""
        self._check_engineer()
        for report in self:
            who = self.env._("Set aside by %s.", self.env.user.name)
            report.sudo()._move_for(self.env.user, "set_aside", reason_aside=who)
            order = report.sudo().production_id
            self._book_what_is_left(order)
            order._rcep_await_origin()

    def _book_what_is_left(self, order):
        """An order may have waited for a report that does not count any more."""
        if not order.rcep_report_ids.filtered(lambda report: report.state == "applied" and report.books):
            return
        try:
            order._rcep_book()
        except ReportError as error:
            raise UserError(report_problems.sentence(self.env, {"code": error.code, **error.facts})) from error

    def _move_for(self, user, after, **values):
        """A move of a person, who may not write a report by other ways."""
        allowed = any(user.has_group(who) for who in self._moves.get((self.state, after), ()) if "." in who)
        if not allowed:
            raise UserError(self._not_from_here())
        self._write_moved(state=after, **values)

    def _check_engineer(self):
        self.check_access("read")
        if not self.env.user.has_group(groups.ENGINEER):
            raise UserError(self.env._("Production reports are replayed by a cost engineer: ask one."))

    def action_open_order(self):
        """Show the production order."""
        self.check_access("read")
        return self.production_id._get_records_action()


def _written(came):
    """What was read from JSON, as text; half a character, which no database takes, as JSON escapes it."""
    text = json.dumps(came, ensure_ascii=False, indent=1, default=str)
    return text.encode("utf-8", "backslashreplace").decode()

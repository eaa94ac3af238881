"""A sheet of another ERP: kept as it came, looked at line by line, and taken over as a whole or not at all."""

import base64
import hashlib

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.tools.row_claims import claim
from odoo.addons.rcep_eco.wizard.rcep_table_import import SHOWN, bullets
from odoo.exceptions import AccessError, UserError

from .. import plans, states
from ..sheets import Problem, SheetError, reading
from ..texts import sheet_problems

MOST_KEPT = 200  # problems and changes of a sheet that are kept to be shown
KEPT = {"kind", "company_id", "source", "key_id", "user_id", "file", "file_name", "digest", "charset"}
TOLD = {"line_count", "created_count", "changed_count", "same_count", "problems", "changes"}
COUNTS = ("created", "changed", "same")


class RcepSheet(models.Model):
    _name = "rcep.sheet"
    _description = "Sheet of another ERP"
    _inherit = ["rcep.moves.mixin"]
    _order = "id desc"
    _rec_name = "file_name"
    _moves = states.MOVES
    _moved = frozenset(KEPT | TOLD | {"state", "applied_at", "applied_by_id"})
    _set_at_creation = frozenset(KEPT | TOLD | {"state", "applied_at", "applied_by_id"})
    _initial_values = {}

    state = fields.Selection(states.STATES, required=True, readonly=True, copy=False)
    kind = fields.Selection([("items", "Items"), ("prices", "Purchase prices")], required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    source = fields.Selection([("http", "By HTTP"), ("hand", "By hand")], required=True, readonly=True)
    key_id = fields.Many2one("rcep.integration.key", "By the key", readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Handed in by", required=True, readonly=True)
    file = fields.Binary("As it came", readonly=True, attachment=True, groups=groups.ENGINEER)
    file_name = fields.Char("Name of the file", readonly=True)
    charset = fields.Char("Encoding", readonly=True)
    digest = fields.Char("SHA-256", required=True, readonly=True)
    line_count = fields.Integer("Lines", readonly=True)
    created_count = fields.Integer("New", readonly=True)
    changed_count = fields.Integer("Changed", readonly=True)
    same_count = fields.Integer("The same", readonly=True)
    problems = fields.Json(readonly=True, groups=groups.ENGINEER)
    changes = fields.Json(readonly=True, groups=groups.ENGINEER)
    problem_list = fields.Html("What is wrong", compute="_compute_lists", sanitize=False, groups=groups.ENGINEER)
    change_list = fields.Html("What it changes", compute="_compute_lists", sanitize=False, groups=groups.ENGINEER)
    applied_at = fields.Datetime("Taken over on", readonly=True)
    applied_by_id = fields.Many2one("res.users", "Taken over by", readonly=True)

    @api.depends("problems", "changes")
    @api.depends_context("lang")
    def _compute_lists(self):
        for sheet in self:
            problems = [Problem(*each) for each in sheet.problems or ()]
            told = [sheet_problems.with_place(self.env, each) for each in problems]
            sheet.problem_list = bullets(told, "text-danger mb-0") if told else False
            sheet.change_list = self._as_table(sheet.changes) if sheet.changes else False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for sheet in self:
            raise UserError(self.env._("Sheet “%s” is kept: it says where records came from.", sheet.display_name))

    # --- kinds -------------------------------------------------------------------------------------------
    @api.model
    def _kinds(self):
        """Hook for bridges: ``{kind: class of its plan}``."""
        return {"items": plans.Items, "prices": plans.Prices}

    @api.model
    def _rows(self, kind, content, charset):
        """The lines of a file or body: ``charset`` is json, an encoding, or empty where nobody has said it."""
        columns = self._kinds()[kind].columns
        if charset == "json":
            return reading.of_json(content, columns)
        return reading.of_csv(content, columns, charset) if charset else reading.of_file(content, columns)

    @api.model
    def _planned(self, user, company, kind, content, charset):
        """What a sheet would do as a person's, and what is wrong with it: (plan or None, [:class:`Problem`])."""
        if not user.has_group(groups.ENGINEER) or company not in user.company_ids:
            raise AccessError(self.env._("Sheets are handed in by a cost engineer of the company: ask one."))
        try:
            rows = self._rows(kind, content, charset)
        except SheetError as error:
            return None, [error.problem]
        plan = self._kinds()[kind](self.env(user=user.id, su=False), company, rows)
        return plan, plan.problems

    # --- keeping and doing -------------------------------------------------------------------------------
    @api.model
    def _keep(self, user, company, kind, content, charset, *, key=None, file_name=""):
        """Keep what came with what it would do; nothing of it is done.

        :return: (the record, its plan)
        """
        plan, problems = self._planned(user, company, kind, content, charset)
        values = {
            "state": "refused" if problems else "checked",
            "kind": kind,
            "company_id": company.id,
            "source": "http" if key else "hand",
            "key_id": key.id if key else False,
            "user_id": user.id,
            "file": base64.b64encode(content),
            "file_name": file_name or f"{kind}.{'json' if charset == 'json' else 'csv'}",
            "charset": charset,
            "digest": hashlib.sha256(content).hexdigest(),
            "problems": [list(each) for each in problems[:MOST_KEPT]],
            **self._summed(plan),
        }
        # Nobody writes sheets as records: they are kept as they came.
        return self.sudo().create(values), plan

    def _summed(self, plan):
        if not plan:
            return {"line_count": 0}
        counts = dict.fromkeys(COUNTS, 0)
        if not plan.problems:
            for each in plan.outcomes:
                counts[each.what] += 1
        told = [
            [each.line, each.key, each.what, [list(change) for change in each.changes]]
            for each in plan.outcomes
            if each.what != "same"
        ]
        return {
            "line_count": plan.count,
            **{f"{what}_count": count for what, count in counts.items()},
            "changes": [] if plan.problems else told[:MOST_KEPT],
        }

    def _apply(self, plan, user):
        """Do all of it; whoever else does so at the same time begins anew, and sees it done."""
        self.ensure_one()
        claim(self.company_id)
        plan.apply(self)
        self._move("applied", applied_at=fields.Datetime.now(), applied_by_id=user.id)

    def action_apply(self):
        """Take over the whole sheet; it is compared with the records again before that."""
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not user.has_group(groups.ENGINEER):
            raise AccessError(self.env._("Sheets are taken over by a cost engineer: ask one."))
        whole = self.sudo()  # a sheet is written by its own steps
        if whole.state != "checked":
            raise UserError(self._not_from_here())
        content = base64.b64decode(whole.file)
        claim(whole)
        plan, problems = self._planned(user, whole.company_id, whole.kind, content, whole.charset)
        if problems:
            told = [sheet_problems.with_place(self.env, each) for each in problems[:SHOWN]]
            raise UserError("\n".join(told))
        whole._write_moved(**whole._summed(plan))
        whole._apply(plan, user)
        return True

    # --- in words ----------------------------------------------------------------------------------------
    def _as_table(self, changes):
        words = {"created": self.env._("New"), "changed": self.env._("Changed")}
        rows = Markup()
        for line, key, what, fields_told in changes[:MOST_KEPT]:
            cells = Markup("<br/>").join(
                Markup("%s: %s%s") % (column, Markup("%s → ") % before if what == "changed" else "", after)
                for column, before, after in fields_told
            )
            rows += Markup("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>") % (line, key, words[what], cells)
        heads = (self.env._("Line"), self.env._("Which"), self.env._("What"), self.env._("From → to"))
        head = Markup().join(Markup("<th>%s</th>") % each for each in heads)
        return Markup('<table class="table table-sm mb-0"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>') % (
            head, rows
        )  # fmt: skip

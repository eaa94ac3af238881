"""The product list of an agreement from a file, by the same wizard that loads RCEP's rules."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import hs_codes
from odoo.exceptions import UserError

LIST = "product_list"
COLUMNS = {"hs_code": True, "rule": True, "condition": False}


class RcepTableImport(models.TransientModel):
    _inherit = "rcep.table.import"

    kind = fields.Selection(selection_add=[(LIST, "Product list of another agreement")], ondelete={LIST: "cascade"})
    agreement_id = fields.Many2one("rcep.agreement", domain=[("has_list", "=", True)])
    is_whole_list = fields.Boolean(
        "It is the whole list",
        help="Only a whole list says of a good that it is not listed, so that the general rule decides it.",
    )

    @api.depends("agreement_id")
    def _compute_preview(self):
        return super()._compute_preview()

    def _columns(self):
        return COLUMNS if self.kind == LIST else super()._columns()

    def _reason(self, row):
        return self._wrong_listed(row) if self.kind == LIST else super()._reason(row)

    def _wrong_listed(self, row):
        """What is wrong with a line: the rule as of RCEP's, the code of HS 2022."""
        reason = self._wrong_rule({**row, "question": "", "rule_if_yes": ""})
        if not reason and row["hs_code"] not in hs_codes.partial_codes():
            return self.env._(
                "%s is no code of HS 2022: put the lines of a list of an earlier edition into the new codes first",
                row["hs_code"],
            )
        return reason

    def _before(self):
        if self.kind != LIST:
            return super()._before()
        return {rule.hs_code: _words(rule) for rule in self._listed()}

    def _words_of(self, row):
        return _words(row) if self.kind == LIST else super()._words_of(row)

    def _listed(self):
        return self.agreement_id.rule_ids.filtered(lambda rule: rule.kind == "list")

    def _load(self, rows):
        if self.kind != LIST:
            return super()._load(rows)
        if not self.agreement_id or not self.source:
            raise UserError(self.env._("Choose the agreement whose list this is, and enter its source."))
        self._listed().unlink()
        values = {"agreement_id": self.agreement_id.id, "kind": "list", "company_id": False, "source": self.source}
        self.env["rcep.agreement.rule"].create([{**values, **row} for row in rows])
        self.agreement_id.list_is_complete = self.is_whole_list
        return self.agreement_id.action_open_rules()


def _words(rule):
    return " ".join(filter(None, (rule["rule"], rule["condition"] and f"({rule['condition']})")))

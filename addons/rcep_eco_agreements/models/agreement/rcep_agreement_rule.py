"""A rule of an agreement: of its general rule, of its product list, or a firm's own word on its good."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.values import hs_codes
from odoo.exceptions import ValidationError

KINDS = [
    ("general", "General rule"),
    ("list", "Product list"),
    ("own", "Entered by the firm"),
]


class RcepAgreementRule(models.Model):
    _name = "rcep.agreement.rule"
    _description = "Rule of an agreement"
    _order = "agreement_id, hs_code, kind, id"
    _rec_name = "hs_code"

    agreement_id = fields.Many2one("rcep.agreement", required=True, ondelete="cascade", index=True)
    hs_code = fields.Char("HS code", required=True, index=True, help="Of HS 2022: 2, 4 or 6 digits.")
    rule = fields.Char(required=True, help="Alternatives joined by OR: WO, CC, CTH, CTSH (EXCEPT …), RVC40, CR.")
    condition = fields.Char(help="A rule with a condition decides nothing by itself: the good stays open.")
    kind = fields.Selection(KINDS, required=True, default="own")
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index=True, help="Of a firm's own rule: whose it is."
    )
    source = fields.Char(help="Law, number, date; of a firm's own rule: on whose word.")

    _code_unique = models.UniqueIndex(
        "(agreement_id, hs_code, kind, COALESCE(company_id, 0))", "The agreement has a rule of this kind for that code."
    )

    @api.constrains("rule", "hs_code", "kind", "company_id", "source")
    def _check_rule(self):
        for record in self:
            try:
                origin.parse_rule(record.rule)
            except origin.RuleError as error:
                raise ValidationError(
                    self.env._("Rule of %(code)s: %(error)s.", code=record.hs_code, error=error)
                ) from error
            if record.hs_code not in hs_codes.partial_codes():
                raise ValidationError(
                    self.env._(
                        "%s is no chapter, heading or subheading of HS 2022: enter the code of that edition.",
                        record.hs_code,
                    )
                )
            if record.kind == "own" and not (record.company_id and record.source):
                raise ValidationError(
                    self.env._("The firm's own rule of %s needs a company and its source.", record.hs_code)
                )
            if record.kind != "own" and record.company_id:
                raise ValidationError(
                    self.env._("The rule of %s is the agreement's: it is of no company.", record.hs_code)
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()  # rulebooks hold the rules
        for values in vals_list:
            if values.get("kind", "own") != "own":
                values.setdefault("company_id", False)
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _row(self):
        """The engine's row; of a rule with a condition nobody can say what holds."""
        self.ensure_one()
        if self.condition:
            return origin.RuleRow(self.hs_code, "", origin.PRODUCT_LIST)
        return origin.RuleRow(self.hs_code, self.rule)

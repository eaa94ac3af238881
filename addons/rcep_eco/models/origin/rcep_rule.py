"""Product-specific rules (Annex 3A) as records, by edition, and the engine's rulebook built from them."""


from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ... import origin
from ...values import hs_codes


class RcepRuleEdition(models.Model):
    _name = "rcep.rule.edition"
    _description = "Edition of the RCEP rules"
    _order = "valid_from desc"

    name = fields.Char(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(help="Last day on which this edition applies; empty while it is in force.")
    source = fields.Text(required=True)
    rule_ids = fields.One2many("rcep.rule", "edition_id")

    _name_unique = models.Constraint("UNIQUE(name)", "An edition of this name exists already.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()  # rulebooks hold name and validity
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _on(self, date):
        """The edition that holds on a date, or an empty record."""
        return self.browse(self._ids_on(date))

    @api.model
    @tools.ormcache("date")
    def _ids_on(self, date):
        domain = [("valid_from", "<=", date), "|", ("valid_to", "=", False), ("valid_to", ">=", date)]
        return self.sudo().search(domain, limit=1).ids  # the law is the same for whoever asks first

    def _rulebook(self):
        """The engine's :class:`origin.Rulebook` of this edition."""
        self.ensure_one()
        return self.env["rcep.rule"]._rulebook(self.id)


class RcepRule(models.Model):
    _name = "rcep.rule"
    _description = "RCEP product-specific rule"
    _order = "hs_code, id"
    _rec_name = "hs_code"

    edition_id = fields.Many2one("rcep.rule.edition", required=True, ondelete="cascade", index=True)
    hs_code = fields.Char(
        "HS code", required=True, index=True, help="Chapter, heading or subheading: 2, 4 or 6 digits."
    )
    rule = fields.Char(required=True, help="Alternatives joined by OR: WO, CC, CTH, CTSH (EXCEPT …), RVC40, CR.")
    question = fields.Char(help="Name of the fact on which the rule depends.")
    rule_if_yes = fields.Char(help="The rule that holds where that fact is so.")
    valid_from = fields.Date(related="edition_id.valid_from")
    valid_to = fields.Date(related="edition_id.valid_to")
    source = fields.Text(related="edition_id.source")

    _hs_unique = models.Constraint("UNIQUE(edition_id, hs_code)", "This edition has a rule for that code already.")

    @api.constrains("rule", "rule_if_yes", "hs_code")
    def _check_rule(self):
        for record in self:
            try:
                for text in filter(None, (record.rule, record.rule_if_yes)):
                    origin.parse_rule(text)
            except origin.RuleError as error:
                raise ValidationError(
                    self.env._("Rule of %(code)s: %(error)s.", code=record.hs_code, error=error)
                ) from error
            if not origin.hs.is_partial(record.hs_code):
                raise ValidationError(self.env._("A rule's HS code has 2, 4 or 6 digits, not %s.", record.hs_code))

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache("edition_id")
    def _rulebook(self, edition_id):
        edition = self.env["rcep.rule.edition"].browse(edition_id)
        rows = self.search_fetch([("edition_id", "=", edition_id)], ["hs_code", "rule", "question", "rule_if_yes"])
        return origin.Rulebook(
            edition=edition.name,
            valid_from=edition.valid_from,
            valid_to=edition.valid_to or None,
            rows={
                row.hs_code: origin.RuleRow(row.hs_code, row.rule, row.question or "", row.rule_if_yes or "")
                for row in rows
            },
            parties={
                party.code: origin.Party(party.code, party.in_force, party.tariff_differential)
                for party in self.env["rcep.party"].search([])
            },
            subheadings=hs_codes.subheadings(),
        )

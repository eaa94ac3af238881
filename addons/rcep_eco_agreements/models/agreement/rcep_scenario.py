"""What if it went under another agreement: the scenario's case and rules are that agreement's."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from ...cases import under_agreement


class RcepScenario(models.Model):
    _inherit = "rcep.scenario"

    agreement_id = fields.Many2one("rcep.agreement", help="Under which it is asked; empty: RCEP, as today.")

    @api.depends("agreement_id")
    def _compute_verdicts(self):
        return super()._compute_verdicts()

    def _is_under_other(self):
        return bool(self.agreement_id) and not self.agreement_id.rules_of_heart

    def _asked_for(self):
        return [*([self.agreement_id.display_name] if self._is_under_other() else []), *super()._asked_for()]

    def _rulebook(self):
        if not self._is_under_other():
            return super()._rulebook()
        today = amounts.today()
        book = self.agreement_id._rulebook(self.company_id, today)
        if book is None:
            raise UserError(self.env._("No rules of it hold on %s.", today.isoformat()))
        return book

    def _as_asked(self, case):
        if not self._is_under_other():
            return super()._as_asked(case)
        country = self.importing_party_id.country_id
        if country and not self.agreement_id._is_open_to(country, case.date):
            raise UserError(self.env._("%s is no Party of it.", country.name))
        parts = self.env["product.product"].browse(under_agreement.ids_in(case))
        holding = self.env["rcep.supplier.declaration"]._holding_under(
            self.agreement_id, parts, self.company_id, case.date
        )
        declared = {part.id: declaration.party_id.code for part, declaration in holding.items()}
        return under_agreement.as_under(case, declared, country.code or None)

"""A supplier's declaration is RCEP's; where it says so, it holds under other agreements too."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.states import declaration_states
from odoo.exceptions import UserError, ValidationError


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    other_agreement_ids = fields.Many2many(
        "rcep.agreement",
        string="Also holds under",
        domain=[("rules_of_heart", "=", False)],
        help="Agreements other than RCEP under which the supplier declares the good to originate in the same Party. "
        "What originates under one agreement need not under another.",
    )

    @api.constrains("other_agreement_ids", "party_id")
    def _check_party_of_agreements(self):
        for declaration in self.filtered("party_id"):
            for agreement in declaration.other_agreement_ids:
                if declaration.party_id.country_id not in agreement.party_ids.country_id:
                    raise ValidationError(
                        self.env._(
                            "%(party)s is no Party of %(agreement)s: declaration %(name)s cannot hold under it.",
                            party=declaration.party_id.display_name,
                            agreement=agreement.name,
                            name=declaration.display_name,
                        )
                    )

    def write(self, vals):
        if "other_agreement_ids" in vals:
            for declaration in self.filtered(lambda each: each.state not in declaration_states.EDITABLE):
                raise UserError(
                    self.env._(
                        "Declaration %s is decided: under which agreements it holds is not changed afterwards. Ask the "
                        "supplier for a new one.",
                        declaration.display_name,
                    )
                )
        return super().write(vals)

    def _holding_under(self, agreement, products, company, date):
        """The declarations that hold on a date under an agreement: {product.product: declaration}."""
        return self._holding(products, company, date, ("other_agreement_ids", "in", agreement.ids))

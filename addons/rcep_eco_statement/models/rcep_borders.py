"""The borders of signed statements: what a buyer and its system are given, and what they give."""

from odoo import api, models
from odoo.addons.rcep_eco.models.border.rcep_borders import members_of
from odoo.addons.rcep_eco.values.borders import Border, fields_of

from ..statements.statement import NAMES, Origin

STATEMENT = "rcep.origin.statement"
STATUS = ("sha256", "state", "valid_until", "held_until")


class RcepBorders(models.AbstractModel):
    _inherit = "rcep.borders"

    @api.model
    def _borders(self):
        return super()._borders() | {
            "statement": Border(
                addresses=("/rcep/statement/",),
                pages={
                    "rcep_eco_statement.page": {"statement": STATEMENT},
                    "rcep_eco_statement.page_unknown": {},
                },
                leaves=frozenset({*NAMES, *members_of(Origin, "origin."), *STATUS, "product.product.default_code",
                                  "product.product.name", "res.company.rcep_name_en", "res.partner.name",
                                  "res.partner.commercial_partner_id"})
                | fields_of(STATEMENT, "company_id criterion date_from date_to holds_until hs6 modifiers name")
                | fields_of(STATEMENT, "partner_id party_code product_id sha256 state"),
                counted=(STATEMENT, "signed_on", [("state", "!=", "draft")]),
            ),
        }  # fmt: skip

    @api.model
    def _words(self):
        return super()._words() | {
            "statement": (
                self.env._("Buyers, by a signed statement"),
                self.env._("A link that a signer's statement has; no cost and no material stands in it"),
            ),
        }

"""Amounts as people read them: in their language, with the decimals that the currency has."""

from decimal import ROUND_HALF_UP, Decimal

from odoo import api, models, tools
from odoo.tools.misc import formatLang

MOST_PLACES = 6
USUAL_PLACES = 2  # of a currency that is not known here


class ResCurrency(models.Model):
    _inherit = "res.currency"

    @api.model
    @tools.ormcache("name", cache="stable")
    def _rcep_places(self, name):
        """The decimals of a currency by its ISO code, active or not."""
        found = self.sudo().with_context(active_test=False).search([("name", "=", name)], limit=1)
        return found.decimal_places if found else USUAL_PLACES

    @api.model
    def _rcep_amount(self, amount, name):
        """An amount rounded to the currency; a small one keeps its first two digits.

        :param amount: a decimal, or its text
        :param name: the currency's ISO code
        """
        number = Decimal(amount)
        places = self._rcep_places(name)
        if number and abs(number) < 1 and places:
            places = max(places, min(MOST_PLACES, 1 - number.adjusted()))
        return formatLang(self.env, float(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)), digits=places)

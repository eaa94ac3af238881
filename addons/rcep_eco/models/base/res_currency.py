"""What a currency is worth on a day, exactly as its rates say, and amounts of it as people read them."""

from decimal import ROUND_HALF_UP, Decimal

from odoo import api, models, tools
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ...values import amounts

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

    def _rcep_rate(self, company, date):
        """How much of the company's currency one unit of this one is worth, exactly as its rates say.

        :raises UserError: where no rate on or before the date is recorded
        """
        self.ensure_one()
        if self == company.currency_id:
            return amounts.exact(1)
        return company.currency_id._rcep_recorded_rate(company, date) / self._rcep_recorded_rate(company, date)

    def _rcep_recorded_rate(self, company, date):
        rate = self.env["res.currency.rate"].search(
            [
                ("currency_id", "=", self.id),
                ("company_id", "in", (False, company.root_id.id)),
                ("name", "<=", date),
            ],
            order="company_id, name desc",
            limit=1,
        )
        if rate:
            return amounts.exact(rate.rate)
        if self == company.currency_id:
            return amounts.exact(1)  # Odoo's convention: the company's own currency needs no rate
        raise UserError(
            self.env._(
                "%(currency)s has no rate on %(date)s in %(company)s: enter the rate of that day.",
                currency=self.name,
                date=date.isoformat(),
                company=company.name,
            )
        )

"""A price that somebody tries on the origin overview: in any active currency, at today's rate."""

from decimal import ROUND_CEILING, Decimal, InvalidOperation

from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from .figures import Figures

MOST_DIGITS = 15


class TriedPrice:
    """The currency in which a price is tried, and what comes of it.

    :param name: ISO code of the currency, or None for the company's own
    :param problems: a list to which sentences are added that say what is wrong
    """

    def __init__(self, env, company, date, name, problems):
        self.env, self.own, self.problems = env, company.currency_id, problems
        currency = env["res.currency"].search([("name", "=", name)], limit=1) if name else self.own
        self.currency = currency or self.own
        try:
            self.rate = self.currency._rcep_rate(company, date)
        except UserError as error:
            problems.append(str(error))
            self.currency, self.rate = self.own, None

    def price(self, asked):
        """What was typed, in the company's currency; None where nothing was, or where it is no price."""
        if asked in (None, "", False) or self.rate is None:
            return None
        try:
            price = Decimal(str(asked))
        except InvalidOperation:
            price = Decimal(0)
        if price.is_finite() and price > 0 and len(amounts.text(price)) <= MOST_DIGITS:
            return price if self.rate == 1 else amounts.against_exporter(price * self.rate, cost=False)
        self.problems.append(
            self.env._("“%s” is no price: enter a number above zero, such as 12.50.", str(asked)[: 2 * MOST_DIGITS])
        )
        return None

    def currencies(self):
        """ISO codes of the currencies in which a price can be tried, the company's own first."""
        return [self.own.name, *(self.env["res.currency"].search([]) - self.own).mapped("name")]

    def shown(self, fob, verdict):
        """Price and floor in the currency of the document, where that is not the company's; else False."""
        if self.currency == self.own or fob is None:
            return False
        figures = Figures(self.env, None, self.currency)
        floor = verdict.regional_value.fob_floor if verdict else None
        minor = Decimal(1).scaleb(-self.currency.decimal_places)
        return {
            "currency": self.currency.name,
            "fob": figures.money(fob / self.rate),
            "floor": floor is not None and figures.money((floor / self.rate).quantize(minor, ROUND_CEILING)),
        }

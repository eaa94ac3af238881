"""Numbers of an overview as people read them: prices, values of materials, shares of the FOB value, quantities."""

from decimal import ROUND_HALF_UP, Decimal

from odoo.addons.rcep_eco.values import amounts
from odoo.tools.misc import formatLang

SMALL_FOB = 20  # below it, values of materials are shown with two places more than the currency has
MOST_PLACES = 6


class Figures:
    """The figures of one good, in its user's language.

    :param fob: FOB value of one unit, or None where it is not known
    :param currency: ``res.currency`` of all amounts
    """

    def __init__(self, env, fob, currency):
        self.env, self.fob = env, fob
        self.minor = currency.decimal_places
        self.places = self.minor + (2 if fob is not None and fob < SMALL_FOB else 0)

    def number(self, number, places=2):
        rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return formatLang(self.env, float(rounded), digits=places)

    def price(self, amount):
        """A price with as many places as it has, those of the currency at least."""
        places = -Decimal(amounts.text(amount)).as_tuple().exponent
        return self.number(amount, max(self.minor, min(MOST_PLACES, places)))

    def money(self, amount):
        """The value of a material or cost."""
        return self.number(amount, self.places)

    def quantity(self, amount):
        """Two places, or as many as a small quantity needs to show its first digits."""
        small = amount and abs(amount) < 1
        return self.number(amount, max(2, min(MOST_PLACES, 2 - amount.adjusted())) if small else 2)

    def share(self, amount):
        """Per cent of the FOB value, or None."""
        return None if amount is None or not self.fob else amount * 100 / self.fob

    def percent(self, amount):
        """The same as text, or an empty one."""
        share = self.share(amount)
        return "" if share is None else f"{self.number(share, 1)} %"

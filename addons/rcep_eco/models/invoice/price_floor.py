"""A price on a quotation or an invoice, beside the lowest one at which the good still originates.

Sales people see the forecast of the catalogue and a sentence where a price is too low, in the document's currency and
the line's unit; what a good is made of and costs stays with the cost engineers. A floor that is not the one at 40 per
cent may be ten times the value of one material (Art. 3.7): it is rounded up in steps of an eighth before a price is
compared with it, so that neither the sentence nor any number of tries tells that value.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ... import groups
from ...texts import explanations
from ...values import amounts

# Steps of about an eighth; a floor is rounded up to the next.
STEPS = tuple(map(Decimal, ("1", "1.12", "1.25", "1.4", "1.6", "1.8", "2", "2.24", "2.5", "2.8", "3.15", "3.55", "4",
                            "4.5", "5", "5.6", "6.3", "7.1", "8", "9", "10")))  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What all prices of a document have in common.

    :param country: ``res.country`` that the goods go to
    :param document: a record that has a rate of its own, by ``_rcep_rate``; None where the table of rates says it
    """

    company: object
    currency: object
    date: date
    country: object
    document: object = None


class RcepPricedDocument(models.AbstractModel):
    """A quotation or an invoice; ``_rcep_price_lines`` and ``_rcep_terms`` say where its facts are."""

    _name = "rcep.priced.document"
    _description = "Document with prices of goods"

    rcep_price_warning = fields.Text(
        "Prices below the floor", compute="_compute_rcep_price_warning", groups=groups.READER
    )

    def _compute_rcep_price_warning(self):
        for document in self:
            warnings = [line.rcep_price_warning for line in document._rcep_price_lines() if line.rcep_price_warning]
            document.rcep_price_warning = "\n".join(dict.fromkeys(warnings)) or False

    # --- hooks -------------------------------------------------------------------------------------------
    def _rcep_price_lines(self):
        """All lines of the document, those that are no goods too."""
        raise NotImplementedError

    def _rcep_terms(self):
        """The :class:`Terms` of the document, or None where it offers nothing to a customer."""
        raise NotImplementedError

    def _rcep_discount_factor(self):
        """What is left of the goods' prices when discounts on lines of their own are spread over them."""
        lines = self._rcep_price_lines()
        goods = sum((amounts.exact(line.price_subtotal) for line in lines if line._rcep_is_good()), Decimal(0))
        off = sum((amounts.exact(line.price_subtotal) for line in lines if line._rcep_is_discount()), Decimal(0))
        return (goods + off) / goods if goods > 0 else Decimal(1)


class RcepPricedLine(models.AbstractModel):
    """A line of such a document; ``_rcep_price_document`` and ``_rcep_price_quantity`` say where its facts are."""

    _name = "rcep.priced.line"
    _description = "Price of a good"

    rcep_verdict = fields.Selection(
        explanations.verdicts,
        "Origin",
        compute="_compute_rcep_price",
        groups=groups.READER,
        help="Whether the good originates under RCEP, as forecast at its list price.",
    )
    rcep_price_warning = fields.Char("Price and origin", compute="_compute_rcep_price", groups=groups.READER)

    def _compute_rcep_price(self):
        self.rcep_verdict = self.rcep_price_warning = False
        lines = self.filtered(lambda line: line._rcep_price_document() and line._rcep_is_good())
        documents = {document: document._rcep_terms() for document in lines._rcep_price_document()}
        abroad = self.env["rcep.party"]._importers()
        lines = lines.filtered(lambda line: _is_abroad(documents[line._rcep_price_document()], abroad))
        verdicts = lines._rcep_forecasts({terms.company.id for terms in documents.values() if terms})
        rates = _Rates(self.env)
        factors = {document: document._rcep_discount_factor() for document in lines._rcep_price_document()}
        for line in lines:
            document = line._rcep_price_document()
            terms = documents[document]
            forecast = verdicts.get((line.product_id._origin.id, terms.company.id))
            if forecast:
                line.rcep_verdict = forecast.verdict
                line.rcep_price_warning = line._rcep_warning(forecast, terms, factors[document], rates)

    def _rcep_forecasts(self, companies):
        """The verdict of each line's good in each company, with one query."""
        found = self.env["rcep.origin"].search_fetch(
            [("product_id", "in", self.product_id._origin.ids), ("company_id", "in", list(companies))],
            ["product_id", "company_id", "verdict", "criterion", "fob_floor"],
        )
        # Whoever sells is told from which price on a good of theirs originates, and reads no other figure of it.
        return {(verdict.product_id.id, verdict.company_id.id): verdict.sudo() for verdict in found}

    def _rcep_warning(self, forecast, terms, factor, rates):
        """The sentence where this price is too low for the good to originate, or False."""
        quantity, unit, own = self._rcep_price_quantity(), self.product_uom_id, self.product_id.uom_id
        price = amounts.exact(self.price_subtotal) * factor
        if not forecast.lowest_fob or quantity <= 0 or price <= 0:
            return False
        if not unit._has_common_reference(own):
            return self.env._(
                "%(product)s is sold in %(unit)s, which does not convert to its own unit %(own)s: correct the unit.",
                product=self.product_id.display_name,
                unit=unit.name,
                own=own.name,
            )
        try:
            rate = rates.of(terms)
        except UserError as error:
            return str(error)
        units = amounts.exact(unit._compute_quantity(quantity, own, round=False))
        lowest = Decimal(forecast.lowest_fob)
        by_value = forecast.lowest_fob == forecast.fob_floor
        floor = (lowest if by_value else coarse(lowest)) * units
        if price * rate >= floor:
            return False
        number = amounts.exact(quantity)
        return self._rcep_sentence(terms.currency, price / number, floor / rate / number, by_value)

    def _rcep_sentence(self, currency, price, floor, by_value):
        cent = Decimal(1).scaleb(-currency.decimal_places)
        words = {
            "product": self.product_id.display_name,
            "price": formatLang(self.env, float(price), digits=max(2, currency.decimal_places)),
            # Rounded up: at the price that is shown it does originate.
            "floor": formatLang(self.env, float(floor.quantize(cent, ROUND_UP)), digits=currency.decimal_places),
            "currency": currency.name,
            "unit": self.product_uom_id.name,
        }
        if by_value:
            return self.env._(
                "%(product)s: at %(price)s %(currency)s / %(unit)s it does not originate; 40 per cent is reached "
                "from %(floor)s %(currency)s.",
                **words,
            )
        return self.env._(
            "%(product)s: %(price)s %(currency)s / %(unit)s may be too low for it to originate; from about %(floor)s "
            "%(currency)s it does. A cost engineer knows exactly.",
            **words,
        )

    # --- hooks -------------------------------------------------------------------------------------------
    def _rcep_price_document(self):
        """The documents of these lines."""
        raise NotImplementedError

    def _rcep_price_quantity(self):
        """How much the line sells, in its own unit."""
        raise NotImplementedError

    def _rcep_is_good(self):
        """Whether this line sells goods: not a service, a discount, freight, a section or a note."""
        raise NotImplementedError

    def _rcep_is_discount(self):
        """Whether this line takes something off the price of the goods."""
        raise NotImplementedError


def coarse(floor):
    """A floor rounded up to the next step; floors of zero stay."""
    size = Decimal(1).scaleb(floor.adjusted())
    return next(step * size for step in STEPS if step * size >= floor)


def _is_abroad(terms, importers):
    """Whether the goods go to a Party in force that is not the exporter's own."""
    if not terms or terms.country == terms.company.country_id:
        return False
    in_force = importers.get(terms.country.id)
    return bool(in_force) and in_force <= terms.date


class _Rates:
    """Rates of a few documents, each read once."""

    def __init__(self, env):
        self.env, self.known = env, {}

    def of(self, terms):
        if terms.document:
            return terms.document._rcep_rate()
        key = terms.currency, terms.company, terms.date
        if key not in self.known:
            self.known[key] = key[0]._rcep_rate(*key[1:])
        return self.known[key]

"""What the rates say of many goods on a day: a number where one is certain, else in words why there is none.

A good's code may be shorter than the importer's lines. Where those differ, no number is given: never the lowest.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal

from odoo import api, models
from odoo.addons.rcep_eco import origin
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from .rcep_rate import AD_VALOREM, BY_SUBLINE, EXCLUDED

_lt = LazyTranslate(__name__)

UNKNOWN, CODE_NEEDED = "unknown", "national_code_needed"
MFN = None  # stands for an agreement where there is none
# What a code of confidence says; a rate that bears one of these is shown, and no saving is counted with it.
CAUTIONS = {
    "exclusion_column_missing": _lt(
        "The column of excluded countries is missing: check that China is not excluded on this line."
    ),
    "amended_since": _lt("The law was amended since this reading: check the line."),
    "one_reading": _lt("It was read once only: check the line."),
    "second_reading_blank": _lt("A second reading has nothing here: check the line."),
    "example": _lt("This is an example, and no rate of any law."),
}
STATUS_WORDS = {
    UNKNOWN: _lt("unknown"),
    CODE_NEEDED: _lt("national code needed"),
    EXCLUDED: _lt("excluded"),
    "quota": _lt("within a quota: no number"),
    BY_SUBLINE: _lt("longer lines differ: no number"),
    "unparsed": _lt("could not be read: unknown"),
}


@dataclass(frozen=True)
class Answer:
    """What the rates say of one good.

    :param status: a kind of rate, ``unknown`` or ``national_code_needed``
    :param rate: per cent, of ``ad_valorem`` alone; None is unknown and never zero
    :param warnings: sentences; where there is one, no saving is counted with the rate
    """

    status: str
    rate: Decimal | None = None
    text: str = ""
    source: str = ""
    source_date: Date | None = None
    confidence: str = ""
    code: str = ""
    warnings: tuple = ()

    @property
    def is_certain(self):
        """Whether the number may be counted with."""
        return self.rate is not None and not self.warnings


class RcepRate(models.Model):
    _inherit = "rcep.rate"

    @api.model
    def _rates(self, keys, date):
        """What the rates say of many goods on a day, with one query for all of them.

        :param keys: [(rcep.party, rcep.agreement or `MFN`, code of 6 to 12 digits, res.country of origin)]
        :return: {key: :class:`Answer`}
        """
        keys = list(dict.fromkeys(keys))
        by_heading = defaultdict(list)
        for rate in self._candidates(keys, date):
            by_heading[rate.party_id.id, rate.agreement_id.id, rate.hs6[: origin.hs.CHAPTER]].append(rate)
        answers = {}
        for key in keys:
            party, agreement, code, country = key
            code = origin.hs.compact(code)
            near = by_heading[party.id, agreement.id if agreement else False, code[: origin.hs.CHAPTER]]
            answers[key] = self._answer(code, country, self._for_origin(near, country))
        return answers

    def _candidates(self, keys, date):
        """The rates of a day that stand above or below any of these codes."""
        codes = {origin.hs.compact(code) for _party, _agreement, code, _country in keys}
        beginnings = {code[:length] for code in codes for length in (2, 4, 6) if len(code) >= length}
        parties = {party.id for party, *_rest in keys}
        agreements = {agreement.id if agreement else False for _party, agreement, *_rest in keys}
        domain = Domain("party_id", "in", list(parties)) & Domain("hs6", "in", list(beginnings))
        domain &= Domain("agreement_id", "in", list(agreements)) & Domain("valid_from", "<=", date)
        domain &= Domain("valid_to", "=", False) | Domain("valid_to", ">=", date)
        return self.search(domain)

    @staticmethod
    def _for_origin(rates, country):
        """Of each line the rate for goods of a country: its own before that for all."""
        own = {rate.national_code: rate for rate in rates if not rate.origin_id}
        own |= {rate.national_code: rate for rate in rates if rate.origin_id and rate.origin_id == country}
        return own.values()

    def _answer(self, code, country, rates):
        """The answer of those rates that stand above or below one code."""
        if len(code) < origin.hs.SUBHEADING:
            return Answer(UNKNOWN, text=self.env._("unknown: the good has no HS code"))
        above = [rate for rate in rates if code.startswith(rate.national_code)]
        below = [rate for rate in rates if len(rate.national_code) > len(code) and rate.national_code.startswith(code)]
        best = max(above, key=lambda rate: len(rate.national_code), default=None)
        if best and best.rate_type != BY_SUBLINE:
            different = [rate for rate in below if self._said(rate, country) != self._said(best, country)]
            return self._code_needed(code, below) if different else self._one(best, country)
        if not below:
            return self._one(best, country) if best else Answer(UNKNOWN, text=self.env._("unknown: no rate is loaded"))
        said = {self._said(rate, country) for rate in below}
        if len(said) > 1 or not all(rate.is_complete for rate in below):
            return self._code_needed(code, below)
        return self._one(below[0], country)

    def _said(self, rate, country):
        """All that makes two lines the same rate."""
        return (self._kind(rate, country), rate.rate, rate.specific_amount, rate.specific_unit, rate.currency,
                rate.condition, rate.other_reading, rate.confidence)  # fmt: skip

    @staticmethod
    def _kind(rate, country):
        excluded = (rate.excluded_origins or "").split()
        return EXCLUDED if country and country.code in excluded else rate.rate_type

    def _code_needed(self, code, below):
        words = self.env._(
            "national code needed: the %(count)s lines below %(code)s are not known to bear one rate",
            count=len(below),
            code=code,
        )
        first = below[0]
        return Answer(CODE_NEEDED, text=words, source=first.source, source_date=first.source_date or None, code=code)

    def _one(self, rate, country):
        """The answer of one line."""
        kind = self._kind(rate, country)
        words = str(self.env._(STATUS_WORDS[kind])) if kind in STATUS_WORDS else rate._words()
        return Answer(
            kind,
            Decimal(rate.rate) if kind == AD_VALOREM else None,
            words,
            rate.source,
            rate.source_date or None,
            rate.confidence or "",
            rate.national_code,
            tuple(self._warnings(rate)),
        )

    def _warnings(self, rate):
        codes = [each.strip() for each in (rate.confidence or "").split(";")]
        if rate.other_reading:
            yield self.env._(
                "Another source of %(of)s reads %(rate)s.", of=rate.other_reading_of or "?", rate=rate.other_reading
            )
        for each in codes:
            if each in CAUTIONS:
                yield self.env._(CAUTIONS[each])
        if rate.condition:
            yield self.env._("It holds under a condition: %s.", rate.condition.rstrip("."))

"""Art. 3.2 to 3.12, as one agreement sets them and another otherwise: all that the engine asks of it beside its rules.

Text: RCEP Agreement, Chapter 3; of ACFTA: Viet Nam's Circular 12/2019/TT-BCT, Articles 5 to 15.

The gates are the same everywhere: wholly obtained, of originating materials alone, a rule. Agreements differ in their
figures, in the formulas that a regional value may be computed by, in which work is minimal, in what may be left out of
a material's value, and in whether they ask for a country of origin beside the verdict. That is data, in a record.
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from . import thresholds
from .case import DEDUCTIONS, MINIMAL_OPERATIONS, PROCESS_KINDS
from .errors import CaseError


@dataclass(frozen=True, eq=False)
class Agreement:
    """What an agreement sets; the defaults are RCEP's.

    :param name: for people, who read it in sentences
    :param thresholds: :class:`.thresholds.Threshold` rows
    :param build_up: whether the exporter may compute the regional value by what it added, too
    :param minimal_operations: kinds of work that alone make nothing originate, of :data:`.case.PROCESS_KINDS`
    :param deductions: what may be left out of a non-originating material's value, of :data:`.case.DEDUCTIONS`
    :param weight_chapters: first and last chapter in which de minimis may be weighed
    :param country_of_origin: whether Art. 2.6 or the like is asked beside the verdict
    :param articles: {article of RCEP: the like article here}, by which steps are named; one that is not there is not
        known, and its steps bear none
    """

    name: str = "RCEP"
    thresholds: tuple = thresholds.THRESHOLDS
    build_up: bool = True
    minimal_operations: frozenset = frozenset(MINIMAL_OPERATIONS)
    deductions: frozenset = frozenset(DEDUCTIONS)
    weight_chapters: tuple = (50, 63)
    country_of_origin: bool = True
    articles: dict = field(default_factory=dict)

    @classmethod
    def of(cls, name, since, *, regional_value, de_minimis, **values):
        """An agreement from what its record says.

        :param datetime.date since: first day of its figures
        :param Decimal regional_value: per cent that RVC40 and the like ask for
        :param Decimal de_minimis: per cent of value or weight that need not change classification
        :param values: the other fields, where they are not as RCEP has them
        :raises CaseError: where it names work or deductions that the engine does not know
        """
        for field_name, known in (("minimal_operations", PROCESS_KINDS), ("deductions", DEDUCTIONS)):
            strange = sorted(set(values.get(field_name, ())) - set(known))
            if strange:
                raise CaseError(field_name, f"{', '.join(strange)} is none of {', '.join(known)}")
        figures = (("regional_value", regional_value), ("de_minimis", de_minimis))
        rows = tuple(thresholds.Threshold(each, "", value, thresholds.PERCENT, since) for each, value in figures)
        return cls(name=name, thresholds=rows, **values)

    def percent(self, name, date: datetime.date) -> Decimal:
        """A figure of :attr:`thresholds` on a day.

        :raises KeyError: where the agreement has no such figure on that day
        """
        key = name, date
        if key not in self._percents:
            self._percents[key] = thresholds.on(name, date, self.thresholds)
        return self._percents[key]

    @cached_property
    def _percents(self):
        return {}

    def named(self, steps):
        """Steps under the names of this agreement's own articles."""
        if not self.articles:
            return steps
        return tuple(step._replace(article=self.articles.get(step.article, "")) for step in steps)


def articles_of(text):
    """The pairs of :attr:`Agreement.articles` as a record has them.

    >>> articles_of("3.7 = 12; Annex 3A = 7")
    {'3.7': '12', 'Annex 3A': '7'}
    """
    pairs = (pair.partition("=") for pair in (text or "").split(";") if pair.strip())
    return {theirs.strip(): own.strip() for theirs, _sign, own in pairs}


RCEP = Agreement()

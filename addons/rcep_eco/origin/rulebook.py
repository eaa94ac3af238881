"""Annex 3A, the tables of the law: Parties, nomenclature and product-specific rules, as of a date.

Text: RCEP Agreement, Annex 3A; in HS 2022: Viet Nam's Circular 32/2022/TT-BCT, Annex I.

A rulebook is an argument of the engine, never a file that it reads: whoever calls builds it from rows.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from . import work
from .agreement import RCEP, Agreement
from .errors import CaseError, RuleError
from .rules import UNKNOWN, parse_rule
from .trace import Need

_parse = lru_cache(maxsize=4096)(parse_rule)
PRODUCT_LIST = "product_list"  # the question whether a list that is not loaded names the good


@dataclass(frozen=True)
class Party:
    """A Party of the agreement: ISO 3166 code, entry into force, whether it has an Appendix of Art. 2.6."""

    code: str
    in_force: datetime.date
    tariff_differential: bool = False


@dataclass(frozen=True)
class RuleRow:
    """A row of Annex 3A.

    :param prefix: the 2, 4 or 6 digits that it speaks of
    :param rule: its text, in the grammar of :mod:`.rules`
    :param question: name of the fact on which the rule depends, or ``""``
    :param rule_if_yes: the rule that holds where that fact is so; ``""`` where nobody can say which
    """

    prefix: str
    rule: str
    question: str = ""
    rule_if_yes: str = ""

    @property
    def text(self):
        """The whole rule; where it depends on a question, with the other rule behind it."""
        return f"{self.rule}; if {self.question}: {self.rule_if_yes or 'unknown'}" if self.question else self.rule

    @property
    def need(self):
        """What answers the question."""
        return Need(PRODUCT_LIST) if self.question == PRODUCT_LIST else Need("condition", self.question)

    def under(self, answer):
        """The parsed rule, given the answer to its question."""
        text = self.rule_if_yes if self.question and answer else self.rule
        return _parse(text) if text else UNKNOWN


@dataclass(frozen=True)
class Rulebook:
    """One edition of the rules with what it needs to be applied.

    :param edition: name of the edition, for the dossier
    :param valid_from: first day on which it applies
    :param valid_to: last day, or None while it is in force
    :param rows: :class:`RuleRow` by prefix
    :param parties: :class:`Party` by code
    :param subheadings: the six-digit codes of the nomenclature
    :param agreement: :class:`.agreement.Agreement`, what it sets beside its rules
    :param general: :class:`RuleRow` by prefix of the general rule, for goods that no row of the product list names
    :param list_missing: whether the agreement has a product list that is not loaded: any good may be on it
    """

    edition: str
    valid_from: datetime.date
    rows: dict
    parties: dict
    subheadings: frozenset
    valid_to: datetime.date | None = None
    agreement: Agreement = RCEP
    general: dict = field(default_factory=dict)
    list_missing: bool = False

    def row_for(self, code):
        """The row with the longest prefix of a six-digit code.

        :raises RuleError: where no row covers it
        """
        row = _longest(self.rows, code)
        if row is not None:
            return row
        row = _longest(self.general, code)
        if self.list_missing:
            return RuleRow(row.prefix if row else "", row.rule if row else "", PRODUCT_LIST)
        if row is None:
            raise RuleError(f"edition {self.edition} has no rule for {code}")
        return row

    def is_listed(self, code):
        """Whether a row of Annex 3A or of a product list names a code, and not the general rule alone."""
        return _longest(self.rows, code) is not None

    def holds_on(self, date):
        return self.valid_from <= date and (self.valid_to is None or date <= self.valid_to)

    def parties_on(self, date):
        """Codes of the Parties in which the agreement is in force on a date."""
        if date not in self._parties_by_day:
            self._parties_by_day[date] = frozenset(
                code for code, party in self.parties.items() if party.in_force <= date
            )
        return self._parties_by_day[date]

    @cached_property
    def _parties_by_day(self):
        return {}

    @cached_property
    def questions(self):
        """Names of the facts on which rules depend."""
        return frozenset(row.question for row in self.rows.values() if row.question)

    def work(self, processes, date):
        """What stated work says under this agreement: :class:`.work.Work`."""
        return work.of(processes, self.parties_on(date), self.agreement.minimal_operations)

    @cached_property
    def partial_codes(self):
        """Every chapter, heading and subheading of the nomenclature."""
        return frozenset(code[:length] for code in self.subheadings for length in (2, 4, 6))

    def row_of(self, good, date):
        """The row of a good on a date.

        :param good: :class:`.case.Good`
        :raises CaseError: with a code that is not a subheading, or outside the edition's days
        """
        if not self.holds_on(date):
            raise CaseError("date", f"no edition of the rules holds on {date.isoformat()}")
        if good.hs not in self.subheadings:
            raise CaseError("good.hs", f"{good.hs} is not a subheading of {self.edition}")
        return self.row_for(good.hs)


def _longest(rows, code):
    """The row with the longest prefix of a six-digit code, or None."""
    for length in (6, 4, 2):
        row = rows.get(code[:length])
        if row is not None:
            return row
    return None

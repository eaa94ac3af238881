"""Annex 3A, product-specific rules: their text parsed into plain objects, and back.

Text: RCEP Agreement, Annex 3A and its headnotes; in HS 2022: Viet Nam's Circular 32/2022/TT-BCT, Annex I.

The grammar is ``ALT (OR ALT)*``; ``ALT`` is one of ``WO CC CTH CTSH RVC40 CR``, a change of tariff
classification optionally followed by ``EXCEPT`` and a list of codes or ranges of equal length. ``EXCEPT``
binds only to the change that it follows (headnote 6); there is no ``AND``.

>>> rule = parse_rule("CTH EXCEPT 7208-7211, 7226 OR RVC40")
>>> [alternative.kind for alternative in rule.alternatives]
['CTH', 'RVC40']
>>> rule.alternatives[0].exceptions
(CodeRange(first='7208', last='7211'), CodeRange(first='7226', last='7226'))
>>> str(rule)
'CTH EXCEPT 7208-7211, 7226 OR RVC40'
"""

import re
from dataclasses import dataclass
from functools import cached_property

from . import hs
from .errors import RuleError

# The digits at which every non-originating material must have changed.
TARIFF_CHANGE = {"CC": hs.CHAPTER, "CTH": hs.HEADING, "CTSH": hs.SUBHEADING}
RVC = "RVC40"
KINDS = ("WO", *TARIFF_CHANGE, RVC, "CR")
# What box 10 of the certificate says for each kind of alternative.
CRITERION = {"WO": "WO", **dict.fromkeys(TARIFF_CHANGE, "CTC"), RVC: "RVC", "CR": "CR"}

_ALTERNATIVE = re.compile(r"(?P<kind>[A-Z0-9]+)(?: EXCEPT (?P<codes>[0-9, -]+))?")


@dataclass(frozen=True)
class CodeRange:
    """Codes from ``first`` to ``last``, both included, of equal length."""

    first: str
    last: str

    def __str__(self):
        return self.first if self.first == self.last else f"{self.first}-{self.last}"

    def holds(self, code):
        """Whether a material's code is inside: True, False, or None where it has too few digits to tell."""
        length = len(self.first)
        if len(code) >= length:
            return self.first <= code[:length] <= self.last
        lowest, highest = code.ljust(length, "0"), code.ljust(length, "9")
        if self.first <= lowest and highest <= self.last:
            return True
        return None if self.first <= highest and lowest <= self.last else False


@dataclass(frozen=True)
class Alternative:
    """One way to qualify: its kind and, for a change of classification, the codes that may not change into it."""

    kind: str
    exceptions: tuple = ()

    def __hash__(self):
        return self._hash  # it is a key of every change that was looked at

    def __str__(self):
        return self._text

    @cached_property
    def _hash(self):
        return hash((self.kind, self.exceptions))

    @cached_property
    def _text(self):
        if not self.exceptions:
            return self.kind
        return f"{self.kind} EXCEPT {', '.join(map(str, self.exceptions))}"

    @cached_property
    def criterion(self):
        return CRITERION[self.kind]


@dataclass(frozen=True)
class Rule:
    """The alternatives among which the exporter chooses (Annex 3A, headnote 8)."""

    alternatives: tuple

    def __str__(self):
        return self._text

    @cached_property
    def _text(self):
        return " OR ".join(map(str, self.alternatives))


UNKNOWN = Rule(())  # of a good whose code, or whose place in a product list, is not known


def parse_rule(text):
    """Read the text of a rule.

    :raises RuleError: with the text and what in it cannot be read
    """
    words = " ".join((text or "").split())
    if not words:
        raise RuleError("a rule cannot be empty")
    alternatives = tuple(_parse_alternative(part, words) for part in words.split(" OR "))
    if len(set(alternatives)) != len(alternatives):
        raise RuleError(f"the rule {words!r} names an alternative twice")
    return Rule(alternatives)


def _parse_alternative(part, words):
    match = _ALTERNATIVE.fullmatch(part.strip())
    if not match or match["kind"] not in KINDS:
        raise RuleError(f"the rule {words!r} has an alternative that is not known: {part.strip()!r}")
    if not match["codes"]:
        return Alternative(match["kind"])
    if match["kind"] not in TARIFF_CHANGE:
        raise RuleError(f"the rule {words!r} has EXCEPT after {match['kind']}: it binds only to CC, CTH and CTSH")
    ranges = tuple(_parse_range(item.strip(), words) for item in match["codes"].split(","))
    return Alternative(match["kind"], ranges)


def _parse_range(item, words):
    first, _dash, last = (text.strip() for text in item.partition("-"))
    last = last or first
    if not (hs.is_partial(first) and hs.is_partial(last)) or len(first) != len(last) or first > last:
        raise RuleError(f"the rule {words!r} has an exception that is neither a code nor a range: {item!r}")
    return CodeRange(first, last)

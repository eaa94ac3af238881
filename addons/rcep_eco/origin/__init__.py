"""Rules of origin, RCEP's and those like them, as plain Python: facts of a good in, a verdict with its reasons out.

Nothing here knows of Odoo, files, clocks or the network. The entry is :func:`determine`, which takes
a :class:`Case` (what is known of one good) and a :class:`Rulebook` (the law's tables) and returns a
:class:`Verdict`. Articles named in docstrings are those of Chapter 3 of the treaty unless said otherwise.
"""

from . import hs, thresholds
from .agreement import RCEP, Agreement, articles_of
from .back_to_back import BackToBack, Original, determine_back_to_back
from .case import DEDUCTIONS, MINIMAL_OPERATIONS, Case, Costs, Deduction, Good, Material, Process, SelfProduced
from .determination import determine, determine_intermediate
from .dossier import (
    canonical_json,
    dossier_of,
    facts_of,
    is_of_earlier_format,
    replay,
    sealed,
    sha256_of,
    tipping_materials_of,
)
from .errors import CaseError, OriginError, RuleError
from .evidence import Evidence, determine_by_evidence
from .exact import EXACT, total
from .intermediates import Intermediate
from .reading import pairs, read_case
from .records import record
from .regional_value import RVC_PERCENT
from .rulebook import PRODUCT_LIST, Party, Rulebook, RuleRow
from .rules import Rule, parse_rule
from .tipping_materials import tipping_materials
from .verdict import Verdict, verdict_json

__all__ = [
    "DEDUCTIONS",
    "EXACT",
    "MINIMAL_OPERATIONS",
    "PRODUCT_LIST",
    "RCEP",
    "RVC_PERCENT",
    "Agreement",
    "BackToBack",
    "Case",
    "CaseError",
    "Costs",
    "Deduction",
    "Evidence",
    "Good",
    "Intermediate",
    "Material",
    "OriginError",
    "Original",
    "Party",
    "Process",
    "Rule",
    "RuleError",
    "RuleRow",
    "Rulebook",
    "SelfProduced",
    "Verdict",
    "articles_of",
    "canonical_json",
    "determine",
    "determine_back_to_back",
    "determine_by_evidence",
    "determine_intermediate",
    "dossier_of",
    "facts_of",
    "hs",
    "is_of_earlier_format",
    "pairs",
    "parse_rule",
    "read_case",
    "record",
    "replay",
    "sealed",
    "sha256_of",
    "thresholds",
    "tipping_materials",
    "tipping_materials_of",
    "total",
    "verdict_json",
]

"""What is kept of a determination: its input, the rule's edition and the verdict, sealed by a hash.

Its text is the one of `canonical_json`. Numbers are decimal texts, so that no reader can round them.

A dossier bears the number of its format, which rises whenever the same facts may be decided otherwise: those of an
earlier one stay readable by their hash, with the verdict that was sealed, and are never decided again by newer law.

An intermediate stands in a dossier whole, or by the hash of its own: then the dossiers are a tree, each node of which
is kept once for all the goods that it is in.
"""

import functools
import hashlib
import json
from dataclasses import fields
from datetime import date
from decimal import Decimal

from .back_to_back import BackToBack, determine_back_to_back, read_back_to_back
from .canonical_json import canonical_bytes
from .determination import determine, determine_intermediate
from .errors import CaseError, OriginError
from .evidence import Evidence, determine_by_evidence, read_evidence
from .exact import MAX_DEPTH
from .reading import read_case
from .tipping_materials import tipping_materials
from .verdict import verdict_json, verdict_of

FORMAT = 2  # the first format bore no number


# --- canonical form --------------------------------------------------------------------------------------
def canonical_json(data):
    """The bytes of a JSON value, or of the engine's records, in canonical form.

    Of a record, what is not known or is as its class has it is left out; the readers read it back to an equal record.

    >>> canonical_json({"b": ["1.50"], "a": None})
    b'{"a":null,"b":["1.50"]}'
    """
    return canonical_bytes(data, _plainly)


def sha256_of(data):
    """The hash of a JSON value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


# --- dossiers --------------------------------------------------------------------------------------------
def dossier_of(facts, verdict, rulebook):
    """The dossier of a determination, as a JSON object that :func:`replay` takes.

    :param facts: the :class:`.case.Case`, :class:`.evidence.Evidence` or :class:`.back_to_back.BackToBack` that was
        determined
    """
    return json.loads(sealed(facts, verdict, rulebook)[0])


def sealed(facts, verdict, rulebook):
    """The dossier of a determination as it is kept: (canonical text, its hash)."""
    dossier = {
        _NAMES.get(type(facts), "case"): facts,
        "format": FORMAT,
        "rule": {"edition": rulebook.edition, "text": verdict.rule},
        "verdict": verdict_json(verdict, trace=False),
    }
    # Only the names of answers may be of other letters than ASCII, whose order is another in UTF-16.
    conditions = getattr(facts, "conditions", None) or ()
    text = _quickly(dossier) if all(map(str.isascii, conditions)) else canonical_json(dossier).decode()
    return text, hashlib.sha256(text.encode()).hexdigest()


_NAMES = {Evidence: "evidence", BackToBack: "back_to_back"}  # how facts stand in a dossier; others are a case


def facts_of(dossier):
    """What a dossier was decided by, as JSON, of whichever kind it is."""
    return next(dossier[name] for name in ("case", *_NAMES.values()) if name in dossier)


def _plainly(value):
    """What a record, a number or a date is in JSON."""
    cls = value.__class__
    if cls is Decimal:
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    usual = _defaults(cls)
    return {name: item for name, item in vars(value).items() if item is not None and item != usual[name]}


@functools.cache
def _defaults(cls):
    """{field: what need not be said} of a class of records."""
    return {field.name: getattr(cls, field.name, None) for field in fields(cls)}


_quickly = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plainly
).encode


def is_of_earlier_format(dossier):
    """Whether a dossier keeps the verdict that was sealed, since the same facts may be decided otherwise today.

    :raises OriginError: where it comes from a newer version, which alone can read it
    """
    number = dossier.get("format", 1)
    if type(number) is not int or number > FORMAT:
        raise OriginError(f"the dossier is of format {number}, which a newer version wrote; this one reads {FORMAT}")
    return number < FORMAT


def replay(dossier, rulebook, fetch=None):
    """Determine a dossier's facts anew.

    :param fetch: function of a hash that gives the dossier of an intermediate, or None where there is none
    :return: the :class:`.verdict.Verdict`, with its trace; of an earlier format the one that was sealed, without steps
    :raises OriginError: where the rule's edition or text is not the one that the dossier was made with, or an
        intermediate's dossier is not there or not the one that was sealed
    """
    return _Replay(rulebook, fetch).verdict(dossier)


def sealed_verdict(dossier):
    """The verdict as it was sealed, whatever the format: without steps."""
    return verdict_of(dossier["verdict"])


def tipping_materials_of(dossier, verdict, rulebook, fetch=None):
    """The materials of a dossier of which one declaration would make the good originate."""
    if "case" not in dossier or is_of_earlier_format(dossier):
        return ()
    again = _Replay(rulebook, fetch)
    case = again.case_of(dossier)
    return tipping_materials(case, verdict, rulebook, again.known)


class _Replay:
    """Dossiers determined anew, each intermediate once."""

    def __init__(self, rulebook, fetch):
        self.rulebook, self.fetch, self.known = rulebook, fetch, {}

    def verdict(self, dossier):
        if is_of_earlier_format(dossier):
            return sealed_verdict(dossier)
        self._check_edition(dossier)
        try:
            if "evidence" in dossier:
                verdict = determine_by_evidence(read_evidence(dossier["evidence"]), self.rulebook)
            elif "back_to_back" in dossier:
                verdict = determine_back_to_back(read_back_to_back(dossier["back_to_back"]), self.rulebook)
            else:
                verdict = determine(self.case_of(dossier), self.rulebook, known=self.known)
        except KeyError as error:
            raise CaseError("", f"the dossier lacks {error}") from error
        self._check_rule(dossier, verdict)
        return verdict

    def case_of(self, dossier, depth=0):
        """The case of a dossier; what stands in it by a hash is known afterwards."""
        case = read_case(dossier["case"], today=date.fromisoformat(dossier["case"]["date"]))
        self._learn(case.materials, depth + 1)
        return case

    def _learn(self, materials, depth):
        if depth > MAX_DEPTH:
            raise CaseError("materials", f"intermediates are nested more than {MAX_DEPTH} deep")
        for material in materials:
            own = material.self_produced
            if own is None:
                continue
            if own.dossier_sha256 is None:
                self._learn(own.materials, depth + 1)
            elif own.dossier_sha256 not in self.known:
                dossier = self._fetched(own.dossier_sha256, material.name)
                case = self.case_of(dossier, depth)
                intermediate = determine_intermediate(case, self.rulebook, known=self.known)
                self._check_rule(dossier, intermediate.verdict)
                self.known[own.dossier_sha256] = intermediate

    def _fetched(self, sha256, name):
        dossier = self.fetch(sha256) if self.fetch else None
        if dossier is None:
            raise OriginError(f"the dossier of the intermediate {name}, {sha256}, is not there")
        if sha256_of(dossier) != sha256:
            raise OriginError(f"the dossier of the intermediate {name} is not the one that was sealed, {sha256}")
        if is_of_earlier_format(dossier):
            raise OriginError(f"the dossier of the intermediate {name} is of an earlier format: determine it again")
        self._check_edition(dossier)
        return dossier

    def _check_edition(self, dossier):
        edition = dossier["rule"]["edition"]
        if edition != self.rulebook.edition:
            raise OriginError(
                f"the dossier was made with rules {edition}, the ones given are {self.rulebook.edition}"
            )

    @staticmethod
    def _check_rule(dossier, verdict):
        if verdict.rule != dossier["rule"]["text"]:
            raise OriginError(f"the rule of the dossier was {dossier['rule']['text']!r}, and is now {verdict.rule!r}")

"""What is kept of a determination: its input, the rule's edition and the verdict, sealed by a hash.

The canonical form is that of RFC 8785 for what stands in a dossier: objects with sorted keys, lists,
texts, true, false and null. Numbers are decimal texts, so that no reader can round them.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from .changes import declarations_that_turn
from .determination import determine
from .errors import CaseError, OriginError
from .evidence import Evidence, determine_by_evidence, read_evidence
from .reading import read_case
from .verdict import verdict_json


def canonical_json(data):
    """The bytes of a JSON value in canonical form.

    Keys are sorted by their UTF-16 code units, as RFC 8785 asks.

    >>> canonical_json({"b": ["1.50"], "a": None})
    b'{"a":null,"b":["1.50"]}'
    """
    return json.dumps(_sorted(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _sorted(data):
    if isinstance(data, dict):
        return {key: _sorted(data[key]) for key in sorted(data, key=lambda text: text.encode("utf-16-be"))}
    if isinstance(data, list | tuple):
        return [_sorted(item) for item in data]
    if isinstance(data, int | float) and not isinstance(data, bool):
        raise TypeError("numbers stand in a dossier as decimal texts")
    return data


def sha256_of(data):
    """The hash of a JSON value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


def _plain(value):
    """The JSON form of frozen records, without what is not known; the readers read it back to equal records."""
    if is_dataclass(value):
        pairs = ((field.name, _plain(getattr(value, field.name))) for field in fields(value))
        return {name: item for name, item in pairs if item is not None and item not in ([], {})}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def dossier_of(facts, verdict, rulebook):
    """The dossier of a determination, as a JSON object that :func:`replay` takes.

    :param facts: the :class:`.case.Case` or :class:`.evidence.Evidence` that was determined
    """
    answer = verdict_json(verdict)
    del answer["trace"]
    return {
        "evidence" if isinstance(facts, Evidence) else "case": _plain(facts),
        "rule": {"edition": rulebook.edition, "text": verdict.rule},
        "verdict": answer,
    }


def replay(dossier, rulebook):
    """Determine a dossier's facts anew.

    :return: the :class:`.verdict.Verdict`, with its trace
    :raises OriginError: where the rule's edition or text is not the one that the dossier was made with
    """
    edition = dossier["rule"]["edition"]
    if edition != rulebook.edition:
        raise OriginError(f"the dossier was made with rules {edition}, the ones given are {rulebook.edition}")
    try:
        verdict = _replayed(dossier, rulebook)
    except KeyError as error:
        raise CaseError("", f"the dossier lacks {error}") from error
    if verdict.rule != dossier["rule"]["text"]:
        raise OriginError(f"the rule of the dossier was {dossier['rule']['text']!r}, and is now {verdict.rule!r}")
    return verdict


def turning(dossier, verdict, rulebook):
    """Names of the materials of a dossier of which one declaration would make the good originate."""
    if "evidence" in dossier:
        return ()
    return declarations_that_turn(_case_of(dossier), verdict, rulebook)


def _case_of(dossier):
    return read_case(dossier["case"], today=date.fromisoformat(dossier["case"]["date"]))


def _replayed(dossier, rulebook):
    if "evidence" in dossier:
        return determine_by_evidence(read_evidence(dossier["evidence"]), rulebook)
    return determine(_case_of(dossier), rulebook)

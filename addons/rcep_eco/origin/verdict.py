"""The engine's answer, as frozen records and in its JSON form."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .trace import Step

# House rule where the treaty leaves the choice: regional value last, since it discloses the FOB value.
RECOMMENDED = ("WO", "PE", "CTC", "CR", "RVC")
ORIGINATING, NOT_ORIGINATING, UNRESOLVED = "originating", "not_originating", "unresolved"


class Outcome(NamedTuple):
    """How one test of the law came out.

    :param met: True, False, or None where facts are missing
    :param needs: what would settle it
    :param failing: names of the materials that break it
    :param fob_floor: lowest FOB value at which it holds, or would; None where the price does not matter
    """

    met: bool | None
    needs: tuple = ()
    failing: tuple = ()
    fob_floor: Decimal | None = None


@dataclass(frozen=True)
class Tested:
    """How one alternative came out.

    :param rule: its text; ``WO`` and ``PE`` are open to every good
    :param met: True, False, or None where facts are missing
    :param modifiers: of ``ACU`` and ``DMI``, those that it rests on
    :param failing: names of the materials that break it
    :param needs: what would settle it
    :param fob_floor: lowest FOB value at which it holds, or would; None where the price does not matter
    """

    rule: str
    criterion: str
    met: bool | None
    modifiers: tuple = ()
    failing: tuple = ()
    needs: tuple = ()
    fob_floor: Decimal | None = None


@dataclass(frozen=True)
class RegionalValue:
    """The figures of Art. 3.5; None where they cannot be computed.

    :param vnm: value of non-originating materials
    :param fob_floor: lowest FOB value at which 40 per cent would still be reached by build-down
    :param vnm_ceiling: largest value of non-originating materials at which it would, at this FOB value
    """

    build_down: str | None = None
    build_up: str | None = None
    vnm: Decimal | None = None
    fob_floor: Decimal | None = None
    vnm_ceiling: Decimal | None = None


@dataclass(frozen=True)
class CountryOfOrigin:
    """Box 11: the Party, or None where the user must choose a mark (Art. 2.6.6)."""

    party: str | None
    mark: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What a good is, by which rule, and why.

    :param alone: whether it originates by some alternative that counts on no material of another Party
    :param trace: the steps, where they were asked for
    """

    verdict: str
    rule: str
    criterion: str | None = None
    modifiers: tuple = ()
    alone: bool = False
    alternatives: tuple[Tested, ...] = ()
    regional_value: RegionalValue = RegionalValue()
    country_of_origin: CountryOfOrigin | None = None
    needed: tuple = ()
    trace: tuple[Step, ...] = ()
    edition: str = ""
    id: str | None = None


def verdict_json(verdict, *, trace=True):
    """The JSON form of a verdict: every number a decimal text.

    :param bool trace: whether with its steps
    """
    value = verdict.regional_value
    country = verdict.country_of_origin
    told = {
        "verdict": verdict.verdict,
        "criterion": verdict.criterion,
        "modifiers": list(verdict.modifiers),
        "rule": verdict.rule,
        "edition": verdict.edition,
        "rvc_build_down": value.build_down,
        "rvc_build_up": value.build_up,
        "vnm": _text(value.vnm),
        "fob_floor": _text(value.fob_floor),
        "vnm_ceiling": _text(value.vnm_ceiling),
        "alternatives": [_tested_json(tested) for tested in verdict.alternatives],
        "rcep_country_of_origin": country and {"party": country.party, "mark": country.mark},
        "needed": [_need_json(need) for need in verdict.needed],
    }
    if verdict.id is not None:
        told["id"] = verdict.id
    if trace:
        told["trace"] = [step._asdict() for step in verdict.trace]
    return told


def _tested_json(tested):
    told = {
        "rule": tested.rule,
        "met": tested.met,
        "modifiers": list(tested.modifiers),
        "failing": list(tested.failing),
    }
    if tested.fob_floor is not None:
        told["fob_floor"] = _text(tested.fob_floor)
    return told


def _need_json(need):
    told = {"fact": need.fact, "of": need.of}
    return {**told, "ref": need.ref} if need.ref else told


def _text(number):
    return None if number is None else f"{number:f}"

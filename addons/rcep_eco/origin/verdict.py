"""The engine's answer, as frozen records and in its JSON form."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .rules import CRITERION
from .trace import Need, Step

# House rule where the treaty leaves the choice: regional value last, since it discloses the FOB value.
RECOMMENDED = ("WO", "PE", "CTC", "CR", "RVC")
ORIGINATING, NOT_ORIGINATING, UNRESOLVED = "originating", "not_originating", "unresolved"


class Breaking(NamedTuple):
    """A material that breaks a rule, by its name and by what the caller knows it by."""

    name: str
    ref: str | None = None


class Outcome(NamedTuple):
    """How one test of the law came out.

    :param met: True, False, or None where facts are missing
    :param needs: what would settle it
    :param failing: :class:`Breaking` records of the materials that break it
    :param fob_floor: lowest FOB value at which it holds, or would; None where the price does not matter
    :param seen: what the test compared, for its steps
    """

    met: bool | None
    needs: tuple = ()
    failing: tuple = ()
    fob_floor: Decimal | None = None
    seen: tuple | None = None


@dataclass(frozen=True)
class Tested:
    """How one alternative came out.

    :param rule: its text; ``WO`` and ``PE`` are open to every good
    :param met: True, False, or None where facts are missing
    :param modifiers: of ``ACU`` and ``DMI``, those that it rests on
    :param materials: :class:`Breaking` records of those that break it
    :param needs: what would settle it
    :param fob_floor: lowest FOB value at which it holds, or would; None where the price does not matter
    """

    rule: str
    criterion: str
    met: bool | None
    modifiers: tuple = ()
    materials: tuple = ()
    needs: tuple = ()
    fob_floor: Decimal | None = None

    @property
    def failing(self):
        """The names of the materials that break it."""
        return tuple([material.name for material in self.materials])


@dataclass(frozen=True)
class RegionalValue:
    """The figures of Art. 3.5; None where they cannot be computed.

    :param vnm: value of non-originating materials
    :param fob_floor: lowest FOB value at which 40 per cent would still be reached, by build-down or build-up
    :param vnm_ceiling: largest value of non-originating materials at which it would, at this FOB value
    """

    build_down: str | None = None
    build_up: str | None = None
    vnm: Decimal | None = None
    fob_floor: Decimal | None = None
    vnm_ceiling: Decimal | None = None


@dataclass(frozen=True)
class CountryOfOrigin:
    """Box 11 (Art. 2.6).

    :param party: None where it is open, or the user must choose a mark (Art. 2.6.6)
    :param needed: what would settle it where it is open
    """

    party: str | None
    mark: str | None = None
    needed: tuple = ()


@dataclass(frozen=True)
class Verdict:
    """What a good is, by which rule, and why.

    :param alone: whether it originates by some alternative that counts on no material of another Party
    :param rule: the rule that was applied; with its condition, where that is not answered
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
    hs: str | None = None
    exporting_party: str | None = None
    importing_party: str | None = None
    date: datetime.date | None = None
    currency: str | None = None


def verdict_json(verdict, *, trace=True):
    """The JSON form of a verdict: every number a decimal text.

    :param bool trace: whether with its steps
    """
    value = verdict.regional_value
    country = verdict.country_of_origin
    values = {
        "verdict": verdict.verdict,
        "criterion": verdict.criterion,
        "modifiers": list(verdict.modifiers),
        "rule": verdict.rule,
        "edition": verdict.edition,
        "hs": verdict.hs,
        "exporting_party": verdict.exporting_party,
        "importing_party": verdict.importing_party,
        "date": verdict.date and verdict.date.isoformat(),
        "currency": verdict.currency,
        "rvc_build_down": value.build_down,
        "rvc_build_up": value.build_up,
        "vnm": _text(value.vnm),
        "fob_floor": _text(value.fob_floor),
        "vnm_ceiling": _text(value.vnm_ceiling),
        "alternatives": [_tested_json(tested) for tested in verdict.alternatives],
        "rcep_country_of_origin": country and _country_json(country),
        "needed": [_need_json(need) for need in verdict.needed],
    }
    if verdict.id is not None:
        values["id"] = verdict.id
    if trace:
        values["trace"] = [step._asdict() for step in verdict.trace]
    return values


def _tested_json(tested):
    values = {
        "rule": tested.rule,
        "met": tested.met,
        "modifiers": list(tested.modifiers),
        "failing": list(tested.failing),
    }
    if tested.fob_floor is not None:
        values["fob_floor"] = _text(tested.fob_floor)
    return values


def verdict_of(data):
    """A :class:`Verdict` from its JSON form, without steps; what an earlier form did not tell is not known."""
    country = data["rcep_country_of_origin"]
    return Verdict(
        data["verdict"],
        data["rule"],
        criterion=data["criterion"],
        modifiers=tuple(data["modifiers"]),
        alternatives=tuple(_tested_of(each) for each in data["alternatives"]),
        regional_value=RegionalValue(
            data["rvc_build_down"],
            data["rvc_build_up"],
            *(_number(data[name]) for name in ("vnm", "fob_floor", "vnm_ceiling")),
        ),
        country_of_origin=country and _country_of(country),
        needed=tuple(_need_of(each) for each in data["needed"]),
        edition=data["edition"],
        id=data.get("id"),
        hs=data.get("hs"),
        exporting_party=data.get("exporting_party"),
        importing_party=data.get("importing_party"),
        date=datetime.date.fromisoformat(data["date"]) if data.get("date") else None,
        currency=data.get("currency"),
    )


def _country_of(data):
    needed = tuple(_need_of(each) for each in data.get("needed", ()))
    return CountryOfOrigin(data["party"], data["mark"], needed)


def _need_of(data):
    return Need(data["fact"], data["of"], data.get("ref", ""))


def _tested_of(data):
    criterion = CRITERION.get(data["rule"].split(" ")[0], data["rule"])
    return Tested(
        data["rule"],
        criterion,
        data["met"],
        tuple(data["modifiers"]),
        tuple(Breaking(name) for name in data["failing"]),
        fob_floor=_number(data.get("fob_floor")),
    )


def _number(text):
    return None if text is None else Decimal(text)


def _country_json(country):
    values = {"party": country.party, "mark": country.mark}
    return {**values, "needed": [_need_json(need) for need in country.needed]} if country.needed else values


def _need_json(need):
    values = {"fact": need.fact, "of": need.of}
    return {**values, "ref": need.ref} if need.ref else values


def _text(number):
    return None if number is None else f"{number:f}"

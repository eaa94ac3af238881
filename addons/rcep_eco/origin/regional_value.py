"""Art. 3.5, regional value content: build-down and build-up; the exporter may take either.

Text: RCEP Agreement, Chapter 3, Article 3.5.

Build-down is ``(FOB - VNM) / FOB``; build-up is ``(VOM + labour + overhead + profit + other) / FOB``. RVC40 asks for
not less than 40 per cent, compared exactly. A cost that is not known is no reason to say that build-up fails: what is
known may be enough already. Not so an unknown profit, which may be a loss.
"""

import datetime
from decimal import Decimal
from typing import NamedTuple

from . import exact, money, thresholds
from .agreement import RCEP
from .records import record
from .trace import Need, Step, named
from .verdict import Outcome, RegionalValue

RVC_PERCENT = thresholds.on("regional_value", datetime.date(2023, 1, 1))  # what the rule RVC40 is named after


class Weighed(NamedTuple):
    """The sums that the two formulas are made of.

    :param vnm: value of non-originating materials, as far as it is known
    :param lacking: :class:`.materials.Counted` whose value is not known
    :param gained: what the build-up formula sums, as far as it is known; None where no profit is stated
    :param whole: whether all of that is known
    """

    vnm: Decimal
    lacking: tuple
    gained: Decimal | None
    whole: bool


class Compared(NamedTuple):
    """What :func:`test` looked at, for :func:`steps` to tell."""

    weighed: Weighed
    down: bool | None
    up: bool
    figures: RegionalValue
    percent: Decimal


def test(case, materials, agreement=RCEP):
    """Decide RVC40 and give its figures.

    :param materials: :class:`.materials.Materials`
    :param agreement: :class:`.agreement.Agreement`, which says whether build-up is open too
    :return: :class:`.verdict.Outcome`; what it saw is a :class:`Compared`
    """
    good, percent = case.good, agreement.percent("regional_value", case.date)
    weighed = weigh(materials, case.costs if agreement.build_up else None)
    down, up = build_down(good, weighed, percent), build_up(good, weighed, percent)
    figures = _figures(good, weighed, percent, qualifies=bool(down or up))
    seen = Compared(weighed, down, up, figures, percent)
    if down or up:
        return Outcome(True, fob_floor=figures.fob_floor, seen=seen)
    needs = (*(() if good.fob is not None else (Need("fob"),)), *(item.need("value") for item in weighed.lacking))
    return Outcome(down, needs if down is None else (), fob_floor=figures.fob_floor, seen=seen)


def weigh(materials, costs):
    """Sum what counts for the good and what counts against it: :class:`Weighed`."""
    against, lacking, gained = [], [], []
    for item in materials.for_value():
        if item.party is not None:
            gained.append(item.material.value)
            continue
        value = item.value()
        if value is None:
            lacking.append(item)
        else:
            against.append(value)
    if costs is None or costs.profit is None:
        return Weighed(exact.total(against), tuple(lacking), None, False)
    gained += [*costs.parts(), materials.own_work]
    known = [part for part in gained if part is not None]
    return Weighed(exact.total(against), tuple(lacking), exact.total(known), len(known) == len(gained))


def build_down(good, weighed, percent):
    """Whether build-down reaches a percentage: True, False, or None where a value is missing."""
    if not weighed.vnm and not weighed.lacking:
        return True  # nothing counts against the good, whatever it is sold for
    if good.fob is None:
        return None
    reached = exact.at_least(exact.EXACT.subtract(good.fob, weighed.vnm), good.fob, percent)
    return None if reached and weighed.lacking else reached  # what is known may be too much already


def build_up(good, weighed, percent):
    """Whether what is known of the build-up formula reaches a percentage."""
    return good.fob is not None and weighed.gained is not None and exact.at_least(weighed.gained, good.fob, percent)


def _figures(good, weighed, percent, *, qualifies):
    result, against = {}, exact.EXACT.subtract(exact.HUNDRED, percent)  # what VNM may be of FOB
    if good.fob is not None:
        if weighed.whole:
            result["build_up"] = exact.shown_percent(weighed.gained, good.fob, percent)
        if not weighed.lacking:
            result["build_down"] = exact.shown_percent(exact.EXACT.subtract(good.fob, weighed.vnm), good.fob, percent)
            result["vnm_ceiling"] = money.largest_part(good.fob, against, good.currency)
    if not weighed.lacking:
        result["vnm"] = weighed.vnm
    result["fob_floor"] = money.floor(_rest(good, weighed), against, good, qualifies=qualifies)
    return record(RegionalValue, result)


def _rest(good, weighed):
    """What stays outside either formula however low the price: the least of it; None where none is known.

    At a lower price the profit is lower by as much, so what is not in the sum of build-up stays as it is.
    """
    rests = [] if weighed.lacking else [weighed.vnm]
    if weighed.gained is not None and good.fob is not None:
        rests.append(exact.EXACT.subtract(good.fob, weighed.gained))
    return min(rests, default=None)


def steps(case, materials, seen):
    """Tell what :func:`test` compared.

    :param Compared seen: what the outcome of the test holds
    """
    good, weighed, figures = case.good, seen.weighed, seen.figures
    for item in materials.for_value():
        if item.party is None:
            yield from _deducted(item.material, good)
    facts = {
        "fob": "" if good.fob is None else f"{good.fob:f}",
        "vnm": f"{weighed.vnm:f}",
        "rvc": figures.build_down or "",
        "asked": f"{seen.percent:f}",
        "floor": "" if figures.fob_floor is None else f"{figures.fob_floor:f}",
        "currency": good.currency or "",
    }
    yield Step("3.5.1(a)", _down_code(weighed, figures), facts, seen.down)
    if weighed.gained is None or good.fob is None:
        return
    if case.costs.profit < 0:
        yield Step("3.5.1(b)", "loss", {"loss": f"{-case.costs.profit:f}", "currency": good.currency or ""}, None)
    facts = {**facts, "sum": f"{weighed.gained:f}", "rvc": figures.build_up or ""}
    if figures.build_up is not None:
        yield Step("3.5.1(b)", "build_up", facts, seen.up)
    else:
        yield Step("3.5.1(b)", "build_up_open", facts, seen.up or None)


def _down_code(weighed, figures):
    if figures.build_down is None:
        return "build_down_open"
    if not weighed.vnm:
        return "build_down_all"
    return "build_down" if figures.fob_floor is not None else "build_down_any_price"


def _deducted(material, good):
    """A step for each cost that is left out of a material's value, or not for want of evidence."""
    for each in material.deductions:
        facts = {**named(material), "kind": each.kind, "value": f"{each.value:f}", "currency": good.currency or ""}
        facts["evidence"] = each.evidence or ""
        yield Step("3.5.5", "deducted" if each.is_proved else "not_deducted", facts, each.is_proved)

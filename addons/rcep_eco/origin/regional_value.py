"""Regional value content (Art. 3.5): build-down and build-up; the exporter may take either.

Build-down is ``(FOB - VNM) / FOB``; build-up is ``(VOM + labour + overhead + profit + other) / FOB``. RVC40 asks for
not less than 40 per cent, compared exactly. A cost that is not known is no reason to say that build-up fails: what is
known may be enough already. Not so an unknown profit, which may be a loss.
"""

from decimal import Decimal
from typing import NamedTuple

from . import exact, money
from .records import record
from .trace import Need, Step, named, need_of
from .verdict import Outcome, RegionalValue

RVC_PERCENT = Decimal(40)
VNM_PERCENT = exact.HUNDRED - RVC_PERCENT  # what non-originating materials may be of FOB


class Weighed(NamedTuple):
    """The sums that the two formulas are made of.

    :param vnm: value of non-originating materials, as far as it is known
    :param lacking: the materials whose value is not known
    :param gained: what the build-up formula sums, as far as it is known; None where no profit is stated
    :param whole: whether all of that is known
    """

    vnm: Decimal
    lacking: tuple
    gained: Decimal | None
    whole: bool


def test(good, materials, costs):
    """Decide RVC40 and give its figures.

    :param materials: :class:`.materials.Materials`
    :param costs: :class:`.case.Costs` of the producer, or None
    :return: (:class:`.verdict.Outcome`, :class:`.verdict.RegionalValue`)
    """
    weighed = weigh(materials, costs)
    down, figures = build_down(good, weighed, RVC_PERCENT), _figures(good, weighed)
    if down or build_up(good, weighed, RVC_PERCENT):
        return Outcome(True, fob_floor=figures.fob_floor), figures
    needs = (*(() if good.fob is not None else (Need("fob"),)), *(need_of("value", material) for material in weighed.lacking))
    return Outcome(down, needs if down is None else (), fob_floor=figures.fob_floor), figures


def weigh(materials, costs):
    """Sum what counts for the good and what counts against it: :class:`Weighed`."""
    against, lacking, gained = [], [], []
    for item in materials.for_value():
        if item.party is not None:
            gained.append(item.material.value)
            continue
        value = item.material.value_in_vnm
        if value is None:
            lacking.append(item.material)
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


def _figures(good, weighed):
    told = {}
    if good.fob is not None:
        if weighed.whole:
            told["build_up"] = exact.shown_percent(weighed.gained, good.fob, RVC_PERCENT)
        if not weighed.lacking:
            told["build_down"] = exact.shown_percent(
                exact.EXACT.subtract(good.fob, weighed.vnm), good.fob, RVC_PERCENT
            )
            told["vnm_ceiling"] = money.largest_part(good.fob, VNM_PERCENT, good.currency)
    if not weighed.lacking:
        told["vnm"] = weighed.vnm
        if weighed.vnm:
            told["fob_floor"] = money.least_whole(weighed.vnm, VNM_PERCENT, good.currency)
    return record(RegionalValue, told)


def steps(good, materials, costs):
    """Tell what :func:`test` compared."""
    weighed = weigh(materials, costs)
    for item in materials.for_value():
        if item.party is None:
            yield from _deducted(item.material)
    figures = _figures(good, weighed)
    facts = {
        "fob": "" if good.fob is None else f"{good.fob:f}",
        "vnm": f"{weighed.vnm:f}",
        "rvc": figures.build_down or "",
        "floor": "" if figures.fob_floor is None else f"{figures.fob_floor:f}",
        "currency": good.currency or "",
    }
    yield Step("3.5.1(a)", _down_code(figures), facts, build_down(good, weighed, RVC_PERCENT))
    if figures.build_up is not None:
        facts = {"sum": f"{weighed.gained:f}", "fob": f"{good.fob:f}", "rvc": figures.build_up}
        yield Step("3.5.1(b)", "build_up", facts, build_up(good, weighed, RVC_PERCENT))
    elif weighed.gained is not None and good.fob is not None:
        facts = {"sum": f"{weighed.gained:f}", "fob": f"{good.fob:f}"}
        yield Step("3.5.1(b)", "build_up_open", facts, build_up(good, weighed, RVC_PERCENT) or None)


def _down_code(figures):
    if figures.build_down is None:
        return "build_down_open"
    return "build_down" if figures.fob_floor is not None else "build_down_all"


def _deducted(material):
    """A step for each cost that is left out of a material's value, or not for want of evidence."""
    for each in material.deductions:
        facts = {**named(material), "kind": each.kind, "value": f"{each.value:f}"}
        facts["evidence"] = each.evidence or ""
        yield Step("3.5.5", "deducted" if each.evidence else "not_deducted", facts, bool(each.evidence))

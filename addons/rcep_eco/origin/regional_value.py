"""Regional value content (Art. 3.5): build-down and build-up; the exporter may take either.

Build-down is ``(FOB - VNM) / FOB``; build-up is ``(VOM + labour + overhead + profit + other) / FOB``. RVC40 asks for
not less than 40 per cent, compared exactly.
"""

from dataclasses import replace
from decimal import Decimal

from . import exact, money
from .trace import Need, Step
from .verdict import RegionalValue

RVC_PERCENT = Decimal(40)
VNM_PERCENT = exact.HUNDRED - RVC_PERCENT  # what non-originating materials may be of FOB


def test(good, materials, costs):
    """Decide RVC40 and give its figures.

    :param materials: :class:`.materials.Materials`
    :param costs: :class:`.case.Costs` of the producer, or None
    :return: (met, needs, steps, :class:`.verdict.RegionalValue`)
    """
    counted = materials.for_value()
    foreign = [item.material for item in counted if not item.originating]
    needs = tuple(Need("value", material.name) for material in foreign if material.value is None)
    if good.fob is None:
        needs = (Need("fob"), *needs)
    known = exact.total(m.value_in_vnm for m in foreign if m.value is not None)
    down, figures = None, RegionalValue()
    if good.fob is not None and exact.at_least(exact.EXACT.subtract(good.fob, known), good.fob, RVC_PERCENT) is False:
        down = False  # what is known is too much already
    if not needs:
        regional = exact.EXACT.subtract(good.fob, known)
        down = exact.at_least(regional, good.fob, RVC_PERCENT)
        figures = RegionalValue(
            build_down=exact.shown_percent(regional, good.fob, RVC_PERCENT),
            build_up=None,
            vnm=known,
            fob_floor=money.least_whole(known, VNM_PERCENT, good.currency),
            vnm_ceiling=money.largest_part(good.fob, VNM_PERCENT, good.currency),
        )
    steps = [*_deducted(foreign), _down_step(good, known, figures, down)]
    up, up_value = _build_up(good, materials, costs)
    if up_value is not None:
        shown = exact.shown_percent(up_value, good.fob, RVC_PERCENT)
        figures = replace(figures, build_up=shown)
        steps.append(Step("3.5.1(b)", "build_up", {"sum": f"{up_value:f}", "fob": f"{good.fob:f}", "rvc": shown}, up))
    if down or up:
        return True, (), steps, figures
    return (None if down is None else False), needs if down is None else (), steps, figures


def _deducted(materials):
    """A step for each cost that is left out of a material's value, or not for want of evidence."""
    for material in materials:
        for each in material.deductions:
            facts = {"material": material.name, "kind": each.kind, "value": f"{each.value:f}"}
            facts["evidence"] = each.evidence or ""
            yield Step("3.5.5", "deducted" if each.evidence else "not_deducted", facts, bool(each.evidence))


def _down_step(good, vnm, figures, met):
    facts = {
        "fob": "" if good.fob is None else f"{good.fob:f}",
        "vnm": f"{vnm:f}",
        "rvc": figures.build_down or "",
        "floor": "" if figures.fob_floor is None else f"{figures.fob_floor:f}",
        "currency": good.currency or "",
    }
    return Step("3.5.1(a)", "build_down" if figures.build_down else "build_down_open", facts, met)


def _build_up(good, materials, costs):
    """(met, numerator), or (None, None) where a part of it is not known."""
    if good.fob is None or costs is None or materials.own_work is None:
        return None, None
    originating = [item.material.value for item in materials.for_value() if item.originating]
    parts = [*originating, *costs.parts(), materials.own_work]
    if any(part is None for part in parts):
        return None, None
    numerator = exact.total(parts)
    return exact.at_least(numerator, good.fob, RVC_PERCENT), numerator


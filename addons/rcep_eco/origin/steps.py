"""The steps of a determination, told after it is made: what stood in the case, and what each test compared."""

from . import minimal_operations, regional_value, tariff_change
from .rules import RVC, TARIFF_CHANGE
from .trace import Step, named
from .verdict import ORIGINATING, UNRESOLVED


def steps_of(case, rulebook, rule, materials, *, tested, best):
    """The steps of one good under one rule.

    :param materials: :class:`.materials.Materials` without cumulation and with it
    :param tested: the :class:`.verdict.Tested` alternatives
    :param best: the one that is recommended, or None
    """
    parties = rulebook.parties_on(case.date)
    shown = best is None or best.criterion == "PE" or "ACU" in best.modifiers
    yield from _rule(case, rulebook, rule)
    yield minimal_operations.step(case.processes, parties)
    yield from _standing(materials[shown].first_tier, shown)
    for test in tested:
        yield from _alternative(test, case, parties, rule, materials)


def _rule(case, rulebook, rule):
    if case.rule is not None:
        yield Step("Annex 3A", "rule_given", {"rule": case.rule})
    elif rule.alternatives:
        row = rulebook.row_of(case.good, case.date)
        yield Step("Annex 3A", "rule", {"hs": case.good.hs, "row": row.prefix, "rule": str(rule)})
    else:
        yield Step("Annex 3A", "rule_unknown", {}, None)


def _standing(items, cumulate):
    """What each material counts as; inside an intermediate, what it was made of."""
    for item in items:
        if item.intermediate is None:
            yield _bought(item)
        else:
            yield _made(item)
            yield from _standing(item.intermediate.first_tier(cumulate), cumulate)


def _bought(item):
    material = item.material
    facts = {
        **named(material),
        "hs": material.hs or "",
        "origin": material.origin or "",
        "value": "" if material.value is None else f"{material.value:f}",
    }
    if material.role != "material":
        return Step({"indirect": "3.10", "accessory": "3.9"}.get(material.role, "3.8"), material.role, facts, None)
    if item.cumulated:
        return Step("3.4", "cumulated", facts, True)
    if item.originating:
        return Step("3.2", "material_originates", facts, True)
    return Step("3.5.4", "material_undetermined" if material.originating is None else "material_foreign", facts, False)


def _made(item):
    verdict, facts = item.intermediate.verdict, named(item.material)
    if verdict is None:
        return Step("3.12", "intermediate_no_code", facts, None)
    hs = item.material.self_produced.hs or item.material.hs or ""
    facts |= {"criterion": verdict.criterion or "", "rule": verdict.rule, "hs": hs}
    if item.originating:
        return Step("3.12", "intermediate_originates", facts, True)
    if verdict.verdict == UNRESOLVED:
        return Step("3.12", "intermediate_open", facts, None)
    code = "intermediate_needs_cumulation" if verdict.verdict == ORIGINATING else "intermediate_looked_through"
    return Step("3.12", code, facts, False, True)


def _alternative(test, case, parties, rule, materials):
    if test.criterion == "WO":
        yield Step("3.3", "wholly_obtained", {}, test.met)
        return
    there = materials[True].first_tier
    if test.criterion == "PE":
        facts = {"materials": ", ".join(test.failing)}
        yield Step("3.2(b)", "exclusively", facts, test.met) if there else Step("3.2(b)", "no_materials", {}, test.met)
        return
    if not there:
        return
    if test.met is False and not minimal_operations.more_than_minimal(case.processes, parties):
        yield minimal_operations.step(case.processes, parties)
        return
    for alternative in rule.alternatives:
        if str(alternative) == test.rule:
            yield from _rule_steps(alternative, test, case, materials)


def _rule_steps(alternative, test, case, materials):
    """What an alternative of the rule compared: with the help that it needed, or all of it where it is not met."""
    counted = materials[not test.met or "ACU" in test.modifiers]
    if alternative.kind in TARIFF_CHANGE:
        de_minimis = not test.met or "DMI" in test.modifiers
        yield from tariff_change.steps(alternative, case.good, counted.for_change(), de_minimis)
    elif alternative.kind == RVC:
        yield from regional_value.steps(case.good, counted, case.costs)
    else:
        yield Step("Annex 3A", "reaction", {}, test.met)

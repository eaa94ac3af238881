"""The steps of a determination, told from what its tests saw: nothing is compared here a second time."""

from . import regional_value, tariff_change, work
from .materials import OTHER_PARTY, OUTSIDE, UNKNOWN
from .rules import RVC, TARIFF_CHANGE
from .trace import Step, named
from .verdict import ORIGINATING, UNRESOLVED

# Why an intermediate counts in full, by the name of the step that tells it, and the article.
WHOLE = {
    UNKNOWN: ("3.12", "intermediate_unknown", None),
    OUTSIDE: ("3.2", "intermediate_made_outside", False),
    OTHER_PARTY: ("3.12", "intermediate_of_other_party", False),
}


def steps_of(case, rulebook, rule, materials, made, *, tested, best):
    """The steps of one good under one rule.

    :param materials: :class:`.materials.Materials` without cumulation and with it
    :param made: :class:`.work.Work`, the same two
    :param tested: (:class:`.verdict.Tested`, its :class:`.verdict.Outcome`) of each alternative
    :param best: the one that is recommended, or None
    """
    shown = best is None or best.criterion == "PE" or "ACU" in best.modifiers
    processes = (*materials[shown].processes, *case.processes) if case.processes else ()
    yield from _rule(case, rulebook, rule)
    parties = rulebook.parties_on(case.date)
    yield from work.steps(made[shown], processes, parties)
    yield from _standing(materials[shown].first_tier, shown, parties, case.good.currency)
    for each, outcome in tested:
        yield from _alternative(each, outcome, case, rule, materials)


def _rule(case, rulebook, rule):
    if case.rule is not None:
        yield Step("Annex 3A", "rule_given", {"rule": case.rule})
    elif rule.alternatives:
        row = rulebook.row_of(case.good, case.date)
        yield Step("Annex 3A", "rule", {"hs": case.good.hs, "row": row.prefix, "rule": str(rule)})
    else:
        yield Step("Annex 3A", "rule_unknown", {}, None)


def _standing(items, cumulate, parties, currency):
    """What each material counts as; inside an intermediate that is looked at, what it was made of."""
    for item in items:
        if item.intermediate is None:
            yield _bought(item, parties, currency)
        else:
            yield _made(item, currency)
            if not item.whole:
                yield from _standing(item.intermediate.first_tier(cumulate), cumulate, parties, currency)


def _bought(item, parties, currency):
    material = item.material
    facts = _facts(material, currency)
    if material.role != "material":
        return Step({"indirect": "3.10", "accessory": "3.9"}.get(material.role, "3.8"), material.role, facts, None)
    if item.cumulated:
        return Step("3.4", "cumulated", facts, True)
    if item.originating:
        return Step("3.2", "material_originates", facts, True)
    if material.origin is not None and material.origin not in parties:
        return Step("3.5.4", "material_from_outside", facts, False)
    return Step("3.5.4", "material_undetermined" if material.originating is None else "material_foreign", facts, False)


def _facts(material, currency):
    return {
        **named(material),
        "hs": material.hs or "",
        "origin": material.origin or "",
        "value": "" if material.value is None else f"{material.value:f}",
        "currency": currency or "",
    }


def _made(item, currency):
    verdict, material = item.intermediate.verdict, item.material
    if item.whole:
        if item.originating:
            return Step("3.4", "cumulated", _facts(material, currency), True)
        article, code, result = WHOLE[item.whole]
        return Step(article, code, _facts(material, currency), result)
    facts = named(material)
    if verdict is None:
        return Step("3.12", "intermediate_no_code", facts, None)
    hs = material.self_produced.hs or material.hs or ""
    facts |= {"criterion": verdict.criterion or "", "rule": verdict.rule, "hs": hs}
    if item.originating:
        return Step("3.12", "intermediate_originates", facts, True)
    if verdict.verdict == UNRESOLVED:
        return Step("3.12", "intermediate_open", facts, None)
    code = "intermediate_needs_cumulation" if verdict.verdict == ORIGINATING else "intermediate_looked_through"
    return Step("3.12", code, facts, False, True)


def _alternative(tested, outcome, case, rule, materials):
    if tested.criterion == "WO":
        yield Step("3.3", "wholly_obtained", {}, tested.met)
        return
    there = materials[True].first_tier
    if tested.criterion == "PE":
        facts = {"materials": ", ".join(tested.failing)}
        code, result = ("exclusively", facts) if there else ("no_materials", {})
        yield Step("3.2(b)", code, result, tested.met)
        return
    for alternative in rule.alternatives:
        if there and str(alternative) == tested.rule:
            yield from _rule_steps(alternative, tested, outcome, case, materials)


def _rule_steps(alternative, tested, outcome, case, materials):
    """What an alternative of the rule compared, as its test left it."""
    if alternative.kind not in TARIFF_CHANGE and alternative.kind != RVC:
        yield Step("Annex 3A", "reaction", {}, tested.met)
    elif outcome.seen is None:
        return  # no test was reached: the steps on work or materials say why
    elif alternative.kind == RVC:
        counted = materials[not tested.met or "ACU" in tested.modifiers]
        yield from regional_value.steps(case, counted, outcome.seen)
    else:
        yield from tariff_change.steps(case, outcome.seen)

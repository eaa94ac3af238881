"""RCEP country of origin (Art. 2.6), box 11: whose tariff rate the importing Party applies."""

from collections import defaultdict
from decimal import Decimal

from . import exact, minimal_operations, regional_value
from .trace import Step
from .verdict import CountryOfOrigin

ADDED_VALUE_PERCENT = Decimal(20)  # "DV20", Art. 2.6.3


def decide(case, criterion, alone, together, *, appendix_exists):
    """The Party of a good that originates by the given criterion.

    :param alone: :class:`.materials.Materials` without cumulation
    :param together: the same with it
    :param bool appendix_exists: whether the importing Party keeps an Appendix of Art. 2.6
    :return: (:class:`.verdict.CountryOfOrigin`, steps)
    """
    home, steps = case.exporting_party, []
    if case.good.in_importer_appendix:
        added, step = _added_twenty_percent(case, alone)
        steps.append(step)
        if added is not True:
            return _otherwise(together, steps, home if added is None else None)
    elif appendix_exists and case.good.in_importer_appendix is None:
        steps.append(Step("2.6.3", "appendix_not_checked", {"importer": case.importing_party}, None, True))
    if criterion == "PE" and not minimal_operations.more_than_minimal(case.processes, (home,)):
        steps.append(Step("2.6.2(b)", "only_minimal_here", {"party": home}, False))
        return _otherwise(together, steps)
    steps.append(Step("2.6.2", "exporting_party", {"party": home, "criterion": criterion}, True))
    return CountryOfOrigin(home), steps


def _added_twenty_percent(case, materials):
    """DV20: as Art. 3.5 with the exporting Party alone, so that what originates in others counts against it."""
    weighed = regional_value.weigh(materials, case.costs)
    added = regional_value.build_down(case.good, weighed, ADDED_VALUE_PERCENT)
    if not added and regional_value.build_up(case.good, weighed, ADDED_VALUE_PERCENT):
        added = True
    facts = {"party": case.exporting_party}
    if added is None or case.good.fob is None:
        return added, Step("2.6.3", "added_value_unknown", facts, added)
    here = exact.EXACT.subtract(case.good.fob, weighed.vnm)
    shown = exact.shown_percent(here, case.good.fob, ADDED_VALUE_PERCENT)
    return added, Step("2.6.3", "added_value", {**facts, "percent": shown}, added)


def _otherwise(materials, steps, unless=None):
    """Rule 4: the highest contributor; where ``unless`` may be the Party all the same, it must be that one too."""
    party, step = _highest_contributor(materials)
    if unless is not None and party != unless:
        return CountryOfOrigin(None), steps
    return CountryOfOrigin(party), [*steps, step]


def _highest_contributor(materials):
    """The Party with the highest value of originating materials: None where none, or none for certain."""
    values, unknown = defaultdict(list), set()
    for item in materials.for_value():
        if item.party is not None and item.material.value is None:
            unknown.add(item.party)
        elif item.party is not None:
            values[item.party].append(item.material.value)
    sums = {party: exact.total(parts) for party, parts in values.items()}
    best = max(sums.values(), default=None)
    parties = {party for party, value in sums.items() if value == best} | unknown
    if len(parties) != 1:
        return None, Step("2.6.4", "no_contributor", {"parties": ", ".join(sorted(parties))}, None)
    (party,) = parties
    value = "" if best is None else f"{best:f}"
    return party, Step("2.6.4", "highest_contributor", {"party": party, "value": value}, True)

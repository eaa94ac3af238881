"""RCEP country of origin (Art. 2.6), box 11: whose tariff rate the importing Party applies."""

from collections import defaultdict

from . import exact
from .trace import Step
from .verdict import CountryOfOrigin


def decide(case, criterion, materials, sufficient_work, *, appendix_exists):
    """The Party of a good that originates by the given criterion.

    :param materials: :class:`.materials.Materials` with cumulation
    :param bool sufficient_work: whether more than a minimal operation took place in the exporting Party
    :param bool appendix_exists: whether the importing Party keeps an Appendix of Art. 2.6
    :return: (:class:`.verdict.CountryOfOrigin`, steps)
    """
    steps = []
    if appendix_exists and case.good.in_importer_appendix is None:
        steps.append(Step("2.6.3", "appendix_not_checked", {"importer": case.importing_party}, None, True))
    elif case.good.in_importer_appendix and not _added_twenty_percent(case, materials, steps):
        return _highest_contributor(materials, steps)
    if criterion == "PE" and not sufficient_work:
        steps.append(Step("2.6.2(b)", "only_minimal_here", {"party": case.exporting_party}, False))
        return _highest_contributor(materials, steps)
    facts = {"party": case.exporting_party, "criterion": criterion}
    steps.append(Step("2.6.2", "exporting_party", facts, True))
    return CountryOfOrigin(case.exporting_party), steps


def _added_twenty_percent(case, materials, steps):
    """DV20: as Art. 3.5, but whatever originates in other Parties counts against the exporting one."""
    against = [_against(item) for item in materials.for_value() if item.party != case.exporting_party]
    if case.good.fob is None or any(value is None for value in against):
        steps.append(Step("2.6.3", "added_value_unknown", {"party": case.exporting_party}, None))
        return False
    added = exact.EXACT.subtract(case.good.fob, exact.total(against))
    reached = exact.at_least(added, case.good.fob, 20)
    shown = exact.shown_percent(added, case.good.fob, 20)
    steps.append(Step("2.6.3", "added_value", {"party": case.exporting_party, "percent": shown}, reached))
    return reached


def _against(item):
    """What a material counts against the exporting Party: whole where it originates in another, else as in Art. 3.5."""
    return item.material.value if item.originating else item.material.value_in_vnm


def _highest_contributor(materials, steps):
    values = defaultdict(list)
    for item in materials.for_value():
        if item.originating and item.material.value is not None:
            values[item.party].append(item.material.value)
    sums = {party: exact.total(parts) for party, parts in values.items()}
    best = max(sums.values(), default=None)
    parties = [party for party, value in sums.items() if value == best]
    if len(parties) != 1:
        steps.append(Step("2.6.4", "no_contributor", {"parties": ", ".join(sorted(parties))}, None))
        return CountryOfOrigin(None), steps
    steps.append(Step("2.6.4", "highest_contributor", {"party": parties[0], "value": f"{best:f}"}, True))
    return CountryOfOrigin(parties[0]), steps

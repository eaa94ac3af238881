"""Art. 2.6, RCEP country of origin (box 11): whose tariff rate the importing Party applies.

Text: RCEP Agreement, Chapter 2, Article 2.6.

Where the importing Party keeps an Appendix (its tariff differentials) and nobody has said whether it names the good,
both answers are tried: box 11 is open only where they differ. The verdict does not wait for it.
"""

from collections import defaultdict
from typing import NamedTuple

from . import exact, regional_value, thresholds, work
from .trace import Need, Step, cheapest_first
from .verdict import CountryOfOrigin

IN_APPENDIX = Need("in_importer_appendix")
ADDED_VALUE = Need("added_value")


class Answer(NamedTuple):
    """Box 11 under one answer, with the steps that led there."""

    country: CountryOfOrigin
    steps: tuple


def decide(case, criterion, made, materials, weighed, *, appendix_exists, trace):
    """The Party of a good that originates by the given criterion.

    :param made: :class:`.work.Work` on it
    :param materials: :class:`.materials.Materials` without cumulation and with it
    :param weighed: :class:`.regional_value.Weighed` of those without: the exporting Party alone
    :param bool appendix_exists: whether the importing Party keeps an Appendix of Art. 2.6
    :param bool trace: whether the figures of the steps are needed
    :return: :class:`Answer`
    """
    alone, together = materials
    return _under_each(
        case,
        appendix_exists,
        outside=lambda: _outside_appendix(case, criterion, made, together),
        inside=lambda: _inside_appendix(case, alone, together, weighed, trace),
    )


def of_bought_in(evidence, *, appendix_exists):
    """The Party of a good that its producer's declaration makes originate.

    :param evidence: :class:`.evidence.Evidence`
    :return: :class:`Answer`
    """
    party = evidence.party
    step = Step("2.6.2", "exporting_party", {"party": party, "criterion": evidence.criterion}, True)
    return _under_each(
        evidence,
        appendix_exists,
        outside=lambda: Answer(CountryOfOrigin(party), (step,)),
        inside=lambda: _inside_by_declaration(evidence),
    )


def _under_each(facts, appendix_exists, *, outside, inside):
    """The answer that holds; where it is not known which does, theirs if they agree, else an open one."""
    named = facts.good.in_importer_appendix
    if named:
        return inside()
    answer = outside()
    if named is not None or not appendix_exists:
        return answer
    other = inside()
    open_step = Step("2.6.3", "appendix_not_checked", {"importer": facts.importing_party}, None, True)
    if answer.country == other.country:
        return Answer(answer.country, (open_step, *answer.steps))
    return Answer(CountryOfOrigin(None, needed=(IN_APPENDIX,)), (open_step,))


def _outside_appendix(case, criterion, made, together):
    """Rules 2 and 3: where the status was acquired; of PE, where more than a minimal operation took place."""
    home = case.exporting_party
    if criterion == "PE":
        if not _worked_in(case.processes, home):
            step = Step("2.6.2(b)", "only_minimal_here", {"party": home}, False)
            return _otherwise(together, (step,))
        return Answer(CountryOfOrigin(home), (_exporting(home, criterion),))
    elsewhere = made.elsewhere(home) if criterion != "WO" else None
    if elsewhere:
        step = Step("2.6.2", "acquired_elsewhere", {"party": elsewhere, "criterion": criterion}, True)
        return Answer(CountryOfOrigin(elsewhere), (step,))
    return Answer(CountryOfOrigin(home), (_exporting(home, criterion),))


def _worked_in(processes, party):
    return work.of(processes, (party,)).sufficient


def _exporting(home, criterion):
    return Step("2.6.2", "exporting_party", {"party": home, "criterion": criterion}, True)


def _inside_appendix(case, alone, together, weighed, trace):
    """Rule 1: the exporting Party if it added enough of the value, else rule 4."""
    home = case.exporting_party
    added, needs, step = _added_value(case, alone, weighed, trace)
    if added:
        return Answer(CountryOfOrigin(home), (step,))
    answer = _otherwise(together, (step,))
    if added is None and answer.country.party != home:
        return Answer(CountryOfOrigin(None, needed=needs), (step,))
    return answer


def _added_value(case, materials, weighed, trace):
    """DV20: as Art. 3.5 with the exporting Party alone, so that what originates in others counts against it.

    :return: (True, False or None, what is missing, the step)
    """
    percent = thresholds.on("added_value", case.date)
    added = regional_value.build_down(case.good, weighed, percent)
    if not added and regional_value.build_up(case.good, weighed, percent):
        added = True
    needs = [item.need("value") for item in weighed.lacking]
    if added is False and any(item.needs for item in materials.for_value()):
        added = None  # what is open may yet originate here
        needs += materials.open_needs()
    if case.good.fob is None:
        needs.append(Need("fob"))
    facts = {"party": case.exporting_party, "asked": f"{percent:f}"}
    if added is None or case.good.fob is None:
        return added, cheapest_first(needs), Step("2.6.3", "added_value_unknown", facts, added)
    if trace:
        here = exact.EXACT.subtract(case.good.fob, weighed.vnm)
        facts["percent"] = exact.shown_percent(here, case.good.fob, percent)
    return added, (), Step("2.6.3", "added_value", facts, added)


def _inside_by_declaration(evidence):
    """Rule 1 by what the producer declares: its own Party's share, or a regional value that counts on no other's."""
    percent, share = thresholds.on("added_value", evidence.date), evidence.domestic_value()
    facts = {"party": evidence.party, "asked": f"{percent:f}"}
    if share is None:
        step = Step("2.6.3", "added_value_unknown", facts, None)
        return Answer(CountryOfOrigin(None, needed=(ADDED_VALUE,)), (step,))
    added = share >= percent
    step = Step("2.6.3", "added_value", {**facts, "percent": f"{share:f}"}, added)
    if added:
        return Answer(CountryOfOrigin(evidence.party), (step,))
    return Answer(CountryOfOrigin(None), (step, Step("2.6.4", "no_contributor", {"parties": ""}, None)))


def _otherwise(materials, steps):
    """Rule 4: the highest contributor."""
    country, step = _highest_contributor(materials)
    return Answer(country, (*steps, step))


def _highest_contributor(materials):
    """The Party with the highest value of originating materials: None where none, or none for certain."""
    values, unknown = defaultdict(list), {}
    for item in materials.for_value():
        if item.party is not None and item.material.value is None:
            unknown.setdefault(item.party, []).append(item.need("value"))
        elif item.party is not None:
            values[item.party].append(item.material.value)
    sums = {party: exact.total(parts) for party, parts in values.items()}
    best = max(sums.values(), default=None)
    parties = {party for party, value in sums.items() if value == best} | unknown.keys()
    if len(parties) != 1:
        step = Step("2.6.4", "no_contributor", {"parties": ", ".join(sorted(parties))}, None)
        needed = cheapest_first(need for needs in unknown.values() for need in needs)
        return CountryOfOrigin(None, needed=needed), step
    (party,) = parties
    value = "" if best is None else f"{best:f}"
    return CountryOfOrigin(party), Step("2.6.4", "highest_contributor", {"party": party, "value": value}, True)

"""Annex 3A, rules with a condition that nobody has stated: decided under each answer, asked only where it matters.

Text: RCEP Agreement, Annex 3A: its rows with conditions, such as 38.08.
"""

from dataclasses import replace

from .trace import Step, cheapest_first
from .verdict import ORIGINATING, RECOMMENDED, UNRESOLVED, CountryOfOrigin


def under_every(verdicts, row):
    """One verdict from those under each possible answer: theirs where they agree, else unresolved.

    They agree where each originates by the same criterion with the same modifiers, whichever limb of the rule it meets.

    :param verdicts: one :class:`.verdict.Verdict` an answer
    :param row: the :class:`.rulebook.RuleRow` whose question is open
    """
    first = verdicts[0]
    merged = replace(
        first,
        rule=row.text,
        alternatives=_merged(verdicts, row, settled=False),
        alone=all(each.alone for each in verdicts),
    )
    needs = [need for verdict in verdicts for need in verdict.needed]
    if any(verdict.verdict != first.verdict for verdict in verdicts):
        return _asked(merged, needs, row)
    if first.verdict != ORIGINATING:
        return replace(merged, needed=cheapest_first(needs))
    offered = [{(each.criterion, each.modifiers) for each in verdict.alternatives if each.met} for verdict in verdicts]
    common = set.intersection(*offered)
    if not common:
        return _asked(merged, needs, row)
    criterion, modifiers = min(common, key=lambda each: (RECOMMENDED.index(each[0]), each[1]))
    country = first.country_of_origin
    if any(verdict.country_of_origin != country for verdict in verdicts):
        country = CountryOfOrigin(None)
    alternatives = _merged(verdicts, row, settled=True)
    return replace(
        merged, alternatives=alternatives, criterion=criterion, modifiers=modifiers, country_of_origin=country
    )


def _asked(merged, needs, row):
    return replace(
        merged,
        verdict=UNRESOLVED,
        criterion=None,
        modifiers=(),
        alone=False,
        country_of_origin=None,
        needed=cheapest_first([row.need, *needs]),
        trace=merged.trace and (*merged.trace, _open_step(row)),
    )


def _open_step(row):
    if row.need.fact == "condition":
        return Step("Annex 3A", "condition_open", {"condition": row.question}, None)
    return Step("Annex 3A", "product_list_open", {}, None)


def _merged(verdicts, row, *, settled):
    """Each alternative that any answer offers: met or not where every answer says so, else open.

    :param settled: whether the question does not matter; then one that only some answers offer stands as it is there
    """
    under = [{(tested.rule, tested.modifiers): tested for tested in verdict.alternatives} for verdict in verdicts]
    merged = []
    for key in dict.fromkeys(key for tests in under for key in tests):
        tests = [each.get(key) for each in under]
        shown = next(test for test in tests if test is not None)
        if any((test is None and not settled) or (test is not None and test.met != shown.met) for test in tests):
            shown = replace(shown, met=None, needs=cheapest_first([row.need, *shown.needs]))
        merged.append(shown)
    return tuple(merged)

"""Rules that depend on a fact nobody has stated: decided under each answer, asked about only where it matters."""

from dataclasses import replace

from .trace import Need, Step, cheapest_first
from .verdict import ORIGINATING, RECOMMENDED, UNRESOLVED, CountryOfOrigin


def under_every(verdicts, question):
    """One verdict from those under each possible answer: theirs where they agree, else unresolved.

    :param verdicts: one :class:`.verdict.Verdict` an answer
    :param question: name of the fact
    """
    first = verdicts[0]
    merged = replace(first, alternatives=_merged(verdicts, question), alone=all(each.alone for each in verdicts))
    needs = [need for verdict in verdicts for need in verdict.needed]
    if any(verdict.verdict != first.verdict for verdict in verdicts):
        return _asked(merged, needs, question)
    if first.verdict != ORIGINATING:
        return replace(merged, needed=cheapest_first(needs))
    common = [tested for tested in merged.alternatives if tested.met]
    if not common:
        return _asked(merged, needs, question)
    best = min(common, key=lambda tested: RECOMMENDED.index(tested.criterion))
    country = first.country_of_origin
    if any(verdict.country_of_origin != country for verdict in verdicts):
        country = CountryOfOrigin(None)
    return replace(merged, criterion=best.criterion, modifiers=best.modifiers, country_of_origin=country)


def _asked(merged, needs, question):
    return replace(
        merged,
        verdict=UNRESOLVED,
        criterion=None,
        modifiers=(),
        alone=False,
        country_of_origin=None,
        needed=cheapest_first([Need("condition", question), *needs]),
        trace=merged.trace and (*merged.trace, Step("Annex 3A", "condition_open", {"condition": question}, None)),
    )


def _merged(verdicts, question):
    """Each alternative that any answer offers: met or not where every answer says so, else open."""
    under = [{(tested.rule, tested.modifiers): tested for tested in verdict.alternatives} for verdict in verdicts]
    merged = []
    for key in dict.fromkeys(key for tests in under for key in tests):
        tests = [each.get(key) for each in under]
        shown = next(test for test in tests if test is not None)
        if any(test is None or test.met != shown.met for test in tests):
            shown = replace(shown, met=None, needs=cheapest_first([Need("condition", question), *shown.needs]))
        merged.append(shown)
    return tuple(merged)

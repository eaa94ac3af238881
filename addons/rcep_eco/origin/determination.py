"""The determination itself: the three gates of Art. 3.2, in the order in which they are recommended.

A good originates where it is wholly obtained (WO), produced exclusively from originating materials (PE) or
meets its product-specific rule (PSR). Each alternative is tried with as little help as it needs: none, cumulation
(ACU), de minimis (DMI), both. What is not known is neither assumed nor held against the good: an
alternative is *met* or *not met* only where no missing fact could make it otherwise.
"""

from dataclasses import replace

from . import country_of_origin, exact, minimal_operations, regional_value, tariff_change
from .case import Case, Good
from .errors import CaseError
from .materials import Counted, Materials, as_originating, check, status
from .rules import RVC, TARIFF_CHANGE, parse_rule
from .trace import Need, Step, cheapest_first
from .verdict import NOT_ORIGINATING, ORIGINATING, UNRESOLVED, RegionalValue, Tested, Verdict

# House rule where the treaty leaves the choice: regional value last, since it discloses the FOB value.
RECOMMENDED = ("WO", "PE", "CTC", "CR", "RVC")
# (cumulation, de minimis), fewest first; Art. 3.4 "shall be considered", so ACU before DMI.
HELP = ((False, False), (True, False), (False, True), (True, True))


def determine(case, rulebook):
    """Decide whether a good originates.

    :param Case case: what is known of it
    :param Rulebook rulebook: the law's tables
    :return: :class:`.verdict.Verdict`
    :raises CaseError: where the case contradicts the law's tables, with its path
    """
    check(case, rulebook)
    return _determine(case, rulebook, {})


def _determine(case, rulebook, known):
    """As :func:`determine`, without the check; ``known`` keeps the verdict of each intermediate by its identity."""
    verdicts = [
        _Determination(case, rulebook, rule, steps, known).verdict() for rule, steps in _rules_of(case, rulebook)
    ]
    return verdicts[0] if len(verdicts) == 1 else _under_every_answer(verdicts, rulebook.row_for(case.good.hs))


def _rules_of(case, rulebook):
    """The rule of the good, or each one that it may have while a question of the rule is not answered."""
    if case.rule is not None:
        return [(parse_rule(case.rule), [Step("Annex 3A", "rule_given", {"rule": case.rule})])]
    row = rulebook.row_of(case.good, case.date)
    answers = (case.conditions.get(row.question),) if row.question else (False,)
    if answers == (None,):
        answers = (False, True)
    rules = [row.under(answer) for answer in answers]
    facts = {"hs": case.good.hs, "row": row.prefix}
    return [(rule, [Step("Annex 3A", "rule", {**facts, "rule": str(rule)})]) for rule in rules]


def _under_every_answer(verdicts, row):
    """One verdict from those under each possible answer: theirs where they agree, else unresolved."""
    common = {
        (tested.rule, tested.modifiers) for tested in verdicts[0].alternatives if tested.met
    }.intersection(*({(t.rule, t.modifiers) for t in v.alternatives if t.met} for v in verdicts[1:]))
    first = verdicts[0]
    same_word = all(verdict.verdict == first.verdict for verdict in verdicts)
    if same_word and first.verdict != ORIGINATING:
        return first
    if same_word and common:
        best = min(
            (tested for tested in first.alternatives if (tested.rule, tested.modifiers) in common),
            key=lambda tested: RECOMMENDED.index(tested.criterion),
        )
        return replace(first, criterion=best.criterion, modifiers=best.modifiers)
    return replace(
        first,
        verdict=UNRESOLVED,
        criterion=None,
        modifiers=(),
        country_of_origin=None,
        needed=cheapest_first([Need("condition", row.question), *(n for v in verdicts for n in v.needed)]),
        trace=(*first.trace, Step("Annex 3A", "condition_open", {"condition": row.question}, None)),
    )


class _Determination:
    """One good under one rule; holds what its tests share."""

    def __init__(self, case, rulebook, rule, steps, known):
        self.case, self.rulebook, self.rule, self.steps = case, rulebook, rule, steps
        self.sufficient_work, self.work_step = minimal_operations.more_than_minimal(
            case.processes, lambda state: rulebook.is_party(state, case.date)
        )
        alone = _count(case.materials, case, rulebook, False, known)
        together = _count(case.materials, case, rulebook, True, known) if _may_cumulate(case) else alone
        self.materials = {False: alone, True: together}
        self._values = {}

    def verdict(self):
        tested = self._gates()
        best = min(
            (item for item in tested if item.met),
            key=lambda item: RECOMMENDED.index(item.criterion),
            default=None,
        )
        shown = best.modifiers if best else ("ACU",)
        *_rest, figures = self._value("ACU" in shown)
        common = {
            "rule": str(self.rule),
            "alternatives": tuple(tested),
            "regional_value": figures,
            "edition": self.rulebook.edition,
            "id": self.case.id,
        }
        trace = [*self.steps, self.work_step, *self.materials["ACU" in shown].steps]
        trace += [step for item in tested for step in item.steps]
        if best is None:
            needed = cheapest_first(need for item in tested if item.met is None for need in item.needs)
            is_open = any(item.met is None for item in tested)
            word = UNRESOLVED if is_open else NOT_ORIGINATING
            return Verdict(word, needed=needed, trace=tuple(trace), **common)
        country, steps = self._country(best)
        return Verdict(
            ORIGINATING,
            criterion=best.criterion,
            modifiers=best.modifiers,
            cumulates="ACU" in best.modifiers or (best.criterion == "PE" and _uses_cumulation(self.materials[True])),
            country_of_origin=country,
            trace=(*trace, *steps),
            **common,
        )

    def _country(self, best):
        importer = self.rulebook.parties.get(self.case.importing_party)
        return country_of_origin.decide(
            self.case,
            best.criterion,
            self.materials[True],
            self.sufficient_work,
            appendix_exists=bool(importer and importer.tariff_differential),
        )

    def _gates(self):
        tested = [self._wholly_obtained(), self._exclusively_produced()]
        tested += [
            self._with_least_help(alternative) for alternative in self.rule.alternatives if alternative.kind != "WO"
        ]
        return [item for item in tested if item]

    def _wholly_obtained(self):
        asked = any(alternative.kind == "WO" for alternative in self.rule.alternatives)
        obtained = self.case.good.wholly_obtained
        if not obtained and not asked:
            return None
        met = bool(obtained) or (None if obtained is None else False)
        step = Step("3.3", "wholly_obtained", {}, met)
        needs = () if met is not None else (Need("process"),)
        return Tested("WO", "WO", met, needs=needs, steps=(step,))

    def _exclusively_produced(self):
        if self.case.good.wholly_obtained:
            return None
        counted = self.materials[True].for_production()
        if not counted:
            step = Step("3.2(b)", "no_materials", {}, None)
            return Tested("PE", "PE", None, needs=(Need("materials"),), steps=(step,))
        foreign = [item for item in counted if not item.originating]
        is_open = foreign and all(item.unresolved for item in foreign)
        met = None if is_open else not foreign
        names = tuple(item.material.name for item in foreign)
        return Tested(
            "PE",
            "PE",
            met,
            failing=names,
            needs=tuple(Need("materials", name) for name in names) if met is None else (),
            steps=(Step("3.2(b)", "exclusively", {"materials": ", ".join(names)}, met),),
        )

    def _with_least_help(self, alternative):
        """The alternative as it comes out with the fewest modifiers; not met at all: with all of them."""
        result = None
        for cumulate, de_minimis in HELP:
            if de_minimis and alternative.kind not in TARIFF_CHANGE:
                continue
            if cumulate and self.materials[True] is self.materials[False]:
                continue  # nothing to cumulate
            tried = self._try(alternative, cumulate, de_minimis)
            if tried.met:
                return tried
            result = tried if result is None or tried.met is None or result.met is False else result
        return replace(result, modifiers=())

    def _try(self, alternative, cumulate, de_minimis):
        materials = self.materials[cumulate]
        failing, floor = (), None
        if not materials.counted and self.case.good.wholly_obtained is not True:
            met, needs, steps = None, (Need("materials"),), []
        elif not self.sufficient_work and any(not item.originating for item in materials.counted):
            met, needs, steps = False, (), [replace(self.work_step, result=False)]
        elif alternative.kind in TARIFF_CHANGE:
            met, failing, needs, steps, floor = self._change(alternative, materials, de_minimis)
        elif alternative.kind == RVC:
            met, needs, steps, figures = self._value(cumulate)
            floor = figures.fob_floor
        else:
            met, needs, steps = self._reaction()
        modifiers = ("ACU",) * (cumulate and _uses_cumulation(materials)) + ("DMI",) * de_minimis
        if met is False and any(item.unresolved for item in materials.counted):
            met, needs = self._could_still_be_met(alternative, cumulate, de_minimis, materials)
        return Tested(
            str(alternative), alternative.criterion, met, modifiers, failing, tuple(needs), floor, tuple(steps)
        )

    def _change(self, alternative, materials, de_minimis):
        if self.case.good.hs is None:
            raise CaseError("good.hs", "is missing")
        return tariff_change.test(alternative, self.case.good, materials.for_change(), de_minimis)

    def _value(self, cumulate):
        materials = self.materials[cumulate]
        if not materials.counted:
            return None, (Need("materials"),), [], RegionalValue()
        if id(materials) not in self._values:
            self._values[id(materials)] = regional_value.test(self.case.good, materials, self.case.costs)
        return self._values[id(materials)]

    def _reaction(self):
        """CR: a chemical reaction in a Party; unresolved where no process is stated."""
        if not self.case.processes:
            return None, (Need("process"),), [Step("Annex 3A", "reaction", {}, None)]
        done = any(
            process.kind == "chemical_reaction" and self.rulebook.is_party(process.party, self.case.date)
            for process in self.case.processes
        )
        return done, (), [Step("Annex 3A", "reaction", {}, done)]

    def _could_still_be_met(self, alternative, cumulate, de_minimis, materials):
        """Whether an intermediate whose own verdict is open would turn a failure, were it originating."""
        hopeful = tuple(
            as_originating(item, self.case.exporting_party) if item.unresolved else item
            for item in materials.counted
        )
        best = replace(materials, counted=hopeful)
        if alternative.kind in TARIFF_CHANGE:
            met = self._change(alternative, best, de_minimis)[0]
        elif alternative.kind == RVC:
            met = regional_value.test(self.case.good, best, self.case.costs)[0]
        else:
            met = False
        if met is False:
            return False, ()
        return None, [Need("materials", item.material.name) for item in materials.counted if item.unresolved]


def _may_cumulate(case):
    """Whether cumulation can make a difference at all: something originates in another Party, or is made here."""
    home = case.exporting_party
    return any(item.self_produced or (item.originating and item.origin != home) for item in case.materials)


def _uses_cumulation(materials):
    return any(item.cumulated for item in materials.counted)


def _count(items, case, rulebook, cumulate, known):
    """The materials of a good or intermediate, each with its standing."""
    first_tier, counted, steps, own_work = [], [], [], [exact.ZERO]
    for material in items:
        if material.self_produced is None or material.role == "indirect":
            item = status(material, case.exporting_party, cumulate)
            first_tier.append(item)
            counted.append(item)
            steps.append(_standing_step(item))
            continue
        item, inside, step = _intermediate(material, case, rulebook, cumulate, known)
        first_tier.append(item)
        steps += [step, *inside.steps]
        if item.originating:
            counted.append(item)
        else:
            counted += inside.counted
            costs = material.self_produced.costs
            own_work += [inside.own_work, *(costs.parts() if costs else (None,))]
    spent = None if any(part is None for part in own_work) else exact.total(own_work)
    return Materials(tuple(first_tier), tuple(counted), spent, tuple(steps))


def _intermediate(material, case, rulebook, cumulate, known):
    """A self-produced intermediate (Art. 3.12): originating whole, or looked through to its own materials.

    Its FOB value is not known; its cost in the good stands in for it.
    """
    own = material.self_produced
    inside = _count(own.materials, case, rulebook, cumulate, known)
    facts = {"material": material.name}
    code = own.hs or material.hs
    if code is None or len(code) != 6:
        looked = replace(inside, counted=tuple(_open(item) for item in inside.counted))
        return Counted(material, None, unresolved=True), looked, Step("3.12", "intermediate_no_code", facts, None)
    answer = known.get(id(own)) or _determine(_as_good(material, code, case), rulebook, known)
    known[id(own)] = answer
    facts |= {"criterion": answer.criterion or "", "rule": answer.rule, "hs": code}
    if answer.verdict == ORIGINATING and (cumulate or not answer.cumulates):
        item = Counted(material, case.exporting_party, cumulated=answer.cumulates)
        return item, inside, Step("3.12", "intermediate_originates", facts, True)
    if answer.verdict == UNRESOLVED:
        looked = replace(inside, counted=tuple(_open(item) for item in inside.counted))
        return Counted(material, None, unresolved=True), looked, Step("3.12", "intermediate_open", facts, None)
    return Counted(material, None), inside, Step("3.12", "intermediate_looked_through", facts, False, True)


def _as_good(material, code, case):
    """The intermediate as a good of its own."""
    return Case(
        exporting_party=case.exporting_party,
        good=Good(hs=code, fob=material.value or None, currency=case.good.currency, net_weight=material.weight),
        date=case.date,
        materials=material.self_produced.materials,
        costs=material.self_produced.costs,
        conditions=case.conditions,
    )


def _open(item):
    """A material inside an intermediate whose verdict is open: it may yet count as originating with it."""
    return item if item.originating else replace(item, unresolved=True)


def _standing_step(item):
    material = item.material
    facts = {
        "material": material.name,
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

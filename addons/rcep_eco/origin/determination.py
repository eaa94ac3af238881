"""Art. 3.2, originating goods: its three gates, in the order in which they are recommended.

Text: RCEP Agreement, Chapter 3, Article 3.2.

A good originates where it is wholly obtained (WO), produced exclusively from originating materials (PE) or
meets its product-specific rule (PSR). Each alternative is tried with as little help as it needs: none, cumulation
(ACU), de minimis (DMI), both. What is not known is neither assumed nor held against the good: an
alternative is *met* or *not met* only where no missing fact could make it otherwise.
"""

from . import answers, country_of_origin, regional_value, tariff_change
from .contradictions import check, check_wholly_obtained
from .intermediates import Counting, Intermediate
from .materials import MAIN_ROLE
from .records import record
from .rulebook import PRODUCT_LIST
from .rules import RVC, TARIFF_CHANGE, UNKNOWN, parse_rule
from .steps import steps_of
from .trace import Need, cheapest_first
from .verdict import NOT_ORIGINATING, ORIGINATING, RECOMMENDED, UNRESOLVED, Outcome, RegionalValue, Tested, Verdict

# (cumulation, de minimis), fewest first; Art. 3.4 "shall be considered", so ACU before DMI.
HELP = ((False, False), (True, False), (False, True), (True, True))
NO_MATERIALS = Outcome(None, (Need("materials"),))
NO_GATE = Outcome(False)  # what is not produced in a Party, or only by minimal operations


def determine(case, rulebook, *, trace=True, known=None, part=None):
    """Decide whether a good originates.

    :param Case case: what is known of it
    :param Rulebook rulebook: the law's tables
    :param bool trace: whether the verdict tells its steps
    :param known: {hash: :class:`.intermediates.Intermediate`} of the intermediates that stand by their hashes
    :param part: the :class:`.intermediates.Intermediate` that the same case at another price is already
    :return: :class:`.verdict.Verdict`
    :raises CaseError: where the case contradicts the law's tables, with its path
    """
    if part is None:
        check(case, rulebook)
    counting = Counting(rulebook, _decide, known or {})
    return _decide(case, counting, trace, part.materials if part else None)[0]


def determine_intermediate(case, rulebook, *, known=None):
    """Decide a good that stands in others: what they have to know of it, once for all of them.

    :param Case case: one unit of it, its cost standing in for its FOB value
    :return: :class:`.intermediates.Intermediate`
    """
    check(case, rulebook)
    verdict, materials = _decide(case, Counting(rulebook, _decide, known or {}))
    return Intermediate(verdict, materials, case.costs, case.processes)


def _decide(case, counting, trace=False, counted=None):
    """(verdict, materials without cumulation and with it) of a good or an intermediate."""
    rulebook, materials = counting.rulebook, counted or counting.both(case)
    row, rules = _rules_of(case, rulebook)
    verdicts = [_Determination(case, rulebook, rule, materials).verdict(trace) for rule in rules]
    if len(verdicts) == 1:
        return verdicts[0], materials
    return answers.under_every(verdicts, row), materials


def _rules_of(case, rulebook):
    """(row of the rulebook or None, the rule of the good, or each that it may have while its question is open)."""
    if case.rule is not None:
        return None, [parse_rule(case.rule)]
    if case.good.hs is None:
        return None, [UNKNOWN]
    row = rulebook.row_of(case.good, case.date)
    if not row.question:
        return row, [row.under(False)]
    answer = case.answer(row.question)
    rules = [row.under(each) for each in ((False, True) if answer is None else (answer,))]
    return row, list(dict.fromkeys(rules))


class _Determination:
    """One good under one rule; holds what its tests share."""

    def __init__(self, case, rulebook, rule, materials):
        self.case, self.rulebook, self.rule = case, rulebook, rule
        self.materials = materials  # by whether it is cumulated
        self.parties = rulebook.parties_on(case.date)
        self.work = [self._work(each) for each in materials]
        self.has_materials = any(item.material.role == MAIN_ROLE for item in materials[True].first_tier)
        self.alone = False  # whether an alternative is met that counts on no material of another Party
        self._values, self._compared = {}, {}

    def _work(self, materials):
        """The work on the good and, before it, on the intermediates that it is looked through to."""
        stated = self.case.processes
        return self.rulebook.work((*materials.processes, *stated) if stated else (), self.case.date)

    def verdict(self, trace):
        tested = self._no_gate() if self.work[True].outside else self._gates()
        met = [each for each, _outcome in tested if each.met]
        best = min(met, key=lambda each: RECOMMENDED.index(each.criterion)) if met else None
        case = self.case
        values = {
            "rule": str(self.rule),
            "alternatives": tuple([each for each, _outcome in tested]),
            "regional_value": self._figures(best),
            "edition": self.rulebook.edition,
            "id": case.id,
            "hs": case.good.hs,
            "exporting_party": case.exporting_party,
            "importing_party": case.importing_party,
            "date": case.date,
            "currency": case.good.currency,
        }
        steps = ()
        if best is not None:
            country, steps = self._country(best, trace) if self.rulebook.agreement.country_of_origin else (None, ())
            values |= {
                "verdict": ORIGINATING,
                "criterion": best.criterion,
                "modifiers": best.modifiers,
                "alone": self.alone,
                "country_of_origin": country,
            }
        elif any(each.met is None for each, _outcome in tested):
            values["verdict"] = UNRESOLVED
            still_open = [each for each, _outcome in tested if each.met is None]
            values["needed"] = cheapest_first(need for each in still_open for need in each.needs)
        else:
            values["verdict"] = NOT_ORIGINATING
        if trace:
            before = steps_of(case, self.rulebook, self.rule, self.materials, self.work, tested=tested, best=best)
            values["trace"] = self.rulebook.agreement.named((*before, *steps))
        return record(Verdict, values)

    def _counts_on_nobody(self, met):
        """Whether an alternative that is met rests on no material of another Party; PE bears no modifier."""
        return "ACU" not in met.modifiers and not (met.criterion == "PE" and self.materials[True].uses_cumulation())

    def _country(self, best, trace):
        importer = self.rulebook.parties.get(self.case.importing_party)
        return country_of_origin.decide(
            self.case,
            best.criterion,
            self.work["ACU" in best.modifiers],
            self.materials,
            self._value(False).seen.weighed,
            appendix_exists=importer is not None and importer.tariff_differential,
            trace=trace,
        )

    def _figures(self, best):
        """The figures of Art. 3.5 with as little cumulation as the verdict and its forty per cent need."""
        if not self.materials[True].first_tier:
            return RegionalValue()
        if best is not None and self._counts_on_nobody(best):
            outcome = self._value(False)
            if outcome.met:
                return outcome.seen.figures
        return self._value(True).seen.figures

    # --- the gates ---------------------------------------------------------------------------------------
    def _gates(self):
        """(:class:`Tested`, its :class:`Outcome`) of each alternative that is open to the good."""
        tested = [
            self._wholly_obtained(),
            self._exclusively_produced(),
            *(self._with_least_help(alternative) for alternative in self.rule.alternatives if alternative.kind != "WO"),
        ]
        if self.rule is UNKNOWN:
            tested.append(self._rule_unknown())
        return [each for each in tested if each is not None]

    def _no_gate(self):
        """Every alternative of what is not produced in a Party: all gates of Art. 3.2 ask for that."""
        offered = [("PE", "PE"), *((str(each), each.criterion) for each in self.rule.alternatives)]
        if self.case.good.wholly_obtained:
            offered.append(("WO", "WO"))
        return [_tested(rule, criterion, NO_GATE) for rule, criterion in dict.fromkeys(offered)]

    def _wholly_obtained(self):
        obtained = self.case.good.wholly_obtained
        if obtained:
            check_wholly_obtained(self.materials[True].first_tier)
            self.alone = True
            return _tested("WO", "WO", Outcome(True))
        if all(alternative.kind != "WO" for alternative in self.rule.alternatives):
            return None
        outcome = Outcome(False) if obtained is False else Outcome(None, (Need("wholly_obtained"),))
        return _tested("WO", "WO", outcome)

    def _exclusively_produced(self):
        if self.case.good.wholly_obtained:
            return None
        if not self.has_materials:
            return _tested("PE", "PE", NO_MATERIALS)
        foreign = [item for item in self.materials[True].for_production() if item.party is None]
        if not foreign:
            return self._of_originating_materials()
        failing = tuple([item.breaking for item in foreign])
        if all(item.needs for item in foreign):
            return _tested("PE", "PE", Outcome(None, tuple(need for item in foreign for need in item.needs), failing))
        return _tested("PE", "PE", Outcome(False, failing=failing))

    def _of_originating_materials(self):
        """PE, unless the good came back from outside the Parties: what came back does not originate."""
        came_back = [need for need in self.work[True].intermediates() if need.of not in self.parties]
        if came_back:
            return _tested("PE", "PE", Outcome(None, tuple(came_back)))
        self.alone = self.alone or not self.materials[True].uses_cumulation()
        return _tested("PE", "PE", Outcome(True))

    def _rule_unknown(self):
        """Any rule that a good may have of which the code, or the place in a product list, is not known."""
        if not self.has_materials and not self.case.good.wholly_obtained:
            return None  # PE says already that materials are missing
        if not self.work[True].sufficient and self.materials[True].is_foreign():
            return _tested("", "CTC", NO_GATE)
        return _tested("", "CTC", Outcome(None, (Need("hs_code" if self.case.good.hs is None else PRODUCT_LIST),)))

    def _with_least_help(self, alternative):
        """The alternative as it comes out with the fewest modifiers; not met at all: with all of them."""
        result = None
        for cumulate, de_minimis in HELP:
            if de_minimis and alternative.kind not in TARIFF_CHANGE:
                continue
            if cumulate and self.materials[True] is self.materials[False]:
                continue  # nothing to cumulate
            outcome = self._try(alternative, cumulate, de_minimis)
            if outcome.met:
                return self._met(alternative, outcome, cumulate, de_minimis)
            if result is None or outcome.met is None or result.met is False:
                result = outcome
        return _tested(str(alternative), alternative.criterion, result)

    def _met(self, alternative, outcome, cumulate, de_minimis):
        cumulates = self.materials[True] is not self.materials[False]
        if outcome.fob_floor is not None and not cumulate and cumulates:  # at a lower price it may hold by cumulation
            outcome = outcome._replace(fob_floor=self._try(alternative, True, de_minimis).fob_floor)
        acu = ("ACU",) if cumulate and self.materials[True].uses_cumulation() else ()
        # Where cumulation comes first and de minimis would do as well, whoever uses the good need not cumulate.
        by_change = alternative.kind in TARIFF_CHANGE
        self.alone = self.alone or not acu or (by_change and self._try(alternative, False, True).met is True)
        modifiers = (*acu, "DMI") if de_minimis else acu
        return _tested(str(alternative), alternative.criterion, outcome, modifiers)

    def _try(self, alternative, cumulate, de_minimis):
        """An alternative with this much help, as it stands; if it fails, with all that is open to originate."""
        materials, made = self.materials[cumulate], self.work[cumulate]
        before = self._before_any_test(materials, made)
        if before is not None:
            return before
        outcome = self._test(alternative, materials, cumulate, de_minimis)
        needs = materials.open_needs()
        if not needs:
            return outcome
        if not made.sufficient:
            return Outcome(None, tuple(needs))
        if outcome.met is False:
            hope = self._test(alternative, materials.at_best(self.case.exporting_party), None, de_minimis)
            return outcome if hope.met is False else outcome._replace(met=None, needs=tuple(needs))
        return outcome

    def _before_any_test(self, materials, made):
        """What work and materials decide already, whatever the rule; else None."""
        if not self.has_materials and self.case.good.wholly_obtained is not True:
            return NO_MATERIALS
        if not made.sufficient and materials.is_foreign():
            return NO_GATE  # Art. 3.6 overrides every rule
        return Outcome(None, made.intermediates()) if made.earlier else None

    def _test(self, alternative, materials, cumulate, de_minimis):
        """:param cumulate: None for materials that are not those of the case"""
        if alternative.kind in TARIFF_CHANGE:
            items, seen = self._changes(alternative, materials, cumulate)
            return tariff_change.test(self.case, items, seen, de_minimis, self.rulebook.agreement)
        if alternative.kind == RVC:
            return self._weighed(materials) if cumulate is None else self._value(cumulate)
        return self._reaction()

    def _changes(self, alternative, materials, cumulate):
        """(materials that count, how their codes compare) under a rule, looked at once with and without de minimis."""
        key = alternative, cumulate
        if cumulate is None or key not in self._compared:
            items = materials.for_change()
            found = items, tariff_change.compare(alternative, self.case.good, items)
            if cumulate is None:
                return found
            self._compared[key] = found
        return self._compared[key]

    def _value(self, cumulate):
        materials = self.materials[cumulate]
        key = cumulate and materials is not self.materials[False]
        if key not in self._values:
            self._values[key] = self._weighed(materials)
        return self._values[key]

    def _weighed(self, materials):
        return regional_value.test(self.case, materials, self.rulebook.agreement)

    def _reaction(self):
        """CR: a chemical reaction in a Party; unresolved where no process is stated."""
        if not self.case.processes:
            return Outcome(None, (Need("process"),))
        reactions = (process.party for process in self.case.processes if process.kind == "chemical_reaction")
        return Outcome(any(party in self.parties for party in reactions))


def _tested(rule, criterion, outcome, modifiers=()):
    """(:class:`Tested`, the :class:`Outcome` that it tells)."""
    values = {
        "rule": rule,
        "criterion": criterion,
        "met": outcome.met,
        "modifiers": modifiers,
        "materials": outcome.failing,
        "needs": outcome.needs,
        "fob_floor": outcome.fob_floor,
    }
    return record(Tested, values), outcome

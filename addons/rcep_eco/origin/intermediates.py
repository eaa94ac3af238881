"""Art. 3.12, intermediate materials that the producer makes itself: roll-up, or looked through.

Text: RCEP Agreement, Chapter 3, Article 3.12.

An intermediate is a good of its own: where it satisfies the chapter it counts as originating in full (roll-up),
whoever made it. Where it does not, Art. 3.5.3 values only what was imported or acquired, so the tests look at its own
materials; the treaty does not say so in words. Its FOB value is not known: its cost stands in for it. It stands in a
case whole, or by the hash of the dossier in which one unit of it was determined.

What does not originate and cannot be looked through counts against the good in full: what is made of unknown things,
what was made outside the Parties and came back, and what was made in another Party, unless its own proof is there.
"""

from decimal import Decimal
from typing import NamedTuple

from . import exact
from .case import Case, Good, Material
from .errors import CaseError
from .materials import NEVER_LOOKED_THROUGH, OTHER_PARTY, OUTSIDE, UNKNOWN, Counted, Materials, as_part_of, bought
from .records import record
from .trace import need_of
from .verdict import NOT_ORIGINATING, ORIGINATING, UNRESOLVED, Verdict


class Intermediate(NamedTuple):
    """One intermediate, determined once for every place in which it stands.

    :param verdict: its own, or None where it has no code to be judged by
    :param materials: :class:`.materials.Materials` of one unit, without cumulation and with it
    :param costs: :class:`.case.Costs` of the work on one unit, or None
    :param processes: :class:`.case.Process` records of that work
    :param number: how many units stand here
    :param share: what of their value counts here
    """

    verdict: Verdict | None
    materials: tuple[Materials, Materials]
    costs: object = None
    processes: tuple = ()
    number: Decimal = exact.ONE
    share: Decimal = exact.ONE

    def counted(self, cumulate):
        """What all its units are made of, for the tests to look at."""
        return self._times(self.materials[cumulate].counted)

    def first_tier(self, cumulate):
        """What was put into all its units, for the steps to tell."""
        return self._times(self.materials[cumulate].first_tier)

    def own_work(self, cumulate):
        """The producer's own costs in all its units, or None where they are not known."""
        parts = (self.materials[cumulate].own_work, *(self.costs.parts() if self.costs else (None,)))
        if None in parts:
            return None
        return exact.EXACT.multiply(exact.total(parts), exact.EXACT.multiply(self.number, self.share))

    def work(self, cumulate):
        """All work on it, that on what it is made of first."""
        return (*self.materials[cumulate].processes, *self.processes)

    def _times(self, items):
        if self.number == self.share == exact.ONE:
            return items
        return tuple(item._replace(material=item.material.times(self.number, self.share)) for item in items)


class Counting:
    """Counts materials, and remembers each intermediate that it had to determine on the way.

    :param decide: ``decide(case, counting)`` gives the verdict of an intermediate and its materials, both ways
    :param known: {hash of a dossier: :class:`Intermediate`} of those that stand by their hashes
    """

    def __init__(self, rulebook, decide, known):
        self.rulebook, self.decide, self.known = rulebook, decide, known
        self._determined = {}

    def both(self, case):
        """The materials of a good without cumulation and with it; the same record where it makes no difference."""
        alone = self._count(case, False)
        return alone, self._count(case, True) if _may_cumulate(case) else alone

    def _count(self, case, cumulate):
        home = case.exporting_party
        first_tier, counted, own_work, processes = [], [], [exact.ZERO], []
        for index, material in enumerate(case.materials):
            if material.self_produced is None or material.role in NEVER_LOOKED_THROUGH:
                item = bought(self._deducted(material), home, cumulate)
            else:
                item = self._made(material, index, case, cumulate)
            first_tier.append(item)
            if item.intermediate is None or item.party is not None or item.whole:
                counted.append(item)
                continue
            inside = item.intermediate.counted(cumulate)
            counted += [as_part_of(_as_open_as(item, each), material.role) for each in inside]
            own_work.append(item.intermediate.own_work(cumulate))
            processes += item.intermediate.work(cumulate)
        spent = None if None in own_work else exact.total(own_work)
        return Materials(tuple(first_tier), tuple(counted), spent, tuple(processes))

    def _deducted(self, material):
        """The material with those deductions alone that the agreement knows."""
        if not material.deductions:
            return material
        known = self.rulebook.agreement.deductions
        allowed = tuple(each for each in material.deductions if each.kind in known)
        return record(Material, {**material.__dict__, "deductions": allowed})

    def _made(self, material, index, case, cumulate):
        """How an intermediate counts in the good."""
        intermediate = self._intermediate(material, index, case)
        home, verdict = case.exporting_party, intermediate.verdict
        made = self.rulebook.work(intermediate.processes, case.date)
        if made.outside or made.elsewhere(home):
            return _made_elsewhere(material, intermediate, made, home, cumulate)
        _check(material, index, verdict, home)
        if verdict is not None and verdict.verdict == ORIGINATING and (cumulate or verdict.alone):
            return Counted(material, home, not verdict.alone, intermediate=intermediate)
        needs = () if verdict is not None else (need_of("hs_code", material),)
        if not intermediate.materials[cumulate].has_content():
            needs = (need_of("materials", material), *needs)
            return Counted(material, None, needs=needs, intermediate=intermediate, whole=UNKNOWN)
        if verdict is not None and verdict.verdict == UNRESOLVED:
            needs = tuple(_need_of(material, need) for need in verdict.needed)
        return Counted(material, None, needs=needs, intermediate=intermediate)

    def _intermediate(self, material, index, case):
        own = material.self_produced
        if id(own) not in self._determined:
            try:
                found = self._by_hash(own) if own.dossier_sha256 else self._whole(material, case)
            except CaseError as error:
                raise CaseError(f"materials[{index}].self_produced.{error.path}", error.reason) from None
            self._determined[id(own)] = found
        return self._determined[id(own)]

    def _by_hash(self, own):
        if own.dossier_sha256 not in self.known:
            raise CaseError("dossier_sha256", f"{own.dossier_sha256} is not at hand")
        return self.known[own.dossier_sha256]._replace(
            number=own.times, share=exact.ONE if own.share is None else own.share
        )

    def _whole(self, material, case):
        code = material.self_produced.hs or material.hs
        good = _as_good(material, code, case)
        if code is None or len(code) != 6:
            return Intermediate(None, self.both(good), good.costs, good.processes)
        verdict, materials = self.decide(good, self)
        return Intermediate(verdict, materials, good.costs, good.processes)


def _made_elsewhere(material, intermediate, made, home, cumulate):
    """What came back from where it was made is another product: it counts in full, by its own proof or as foreign."""
    item = bought(material, home, cumulate)
    if made.outside or material.origin != made.elsewhere(home):
        item = Counted(material, None)
    return item._replace(intermediate=intermediate, whole=OUTSIDE if made.outside else OTHER_PARTY)


def _check(material, index, verdict, home):
    """What is said of an intermediate that is made here agrees with what is found of it.

    :raises CaseError: naming both statements
    """
    path = f"materials[{index}]"
    if material.origin is not None and material.origin != home:
        raise CaseError(f"{path}.origin", f"{material.origin} contradicts {path}.self_produced: it is made in {home}")
    if verdict is None or material.originating is None:
        return
    found = {ORIGINATING: True, NOT_ORIGINATING: False}.get(verdict.verdict, material.originating)
    if found != material.originating:
        stated, decided = str(material.originating).lower(), str(found).lower()
        raise CaseError(
            f"{path}.originating",
            f"{stated} contradicts {path}.self_produced, by which it is {decided}: leave out what is decided anyway",
        )


def _as_good(material, code, case):
    """The intermediate as a good of its own."""
    own = material.self_produced
    return Case(
        exporting_party=case.exporting_party,
        good=Good(hs=code, fob=material.value or None, currency=case.good.currency, net_weight=material.weight),
        date=case.date,
        materials=own.materials,
        processes=own.processes,
        costs=own.costs,
        conditions=case.conditions,
    )


def _need_of(material, need):
    """What an intermediate needs, in the words of the good; its value is what it has of a price."""
    return need if need.of else need_of("value" if need.fact == "fob" else need.fact, material)


def _as_open_as(intermediate, inside):
    """What stands inside an intermediate whose verdict is open may yet count as originating with it."""
    return inside if inside.originating or not intermediate.needs else inside._replace(needs=intermediate.needs)


def _may_cumulate(case):
    """Whether cumulation can make a difference at all: something originates in another Party, or is made here."""
    home = case.exporting_party
    for material in case.materials:
        if material.self_produced is not None or (material.originating and material.origin != home):
            return True
    return False

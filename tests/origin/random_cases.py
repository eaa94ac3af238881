"""Goods made at random, the same for the same seed: with parts of every role and depth, with work, costs and gaps."""

import datetime
import random
from decimal import Decimal

from rcep_origin import Case, Costs, Deduction, Good, Material, Process, SelfProduced

from tools.rulebook import shipped_rulebook

DATES = (datetime.date(2023, 6, 30), datetime.date(2026, 5, 4))
ROLES = ("material",) * 6 + ("accessory", "retail_packing", "transport_packing", "indirect")
ORIGINS = (("CN", True), ("CN", True), ("TH", True), ("JP", True), ("CN", None), ("US", False), ("TW", None))
KINDS = ("manufacturing", "manufacturing", "chemical_reaction", "packaging", "marking", "simple_mixing")
IMPORTERS = (None, "VN", "TH", "ID", "JP")


def random_case(seed):
    """The good of a seed: a :class:`rcep_origin.Case` that the engine takes, or refuses with a reason."""
    return _Maker(random.Random(seed)).case()


class _Maker:
    def __init__(self, chance):
        self.chance = chance
        self.codes = sorted(shipped_rulebook().subheadings)

    def often(self, times, of=10):
        return self.chance.randrange(of) < times

    def amount(self, most=100_000):
        return Decimal(self.chance.randrange(1, most)) / 100

    def code(self, near):
        """A subheading, often one of the good's own heading or chapter."""
        length = self.chance.choice((6, 4, 2, 0, 0))
        alike = [code for code in self.codes if code[:length] == near[:length]]
        found = self.chance.choice(alike)
        return found if self.often(8) else found[: self.chance.choice((2, 4))]

    def case(self):
        good, date = self.chance.choice(self.codes), self.chance.choice(DATES)
        materials = tuple(self.material(good, 0, at) for at in range(self.chance.randrange(5)))
        conditions = {}
        row = shipped_rulebook().row_for(good)
        if row.question and self.often(5):
            conditions = {row.question: self.often(5)}
        return Case(
            exporting_party="CN",
            good=Good(
                hs=good,
                fob=self.amount(500_000) if self.often(9) else None,
                currency="CNY",
                net_weight=self.amount() if self.often(7) else None,
                wholly_obtained=self.chance.choice((None, None, None, False, True)),
            ),
            date=date,
            materials=materials,
            processes=self.work(),
            costs=self.costs() if self.often(4) else None,
            importing_party=self.chance.choice(IMPORTERS),
            conditions=conditions or None,
        )

    def work(self):
        places = ("CN",) * 6 + ("VN", "US")
        steps = range(self.chance.randrange(3)) if self.often(5) else ()
        return tuple(Process(self.chance.choice(KINDS), self.chance.choice(places)) for _step in steps)

    def costs(self):
        parts = [self.amount(2_000) if self.often(8) else None for _part in range(3)]
        return Costs(parts[0], parts[1], self.amount(2_000) if self.often(8) else None, parts[2])

    def material(self, good, depth, at):
        name = f"m{depth}-{at}"
        value = self.amount(40_000) if self.often(9) else None
        weight = self.amount(5_000) if self.often(8) else None
        if depth < 2 and self.often(2):
            inside = tuple(self.material(good, depth + 1, each) for each in range(self.chance.randrange(1, 4)))
            own = SelfProduced(inside, processes=self.work(), costs=self.costs() if self.often(5) else None)
            return Material(name, self.code(good), value and value * 5, weight, self_produced=own, ref=name)
        place, originating = self.chance.choice(ORIGINS)
        deductions = ()
        if value and self.often(2):
            kind = self.chance.choice(("transport", "duties", "waste"))
            deductions = (Deduction(kind, value / 10, "bill" if self.often(7) else None),)
        hs = self.code(good) if self.often(9) else None
        role = self.chance.choice(ROLES)
        return Material(name, hs, value, weight, place, originating, role, deductions=deductions, ref=name)

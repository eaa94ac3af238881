"""What is known of one good: the engine's input, as frozen records.

Values are :class:`~decimal.Decimal` in the currency of the good's FOB value, weights in one unit for
the good and all its materials. ``None`` always means *not known*, never zero.
"""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

from . import exact
from .blank import is_blank
from .records import record

# What a material is to the good (Art. 3.8 to 3.10).
ROLES = ("material", "transport_packing", "retail_packing", "accessory", "indirect")

# Art. 3.6, by the names that a process may bear; "manufacturing" and "chemical_reaction" are more than minimal.
MINIMAL_OPERATIONS = (
    "preserving",
    "packaging",
    "simple_working",
    "marking",
    "dilution",
    "disassembly",
    "slaughtering",
    "simple_painting_polishing",
    "simple_peeling_stoning_shelling",
    "simple_mixing",
)
# What may be left out of a non-originating material's value (Art. 3.5.5): transport to the producer; duties, taxes and
# brokerage paid in a Party; waste and spillage, less the value of what is left of it.
DEDUCTIONS = ("transport", "duties", "waste")

PROCESS_KINDS = ("manufacturing", "chemical_reaction", *MINIMAL_OPERATIONS)


@dataclass(frozen=True)
class Costs:
    """The producer's own part of the good's value, for the build-up formula (Art. 3.5.1 b).

    :param profit: negative where the good is sold at a loss
    """

    labour: Decimal | None = None
    overhead: Decimal | None = None
    profit: Decimal | None = None
    other: Decimal | None = None

    def parts(self):
        """All four, None among them where one is not known."""
        return (self.labour, self.overhead, self.profit, self.other)


@dataclass(frozen=True)
class Process:
    """One step of production: its kind in the law's terms and the State where it is done."""

    kind: str
    party: str


@dataclass(frozen=True)
class SelfProduced:
    """How the producer made an intermediate material itself (Art. 3.12), whole or by the hash of its own dossier.

    :param materials: none but packing, accessories or indirect ones: what it is made of is not known
    :param processes: the work on it, in its order; none means that nothing is known
    :param dossier_sha256: hash of the dossier in which one unit of it was determined; then nothing else is told
    :param times: how many such units are in the good
    :param share: what of their value the good bears, from 0 to 1, where by-products bear the rest; None = all of it
    """

    materials: tuple = ()
    hs: str | None = None
    costs: Costs | None = None
    processes: tuple = ()
    dossier_sha256: str | None = None
    times: Decimal | None = None
    share: Decimal | None = None


@dataclass(frozen=True)
class Deduction:
    """A cost inside a material's value that Art. 3.5.5 lets the exporter leave out of it, with what proves it.

    :param kind: one of :data:`DEDUCTIONS`
    :param evidence: what the proof is filed under; without it nothing is deducted
    """

    kind: str
    value: Decimal
    evidence: str | None = None

    @property
    def is_proved(self):
        """Whether anything is named that proves it; what that says is not judged here."""
        return bool(self.evidence) and not is_blank(self.evidence)


@dataclass(frozen=True)
class Material:
    """A material used in the good.

    :param hs: 2, 4 or 6 digits
    :param origin: ISO code of the State where it comes from
    :param originating: whether it originates there under the agreement; None = undetermined, which the law
        counts as non-originating (Art. 3.5.4)
    :param deductions: :class:`Deduction` records; they count only while the material is non-originating
    :param ref: whatever the caller knows it by; it is handed back with needs and steps, and never looked into
    """

    name: str
    hs: str | None = None
    value: Decimal | None = None
    weight: Decimal | None = None
    origin: str | None = None
    originating: bool | None = None
    role: str = "material"
    self_produced: SelfProduced | None = None
    deductions: tuple = ()
    ref: str | None = None

    @property
    def value_in_vnm(self):
        """The value of a non-originating material for Art. 3.5: less what is deducted with evidence."""
        if self.value is None or not self.deductions:
            return self.value
        return exact.EXACT.subtract(self.value, exact.total(each.value for each in self.deductions if each.is_proved))

    def times(self, number, share=exact.ONE):
        """What stands in so many units of that in which this material is, of whose value only a share counts."""
        multiply = exact.EXACT.multiply
        valued = number if share == exact.ONE else multiply(number, share)
        changed = {
            **self.__dict__,
            "value": None if self.value is None else multiply(self.value, valued),
            "weight": None if self.weight is None else multiply(self.weight, number),
        }
        if self.deductions:
            changed["deductions"] = tuple(replace(each, value=multiply(each.value, valued)) for each in self.deductions)
        return record(Material, changed)


@dataclass(frozen=True)
class Good:
    """The good as it is classified (Art. 3.13) and sold.

    :param fob: its FOB value
    :param in_importer_appendix: whether the importing Party's tariff-differential list names it (Art. 2.6)
    """

    hs: str | None = None
    fob: Decimal | None = None
    currency: str | None = None
    net_weight: Decimal | None = None
    wholly_obtained: bool | None = None
    in_importer_appendix: bool | None = None


@dataclass(frozen=True)
class Case:
    """One good to be determined, with everything that is known of it.

    :param rule: text of a rule that takes the place of Annex 3A, for a case from elsewhere
    :param processes: the work on the good itself, in its order; that on what it is made of stands there
    :param conditions: answers to the questions on which a rule depends, by name
    """

    exporting_party: str
    good: Good
    date: datetime.date
    materials: tuple = ()
    processes: tuple = ()
    costs: Costs | None = None
    importing_party: str | None = None
    rule: str | None = None
    conditions: dict | None = None
    id: str | None = None

    def answer(self, question):
        """What is said of a question of a rule: True, False, or None."""
        return self.conditions.get(question) if self.conditions else None

    def at(self, fob):
        """The same good at another FOB value."""
        return record(Case, {**self.__dict__, "good": record(Good, {**self.good.__dict__, "fob": fob})})

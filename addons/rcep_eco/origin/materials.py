"""Which materials count, as what, and at which value (Art. 3.4, 3.5.3, 3.5.4, 3.8 to 3.10, 3.12).

===================  ====================  ==================  =============================
role                 change, reaction      wholly produced     regional value
===================  ====================  ==================  =============================
material             counts                counts              counts
transport packing    left out              left out            left out
retail packing       left out              left out            as originating or not
accessory            left out              counts              as originating or not
indirect             left out              left out            originating, wherever made
===================  ====================  ==================  =============================
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from .case import Material
from .errors import CaseError
from .trace import Step

COUNTS_FOR_CHANGE = frozenset({"material"})
COUNTS_FOR_PE = frozenset({"material", "accessory"})
COUNTS_FOR_VALUE = frozenset({"material", "retail_packing", "accessory", "indirect"})


@dataclass(frozen=True)
class Counted:
    """A material as the tests see it.

    :param party: the Party where it originates, or None
    :param cumulated: whether it originates only by way of another Party (Art. 3.4)
    :param unresolved: whether its own verdict is open, so that it may yet originate
    """

    material: Material
    party: str | None
    cumulated: bool = False
    unresolved: bool = False

    @property
    def originating(self):
        return self.party is not None


@dataclass(frozen=True)
class Materials:
    """All materials of a good for one try, with or without cumulation.

    :param first_tier: those that were put into the good, for "produced exclusively from originating materials"
    :param counted: the same, where intermediates that do not originate give way to what they were made of
    :param own_work: the producer's own costs inside such intermediates, or None where they are not known
    """

    first_tier: tuple[Counted, ...]
    counted: tuple[Counted, ...]
    own_work: Decimal | None
    steps: tuple[Step, ...]

    def for_change(self):
        return [item for item in self.counted if item.material.role in COUNTS_FOR_CHANGE and not item.originating]

    def for_production(self):
        return [item for item in self.first_tier if item.material.role in COUNTS_FOR_PE]

    def for_value(self):
        return [item for item in self.counted if item.material.role in COUNTS_FOR_VALUE]


def check(case, rulebook):
    """Refuse a case whose statements of origin cannot be.

    :raises CaseError: a material said to originate in no State, in one that is no Party, or too early
    """
    if not rulebook.is_party(case.exporting_party, case.date):
        raise CaseError(
            "exporting_party", f"{case.exporting_party} is no Party of the agreement on {case.date.isoformat()}"
        )
    _check_origins(case.materials, "materials", case.date, rulebook)


def _check_origins(materials, path, date, rulebook):
    for index, material in enumerate(materials):
        here = f"{path}[{index}]"
        if material.hs and material.hs not in rulebook.partial_codes:
            raise CaseError(f"{here}.hs", f"{material.hs} is not in {rulebook.edition}")
        if material.originating and not rulebook.is_party(material.origin, date):
            where = material.origin or "no State"
            raise CaseError(
                f"{here}.origin",
                f"{material.name} is said to originate in {where}, which is no Party on {date.isoformat()}",
            )
        if material.self_produced:
            _check_origins(material.self_produced.materials, f"{here}.self_produced.materials", date, rulebook)


def status(material, exporting_party, cumulate):
    """How a bought material counts, by its evidence alone."""
    if material.role == "indirect":
        return Counted(material, party=exporting_party)  # Art. 3.10: originating without regard to where made
    if not material.originating:
        return Counted(material, party=None)
    foreign = material.origin != exporting_party
    if foreign and not cumulate:
        return Counted(material, party=None)
    return Counted(material, party=material.origin, cumulated=foreign)


def as_originating(item, party):
    """The same material, taken as originating: the best that an open fact can turn out to be."""
    return replace(item, party=party, unresolved=False)

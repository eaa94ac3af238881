"""Which materials count, as what, and at which value (Art. 3.4, 3.5.3, 3.5.4, 3.8 to 3.10).

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

from decimal import Decimal
from typing import NamedTuple

from .case import Material
from .errors import CaseError
from .records import record

COUNTS_FOR_CHANGE = frozenset({"material"})
COUNTS_FOR_PE = frozenset({"material", "accessory"})
COUNTS_FOR_VALUE = frozenset({"material", "retail_packing", "accessory", "indirect"})
# What such a thing was made of does not matter: it is left out whole, or originates wherever it was made.
NEVER_LOOKED_THROUGH = frozenset({"transport_packing", "indirect"})


class Counted(NamedTuple):
    """A material as the tests see it.

    :param party: the Party where it originates, or None
    :param cumulated: whether it originates only by way of another Party (Art. 3.4)
    :param needs: what would settle its own verdict, where that is open, so that it may yet originate
    :param intermediate: the :class:`.intermediates.Intermediate` that it is, where the producer makes it
    """

    material: Material
    party: str | None
    cumulated: bool = False
    needs: tuple = ()
    intermediate: object = None

    @property
    def originating(self):
        return self.party is not None


class Materials(NamedTuple):
    """All materials of a good for one try, with or without cumulation.

    :param first_tier: those that were put into the good, for "produced exclusively from originating materials"
    :param counted: the same, where intermediates that do not originate give way to what they were made of
    :param own_work: the producer's own costs inside such intermediates, or None where they are not known
    """

    first_tier: tuple[Counted, ...]
    counted: tuple[Counted, ...]
    own_work: Decimal | None

    def for_change(self):
        return [
            item.material for item in self.counted if item.party is None and item.material.role in COUNTS_FOR_CHANGE
        ]

    def for_production(self):
        return [item for item in self.first_tier if item.material.role in COUNTS_FOR_PE]

    def for_value(self):
        return [item for item in self.counted if item.material.role in COUNTS_FOR_VALUE]

    def uses_cumulation(self):
        return any(item.cumulated for item in self.counted)

    def open_needs(self):
        """What would settle the verdicts of intermediates that are open."""
        return [need for item in self.counted for need in item.needs]

    def at_best(self, party):
        """The same materials, were all that is open to originate."""
        return self._replace(
            counted=tuple(item._replace(party=party, needs=()) if item.needs else item for item in self.counted)
        )

    def is_foreign(self):
        """Whether anything that is made into the good does not originate and cannot turn out to."""
        return any(
            item.party is None and not item.needs and item.material.role in COUNTS_FOR_PE for item in self.counted
        )


def check(case, rulebook):
    """Refuse a case whose statements cannot be.

    :raises CaseError: a Party that is none on the date, a code that is none, an answer to no question, or a material
        said to originate in no State, in one that is no Party, or too early
    """
    parties = rulebook.parties_on(case.date)
    for path in ("exporting_party", "importing_party"):
        state = getattr(case, path)
        if state is not None and state not in parties:
            raise CaseError(path, f"{state} is no Party of the agreement on {case.date.isoformat()}")
    for question in case.conditions or ():
        if question not in rulebook.questions:
            raise CaseError(f"conditions.{question}", "no rule asks this question")
    _check_materials(case.materials, "materials", case.date, parties, rulebook)


def _check_materials(materials, path, date, parties, rulebook):
    codes = rulebook.partial_codes
    for index, material in enumerate(materials):
        if material.hs is not None and material.hs not in codes:
            raise CaseError(f"{path}[{index}].hs", f"{material.hs} is not in {rulebook.edition}")
        if material.originating and material.origin not in parties:
            where = material.origin or "no State"
            raise CaseError(
                f"{path}[{index}].origin",
                f"{material.name} is said to originate in {where}, which is no Party on {date.isoformat()}",
            )
        own = material.self_produced
        if own is not None:
            if own.hs is not None and own.hs not in codes:
                raise CaseError(f"{path}[{index}].self_produced.hs", f"{own.hs} is not in {rulebook.edition}")
            _check_materials(own.materials, f"{path}[{index}].self_produced.materials", date, parties, rulebook)


def bought(material, exporting_party, cumulate):
    """How a material counts by its evidence alone."""
    if material.role == "indirect":
        return Counted(material, exporting_party)  # Art. 3.10: originating without regard to where made
    if not material.originating:
        return Counted(material, None)
    foreign = material.origin != exporting_party
    return Counted(material, material.origin, foreign) if cumulate or not foreign else Counted(material, None)


def as_part_of(item, role):
    """What an accessory or retail packaging was made of is no more to the good than it is."""
    if role == "material" or item.material.role != "material":
        return item
    return item._replace(material=record(Material, {**item.material.__dict__, "role": role}))


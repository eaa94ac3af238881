"""Art. 3.4, 3.5.3, 3.5.4, 3.8 to 3.10, materials: which count, as what, and at which value.

Text: RCEP Agreement, Chapter 3, Articles 3.4, 3.5 and 3.8 to 3.10.

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
from .records import record
from .trace import need_of
from .verdict import Breaking

COUNTS_FOR_CHANGE = frozenset({"material"})
COUNTS_FOR_PE = frozenset({"material", "accessory"})
COUNTS_FOR_VALUE = frozenset({"material", "retail_packing", "accessory", "indirect"})
# Made of these a good is made of something: of accessories, packing and indirect materials alone nothing is made.
MAIN_ROLE = "material"
# What such a thing was made of does not matter: it is left out whole, or originates wherever it was made.
NEVER_LOOKED_THROUGH = frozenset({"transport_packing", "indirect"})


# Why an intermediate counts in full: what it is made of is not known; it was made outside the Parties and came back; it
# was made in another Party, whose own proof decides.
WHOLE = UNKNOWN, OUTSIDE, OTHER_PARTY = ("unknown", "outside", "other_party")


class Counted(NamedTuple):
    """A material as the tests see it.

    :param party: the Party where it originates, or None
    :param cumulated: whether it originates only by way of another Party (Art. 3.4)
    :param needs: what would settle its own verdict, where that is open, so that it may yet originate
    :param intermediate: the :class:`.intermediates.Intermediate` that it is, where the producer makes it
    :param whole: why an intermediate that does not originate is not looked through, one of :data:`WHOLE`, or ``""``
    """

    material: Material
    party: str | None
    cumulated: bool = False
    needs: tuple = ()
    intermediate: object = None
    whole: str = ""

    @property
    def breaking(self):
        """The material as what breaks a rule is named."""
        return Breaking(self.material.name, self.material.ref)

    @property
    def originating(self):
        return self.party is not None

    @property
    def code(self):
        """The HS code by which it changes; of what is made of unknown things none is known."""
        return None if self.whole == UNKNOWN else self.material.hs

    def need(self, fact):
        """A fact of it that is missing: of what is made of unknown things, these."""
        return need_of("materials" if self.whole == UNKNOWN else fact, self.material)

    def value(self):
        """What it counts for against the good; a part of unknown things is not worth nothing."""
        value = self.material.value_in_vnm
        return None if self.whole == UNKNOWN and not value else value


class Materials(NamedTuple):
    """All materials of a good for one try, with or without cumulation.

    :param first_tier: those that were put into the good, for "produced exclusively from originating materials"
    :param counted: the same, where intermediates that do not originate give way to what they were made of
    :param own_work: the producer's own costs inside such intermediates, or None where they are not known
    :param processes: the work on such intermediates
    """

    first_tier: tuple[Counted, ...]
    counted: tuple[Counted, ...]
    own_work: Decimal | None
    processes: tuple = ()

    def has_content(self):
        """Whether anything is known of what the good is made of."""
        return any(item.material.role == MAIN_ROLE for item in self.counted)

    def for_change(self):
        return [item for item in self.counted if item.party is None and item.material.role in COUNTS_FOR_CHANGE]

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


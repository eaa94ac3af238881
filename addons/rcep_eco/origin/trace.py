"""The steps of a determination, for people to follow; sentences are made of them outside the engine."""

from dataclasses import dataclass
from typing import NamedTuple


class Step(NamedTuple):
    """One thing that was looked at.

    :param article: where the treaty says so, as ``3.5.4``
    :param code: what was looked at, a name from the table of sentences
    :param facts: what was compared, as texts
    :param result: True (holds), False (does not) or None (open, or nothing to hold)
    :param interpretation: whether the treaty leaves it open and the engine had to choose
    """

    article: str
    code: str
    facts: dict
    result: bool | None = None
    interpretation: bool = False


@dataclass(frozen=True)
class Need:
    """A fact that is missing and would settle something.

    :param fact: one of :data:`EFFORT`
    :param of: the material's name, the condition's, the place of an intermediate, or ``""`` for the good
    :param ref: the material's ``ref``, or ``""`` where it has none
    """

    fact: str
    of: str = ""
    ref: str = ""


def named(material):
    """A material as the facts of a step name it."""
    return {"material": material.name, "ref": material.ref} if material.ref else {"material": material.name}


def need_of(fact, material):
    """A fact of a material that is missing."""
    return Need(fact, material.name, material.ref or "")


# Facts that can be missing, by what it costs to find out, cheapest first.
EFFORT = (
    "untouched",
    "fob",
    "hs_code",
    "value",
    "weight",
    "wholly_obtained",
    "in_importer_appendix",
    "process",
    "condition",
    "product_list",
    "added_value",
    "intermediate",
    "materials",
)


def cheapest_first(needs):
    """Each need once, in the order of what it costs to find out."""
    return tuple(sorted(dict.fromkeys(needs), key=lambda need: EFFORT.index(need.fact)))

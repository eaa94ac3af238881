"""Art. 3.5.4, materials of undetermined origin: the supplier's declaration that is worth asking for.

Text: RCEP Agreement, Chapter 3, Article 3.5.

A material of undetermined origin counts as non-originating (Art. 3.5.4). Where one declaration, that it originates in
the State that it comes from, would make the good originate, its name is worth more than any figure.
"""

from dataclasses import replace
from decimal import Decimal

from .determination import determine
from .verdict import ORIGINATING

# A declaration on a material of small value seldom turns anything; the dearest are tried, and those that break a rule.
MOST_TRIED = 40
_CAN_BE_DECLARED = ("material", "accessory", "retail_packing")


def tipping_materials(case, verdict, rulebook, known=None):
    """The :class:`.case.Material` records of which a declaration, alone, would make the good originate.

    Those that break a change of tariff classification stand first, then the dearest.

    :param Case case: what was determined
    :param Verdict verdict: how it came out
    :param known: as in :func:`.determination.determine`; intermediates that stand by their hashes are not looked into
    """
    if verdict.verdict == ORIGINATING:
        return ()
    changes = [tested for tested in verdict.alternatives if tested.criterion == "CTC"]
    breaking = {each for tested in changes for each in tested.materials}
    undetermined = sorted(
        (found for found in _undetermined(case.materials) if _origin(found[1], case, rulebook)),
        key=lambda found: ((found[1].name, found[1].ref) not in breaking, -(found[1].value or Decimal(0))),
    )
    tipping = []
    for place, material in undetermined[:MOST_TRIED]:
        declared = replace(case, materials=_declared(case.materials, place, _origin(material, case, rulebook)))
        if determine(declared, rulebook, trace=False, known=known).verdict == ORIGINATING:
            tipping.append(material)
    return tuple({(each.name, each.ref): each for each in tipping}.values())


def _undetermined(materials, above=()):
    """Yield (place, material) of each one without evidence, those inside own intermediates too."""
    for index, material in enumerate(materials):
        place = (*above, index)
        if material.self_produced:
            yield from _undetermined(material.self_produced.materials, place)
        elif material.originating is None and material.role in _CAN_BE_DECLARED:
            yield place, material


def _origin(material, case, rulebook):
    """Where a declaration would say that it originates; None for what comes from outside the Parties."""
    party = material.origin or case.exporting_party
    return party if party in rulebook.parties_on(case.date) else None


def _declared(materials, place, party):
    first, rest = place[0], place[1:]
    material = materials[first]
    if rest:
        own = material.self_produced
        inside = replace(own, materials=_declared(own.materials, rest, party))
        changed = replace(material, self_produced=inside)
    else:
        changed = replace(material, originating=True, origin=party)
    return (*materials[:first], changed, *materials[first + 1 :])

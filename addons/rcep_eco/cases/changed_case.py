"""A case with other facts in some places: what a scenario asks about. The case itself stays as it is.

Materials are named by their place: the refs on the way to it, from the good down. Of an own part whose materials cost
more, the part itself costs as much more.
"""

from decimal import Decimal
from typing import NamedTuple

from .. import origin

EXACT = origin.EXACT
ONE = Decimal(1)


class Change(NamedTuple):
    """What is another of one material; None stays as it is.

    :param value: in one unit of the good
    :param times: by which value and weight are multiplied
    :param origin: code of the country
    :param originating: True with evidence, False without
    """

    value: object = None
    times: object = ONE
    hs: str | None = None
    origin: str | None = None
    originating: bool | None = None
    left_out: bool = False


def materials_of(case):
    """Yield (place, names on the way, material) of each material, own parts before what is in them."""
    yield from _flat(case.materials, "", ())


def _flat(materials, above, names):
    for place, material in _placed(materials, above):
        yield place, (*names, material.name), material
        if material.self_produced is not None:
            yield from _flat(material.self_produced.materials, place, (*names, material.name))


def _placed(materials, above):
    """(place, material) of one level."""
    return zip(places_of(materials, above), materials, strict=True)


def places_of(materials, above=""):
    """The places of the materials of one level, in their order: a ref that stands twice has a number behind it.

    :param above: place of the part that they are in; empty for the good itself
    """
    seen = {}
    for material in materials:
        ref = material.ref or material.name
        seen[ref] = seen.get(ref, 0) + 1
        own = ref if seen[ref] == 1 else f"{ref}#{seen[ref]}"
        yield f"{above}/{own}" if above else own


def changed(case, changes, *, fob=None, hs=None, processes=None, importing_party=None):
    """The case with other facts.

    :param case: :class:`origin.Case`, whole: its own parts not by their hashes
    :param changes: {place: :class:`Change`}
    :param processes: the work on the good instead of what is stated
    """
    good = dict(vars(case.good))
    if fob is not None:
        good["fob"] = fob
    values = {"importing_party": importing_party or case.importing_party}
    if hs is not None and hs != case.good.hs:
        good["hs"], values["conditions"] = hs, None  # the answer was to another rule's question
    values |= {"good": origin.record(origin.Good, good), "materials": _changed(case.materials, "", changes)}
    if processes is not None:
        values["processes"] = processes
    return origin.record(origin.Case, {**vars(case), **values})


def _changed(materials, above, changes):
    return tuple(
        _of_one(material, place, changes)
        for place, material in _placed(materials, above)
        if not (place in changes and changes[place].left_out)
    )


def _of_one(material, place, changes):
    values, own = dict(vars(material)), material.self_produced
    if own is not None:
        inside = _changed(own.materials, place, changes)
        if inside != own.materials:
            values["self_produced"] = origin.record(origin.SelfProduced, {**vars(own), "materials": inside})
            values["value"] = _moved(material.value, own.materials, inside)
    change = changes.get(place)
    if change is None:
        return origin.record(origin.Material, values)
    if change.value is not None:
        values["value"], values["deductions"] = change.value, ()  # what was proved was proved of the other value
    if change.times != ONE:
        values["deductions"] = ()
        for name in ("value", "weight"):
            known = values.get(name)
            values[name] = None if known is None else EXACT.multiply(known, change.times)
    if change.hs is not None:
        values["hs"] = change.hs
    if change.origin is not None:
        values["origin"] = change.origin
    if change.originating is not None:
        values["originating"] = change.originating or None
    return origin.record(origin.Material, values)


def _moved(value, before, after):
    """What a part costs whose materials cost otherwise; None where one of them is not known."""
    sums = [[material.value for material in materials] for materials in (before, after)]
    if value is None or None in sums[0] or None in sums[1]:
        return None
    return EXACT.add(value, EXACT.subtract(origin.total(sums[1]), origin.total(sums[0])))

"""What differs between two dossiers of one good, as facts that are put into words later: price, rule, each material.

Both are JSON as the engine sealed it. Of an own part that stands in both by other hashes, what is in it is compared
too, and named by the way to it.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

DEEP = 20  # levels of own parts that are compared
FIELDS = ("hs", "value", "origin", "originating")


class Difference(NamedTuple):
    """
    :param code: of the sentence that tells it
    :param facts: what was and what is, as texts; an empty one is not known
    """

    code: str
    facts: dict


def differences(before, after, fetch):
    """What of two dossiers is not the same.

    :param before: the dossier that was sealed, as JSON
    :param after: the one of today's facts
    :param fetch: function of a hash that gives the dossier of an own part, or None where it is not there
    :return: list of :class:`Difference`
    """
    found = []
    if before["rule"] != after["rule"]:
        found.append(_change("rule", _rule(before), _rule(after)))
    if ("evidence" in before) != ("evidence" in after):
        return [*found, Difference("evidence_gone" if "evidence" in before else "evidence_new", {})]
    if "back_to_back" in before or "back_to_back" in after:
        return found + list(_of_originals(before, after))
    if "evidence" in before:
        return found + list(_of_evidence(before["evidence"], after["evidence"]))
    return found + list(_of_cases(before["case"], after["case"], fetch, ""))


def _rule(dossier):
    return f"{dossier['rule']['text']} ({dossier['rule']['edition']})"


def _of_evidence(before, after):
    for name in ("reference", "criterion", "party", "rvc", "valid_to"):
        if before.get(name) != after.get(name):
            yield _change(f"evidence_{name}", before.get(name), after.get(name))
    yield from _of_goods(before["good"], after["good"])


def _of_originals(before, after):
    """What differs of the originals of a back-to-back certificate, by their numbers and what each says."""
    was, now = (_originals(each) for each in (before, after))
    for number in sorted(was.keys() | now.keys()):
        if was.get(number) != now.get(number):
            yield Difference("original", {"number": number})


def _originals(dossier):
    return {each["number"]: each for each in dossier.get("back_to_back", {}).get("originals", ())}


def _of_cases(before, after, fetch, path):
    if not path:
        yield from _of_goods(before["good"], after["good"])
    ours, theirs = _by_ref(before), _by_ref(after)
    for ref in ours.keys() - theirs.keys():
        yield Difference("material_gone", {"material": path + ours[ref][0]["name"]})
    for ref in theirs.keys() - ours.keys():
        yield Difference("material_new", _named(path, theirs[ref], value=_sum(theirs[ref])))
    for ref in sorted(ours.keys() & theirs.keys()):
        yield from _of_material(ours[ref], theirs[ref], fetch, path)
    if before.get("costs") != after.get("costs"):
        yield Difference("costs", {"of": path.removesuffix(" › ")})
    if before.get("processes") != after.get("processes"):
        yield Difference("work", {"of": path.removesuffix(" › ")})


def _of_goods(before, after):
    for name in ("hs", "fob", "wholly_obtained", "in_importer_appendix"):
        if before.get(name) != after.get(name):
            yield _change(f"good_{name}", before.get(name), after.get(name))


def _by_ref(case):
    """{ref or name: the materials that bear it}."""
    found = defaultdict(list)
    for material in case.get("materials") or ():
        found[material.get("ref") or material["name"]].append(material)
    return found


def _of_material(before, after, fetch, path):
    for name in FIELDS:
        was, now = (_sum(each) if name == "value" else _all(each, name) for each in (before, after))
        if was != now:
            yield Difference(f"material_{name}", _named(path, after, before=was, after=now))
    was, now = (_parts(each) for each in (before, after))
    if was == now or len(path.split(" › ")) > DEEP:
        return
    for ours, theirs in zip(was, now, strict=False):
        inside = [fetch(sha256) for sha256 in (ours, theirs)]
        if ours != theirs and None not in inside:
            yield from _of_cases(*(each["case"] for each in inside), fetch, f"{path}{after[0]['name']} › ")


def _parts(materials):
    """Hashes of the dossiers of own parts."""
    own = (material.get("self_produced") or {} for material in materials)
    return [each["dossier_sha256"] for each in own if "dossier_sha256" in each]


def _all(materials, name):
    return ", ".join(sorted({_text(material.get(name)) for material in materials}))


def _sum(materials):
    values = [material.get("value") for material in materials]
    return "" if None in values else f"{sum(map(Decimal, values)):f}"


def _named(path, materials, **facts):
    return {"material": path + materials[0]["name"], **facts}


def _change(code, before, after):
    return Difference(code, {"before": _text(before), "after": _text(after)})


def _text(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

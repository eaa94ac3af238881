"""Change in tariff classification (Annex 3A, headnotes 5 and 6) with de minimis (Art. 3.7).

Every non-originating material must differ from the good at 2, 4 or 6 digits and stand outside the rule's
exceptions. Those that fail may be forgiven where all of them together are at most 10 per cent of the good's FOB
value or, for chapters 50 to 63, of its weight: one limb or the other for all, never some by each.
"""

from decimal import Decimal

from . import exact, hs, money
from .rules import TARIFF_CHANGE
from .trace import Need, Step

DE_MINIMIS_PERCENT = Decimal(10)
TEXTILE_CHAPTERS = (50, 63)


def test(alternative, good, materials, de_minimis):
    """Decide one change rule.

    :param alternative: a :class:`.rules.Alternative` of kind CC, CTH or CTSH
    :param materials: the non-originating :class:`.materials.Counted` ones that count
    :param bool de_minimis: whether Art. 3.7 may be used
    :return: (met, names of the materials that break it, needs, steps, lowest FOB value at which de minimis forgives
        them, or None)
    """
    length = TARIFF_CHANGE[alternative.kind]
    failing, unknown, steps = [], [], []
    for item in materials:
        changed, step = _changed(item.material, good, length, alternative.exceptions)
        steps.append(step)
        if changed is False:
            failing.append(item.material)
        elif changed is None:
            unknown.append(item.material)
    names = tuple(material.name for material in failing)
    if not failing and not unknown:
        return True, (), (), steps, None
    if de_minimis:
        met, needs, step = _within_de_minimis(good, failing, failing + unknown)
        return met, names, needs, [*steps, step], _floor(good, failing)
    return (False if failing else None), names, tuple(Need("hs_code", m.name) for m in unknown), steps, None


def _changed(material, good, length, exceptions):
    facts = {"material": material.name, "hs": material.hs or "", "good": good.hs, "digits": str(length)}
    if material.hs is None:
        return None, Step("Annex 3A", "no_code", facts, None)
    shared = min(len(material.hs), length)
    if material.hs[:shared] == good.hs[:shared]:
        result = False if shared == length else None
        return result, Step("Annex 3A", "not_changed" if shared == length else "code_too_short", facts, result)
    for barred in exceptions:
        inside = barred.holds(material.hs)
        if inside:
            return False, Step("Annex 3A", "excepted", {**facts, "exception": str(barred)}, False)
        if inside is None:
            return None, Step("Annex 3A", "code_too_short", {**facts, "exception": str(barred)}, None)
    return True, Step("Annex 3A", "changed", facts, True)


def _within_de_minimis(good, failing, doubtful):
    """Three-valued: the doubtful ones (failing and unknown) within a limb = met; the failing beyond both = not met."""
    limbs = [_limb("value", good.fob, failing, doubtful)]
    if hs.is_chapter_between(good.hs, *TEXTILE_CHAPTERS):
        limbs.append(_limb("weight", good.net_weight, failing, doubtful))
    met = any(limb[0] for limb in limbs) or (False if all(limb[0] is False for limb in limbs) else None)
    needs = tuple(need for limb in limbs for need in limb[1]) if met is None else ()
    facts = {key: text for limb in limbs for key, text in limb[2].items()}
    return met, needs, Step("3.7", "de_minimis", facts, met)


def _limb(measure, whole, failing, doubtful):
    facts = {measure: "", f"total_{measure}": "" if whole is None else f"{whole:f}"}
    missing = [material for material in doubtful if getattr(material, measure) is None]
    needs = [Need(measure, material.name) for material in missing]
    needs += [Need("hs_code", material.name) for material in doubtful if material not in failing]
    if whole is None:
        return None, [Need("fob" if measure == "value" else "weight"), *needs], facts
    known = exact.total(getattr(m, measure) for m in failing if getattr(m, measure) is not None)
    facts[measure] = f"{known:f}"
    if not exact.at_most(known, whole, DE_MINIMIS_PERCENT):
        return False, [], facts
    if missing:
        return None, needs, facts
    everything = exact.total(getattr(m, measure) for m in doubtful)
    if exact.at_most(everything, whole, DE_MINIMIS_PERCENT):
        return True, [], {**facts, measure: f"{everything:f}"}
    return None, needs, facts


def _floor(good, failing):
    """The FOB value of which the failing materials are 10 per cent."""
    values = [material.value for material in failing]
    if not values or None in values:
        return None
    return money.least_whole(exact.total(values), DE_MINIMIS_PERCENT, good.currency)

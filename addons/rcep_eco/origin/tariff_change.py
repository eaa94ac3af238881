"""Change in tariff classification (Annex 3A, headnotes 5 and 6) with de minimis (Art. 3.7).

Every non-originating material must differ from the good at 2, 4 or 6 digits and stand outside the rule's
exceptions. Those that fail may be forgiven where all of them together are at most 10 per cent of the good's FOB
value or, for chapters 50 to 63, of its weight: one limb or the other for all, never some by each.
"""

from decimal import Decimal

from . import exact, hs, money
from .rules import TARIFF_CHANGE
from .trace import Need, Step, named, need_of
from .verdict import Outcome

DE_MINIMIS_PERCENT = Decimal(10)
TEXTILE_CHAPTERS = (50, 63)


def test(alternative, good, materials, de_minimis):
    """Decide one change rule.

    :param alternative: a :class:`.rules.Alternative` of kind CC, CTH or CTSH
    :param materials: the non-originating :class:`.case.Material` records that count
    :param bool de_minimis: whether Art. 3.7 may be used
    :return: :class:`.verdict.Outcome`
    """
    if not materials:
        return Outcome(True)
    if good.hs is None:
        return Outcome(None, (Need("hs_code"),))
    failing, unknown = _sorted_out(alternative, good, materials)
    names = tuple(material.name for material in failing)
    if not failing and not unknown:
        return Outcome(True)
    if de_minimis:
        met, needs = _within_de_minimis(good, failing, [*failing, *unknown])
        return Outcome(met, needs, names, _floor(good, [*failing, *unknown]))
    return Outcome(False if failing else None, tuple(need_of("hs_code", material) for material in unknown), names)


def _sorted_out(alternative, good, materials):
    """The materials that fail to change, and those of which nobody can tell."""
    length, exceptions = TARIFF_CHANGE[alternative.kind], alternative.exceptions
    at_level = good.hs[:length]
    failing, unknown = [], []
    for material in materials:
        code = material.hs
        if code is not None and not exceptions and len(code) >= length:  # by far the most
            if code[:length] == at_level:
                failing.append(material)
            continue
        changed = _change(code, good.hs, length, exceptions)[0]
        if changed is False:
            failing.append(material)
        elif changed is None:
            unknown.append(material)
    return failing, unknown


def _change(code, good, length, exceptions):
    """Whether a code has changed into the good's: (True, False or None, name of the step, exception that bars it)."""
    if code is None:
        return None, "no_code", ""
    shared = min(len(code), length)
    if code[:shared] == good[:shared]:
        return (False, "not_changed", "") if shared == length else (None, "code_too_short", "")
    for barred in exceptions:
        inside = barred.holds(code)
        if inside is not False:
            return (False, "excepted", str(barred)) if inside else (None, "code_too_short", str(barred))
    return True, "changed", ""


def _within_de_minimis(good, failing, doubtful):
    """Three-valued: the doubtful ones (failing and unknown) within a limb = met; the failing beyond both = not met."""
    limbs = _limbs(good, failing, doubtful)
    if any(met for met, _needs, _amount in limbs):
        return True, ()
    if all(met is False for met, _needs, _amount in limbs):
        return False, ()
    return None, tuple(need for _met, needs, _amount in limbs for need in needs)


def _limbs(good, failing, doubtful):
    limbs = [_limb("value", good.fob, failing, doubtful)]
    if _is_textile(good):
        limbs.append(_limb("weight", good.net_weight, failing, doubtful))
    return limbs


def _is_textile(good):
    return hs.is_chapter_between(good.hs, *TEXTILE_CHAPTERS)


def _limb(measure, whole, failing, doubtful):
    """One limb of Art. 3.7: (met, needs, what was weighed against the whole, or None)."""
    amounts = [getattr(material, measure) for material in doubtful]
    if whole is None or None in amounts:
        return _open_limb(measure, whole, failing, doubtful)
    everything = exact.total(amounts)
    if exact.at_most(everything, whole, DE_MINIMIS_PERCENT):
        return True, (), everything
    if len(failing) == len(doubtful):
        return False, (), everything
    return _open_limb(measure, whole, failing, doubtful)


def _open_limb(measure, whole, failing, doubtful):
    """A limb in which a weight, a value or a code is missing: what fails for certain may be too much already."""
    needs = [need_of(measure, material) for material in doubtful if getattr(material, measure) is None]
    needs += [need_of("hs_code", material) for material in doubtful if material not in failing]
    if whole is None:
        return None, [Need("fob" if measure == "value" else "weight"), *needs], None
    known = exact.total(getattr(m, measure) for m in failing if getattr(m, measure) is not None)
    if not exact.at_most(known, whole, DE_MINIMIS_PERCENT):
        return False, (), known
    return None, needs, known


def _floor(good, doubtful):
    """The FOB value of which the failing materials are 10 per cent; None where the price does not matter."""
    values = [material.value for material in doubtful]
    if None in values or (_is_textile(good) and _limb("weight", good.net_weight, doubtful, doubtful)[0]):
        return None
    return money.least_whole(exact.total(values), DE_MINIMIS_PERCENT, good.currency)


def steps(alternative, good, materials, de_minimis):
    """Tell what :func:`test` compared."""
    if good.hs is None:
        return
    length = TARIFF_CHANGE[alternative.kind]
    digits = str(length)
    for material in materials:
        result, code, exception = _change(material.hs, good.hs, length, alternative.exceptions)
        facts = {**named(material), "hs": material.hs or "", "good": good.hs, "digits": digits}
        if exception:
            facts["exception"] = exception
        yield Step("Annex 3A", code, facts, result)
    if de_minimis:
        failing, unknown = _sorted_out(alternative, good, materials)
        doubtful = [*failing, *unknown]
        facts = {}
        for measure, limb in zip(("value", "weight"), _limbs(good, failing, doubtful), strict=False):
            whole = good.fob if measure == "value" else good.net_weight
            facts[measure] = "" if limb[2] is None else f"{limb[2]:f}"
            facts[f"total_{measure}"] = "" if whole is None else f"{whole:f}"
        yield Step("3.7", "de_minimis", facts, _within_de_minimis(good, failing, doubtful)[0])

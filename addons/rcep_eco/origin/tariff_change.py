"""Annex 3A, headnotes 5 and 6, change in tariff classification, with de minimis (Art. 3.7).

Text: RCEP Agreement, Annex 3A, headnotes 5 and 6; Chapter 3, Article 3.7.

Every non-originating material must differ from the good at 2, 4 or 6 digits and stand outside the rule's
exceptions. Those that fail may be forgiven where all of them together are at most 10 per cent of the good's FOB
value or, for chapters 50 to 63, of its weight: one limb or the other for all, never some by each.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from . import exact, hs, money
from .agreement import RCEP
from .rules import TARIFF_CHANGE
from .trace import Need, Step, named
from .verdict import Outcome


class Change(NamedTuple):
    """Whether a code has changed into the good's.

    :param changed: True, False, or None where nobody can tell
    :param code: name of the step that tells it
    :param exception: the exception that bars it, or may
    """

    changed: bool | None
    code: str
    exception: str = ""


class Limb(NamedTuple):
    """One limb of Art. 3.7 as it was weighed.

    :param measure: ``value`` or ``weight``
    :param met: True, False, or None where facts are missing
    :param amount: what was weighed against the whole, or None
    :param whole: of the good, or None
    """

    measure: str
    met: bool | None
    needs: tuple
    amount: Decimal | None
    whole: Decimal | None


class Compared(NamedTuple):
    """What :func:`test` looked at, for :func:`steps` to tell.

    :param changes: (:class:`.materials.Counted`, :class:`Change`) of each non-originating material
    :param digits: at how many digits a change was asked for
    :param limbs: :class:`Limb` records, where Art. 3.7 was tried, with the per cent that it allows
    """

    changes: tuple = ()
    digits: int = 0
    limbs: tuple = ()
    percent: Decimal = exact.ZERO


def compare(alternative, good, items):
    """Look at the code of each material, once for a rule: :class:`Compared`.

    :param alternative: a :class:`.rules.Alternative` of kind CC, CTH or CTSH
    :param items: the non-originating :class:`.materials.Counted` that count
    """
    if not items or good.hs is None:
        return Compared()
    changes = tuple([(item, _change(alternative, good.hs, item.code)) for item in items])
    return Compared(changes, TARIFF_CHANGE[alternative.kind])


def test(case, items, seen, de_minimis, agreement=RCEP):
    """Decide one change rule.

    :param items: the non-originating :class:`.materials.Counted` that count
    :param Compared seen: how their codes compare
    :param bool de_minimis: whether Art. 3.7 may be used
    :param agreement: :class:`.agreement.Agreement`, whose de minimis it is
    :return: :class:`.verdict.Outcome`; what it saw is a :class:`Compared`
    """
    if not items:
        return Outcome(True, seen=seen)
    good = case.good
    if good.hs is None:
        return Outcome(None, (Need("hs_code"),), seen=seen)
    doubtful = [(item, change.changed) for item, change in seen.changes if not change.changed]
    if not doubtful:
        return Outcome(True, seen=seen)
    failing = [item for item, changed in doubtful if changed is False]
    unknown = [item for item, changed in doubtful if changed is None]
    breaking = tuple([item.breaking for item in failing])
    if not de_minimis:
        needs = tuple([item.need("hs_code") for item in unknown])
        return Outcome(False if failing else None, needs, breaking, seen=seen)
    percent = agreement.percent("de_minimis", case.date)
    limbs = _limbs(good, failing, unknown, percent, agreement.weight_chapters)
    met, needs = _either(limbs)
    floor = _floor(good, [*failing, *unknown], limbs, percent)
    return Outcome(met, needs, breaking, floor, seen._replace(limbs=limbs, percent=percent))


@lru_cache(maxsize=100_000)
def _change(alternative, good, code):
    """Whether a code has changed into the good's: :class:`Change`."""
    if code is None:
        return Change(None, "no_code")
    length = TARIFF_CHANGE[alternative.kind]
    shared = min(len(code), length)
    if code[:shared] == good[:shared]:
        return Change(False, "not_changed") if shared == length else Change(None, "code_too_short")
    for barred in alternative.exceptions:
        inside = barred.holds(code)
        if inside is not False:
            return Change(False, "excepted", str(barred)) if inside else Change(None, "code_too_short", str(barred))
    return Change(True, "changed")


def _either(limbs):
    """(met, needs) of limbs of which any will do."""
    if any(limb.met for limb in limbs):
        return True, ()
    if all(limb.met is False for limb in limbs):
        return False, ()
    return None, tuple(need for limb in limbs for need in limb.needs)


def _limbs(good, failing, unknown, percent, weight_chapters):
    """Both limbs: the doubtful (failing and unknown) within one is enough; the failing beyond both is not."""
    limbs = [_limb("value", good.fob, failing, unknown, percent)]
    if hs.is_chapter_between(good.hs, *weight_chapters):
        limbs.append(_limb("weight", good.net_weight or None, failing, unknown, percent))
    return tuple(limbs)


def _amount(item, measure):
    """What an item is worth, without the deductions of 3.5.5, or weighs; a weight of zero is not known."""
    if measure == "weight":
        return item.material.weight or None
    return item.material.value if item.value() is not None else None


def _limb(measure, whole, failing, unknown, percent):
    doubtful = [*failing, *unknown]
    amounts = [_amount(item, measure) for item in doubtful]
    if whole is not None and None not in amounts:
        everything = exact.total(amounts)
        if exact.at_most(everything, whole, percent):
            return Limb(measure, True, (), everything, whole)
        if not unknown:
            return Limb(measure, False, (), everything, whole)
    needs = [item.need(measure) for item in doubtful if _amount(item, measure) is None]
    needs += [item.need("hs_code") for item in unknown]
    if whole is None:
        needs = [Need("fob" if measure == "value" else "weight"), *needs]
        return Limb(measure, None, tuple(needs), None, None)
    known = exact.total(amount for amount in (_amount(item, measure) for item in failing) if amount is not None)
    if not exact.at_most(known, whole, percent):  # what fails for certain is too much already
        return Limb(measure, False, (), known, whole)
    return Limb(measure, None, tuple(needs), known, whole)


def _floor(good, doubtful, limbs, percent):
    """The FOB value of which the failing materials are 10 per cent; None where the price does not matter."""
    values = [_amount(item, "value") for item in doubtful]
    if None in values or any(limb.met for limb in limbs if limb.measure == "weight"):
        return None
    return money.floor(exact.total(values), percent, good, qualifies=_either(limbs)[0])


def steps(case, seen):
    """Tell what :func:`test` compared.

    :param Compared seen: what the outcome of the test holds
    """
    good = case.good
    for item, change in seen.changes:
        facts = {**named(item.material), "hs": item.code or "", "good": good.hs, "digits": str(seen.digits)}
        if change.exception:
            facts["exception"] = change.exception
        yield Step("Annex 3A", change.code, facts, change.changed)
    if seen.limbs:
        code = "de_minimis" if len(seen.limbs) == 1 else "de_minimis_textiles"
        yield Step("3.7", code, _figures(good, seen), _either(seen.limbs)[0])


def _figures(good, seen):
    """What was weighed against what, by limb; a figure that is not known is an empty text."""
    facts = {"asked": f"{seen.percent:f}", "currency": good.currency or ""}
    for limb in seen.limbs:
        known = limb.amount is not None and limb.whole
        facts[limb.measure] = "" if limb.amount is None else f"{limb.amount:f}"
        facts[f"total_{limb.measure}"] = "" if limb.whole is None else f"{limb.whole:f}"
        facts[f"percent_{limb.measure}"] = exact.shown_part(limb.amount, limb.whole, seen.percent) if known else ""
    return facts

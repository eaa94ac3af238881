"""HS codes as people type them: their six digits, and what is wrong with one."""

import csv
import functools

from odoo import tools

from .. import origin


@functools.cache
def subheadings():
    """The six-digit codes of HS 2022."""
    with tools.file_open("rcep_eco/data/hs2022.csv") as file:
        return frozenset(row["hs_code"] for row in csv.DictReader(file))


@functools.cache
def partial_codes():
    """Every chapter, heading and subheading of the nomenclature."""
    return frozenset(code[:length] for code in subheadings() for length in (2, 4, 6))


def digits_of(typed):
    """The six digits of a code as typed; None where there is none or it is no code."""
    try:
        return origin.hs.subheading(typed)
    except origin.OriginError:
        return None


def problem_of(env, name, typed):
    """A sentence that says what is wrong with the code of a product, or None.

    :param name: the product's
    """
    if not typed:
        return env._("%s has no HS code: enter its 6 to 10 digits on the product.", name)
    code = digits_of(typed)
    if code is None:
        return _no_code(env, {"product": name, "code": typed})
    if code not in subheadings():
        return env._(
            "The HS code of %(product)s, “%(code)s”, begins with %(six)s, which is not a subheading of HS 2022: "
            "correct it on the product.",
            product=name,
            code=typed,
            six=code,
        )
    return None


def _no_code(env, facts):
    """The sentence that says why what was typed is no code, with the one that may be meant."""
    meant = origin.hs.with_lost_zero(facts["code"])
    if meant and meant[: origin.hs.SUBHEADING] in subheadings():
        return env._(
            "The HS code of %(product)s, “%(code)s”, has lost a digit: codes have 6, 8 or 10. Was a leading zero "
            "meant, %(meant)s? Correct it on the product.",
            meant=meant,
            **facts,
        )
    digits = origin.hs.compact(facts["code"])
    if digits.isdigit() and origin.hs.SUBHEADING < len(digits) < max(origin.hs.LENGTHS):
        return env._(
            "The HS code of %(product)s, “%(code)s”, has an odd number of digits: codes have 6, 8 or 10. Correct "
            "it on the product.",
            **facts,
        )
    return env._("The HS code of %(product)s, “%(code)s”, is not 6 to 10 digits: correct it on the product.", **facts)

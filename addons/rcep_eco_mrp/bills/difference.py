"""What a production order consumed otherwise than the bill of materials says, as facts that are kept and put into words
later; no values: who may know that something else was consumed may not know what it costs.
"""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco.values import amounts

SHOWN = Decimal("0.000001")  # units of quantities that people read; less is rounding


class Found(NamedTuple):
    """What there is of one product in a unit: how much, and the kinds of its origin."""

    name: str
    unit: str
    quantity: Decimal
    origins: frozenset
    made_of: tuple


def between(planned, used, path=""):
    """What is used other than planned, each a record of facts.

    :param planned: materials of the bill, :class:`ProductionMaterial`
    :param used: materials that were consumed
    :return: list of dicts: ``code`` of the sentence, and what it tells
    """
    planned, used = _by_product(planned), _by_product(used)
    differences = []
    for product_id, item in used.items():
        if product_id not in planned:
            facts = {"material": path + item.name, "used": _text(item.quantity), "unit": item.unit}
            differences.append({"code": "other", **facts})
    for product_id, item in planned.items():
        differences += _of_one(item, used.get(product_id), path)
    return differences


def _of_one(planned, used, path):
    facts = {"material": path + planned.name, "unit": planned.unit, "planned": _text(planned.quantity)}
    if used is None:
        return [{"code": "missing", **facts}]
    differences = []
    if _text(used.quantity) != facts["planned"]:
        code = "more" if used.quantity > planned.quantity else "less"
        differences.append({"code": code, "used": _text(used.quantity), **facts})
    if used.origins != planned.origins:
        kinds = {"used": _sorted(used.origins), "planned": _sorted(planned.origins)}
        differences.append({"code": "origin", "material": facts["material"], **kinds})
    if planned.made_of and used.made_of:
        # Of each of it: how many of it went in has been told.
        parts = [[item.times(1 / each.quantity, 1) for item in each.made_of] for each in (planned, used)]
        differences += between(*parts, path=f"{facts['material']} › ")
    return differences


def _by_product(materials):
    """{product id: :class:`Found`}."""
    together = defaultdict(list)
    for item in materials:
        together[item.product_id].append(item)
    return {
        product_id: Found(
            items[0].name,
            items[0].unit,
            sum(item.quantity for item in items),
            frozenset(map(_origin, items)),
            tuple(part for item in items if item.made_of for part in item.made_of.materials),
        )
        for product_id, items in together.items()
    }


def _origin(item):
    """(kind, country) of a material's origin; where that is read from makes no difference."""
    if item.made_of:
        return "made", ""
    if item.originating:
        return "originating", item.origin or ""
    return ("stated", item.origin) if item.origin else ("unknown", "")


def _sorted(origins):
    return [list(each) for each in sorted(origins)]


def _text(quantity):
    return amounts.text(quantity.quantize(SHOWN, rounding=ROUND_HALF_UP))

"""What the reports of an order say together: quantities by use, product and lot, in each product's own unit."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

USES = ("consumed", "scrap", "produced", "by_product", "consumable")


def by_use(lines):
    """{use: {(product, lot): quantity}}."""
    found = {use: defaultdict(Decimal) for use in USES}
    for line in lines:
        found[line.use][line.product_id, line.lot_id] += Decimal(line.own_quantity)
    return found


def materials(quantities):
    """{(product, lot): (consumed, scrapped)}: what was scrapped is part of what was consumed, and at least that."""
    scrap = quantities["scrap"]
    return {
        key: (max(quantities["consumed"].get(key, Decimal(0)), scrap.get(key, Decimal(0))), scrap.get(key, Decimal(0)))
        for key in (*quantities["consumed"], *(key for key in scrap if key not in quantities["consumed"]))
    }


def by_product(quantities):
    """{product id: quantity} of what was consumed."""
    found = defaultdict(Decimal)
    for (product, _lot), (quantity, _scrapped) in materials(quantities).items():
        found[product.id] += quantity
    return found


def as_counted(quantity, finest):
    """A quantity as moves would count it: a report may be finer."""
    return quantity.quantize(finest, ROUND_HALF_UP)


def finest(env):
    """The smallest quantity that moves count."""
    return Decimal(1).scaleb(-env["decimal.precision"].precision_get("Product Unit"))

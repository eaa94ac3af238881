"""The stock books of a run whose reports were booked, beside what the shop floor said."""

from collections import defaultdict
from decimal import Decimal

from tools.mes.plan import MADE, MADE_EACH, Plan

ORDERS = """
    SELECT production.name AS "order", production.state
      FROM mrp_production AS production
      JOIN product_product AS product ON product.id = production.product_id AND product.default_code = 'MES-MOTOR'"""
MOVED = """
    SELECT production.name AS "order", product.default_code AS product, COALESCE(lot.name, '') AS lot,
           CASE WHEN move.production_id IS NULL THEN 'consumed' ELSE 'made' END AS way,
           sum(line.quantity_product_uom::numeric)::text AS quantity
      FROM stock_move AS move
      JOIN mrp_production AS production ON production.id = COALESCE(move.raw_material_production_id, move.production_id)
      JOIN stock_move_line AS line ON line.move_id = move.id
      JOIN product_product AS product ON product.id = line.product_id AND product.default_code LIKE 'MES-%'
      LEFT JOIN stock_lot AS lot ON lot.id = line.lot_id
     WHERE move.state = 'done'
     GROUP BY production.name, product.default_code, lot.name, way"""
LYING = """
    SELECT product.default_code AS product, lot.name AS lot, sum(quant.quantity::numeric)::text AS quantity
      FROM stock_quant AS quant
      JOIN stock_location AS place ON place.id = quant.location_id AND place.usage = 'internal'
      JOIN product_product AS product ON product.id = quant.product_id AND product.default_code LIKE 'MES-%'
      JOIN stock_lot AS lot ON lot.id = quant.lot_id
     GROUP BY product.default_code, lot.name"""


def differences(plan: Plan, late: frozenset, rows, stock: int) -> list[str]:
    """Sentences of what orders and stock hold otherwise than the reports that count say.

    :param late: numbers of the reports that wait for a person since their order was closed
    :param rows: runs a statement, and gives its rows as objects
    :param stock: that lay of each lot in the beginning
    """
    orders = {each["order"]: each["state"] for each in rows(ORDERS)}
    moved = {(each["order"], each["product"], each["lot"], each["way"]): Decimal(each["quantity"])
             for each in rows(MOVED)}
    due, sentences = _due(plan, late), []
    reported = {report["order"] for report in plan.reports.values()}
    for order in sorted(reported):
        whole = _is_whole(order, due)
        if (orders[order] == "done") != whole:
            part = "all" if whole else "a part"
            sentences.append(f"order {order} is {orders[order]}, and its reports say {part} of it")
    closed = {order for order in reported if orders[order] == "done"}
    said = {key: quantity for key, quantity in due.items() if key[0] in closed}
    for key in sorted(said.keys() | moved.keys()):
        if said.get(key, Decimal(0)) != moved.get(key, Decimal(0)):
            sentences.append(f"{', '.join(key)}: {said.get(key, 0)} reported, {moved.get(key, 0)} moved")
    return sentences + _lost_stock(moved, rows(LYING), stock)


def closed(rows) -> int:
    """How many orders are done."""
    return sum(each["state"] == "done" for each in rows(ORDERS))


def _due(plan: Plan, late: frozenset) -> dict[tuple, Decimal]:
    """{(order, product, lot, consumed or made): quantity}: what was scrapped is part of what was consumed."""
    found: dict[tuple, Decimal] = {}
    for (order, product, lot, use), quantity in plan.books(late).items():
        key = (order, product, lot, "made" if use == "produced" else "consumed")
        if use != "consumable":
            found[key] = max(found.get(key, Decimal(0)), quantity)
    return found


def _is_whole(order: str, due: dict[tuple, Decimal]) -> bool:
    totals: defaultdict = defaultdict(Decimal)
    for (name, product, _lot, _way), quantity in due.items():
        if name == order:
            totals[product] += quantity
    return bool(totals[MADE]) and all(quantity >= MADE_EACH for quantity in totals.values())


def _lost_stock(moved: dict[tuple, Decimal], lying: list[dict], stock: int) -> list[str]:
    """Each lot as it began, less what was consumed, and with what was made."""
    change: defaultdict = defaultdict(Decimal)
    for (_order, product, lot, way), quantity in moved.items():
        change[product, lot] += quantity if way == "made" else -quantity
    sentences = []
    for each in lying:
        key = each["product"], each["lot"]
        expected = change[key] + (0 if each["product"] == MADE else stock)
        if Decimal(each["quantity"]) != expected:
            sentences.append(f"{', '.join(key)}: {each['quantity']} lie there, and {expected} should")
    return sentences

"""The stock moves behind production orders and lots, read for all of them at once: a few queries for any number.

Quantities are in each product's own unit.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco.values import amounts
from odoo.tools import SQL

from .queries import read


class Order(NamedTuple):
    """A production order that is done.

    :param made: units that it finished
    :param unbuilt: of them, taken apart again
    :param given: per cent of its cost that its by-products bear
    """

    id: int
    name: str
    product_id: int
    bill_id: int | None
    kind: str | None
    made: Decimal
    unbuilt: Decimal
    given: Decimal


class Worked(NamedTuple):
    """A work order that is done: what it cost, and what of that is labour; ``kind`` is None where nobody said it."""

    name: str
    kind: str | None
    country: str | None
    place: str
    cost: Decimal
    labour_percent: Decimal


class Used(NamedTuple):
    """What an order consumed of a product or of one of its lots.

    :param scrapped: part of ``quantity``
    :param beyond: the part of it that somebody reported and no stock move shows
    """

    order_id: int
    product_id: int
    lot_id: int | None
    quantity: Decimal
    scrapped: Decimal
    beyond: Decimal = Decimal(0)


class Lot(NamedTuple):
    """A lot as evidence: the origin stated of it, the declaration that covers it, the day it came in."""

    id: int
    name: str
    country: str | None
    declaration_id: int | None
    received: object  # datetime.date or None


def orders(env, ids):
    """{id: :class:`Order`} of the orders among some that are done."""
    query = SQL(
        """
        WITH finished AS (
             SELECT made.id, made.production_id, made.product_id, made.cost_share, made.quantity,
                    SUM(line.quantity_product_uom::numeric) AS units
               FROM stock_move made
               JOIN stock_move_line line ON line.move_id = made.id
              WHERE made.production_id = ANY(%(ids)s) AND made.state = 'done' AND made.scrap_id IS NULL
           GROUP BY made.id
        ), taken AS (
             SELECT finished.production_id, SUM(line.quantity_product_uom::numeric) AS units
               FROM finished
               JOIN mrp_production production ON production.id = finished.production_id
                AND production.product_id = finished.product_id
               JOIN stock_move back ON back.origin_returned_move_id = finished.id
                AND back.unbuild_id IS NOT NULL AND back.state = 'done'
               JOIN stock_move_line line ON line.move_id = back.id
           GROUP BY 1
        )
        SELECT production.id, production.name, production.product_id, production.bom_id, bom.type,
               (SELECT SUM(units) FROM finished WHERE production_id = production.id
                   AND product_id = production.product_id)::text,
               (SELECT units FROM taken WHERE production_id = production.id)::text,
               (SELECT SUM(cost_share) FROM finished WHERE production_id = production.id
                   AND product_id <> production.product_id AND units > 0)::text
          FROM mrp_production production
     LEFT JOIN mrp_bom bom ON bom.id = production.bom_id
         WHERE production.id = ANY(%(ids)s) AND production.state = 'done'
        """,
        ids=list(ids),
    )
    found = read(env, query, lambda row: Order(*row[:5], *(Decimal(text or 0) for text in row[5:])))
    return {order.id: order for order in found}


def used(env, ids):
    """{order id: [:class:`Used`]}: what was consumed or scrapped, less what came back when a unit was taken apart."""
    query = SQL(
        """
        SELECT order_id, product_id, lot_id, SUM(units)::text, SUM(scrapped)::text
          FROM (SELECT raw.raw_material_production_id AS order_id, line.product_id, line.lot_id, raw.id,
                       line.quantity_product_uom::numeric AS units,
                       CASE WHEN raw.scrap_id IS NULL THEN 0 ELSE line.quantity_product_uom::numeric END AS scrapped
                  FROM stock_move raw
                  JOIN stock_move_line line ON line.move_id = raw.id
                 WHERE raw.raw_material_production_id = ANY(%(ids)s) AND raw.state = 'done'
             UNION ALL
                SELECT raw.raw_material_production_id, line.product_id, line.lot_id, raw.id,
                       -line.quantity_product_uom::numeric, 0
                  FROM stock_move raw
                  JOIN stock_move back ON back.origin_returned_move_id = raw.id
                   AND back.unbuild_id IS NOT NULL AND back.state = 'done'
                  JOIN stock_move_line line ON line.move_id = back.id
                 WHERE raw.raw_material_production_id = ANY(%(ids)s)
               ) AS lines
      GROUP BY order_id, product_id, lot_id HAVING SUM(units) > 0
      ORDER BY order_id, MIN(lines.id), product_id, lot_id
        """,
        ids=list(ids),
    )
    found = defaultdict(list)
    for each in read(env, query, lambda row: Used(*row[:3], Decimal(row[3]), Decimal(row[4]))):
        found[each.order_id].append(each)
    return found


def work_done(env, ids):
    """{order id: its :class:`Worked` records in order}: work orders that are done, at the cost that Odoo gives them."""
    query = SQL(
        """
        SELECT work.production_id, work.id, COALESCE(operation.name, work.name), operation.rcep_kind,
               COALESCE(own.code, center_country.code), resource.name, center.rcep_labour_percent::text
          FROM mrp_workorder work
          JOIN mrp_workcenter center ON center.id = work.workcenter_id
          JOIN resource_resource resource ON resource.id = center.resource_id
     LEFT JOIN mrp_routing_workcenter operation ON operation.id = work.operation_id
     LEFT JOIN res_country own ON own.id = operation.rcep_country_id
     LEFT JOIN res_country center_country ON center_country.id = center.rcep_country_id
         WHERE work.production_id = ANY(%s) AND work.state = 'done'
      ORDER BY work.production_id, operation.sequence, work.id
        """,
        list(ids),
    )
    rows = env.execute_query(query)
    # Recorded or expected time by the hourly cost of its day, as Odoo values what is made.
    works = env["mrp.workorder"].sudo().browse(row[1] for row in rows)
    costs = {work.id: Decimal(str(work._cal_cost())).quantize(amounts.PLACES) for work in works}
    found = defaultdict(list)
    for order_id, work_id, name, kind, country, place, labour in rows:
        found[order_id].append(Worked(name, kind, country, place, costs[work_id], Decimal(labour or 0)))
    return found


def makers(env, company, lot_ids):
    """{lot id: {order id: units}}: the orders of a company that made each lot."""
    query = SQL(
        """
        SELECT line.lot_id, production.id, SUM(line.quantity_product_uom::numeric)::text
          FROM stock_move_line line
          JOIN stock_move made ON made.id = line.move_id AND made.state = 'done' AND made.scrap_id IS NULL
          JOIN mrp_production production ON production.id = made.production_id
           AND production.product_id = line.product_id AND production.state = 'done'
         WHERE line.lot_id = ANY(%s) AND production.company_id = %s
      GROUP BY 1, 2 HAVING SUM(line.quantity_product_uom) > 0 ORDER BY 1, 2
        """,
        list(lot_ids),
        company.id,
    )
    found = defaultdict(dict)
    for lot_id, order_id, units in read(env, query, lambda row: (row[0], row[1], Decimal(row[2]))):
        found[lot_id][order_id] = units
    return found


def lots(env, ids):
    """{id: :class:`Lot`}; what is in stock from the beginning came in when it was counted."""
    query = SQL(
        """
        SELECT lot.id, lot.name, country.code, lot.rcep_declaration_id, MIN(line.date)
          FROM stock_lot lot
     LEFT JOIN res_country country ON country.id = lot.rcep_origin_country_id
     LEFT JOIN (stock_move_line line
                JOIN stock_location source ON source.id = line.location_id AND source.usage IN ('supplier', 'inventory')
               ) ON line.lot_id = lot.id AND line.state = 'done'
         WHERE lot.id = ANY(%s)
      GROUP BY lot.id, country.code
        """,
        list(ids),
    )
    found = read(env, query, lambda row: Lot(*row[:4], amounts.issuing_day(row[4]) if row[4] else None))
    return {lot.id: lot for lot in found}

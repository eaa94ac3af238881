"""The records behind origin, read in a number of queries that does not depend on how many there are.

Plain tuples: a catalogue has tens of thousands of lines, and a recordset of them costs more than to decide them.
Numbers come as the database holds them, as exact decimals. Queries read what the ORM would: the deciding bill is that
which ``mrp.bom._bom_find`` gives (a test holds the two against each other).
"""

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from odoo.addons.rcep_eco.tools import languages
from odoo.tools import SQL

from . import deciding_bill

MANY = None  # every product of the company
MINUTES = Decimal(60)
ROWS = 10_000  # read at a time
MANY_NUMBERS = 10_000


class Product(NamedTuple):
    """A product as a good and as a material."""

    id: int
    template_id: int
    code: str | None
    name: str
    name_zh: str | None
    hs_code: str | None
    weight: Decimal
    unit_id: int
    role: str
    country: str | None
    obtained: str | None
    answer: str | None
    list_price: Decimal
    cost: Decimal
    company_id: int | None
    combination: str | None
    sold: bool
    currency_id: int


class Bill(NamedTuple):
    """The bill of materials that decides a product."""

    product_id: int
    id: int
    kind: str
    quantity: Decimal
    unit_id: int


class Line(NamedTuple):
    """One component of a bill; ``loss`` is the planned loss in per cent, ``optional`` whether it may stay out."""

    bill_id: int
    id: int
    product_id: int
    quantity: Decimal
    unit_id: int
    loss: Decimal | None
    optional: bool = False


class Operation(NamedTuple):
    """One operation of a bill: minutes for all that the bill makes, the hourly cost and what of it is labour.

    The minutes are Odoo's own: with set-up, clean-up, capacity and efficiency of the work centre.
    """

    bill_id: int
    id: int
    name: str
    kind: str
    country: str | None
    place: str
    minutes: Decimal
    hourly: Decimal
    labour_percent: Decimal

    @property
    def cost(self):
        """What it costs for all that the bill makes."""
        return self.minutes * self.hourly / MINUTES


class Maker(NamedTuple):
    """A subcontractor; ``country`` is a code, None where nobody entered it."""

    firm_id: int | None
    name: str
    country: str | None


def read(env, query, make):
    """The rows of a query, as records of a class; numerics arrive as texts and are made decimals by ``make``."""
    env.cr.execute(query)
    return [make(row) for row in env.cr.fetchall()]


def among(column, ids):
    """A condition on ids, or none where all are meant."""
    return SQL("TRUE") if ids is MANY else SQL("%s = ANY(%s)", column, list(ids))


def decimal(text):
    return Decimal(text).normalize() if text else Decimal(0)


def products(env, company, ids):
    """{product id: :class:`Product`}, named in English as Odoo shows them."""
    query = SQL(
        """
        SELECT product.id, template.id, product.default_code, template.name->>'en_US', template.name->>'zh_CN',
               COALESCE(NULLIF(product.rcep_variant_hs, ''), template.hs_code), product.weight::text, template.uom_id,
               template.rcep_role, country.code,
               template.rcep_obtained, template.rcep_answer, template.list_price::text,
               product.standard_price->>%(company)s, template.company_id, NULLIF(product.combination_indices, ''),
               template.sale_ok, COALESCE(own.currency_id, %(main_currency)s)
          FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
     LEFT JOIN res_company own ON own.id = template.company_id
     LEFT JOIN res_country country ON country.id = template.country_of_origin
         WHERE template.type = 'consu' AND %(among)s
        """,
        company=str(company.id),
        main_currency=env["res.company"]._get_main_company().currency_id.id,  # Odoo's own rule for list prices
        among=among(SQL("product.id"), ids),
    )
    rows = read(
        env,
        query,
        lambda row: Product(
            *row[:3],
            f"[{row[2]}] {row[3]}" if row[2] else row[3],
            *row[4:6],
            decimal(row[6]),
            *row[7:12],
            decimal(row[12]),
            decimal(row[13]),
            *row[14:],
        ),
    )
    found = {product.id: product for product in rows}
    variants = (
        languages.english(env["product.product"]).browse(product.id for product in rows if product.combination)
    )
    for variant in variants:  # named with what makes each a variant, and sold at its own price
        price = found[variant.id].list_price + Decimal(str(variant.price_extra))
        found[variant.id] = found[variant.id]._replace(name=variant.display_name, list_price=price)
    return found


def bills(env, company, ids):
    """{product id: :class:`Bill`}: the bill that decides each, see :func:`.deciding_bill.deciding`."""
    query = SQL(
        """
        SELECT product.id, bom.id, bom.type, bom.product_qty::text, bom.product_uom_id
          FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id AND template.type = 'consu'
          JOIN LATERAL %(deciding)s bom ON TRUE
         WHERE %(among)s
        """,
        deciding=deciding_bill.deciding(company),
        among=among(SQL("product.id"), ids),
    )
    rows = read(env, query, lambda row: Bill(*row[:3], decimal(row[3]), row[4]))
    return {bill.product_id: bill for bill in rows}


def lines(env, bill_ids):
    """{bill id: its :class:`Line` records in order}."""
    query = SQL(
        """
        SELECT bom_id, id, product_id, product_qty::text, product_uom_id, rcep_loss_percent::text, rcep_optional
          FROM mrp_bom_line WHERE bom_id = ANY(%s) ORDER BY bom_id, sequence, id
        """,
        list(bill_ids),
    )
    env.cr.execute(query)
    found = defaultdict(list)
    number = lru_cache(maxsize=MANY_NUMBERS)(Decimal)  # millions of lines have few quantities: each is kept once
    while rows := env.cr.fetchmany(ROWS):
        for bill_id, line_id, product_id, quantity, unit_id, loss, optional in rows:
            lost = number(loss) if loss else None
            line = Line(bill_id, line_id, product_id, number(quantity), unit_id, lost, bool(optional))
            found[bill_id].append(line)
    return found


def operations(env, bill_ids):
    """{bill id: its :class:`Operation` records in order}."""
    query = SQL(
        """
        SELECT operation.bom_id, operation.id, operation.name, operation.rcep_kind,
               COALESCE(own.code, center_country.code), resource.name,
               CASE WHEN bom.product_id IS NULL AND 1 < (SELECT COUNT(*) FROM product_product variant
                                                          WHERE variant.product_tmpl_id = bom.product_tmpl_id
                                                            AND variant.active)
                    THEN operation.time_cycle_manual::numeric  -- Odoo's own rule where it cannot tell which variant
                    ELSE operation.time_cycle_manual::numeric * 100 / COALESCE(NULLIF(resource.time_efficiency, 0), 100)
                END::text,
               COALESCE(center.time_start, 0)::text, COALESCE(center.time_stop, 0)::text,
               center.costs_hour::text, center.rcep_labour_percent::text,
               operation.time_mode = 'auto' OR EXISTS (SELECT FROM mrp_workcenter_capacity capacity
                                                        WHERE capacity.workcenter_id = center.id)
          FROM mrp_routing_workcenter operation
          JOIN mrp_bom bom ON bom.id = operation.bom_id
          JOIN mrp_workcenter center ON center.id = operation.workcenter_id
          JOIN resource_resource resource ON resource.id = center.resource_id
     LEFT JOIN res_country own ON own.id = operation.rcep_country_id
     LEFT JOIN res_country center_country ON center_country.id = center.rcep_country_id
         WHERE operation.active AND operation.bom_id = ANY(%s)
      ORDER BY operation.bom_id, operation.sequence, operation.id
        """,
        list(bill_ids),
    )
    env.cr.execute(query)
    rows = env.cr.fetchall()
    # Where past work orders or the capacity for a product tell the time, Odoo does; whoever asks may not read those.
    result = env["mrp.routing.workcenter"].sudo().browse(row[1] for row in rows if row[11])
    minutes = {operation.id: Decimal(str(operation.time_total)) for operation in result}
    found = defaultdict(list)
    for row in rows:
        cycle, setup, cleanup = map(decimal, row[6:9])
        time = minutes.get(row[1], cycle + setup + cleanup)
        found[row[0]].append(Operation(*row[:6], time, decimal(row[9]), decimal(row[10])))
    return found


def cost_shares(env, bill_ids):
    """[(bill id, by-product id, per cent of the cost)] of by-products."""
    env.cr.execute(
        SQL(
            "SELECT bom_id, id, cost_share::text FROM mrp_bom_byproduct WHERE bom_id = ANY(%s) AND product_qty > 0",
            list(bill_ids),
        )
    )
    return [(bill_id, byproduct_id, decimal(share)) for bill_id, byproduct_id, share in env.cr.fetchall()]


def of_variants(env, model, bill_ids):
    """{id: variant value ids} of a bill's lines, operations or by-products that are only for some variants."""
    field = env[model]._fields["bom_product_template_attribute_value_ids"]
    query = SQL(
        "SELECT %s, array_agg(%s) FROM %s WHERE %s IN (SELECT id FROM %s WHERE bom_id = ANY(%s)) GROUP BY 1",
        SQL.identifier(field.column1),
        SQL.identifier(field.column2),
        SQL.identifier(field.relation),
        SQL.identifier(field.column1),
        SQL.identifier(env[model]._table),
        list(bill_ids),
    )
    env.cr.execute(query)
    return dict(env.cr.fetchall())


def subcontractors(env, bill_ids):
    """{bill id: [:class:`Maker`]} of who may make what is subcontracted, where Odoo's app for that is installed."""
    field = env["mrp.bom"]._fields.get("subcontractor_ids")
    if field is None or not bill_ids:
        return {}
    query = SQL(
        """
        SELECT rel.%(bill)s, firm.id, partner.name, country.code FROM %(relation)s rel
          JOIN res_partner partner ON partner.id = rel.%(partner)s
          JOIN res_partner firm ON firm.id = partner.commercial_partner_id
     LEFT JOIN res_country country ON country.id = COALESCE(partner.country_id, firm.country_id)
         WHERE rel.%(bill)s = ANY(%(ids)s)
        """,
        bill=SQL.identifier(field.column1),
        partner=SQL.identifier(field.column2),
        relation=SQL.identifier(field.relation),
        ids=list(bill_ids),
    )
    found = defaultdict(list)
    for bill_id, *maker in env.execute_query(query):
        found[bill_id].append(Maker(*maker))
    return found

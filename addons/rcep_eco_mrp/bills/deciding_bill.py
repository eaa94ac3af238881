"""Which bill decides a product, and which products stand on others: what a part goes into, and what a good is made of,
however deep; one query each.
"""

from odoo.tools import SQL


def deciding(company):
    """The one rule of which bill decides a product, as SQL of the bill's columns beside a ``product``.

    As ``mrp.bom._bom_find`` has it (a test holds the two against each other): by sequence, the variant's own first,
    then the oldest.
    """
    return SQL(
        """(
        SELECT bom.id, bom.type, bom.product_qty, bom.product_uom_id
          FROM mrp_bom bom
         WHERE bom.product_tmpl_id = product.product_tmpl_id
           AND (bom.product_id IS NULL OR bom.product_id = product.id)
           AND bom.active AND (bom.company_id IS NULL OR bom.company_id = %s)
      ORDER BY bom.sequence, bom.product_id IS NULL, bom.id LIMIT 1)""",
        company.id,
    )


def ids_above(env, company, ids):
    """Ids of products and of everything whose deciding bill holds them, however deep: one query.

    :param ids: ids of products
    """
    return [row[0] for row in _above(env, company, ids, SQL("NULL::int"))]


def ids_above_each(env, company, ids):
    """As :func:`ids_above`, of each product by itself: {product id: ids}; one query too."""
    found = {product_id: set() for product_id in ids}
    for product_id, root in _above(env, company, ids, SQL("id")):
        found[root].add(product_id)
    return found


def _above(env, company, ids, root):
    """[(product id, root)], each pair once.

    :param root: SQL of what is known of each of the ``ids`` and handed upwards
    """
    query = SQL(
        """
        WITH RECURSIVE above(id, root) AS (
            SELECT id, %(root)s FROM unnest(%(ids)s::int[]) AS own(id)
             UNION
            SELECT product.id, above.root
              FROM above
              JOIN mrp_bom_line line ON line.product_id = above.id
              JOIN mrp_bom held ON held.id = line.bom_id
              JOIN product_product product ON product.product_tmpl_id = held.product_tmpl_id
                                          AND (held.product_id IS NULL OR held.product_id = product.id)
              JOIN LATERAL %(deciding)s bom ON bom.id = held.id
        )
        SELECT id, root FROM above
        """,
        ids=list(ids),
        root=root,
        deciding=deciding(company),
    )
    env.flush_all()
    env.cr.execute(query)
    return env.cr.fetchall()


def ids_below(env, company, ids, known=()):
    """Ids of products and of everything that their bills hold, however deep.

    :param known: ids of products whose own parts need not be looked at
    """
    query = SQL(
        """
        WITH RECURSIVE below(id) AS (
            SELECT unnest(%(ids)s::int[])
             UNION
            SELECT line.product_id
              FROM below
              JOIN product_product product ON product.id = below.id
              JOIN LATERAL %(deciding)s bom ON TRUE
              JOIN mrp_bom_line line ON line.bom_id = bom.id
             WHERE NOT below.id = ANY(%(known)s)
        )
        SELECT id FROM below
        """,
        ids=list(ids),
        deciding=deciding(company),
        known=list(known),
    )
    env.cr.execute(query)
    return [row[0] for row in env.cr.fetchall()]

"""Which products stand on others: what a part goes into, and what a good is made of, however deep; one query each."""

from odoo.tools import SQL


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
              JOIN mrp_bom bom ON bom.id = line.bom_id
              JOIN product_product product ON product.product_tmpl_id = bom.product_tmpl_id
                                          AND (bom.product_id IS NULL OR bom.product_id = product.id)
             WHERE bom.active AND (bom.company_id IS NULL OR bom.company_id = %(company)s)
               AND NOT EXISTS (  -- a bill that stands before this one decides
                   SELECT FROM mrp_bom other
                    WHERE other.active AND other.product_tmpl_id = bom.product_tmpl_id
                      AND (other.company_id IS NULL OR other.company_id = %(company)s)
                      AND (other.product_id IS NULL OR other.product_id = product.id)
                      AND (COALESCE(other.sequence, 2147483647), other.product_id IS NULL, other.id)
                        < (COALESCE(bom.sequence, 2147483647), bom.product_id IS NULL, bom.id))
        )
        SELECT id, root FROM above
        """,
        ids=list(ids),
        root=root,
        company=company.id,
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
              JOIN mrp_bom bom ON bom.product_tmpl_id = product.product_tmpl_id
                              AND (bom.product_id IS NULL OR bom.product_id = product.id)
              JOIN mrp_bom_line line ON line.bom_id = bom.id
             WHERE bom.active AND (bom.company_id IS NULL OR bom.company_id = %(company)s)
               AND NOT below.id = ANY(%(known)s)
        )
        SELECT id FROM below
        """,
        ids=list(ids),
        company=company.id,
        known=list(known),
    )
    env.cr.execute(query)
    return [row[0] for row in env.cr.fetchall()]

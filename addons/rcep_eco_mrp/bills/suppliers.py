"""What suppliers ask and declare, read as :mod:`.queries` reads bills."""

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco.cases.material_price import Price
from odoo.addons.rcep_eco.states import declaration_states
from odoo.tools import SQL

from .queries import among, decimal, read


class Deduction(NamedTuple):
    """A cost inside a supplier's price that may be left out of a value (Art. 3.5.5)."""

    product_id: int | None
    firm_id: int
    kind: str
    amount: Decimal
    currency_id: int
    unit_id: int
    evidence: str | None


class Declaration(NamedTuple):
    """A supplier's declaration as it stands today."""

    id: int
    product_id: int
    firm_id: int
    party: str | None
    reference: str
    date_from: datetime.date | None
    date_to: datetime.date | None
    state: str

    @property
    def counts(self):
        return self.state in declaration_states.COUNTING

    def was_valid(self, day):
        return self.counts and self.date_from <= day <= self.date_to

    def evidence(self):
        """(supplier id, Party, reference), as :meth:`.evidence.Purchases.origin` takes it."""
        return self.firm_id, self.party, self.reference


class Offers:
    """What suppliers ask and declare of some products from one day to another, read once for each day between them."""

    def __init__(self, env, company, since, until, *, template_ids, ids):
        self._prices = list(supplier_prices(env, company, since, until, template_ids))
        self._declarations = declarations(env, company, holding(since, until, ids))
        self.taxes = supplier_taxes(env, company, template_ids)
        self.deductions = deductions(env, company, template_ids)

    def prices(self, date):
        """{template id: [:class:`Price`]} that hold on a date, in the order in which Odoo would take them."""
        found = defaultdict(list)
        for first, last, price in self._prices:
            if (first is None or first <= date) and (last is None or date <= last):
                found[price.template_id].append(price)
        return found

    def declared(self, date):
        """{product id: evidence} of the declarations that hold on a date, see :meth:`Declaration.evidence`."""
        found = defaultdict(list)
        for each in self._declarations:
            if each.was_valid(date):
                found[each.product_id].append(each.evidence())
        return found


def supplier_prices(env, company, since, until, template_ids):
    """[(first day, last day, :class:`Price`)] of some days, in the order in which Odoo would take them."""
    query = SQL(
        """
        SELECT seller.product_id, seller.product_tmpl_id, partner.commercial_partner_id, partner.name, country.code,
               seller.price::text, seller.currency_id, seller.product_uom_id, 'supplier_price', incoterm.code,
               seller.rcep_freight_percent::text, seller.discount::text, seller.date_start, seller.date_end
          FROM product_supplierinfo seller
          JOIN res_partner partner ON partner.id = seller.partner_id
     LEFT JOIN res_country country ON country.id = partner.country_id
     LEFT JOIN account_incoterms incoterm ON incoterm.id = seller.rcep_incoterm_id
         WHERE (seller.company_id IS NULL OR seller.company_id = %(company)s)
           AND (seller.date_start IS NULL OR seller.date_start <= %(until)s)
           AND (seller.date_end IS NULL OR seller.date_end >= %(since)s)
           AND seller.price > 0 AND %(among)s
      ORDER BY seller.sequence, seller.min_qty, seller.price, seller.id
        """,
        company=company.id,
        since=since,
        until=until,
        among=among(SQL("seller.product_tmpl_id"), template_ids),
    )

    def make(row):
        paid = decimal(row[5]) * (1 - decimal(row[11]) / 100)
        return *row[12:], Price(*row[:5], paid, *row[6:10], Decimal(row[10]) if row[10] else None)

    return read(env, query, make)


def supplier_taxes(env, company, template_ids):
    """{template id: ids of a company's taxes on what suppliers charge for it}, of those that count for its cost."""
    taxes = (
        env["account.tax"].sudo().search([("type_tax_use", "=", "purchase"), ("company_id", "=", company.root_id.id)])
    )
    telling = taxes.filtered(lambda tax: tax._rcep_cost_of_one() != 1)
    if not telling:
        return {}
    query = SQL(
        "SELECT prod_id, array_agg(tax_id ORDER BY tax_id) FROM product_supplier_taxes_rel "
        "WHERE tax_id = ANY(%s) AND %s GROUP BY prod_id",
        telling.ids,
        among(SQL("prod_id"), template_ids),
    )
    return dict(env.execute_query(query))


def deductions(env, company, template_ids):
    """{template id: [:class:`Deduction`]} of what suppliers' prices hold that may be left out of a value."""
    query = SQL(
        """
        SELECT seller.product_tmpl_id, seller.product_id, partner.commercial_partner_id, told.kind, told.amount::text,
               seller.currency_id, seller.product_uom_id, NULLIF(TRIM(told.evidence), '')
          FROM rcep_price_deduction told
          JOIN product_supplierinfo seller ON seller.id = told.seller_id
          JOIN res_partner partner ON partner.id = seller.partner_id
         WHERE (seller.company_id IS NULL OR seller.company_id = %(company)s) AND %(among)s
      ORDER BY told.id
        """,
        company=company.id,
        among=among(SQL("seller.product_tmpl_id"), template_ids),
    )
    found = defaultdict(list)
    for template_id, *who, amount, currency_id, unit_id, evidence in env.execute_query(query):
        found[template_id].append(Deduction(*who, Decimal(amount), currency_id, unit_id, evidence))
    return found


def declarations(env, company, which):
    """The :class:`Declaration` records of a company's suppliers that meet a condition, the longest-lived last."""
    query = SQL(
        """
        SELECT declaration.id, declaration.product_id, partner.commercial_partner_id, country.code, declaration.name,
               declaration.date_from, declaration.date_to, declaration.state
          FROM rcep_supplier_declaration declaration
          JOIN res_partner partner ON partner.id = declaration.partner_id
     LEFT JOIN rcep_party party ON party.id = declaration.party_id
     LEFT JOIN res_country country ON country.id = party.country_id
         WHERE declaration.company_id = %s AND (%s)
      ORDER BY declaration.date_to, declaration.id
        """,
        company.id,
        which,
    )
    return read(env, query, lambda row: Declaration(*row))


def counting(ids):
    """Of some products, those that are or were verified."""
    existing = SQL("declaration.state = ANY(%s)", list(declaration_states.COUNTING))
    return SQL("%s AND %s", existing, among(SQL("declaration.product_id"), ids))


def holding(since, until, ids):
    """As :func:`counting`, on one of some days."""
    return SQL("%s AND declaration.date_from <= %s AND declaration.date_to >= %s", counting(ids), until, since)

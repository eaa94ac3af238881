"""What was paid for a material, and to whom, at its last receipt: its value before any price list (Art. 3.5.3)."""

from decimal import Decimal

from odoo import api, models
from odoo.addons.rcep_eco.cases.material_price import Price, landed_of
from odoo.addons.rcep_eco.values import amounts
from odoo.tools import SQL

PER_CENT = Decimal(100)
# What is read of a line and its purchase.
PAID = SQL(
    "line.id AS line_id, line.product_id, line.price_unit, line.discount, line.product_uom_id, purchase.currency_id, "
    "purchase.partner_id, purchase.incoterm_id, ARRAY(SELECT account_tax_id FROM account_tax_purchase_order_line_rel "
    "taxed WHERE taxed.purchase_order_line_id = line.id ORDER BY 1) AS taxes"
)


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _rcep_receipts(self, company, date, ids):
        """The last line received of each product up to a date, by the order's first arrival; one query.

        What came for nothing says nothing of a value: the last that was paid for counts.
        """
        arrived = self.env["purchase.order"]._rcep_arrived_on()
        # The last lines first, so that rates and freight are looked up once for each product.
        last = SQL(
            """
            SELECT DISTINCT ON (line.product_id)
                   line.product_id AS of, NULL::int AS move_id, %(paid)s, %(arrived)s AS arrived
              FROM %(lines)s
             WHERE line.qty_received > 0 AND %(arrived)s < %(date)s::date + 1 AND %(among)s
          ORDER BY line.product_id, %(arrived)s DESC, line.id DESC
            """,
            paid=PAID,
            arrived=arrived,
            lines=paid_lines(company),
            date=date,
            among=SQL("TRUE") if ids is None else SQL("line.product_id = ANY(%s)", list(ids)),
        )
        return super()._rcep_receipts(company, date, ids) | dict(self._rcep_paid(company, last))

    @api.model
    def _rcep_payment_days(self, company, since, until, ids):
        """Also those of arrival."""
        self.env["purchase.order"].flush_model()
        self.env["purchase.order.line"].flush_model()
        arrived = self.env["purchase.order"]._rcep_arrived_on()
        query = SQL(
            """
            SELECT DISTINCT %(arrived)s::date FROM %(lines)s
             WHERE %(arrived)s >= %(since)s::date + 1 AND %(arrived)s < %(until)s::date + 1
               AND line.product_id = ANY(%(ids)s)
            """,
            arrived=arrived,
            lines=paid_lines(company),
            since=since,
            until=until,
            ids=list(ids),
        )
        found = {day for [day] in self.env.execute_query(query)}
        return super()._rcep_payment_days(company, since, until, ids) | found

    def _rcep_bill_order_line(self):
        return SQL("MIN(line.purchase_line_id)")

    @api.model
    def _rcep_paid(self, company, lines):
        """What was paid on lines of purchases, one query.

        :param lines: a query of :data:`PAID` of lines, when each ``arrived``, ``of`` what it is told, and the
            ``move_id`` of one delivery or none
        :return: [(of, :class:`Price`)]
        """
        self.env["purchase.order.line"].flush_model()
        self.env["purchase.order"].flush_model()
        query = SQL(
            """
            WITH last AS (%(lines)s)
            SELECT last.of, last.product_id, product.product_tmpl_id, firm.id, firm.name, country.code,
                   last.price_unit::text, last.discount::text, last.currency_id, last.product_uom_id, incoterm.code,
                   %(freight)s, %(landed)s, theirs.rate::text, own.rate::text, last.taxes
              FROM last
              JOIN product_product product ON product.id = last.product_id
              JOIN res_partner vendor ON vendor.id = last.partner_id
              JOIN res_partner firm ON firm.id = vendor.commercial_partner_id
         LEFT JOIN res_country country ON country.id = COALESCE(vendor.country_id, firm.country_id)
         LEFT JOIN account_incoterms incoterm ON incoterm.id = last.incoterm_id
         LEFT JOIN LATERAL (%(theirs)s) theirs ON TRUE
         LEFT JOIN LATERAL (%(own)s) own ON TRUE
            """,
            lines=lines,
            freight=self._rcep_receipts_freight(company),
            landed=self._rcep_receipts_landed(),
            theirs=_rate_on(SQL("last.currency_id"), company),
            own=_rate_on(SQL("%s", company.currency_id.id), company),
        )
        cost_of = self._rcep_tax_costs()
        return [(row[0], _receipt(row[1:], company, cost_of)) for row in self.env.execute_query(query)]

    def _rcep_suppliers(self, company):
        """Also whoever delivered last: a declaration has to be that firm's."""
        last = self._rcep_prices_paid(company, amounts.today(), self.ids).get(self.id)
        suppliers = super()._rcep_suppliers(company)
        return suppliers | suppliers.browse(last.firm_id) if last else suppliers


def paid_lines(company):
    """The lines of a company's confirmed purchases that something was paid for."""
    return SQL(
        """
        purchase_order_line line
          JOIN purchase_order purchase ON purchase.id = line.order_id AND purchase.state = 'purchase'
           AND purchase.company_id = %s AND line.price_unit > 0 AND COALESCE(line.discount, 0) < 100
        """,
        company.id,
    )


def _rate_on(currency, company):
    """The rate of a currency that held on the day of arrival; in the order of the verdicts' own rates."""
    return SQL(
        """
        SELECT rate.rate FROM res_currency_rate rate
         WHERE rate.currency_id = %s AND (rate.company_id IS NULL OR rate.company_id = %s)
           AND rate.name <= last.arrived::date
      ORDER BY rate.company_id, rate.name DESC LIMIT 1""",
        currency,
        company.root_id.id,
    )


def _receipt(row, company, cost_of):
    """A receipt in the company's currency; without a rate of its day it stays as paid, for today's to be asked for."""
    *who, price, discount, currency_id, unit_id, incoterm, freight, landed, theirs, own, taxes = row
    amount = Decimal(price) * (1 - Decimal(discount or 0) / PER_CENT)
    amount *= cost_of(taxes, amount)  # recoverable tax in the price is no cost, other tax is
    if currency_id != company.currency_id.id and theirs:
        # Odoo's convention: the company's own currency needs no rate.
        amount *= Decimal(own or 1) / Decimal(theirs)
        currency_id = company.currency_id.id
    percent = Decimal(freight) if freight else None
    return Price(*who, amount, currency_id, unit_id, "receipt", incoterm, percent, landed_of(landed))

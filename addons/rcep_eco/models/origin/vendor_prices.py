"""What was paid for a material, and to whom: the last bill before any receipt, order or price list (Art. 3.5.3)."""

from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...cases.material_price import Price, landed_of
from ...values import amounts

LARGE = 1_000_000.0  # so that what a tax rounds does not matter


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _rcep_cost_of_one(self, *, untaxed=False, price=None):
        """What of one unit of money paid is a cost: recoverable tax is none, other tax is.

        :param untaxed: whether the money is without the taxes that stand on it
        :param float price: of one unit, for taxes of a fixed amount
        :return: Decimal
        """
        if not self:
            return Decimal(1)
        price = price if price and "fixed" in self.flatten_taxes_hierarchy().mapped("amount_type") else LARGE
        result = self.compute_all(price, quantity=1.0, rounding_method="round_globally")
        whole = result["total_excluded"] if untaxed else price
        return amounts.exact(result["total_void"]) / amounts.exact(whole) if whole else Decimal(1)


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _rcep_prices_paid(self, company, date, ids):
        """What was paid for each product up to a date: the last bill that stands, else the last receipt.

        :param ids: ids of products, or None for all
        :return: {product id: :class:`.material_price.Price`}
        """
        among = SQL("TRUE") if ids is None else SQL("line.product_id = ANY(%s)", list(ids))
        receipts = self._rcep_receipts(company, date, ids)
        return receipts | self._rcep_billed(company, date, among, SQL("line.product_id"))

    @api.model
    def _rcep_payment_days(self, company, since, until, ids):
        """The days, after the first up to the last, on which :meth:`_rcep_prices_paid` may become another.

        :return: set of dates
        """
        self.env["account.move"].flush_model()
        query = SQL(
            """
            SELECT DISTINCT move.invoice_date FROM account_move move
              JOIN account_move_line line ON line.move_id = move.id AND line.display_type = 'product'
             WHERE move.state = 'posted' AND move.move_type IN ('in_invoice', 'in_refund')
               AND move.company_id = %s AND move.invoice_date > %s AND move.invoice_date <= %s
               AND line.product_id = ANY(%s)
            """,
            company.id,
            since,
            until,
            list(ids),
        )
        return {day for [day] in self.env.execute_query(query)}

    @api.model
    def _rcep_receipts(self, company, date, ids):
        """Hook for bridges: what was to be paid at the last receipt of each product up to a date; as above."""
        return {}

    @api.model
    def _rcep_billed(self, company, date, among, key):
        """What was billed, in the company's currency at each bill's own rate; one query.

        A bill that was posted when no rate was known stands in the books at 1 to 1: it counts in its own currency, for
        which the table is asked. A credit note of such a bill counts so where it is in that currency too.
        Of a bill's lines in several units the dearest counts. A credit note at the billed price or above takes back
        what it names; at a lower price it lowers what was paid for all of it. A bill that is credited in full counts
        no more.

        :param among: SQL of the lines that are asked for
        :param key: SQL of what each is told of
        :return: {key: :class:`.material_price.Price`}
        """
        for model in ("account.move", "account.move.line"):
            self.env[model].flush_model()
        query = SQL(
            """
            WITH billed AS (
                SELECT %(key)s AS of, line.product_id, line.product_uom_id, move.id AS bill_id, move.invoice_date,
                       CASE WHEN move.invoice_currency_rate = 1 THEN move.currency_id ELSE %(home)s END AS currency_id,
                       SUM(CASE WHEN move.invoice_currency_rate = 1 THEN line.amount_currency ELSE line.balance END)
                       AS paid, SUM(line.quantity)::numeric AS units,
                       %(order_line)s AS line_id, array_agg(line.id) AS line_ids
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE move.state = 'posted' AND move.move_type = 'in_invoice' AND move.company_id = %(company)s
                   AND move.invoice_date <= %(date)s AND line.display_type = 'product' AND line.product_id IS NOT NULL
                   AND %(among)s
              GROUP BY 1, 2, 3, 4, 5, 6
            ), refunded AS (
                SELECT billed.of, billed.bill_id, billed.product_uom_id, refund.id AS refund_id,
                       -SUM(CASE WHEN refund.currency_id = billed.currency_id THEN line.amount_currency
                                 ELSE line.balance END) AS paid,
                       SUM(line.quantity)::numeric AS units, MIN(billed.paid) AS billed_paid,
                       MIN(billed.units) AS billed_units
                  FROM billed
                  JOIN account_move refund ON refund.reversed_entry_id = billed.bill_id AND refund.state = 'posted'
                   AND refund.move_type = 'in_refund' AND refund.invoice_date <= %(date)s
                  JOIN account_move_line line ON line.move_id = refund.id AND line.display_type = 'product'
                   AND line.product_id = billed.product_id AND line.product_uom_id = billed.product_uom_id
              GROUP BY 1, 2, 3, 4
            ), credited AS (
                SELECT of, bill_id, product_uom_id, paid,
                       CASE WHEN paid * billed_units < billed_paid * units THEN 0 ELSE units END AS units
                  FROM refunded
            ), taken AS (
                SELECT of, bill_id, product_uom_id, SUM(paid) AS paid, SUM(units) AS units
                  FROM credited GROUP BY 1, 2, 3
            ), net AS (
                SELECT billed.*, billed.paid - COALESCE(taken.paid, 0) AS left_paid,
                       billed.units - COALESCE(taken.units, 0) AS left_units
                  FROM billed LEFT JOIN taken USING (of, bill_id, product_uom_id)
                 WHERE billed.units > 0
            ), last AS (
                SELECT DISTINCT ON (of) net.*, NULL::int AS move_id
                  FROM net WHERE left_units > 0 AND left_paid > 0
              ORDER BY of, invoice_date DESC, bill_id DESC, left_paid / left_units DESC
            )
            SELECT last.of, last.product_id, product.product_tmpl_id, firm.id, firm.name, country.code,
                   (last.left_paid / last.left_units)::text, last.currency_id, last.product_uom_id, incoterm.code,
                   %(freight)s, %(landed)s,
                   ARRAY(SELECT DISTINCT account_tax_id FROM account_move_line_account_tax_rel taxed
                          WHERE taxed.account_move_line_id = ANY(last.line_ids) ORDER BY 1)
              FROM last
              JOIN account_move bill ON bill.id = last.bill_id
              JOIN product_product product ON product.id = last.product_id
              JOIN res_partner vendor ON vendor.id = bill.partner_id
              JOIN res_partner firm ON firm.id = vendor.commercial_partner_id
         LEFT JOIN res_country country ON country.id = COALESCE(vendor.country_id, firm.country_id)
         LEFT JOIN account_incoterms incoterm ON incoterm.id = bill.invoice_incoterm_id
            """,
            key=key,
            among=among,
            order_line=self._rcep_bill_order_line(),
            company=company.id,
            home=company.currency_id.id,
            date=date,
            freight=self._rcep_receipts_freight(company),
            landed=self._rcep_receipts_landed(),
        )
        cost_of = self._rcep_tax_costs()
        found = {}
        for of, *who, amount, currency_id, unit_id, incoterm, freight, landed, taxes in self.env.execute_query(query):
            paid = Decimal(amount) * cost_of(taxes, Decimal(amount), untaxed=True)
            percent = Decimal(freight) if freight else None
            terms = incoterm, percent, landed_of(landed)
            found[of] = Price(*who, paid, currency_id, unit_id, "bill", *terms)
        return found

    @api.model
    def _rcep_tax_costs(self):
        """A function of (ids of taxes, price, whether it is without them) that tells :meth:`_rcep_cost_of_one`."""
        # Whoever asks for a verdict may not read taxes; only what a material costs comes out.
        every, known = self.env["account.tax"].sudo(), {}

        def cost_of(ids, price, untaxed=False):
            taxes = every.browse(ids)
            fixed = float(price) if "fixed" in taxes.flatten_taxes_hierarchy().mapped("amount_type") else None
            key = tuple(ids), untaxed, fixed
            if key not in known:
                known[key] = taxes._rcep_cost_of_one(untaxed=untaxed, price=fixed)
            return known[key]

        return cost_of

    def _rcep_bill_order_line(self):
        """Hook for bridges: the line of a purchase that lines of a bill are of, as SQL of an aggregate."""
        return SQL("NULL::int")

    def _rcep_receipts_landed(self):
        """Hook for bridges: what was spent beside the price on each own unit of a ``last`` line, as JSON.

        An array of the rows that :func:`.material_price.landed_of` takes.
        """
        return SQL("NULL")

    def _rcep_receipts_freight(self, company):
        """Freight and insurance, per cent of the price, as the vendor's price line of the product says."""
        return SQL(
            """(
            SELECT seller.rcep_freight_percent::text
              FROM product_supplierinfo seller
              JOIN res_partner asked ON asked.id = seller.partner_id AND asked.commercial_partner_id = firm.id
             WHERE seller.product_tmpl_id = product.product_tmpl_id AND seller.rcep_freight_percent > 0
               AND (seller.product_id IS NULL OR seller.product_id = product.id)
               AND (seller.company_id IS NULL OR seller.company_id = %s)
          ORDER BY seller.sequence, seller.id LIMIT 1)""",
            company.id,
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _rcep_products_billed(self, domain):
        """The products of some lines of bills that stand."""
        bills = Domain("parent_state", "=", "posted") & Domain("move_id.move_type", "in", ("in_invoice", "in_refund"))
        lines = bills & Domain("product_id", "!=", False) & domain
        found = self.env["account.move.line"]._read_group(lines, ["product_id"])
        return self.env["product.product"].union(*(product for [product] in found))

    def write(self, vals):
        outcome = vals.keys() & {"state", "invoice_date", "partner_id", "invoice_incoterm_id", "invoice_currency_rate"}
        bills = self.filtered(lambda move: move.is_purchase_document()) if outcome else self.browse()
        bills._rcep_bills_changed()
        result = super().write(vals)
        bills._rcep_bills_changed()
        return result

    def _rcep_bills_changed(self):
        """What was paid by these bills, as far as they are posted, is a fact on which verdicts rest."""
        whole = self.sudo().filtered(lambda move: move.state == "posted")  # who keeps books may see no verdicts
        for company, bills in whole.grouped("company_id").items():
            since = min(bills.mapped("invoice_date"))
            bills.invoice_line_ids.product_id._rcep_facts_changed(company, since)

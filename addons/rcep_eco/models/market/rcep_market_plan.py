"""Which markets and goods come first: what was exported to each in the last twelve months, and how often."""

from odoo import fields, models
from odoo.tools import SQL

from ...values import amounts


class RcepMarketPlan(models.Model):
    """What a company sold of one product to one market, less credit notes; made of its invoices, and stored nowhere."""

    _name = "rcep.market.plan"
    _description = "Exports by market and product, last twelve months"
    _auto = False
    _order = "value desc, id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    market_id = fields.Many2one("rcep.market", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", "Product", readonly=True)
    value = fields.Float("Export value", digits="Account", readonly=True, help="In the company's currency.")
    invoice_count = fields.Integer("Invoices", readonly=True, help="How often it was exported there.")
    value_share = fields.Float(
        "Of the largest", readonly=True, aggregator=None, help="Per cent of the largest export value of the company."
    )
    verdict = fields.Selection(related="product_tmpl_id.rcep_verdict")
    rollout_state = fields.Selection(related="market_id.rollout_state")
    stage = fields.Selection(related="market_id.stage")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(line.id) AS id, move.company_id, market.id AS market_id, product.product_tmpl_id,
                   -SUM(line.balance) AS value, COUNT(DISTINCT move.id) AS invoice_count,
                   GREATEST(0, COALESCE(-SUM(line.balance) * 100 / NULLIF(
                       MAX(-SUM(line.balance)) OVER (PARTITION BY move.company_id), 0), 0)) AS value_share
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id AND template.type = 'consu'
              JOIN res_company company ON company.id = move.company_id
              JOIN res_partner seller ON seller.id = company.partner_id
              JOIN res_partner consignee ON consignee.id = COALESCE(move.partner_shipping_id, move.partner_id)
              JOIN rcep_party party ON party.country_id = consignee.country_id
              JOIN rcep_market market ON market.party_id = party.id AND market.active
             WHERE move.move_type IN ('out_invoice', 'out_refund') AND move.state = 'posted'
               AND line.display_type = 'product' AND consignee.country_id != seller.country_id
               AND move.invoice_date > %(today)s::date - INTERVAL '1 year' AND move.invoice_date <= %(today)s
          GROUP BY move.company_id, market.id, product.product_tmpl_id
            """,
            today=amounts.today(),
        )

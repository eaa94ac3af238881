"""The plan of markets with the duty that is at stake, where rates are known; where they are not there is no number."""

from odoo import fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.tools import SQL

from .rcep_duty_ledger import LOST, OPEN, SAVED


class RcepMarketPlan(models.Model):
    _inherit = "rcep.market.plan"

    duty_at_stake = fields.Float(
        digits="Account", readonly=True, help="What certificates save, may still save or would have saved; certain."
    )
    duty_to_check = fields.Float(
        "Duty, to be checked", digits="Account", readonly=True, help="The same of rates about which there is a doubt."
    )
    duty_share = fields.Float(
        "Duty, of the largest", readonly=True, aggregator=None,
        help="Per cent of the company's largest duty at stake, with what is to be checked.",
    )  # fmt: skip
    value_unknown = fields.Float(
        "Export value, rate unknown", digits="Account", readonly=True,
        help="Exports of which no rate is known: their duty is in no sum, and not zero.",
    )  # fmt: skip
    duty_known = fields.Boolean("Rates are known", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT plan.*, stake.duty_at_stake, stake.duty_to_check, stake.company_id IS NOT NULL AS duty_known,
                   CASE WHEN stake.company_id IS NULL THEN plan.value END AS value_unknown,
                   CASE WHEN stake.company_id IS NOT NULL THEN
                   (COALESCE(stake.duty_at_stake, 0) + COALESCE(stake.duty_to_check, 0)) * 100 / NULLIF(
                       MAX(COALESCE(stake.duty_at_stake, 0) + COALESCE(stake.duty_to_check, 0))
                       OVER (PARTITION BY plan.company_id), 0) END AS duty_share
              FROM (%(plan)s) plan
         LEFT JOIN (SELECT ledger.company_id, market.id AS market_id, product.product_tmpl_id,
                           SUM(ledger.amount) AS duty_at_stake, SUM(ledger.amount_to_check) AS duty_to_check
                      FROM rcep_duty_ledger ledger
                      JOIN rcep_market market ON market.party_id = ledger.party_id
                      JOIN product_product product ON product.id = ledger.product_id
                     WHERE ledger.kind = ANY(%(kinds)s)
                       AND ledger.date > %(today)s::date - INTERVAL '1 year' AND ledger.date <= %(today)s
                  GROUP BY ledger.company_id, market.id, product.product_tmpl_id) stake
                ON stake.company_id = plan.company_id AND stake.market_id = plan.market_id
               AND stake.product_tmpl_id = plan.product_tmpl_id
            """,
            plan=super()._table_query,
            kinds=[SAVED, OPEN, LOST],
            today=amounts.today(),
        )

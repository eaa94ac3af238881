"""A market whose customs recognise fewer certificates than before: its roll-out gets a task for the manager.

The rule: of what customs decided in the last 90 days, at least :data:`LEAST` certificates, the share that was
recognised is :data:`FALL` points or more below that of the 90 days before, again of at least :data:`LEAST`. Specimens
do not count. Who was told once is told again after 90 days.
"""

import datetime

from odoo import api, fields, models

from ... import groups
from ...values import amounts

WINDOW = datetime.timedelta(days=90)
LEAST = 5  # certificates that customs decided, in each of the two windows
FALL = 10  # percentage points


class RcepMarketRollout(models.Model):
    _inherit = "rcep.market.rollout"

    rate_alert_on = fields.Date("Rate fell", readonly=True, help="The day on which the fall was noticed.")

    @api.model
    def _cron_watch_rates(self):
        """Each day: compare the last 90 days with the 90 before, for each company and market."""
        today = amounts.today()
        last = self._rates(today - WINDOW, today)
        before = self._rates(today - 2 * WINDOW, today - WINDOW)
        for key, (rate, count) in last.items():
            earlier, earlier_count = before.get(key, (0, 0))
            if count >= LEAST and earlier_count >= LEAST and earlier - rate >= FALL:
                self._alert(*key, today, {"rate": rate, "earlier": earlier, "count": count})

    @api.model
    def _rates(self, after, until):
        """{(company, market): (recognised per cent, number decided)} of what was decided after a day, up to another."""
        rows = self.env["rcep.recognition.rate"]._read_group(
            [("decided_on", ">", after), ("decided_on", "<=", until), ("known", "=", 1), ("is_specimen", "=", False)],
            ["company_id", "market_id"],
            ["rate:avg", "known:sum"],
        )
        return {(company, market): (rate, count) for company, market, rate, count in rows if market}

    @api.model
    def _alert(self, company, market, today, figures):
        rollout = self._of(market, company) or self.create(
            {"market_id": market.id, "company_id": company.id, "state": "on"}  # as it is where nothing was decided
        )
        if rollout.rate_alert_on and today - rollout.rate_alert_on < WINDOW:
            return
        rollout.rate_alert_on = today
        manager = self.env.ref(groups.MANAGER).all_user_ids.filtered(lambda user: company in user.company_ids)
        manager = manager.sorted(lambda user: (user._is_admin(), user.company_id != company, user.id))[:1]
        theirs = rollout.with_context(lang=manager.lang)
        rollout.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=theirs.env._(
                "%(market)s: customs recognised %(rate).0f %% of %(count)s certificates in 90 days, before it were "
                "%(earlier).0f %%",
                market=theirs.market_id.display_name,
                **figures,
            ),
            note=theirs.env._("Look at the causes under Markets, Outcomes at customs, and make a check of the firm."),
            user_id=(manager or self.env.user).id,
        )

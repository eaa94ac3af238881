"""A market whose customs recognise fewer certificates than before: its roll-out gets a task for the manager.

The rule: of what customs decided in the last 90 days, at least :data:`LEAST` certificates, the share that was
recognised is :data:`FALL` points or more below that of the 90 days before, again of at least :data:`LEAST`. Who was
told once is told again after 90 days.

Specimens never count with certificates. A firm that has no connection to production has nothing but specimens: it is
told of theirs, as SPECIMEN, so that it sees what it will be told.
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
    specimen_alert_on = fields.Date("Rate of specimens fell", readonly=True)

    @api.model
    def _cron_watch_rates(self):
        """Each day: compare the last 90 days with the 90 before, for each company and market."""
        today = amounts.today()
        last = self._rates(today - WINDOW, today)
        before = self._rates(today - 2 * WINDOW, today - WINDOW)
        falls = {}
        for key, (rate, count) in last.items():
            earlier, earlier_count = before.get(key, (0, 0))
            if count >= LEAST and earlier_count >= LEAST and earlier - rate >= FALL:
                falls[key] = {"rate": rate, "earlier": earlier, "count": count}
        real = self._companies_in_production() if any(specimen for *_key, specimen in falls) else ()
        for (company, market, specimen), figures in falls.items():
            if not (specimen and company in real):
                self._alert(company, market, today, figures, specimen)

    @api.model
    def _companies_in_production(self):
        return self.env["rcep.platform"].search([("environment", "=", "production")]).company_id

    @api.model
    def _rates(self, after, until):
        """What was decided after a day, up to another.

        :return: {(company, market, whether of specimens): (recognised per cent, number decided)}
        """
        rows = self.env["rcep.recognition.rate"]._read_group(
            [("decided_on", ">", after), ("decided_on", "<=", until), ("known", "=", 1)],
            ["company_id", "market_id", "is_specimen"],
            ["rate:avg", "known:sum"],
        )
        return {tuple(key): (rate, count) for *key, rate, count in rows if key[1]}

    @api.model
    def _alert(self, company, market, today, figures, specimen=False):
        rollout = self._of(market, company) or self.create(
            {"market_id": market.id, "company_id": company.id, "state": "on"}  # as it is where nothing was decided
        )
        told = "specimen_alert_on" if specimen else "rate_alert_on"
        if rollout[told] and today - rollout[told] < WINDOW:
            return
        rollout[told] = today
        manager = self.env.ref(groups.MANAGER).all_user_ids.filtered(lambda user: company in user.company_ids)
        manager = manager.sorted(lambda user: (user._is_admin(), user.company_id != company, user.id))[:1]
        theirs = rollout.with_context(lang=manager.lang)
        summary = theirs.env._(
            "%(market)s: customs recognised %(rate).0f %% of %(count)s certificates in 90 days, before it were "
            "%(earlier).0f %%",
            market=theirs.market_id.display_name,
            **figures,
        )
        rollout.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=f"SPECIMEN · {summary}" if specimen else summary,
            note=theirs.env._("Look at the causes under Markets, Outcomes at customs, and make a check of the firm."),
            user_id=(manager or self.env.user).id,
        )

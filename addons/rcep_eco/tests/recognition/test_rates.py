"""How often customs recognise certificates: what counts, by what it is grouped, and who is told when it falls."""

import datetime

from odoo.tests import tagged

from ..common import place
from .recognition_common import RecognitionCommon


@tagged("post_install", "-at_install")
class TestRates(RecognitionCommon):
    def decided(self, outcome, days_ago, environment="production"):
        """A certificate whose customs decided so many days ago."""
        day = self.today - datetime.timedelta(days=days_ago)
        certificate = self.certificate.sudo().copy({"invoice_ids": self.certificate.invoice_ids.ids})
        place(certificate, state="issued", environment=environment, issued_at=f"{day} 01:00:00")
        self.report(outcome, certificate, decided_on=day)
        return certificate

    def produce(self):
        """The firm is connected to production."""
        connection = self.env["rcep.platform"].search([("company_id", "=", self.exporter.id)], limit=1)
        self.assertTrue(connection)
        self.env.flush_all()
        # Without the conformance run that production asks for.
        self.env.cr.execute("UPDATE rcep_platform SET environment = 'production' WHERE id = %s", [connection.id])
        self.env.invalidate_all()

    def rates(self, *groups):
        rows = self.env["rcep.recognition.rate"].with_user(self.manager)._read_group(
            [], groups, ["rate:avg", "smooth:avg", "known:sum", "__count"]
        )
        return {row[:-4]: row[-4:] for row in rows}

    def test_what_is_not_known_or_was_not_used_is_neither_a_success_nor_a_failure(self):
        for outcome in ("recognised", "after_query", "refused", "not_used", "unknown"):
            self.decided(outcome, 3)
        rate, smooth, known, count = self.rates("market_id")[(self.vietnam,)]
        self.assertEqual((round(rate, 1), round(smooth, 1), known), (66.7, 33.3, 3))
        self.assertEqual(count, 6)  # with the one of the class, of which nothing is known

    def test_where_nothing_is_known_there_is_no_rate(self):
        self.assertFalse(self.rates("market_id")[(self.vietnam,)][0])
        self.assertEqual(self.rates("market_id")[(self.vietnam,)][2], 0)

    def test_it_is_read_by_month_chapter_kind_and_port(self):
        draft = self.certify()
        draft.port_discharge = "HAI PHONG"
        self.report("recognised", self.issued(draft, "26C3302A0001/00078"))
        month = self.today.replace(day=1)
        rows = self.rates("issued_on:month", "chapter", "kind", "port_discharge")
        self.assertEqual(rows[month, "94", "new", "HAI PHONG"][:3], (100, 100, 1))

    def test_each_certificate_counts_once_however_many_goods_it_has(self):
        plug = self.make_good("Plug", "PLUG", hs_code="85366900", rcep_package_qty=20, weight=0.1)
        self.declare(plug)
        certificate = self.issued(self.certify((self.lamp, 1, 5.0), (plug, 100, 50.0)), "26C3302A0001/00077")
        rows = self.env["rcep.recognition.rate"].search([("certificate_id", "=", certificate.id)])
        self.assertEqual(rows.mapped("chapter"), ["85"])

    def test_a_fall_is_a_task_of_the_manager_once(self):
        for outcomes, days in ((["recognised"] * 5, 120), (["recognised"] * 3 + ["refused"] * 2, 10)):
            for outcome in outcomes:
                self.decided(outcome, days)
        for _day in range(2):
            self.env["rcep.market.rollout"]._cron_watch_rates()
        rollout = self.env["rcep.market.rollout"]._of(self.vietnam, self.exporter)
        self.assertEqual(len(rollout.activity_ids), 1)
        self.assertEqual(rollout.activity_ids.user_id, self.manager)
        sentence = "recognised 60 % of 5 certificates in 90 days, before it were 100 %"
        self.assertIn(sentence, rollout.activity_ids.summary)

    def test_a_firm_that_has_specimens_only_is_told_of_them_as_such(self):
        self.env["rcep.platform"].search([]).environment = "sandbox"
        for outcome, days in (("recognised", 120), ("refused", 10)):
            for _each in range(5):
                self.decided(outcome, days, "sandbox")
        for _day in range(2):
            self.env["rcep.market.rollout"]._cron_watch_rates()
        rollout = self.env["rcep.market.rollout"]._of(self.vietnam, self.exporter)
        self.assertTrue(rollout.activity_ids.summary.startswith("SPECIMEN · "))
        self.assertEqual(len(rollout.activity_ids), 1)
        self.assertFalse(rollout.rate_alert_on)  # a fall of certificates is told all the same

    def test_specimens_and_certificates_are_never_one_rate(self):
        for outcome, days, environment in (("recognised", 120, "production"), ("refused", 10, "sandbox")):
            for _each in range(5):
                self.decided(outcome, days, environment)
        self.env["rcep.market.rollout"]._cron_watch_rates()
        self.assertFalse(self.env["rcep.market.rollout"]._of(self.vietnam, self.exporter))

    def test_few_certificates_specimens_or_a_small_fall_tell_nobody(self):
        self.produce()
        for number, environment, refused in ((4, "production", 4), (5, "sandbox", 5), (5, "production", 0)):
            with self.subTest(number=number, environment=environment), self.env.cr.savepoint() as point:
                for days, bad in ((120, 0), (10, refused)):
                    for each in range(number):
                        self.decided("refused" if each < bad else "recognised", days, environment)
                self.env["rcep.market.rollout"]._cron_watch_rates()
                self.assertFalse(self.env["rcep.market.rollout"]._of(self.vietnam, self.exporter))
                point.rollback()
            self.env.invalidate_all()

    def test_the_watch_asks_the_database_twice_however_many_certificates(self):
        for _each in range(6):
            self.decided("recognised", 10)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            self.env["rcep.market.rollout"]._cron_watch_rates()

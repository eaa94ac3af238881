"""What certificates saved and what was lost: certain and doubtful apart, less what was credited or cancelled."""

from odoo import fields
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.tests.common import EcoCommon, place
from odoo.tests import tagged

from ..rates.common import a_line, load


@tagged("post_install", "-at_install")
class TestLedger(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thai = cls.make_customer("Bangkok Light", "th")
        cls.ledger = cls.env["rcep.duty.ledger"]

    def setUp(self):
        super().setUp()
        self.lamp.action_rcep_determine()

    def rates(self, mfn="10", rcep="0", **doubt):
        load(self.env, a_line("9405", mfn, **doubt), a_line("9405", rcep, agreement="RCEP", origin="CN"))

    def exported(self, *lines):
        invoice = self.make_invoice(*lines, partner_id=self.thai.id)
        self.ledger._refresh(invoice)
        return invoice

    def issued(self, invoice):
        certificate = self.certificate_of(invoice)
        place(certificate, state="submitted", environment="production")
        certificate._move("issued", actors.PLATFORM, issued_at=fields.Datetime.now())
        return certificate

    def rows(self, invoice):
        self.env.flush_all()
        found = self.ledger.search([("move_id", "=", invoice.id)], order="id")
        return [(row.kind, row.amount, row.amount_to_check) for row in found]

    def test_an_issued_certificate_saves_what_its_goods_would_have_paid(self):
        self.rates()
        invoice = self.exported()
        self.assertEqual(self.rows(invoice), [("open", 500.0, 0.0)])
        certificate = self.issued(invoice)
        self.assertEqual(self.rows(invoice), [("saved", 500.0, 0.0)])
        row = self.ledger.search([("move_id", "=", invoice.id)])
        self.assertEqual((row.certificate_id, row.party_id.code, row.mfn_rate), (certificate, "TH", "10 %"))
        self.assertIn("CNY at the rate of", row.basis)

    def test_a_certificate_that_was_cancelled_saves_nothing(self):
        self.rates()
        invoice = self.exported()
        self.issued(invoice)._move("cancelled", actors.PLATFORM)
        self.assertEqual([kind for kind, *_amounts in self.rows(invoice)], ["open"])

    def test_a_specimen_saves_nothing(self):
        self.rates()
        invoice = self.exported()
        certificate = self.certificate_of(invoice)
        place(certificate, state="submitted", environment="sandbox")
        certificate._move("issued", actors.PLATFORM, issued_at=fields.Datetime.now())
        self.assertEqual(self.rows(invoice), [("open", 500.0, 0.0)])
        row = self.ledger.search([("move_id", "=", invoice.id)])
        self.assertEqual((row.specimen_id, row.amount_specimen), (certificate, 500.0))
        self.assertFalse(row.certificate_id)

    def test_what_a_certificate_saved_no_specimen_saves_again(self):
        self.rates()
        invoice = self.exported()
        specimen = self.certificate_of(invoice)
        place(specimen, state="submitted", environment="sandbox")
        specimen._move("issued", actors.PLATFORM, issued_at=fields.Datetime.now())
        place(specimen, environment="production")
        self.ledger._refresh(invoice)
        self.assertEqual(self.rows(invoice), [("saved", 500.0, 0.0)])
        self.assertFalse(self.ledger.search([("move_id", "=", invoice.id)]).amount_specimen)

    def test_a_specimen_by_an_unknown_rate_would_save_nothing_that_anyone_knows(self):
        invoice = self.exported()
        specimen = self.certificate_of(invoice)
        place(specimen, state="submitted", environment="sandbox")
        specimen._move("issued", actors.PLATFORM, issued_at=fields.Datetime.now())
        row = self.ledger.search([("move_id", "=", invoice.id)])
        self.assertEqual((row.kind, row.amount_specimen, row.specimen_id.id), ("unknown", 0.0, False))

    def test_what_was_credited_is_taken_off(self):
        self.rates()
        invoice = self.exported()
        self.issued(invoice)
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.invoice_line_ids.quantity = 40
        note.action_post()
        self.assertEqual(self.rows(invoice), [("saved", 300.0, 0.0)])
        note.button_draft()
        self.assertEqual(self.rows(invoice), [("saved", 500.0, 0.0)])

    def test_what_is_lost_names_what_was_missing(self):
        self.rates()
        self.declaration.action_revoke()
        self.env["rcep.origin"]._mark_what_changed()
        self.assertEqual(self.rows(self.exported()), [("unknown", 0.0, 0.0)])  # it is being recomputed
        self.run_job("_cron_recompute", "rcep.origin")
        invoice = self.exported()
        self.assertEqual(self.rows(invoice), [("lost", 500.0, 0.0)])
        self.assertIn("supplier declaration", self.ledger.search([("move_id", "=", invoice.id)]).missing)

    def test_it_says_so_in_each_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        row = self.ledger.search([("move_id", "=", self.exported().id)])
        self.assertEqual(row.with_context(lang="en_US").missing, "unknown: no rate is loaded")
        self.assertEqual(row.with_context(lang="zh_CN").missing, "未知：未导入税率")

    def test_a_doubtful_rate_is_in_no_sum_of_what_is_certain(self):
        self.rates(other_reading="8", other_reading_of="2025")
        invoice = self.exported()
        self.issued(invoice)
        self.assertEqual(self.rows(invoice), [("saved", 0.0, 500.0)])

    def test_an_unknown_rate_has_no_amount_and_stands_apart(self):
        invoice = self.exported()
        self.assertEqual(self.rows(invoice), [("unknown", 0.0, 0.0)])
        pivot = self.env.ref("rcep_eco_agreements.action_duty_ledger")
        self.assertIn("'unknown'", pivot.domain)

    def test_where_mfn_is_no_higher_nothing_was_to_be_saved(self):
        self.rates(mfn="0")
        self.assertEqual(self.rows(self.exported()), [("nothing", 0.0, 0.0)])

    def test_a_good_of_another_part_of_a_line_is_still_open(self):
        self.rates()
        invoice = self.exported()
        certificate = self.certificate_of(invoice)
        certificate.line_ids.quantity = 60
        place(certificate, state="submitted", environment="production")
        certificate._move("issued", actors.PLATFORM, issued_at=fields.Datetime.now())
        self.assertEqual(self.rows(invoice), [("saved", 300.0, 0.0), ("open", 200.0, 0.0)])

    def test_an_invoice_that_is_reset_has_no_row(self):
        self.rates()
        invoice = self.exported()
        invoice.button_draft()
        self.assertEqual(self.rows(invoice), [])

    def test_the_daily_run_finds_exports_of_the_last_months(self):
        self.rates()
        invoice = self.make_invoice(partner_id=self.thai.id)
        home = self.make_invoice(partner_id=self.supplier.id)
        self.run_job("_cron_refresh", "rcep.duty.ledger")
        self.assertEqual(self.rows(invoice), [("open", 500.0, 0.0)])
        self.assertEqual(self.rows(home), [])

    def test_the_plan_shows_the_duty_at_stake_where_rates_are_known(self):
        self.rates()
        self.exported()
        self.ledger._refresh(self.make_invoice())  # to Viet Nam, whose RCEP rates are not known
        self.env.flush_all()
        rows = self.env["rcep.market.plan"].search([("company_id", "=", self.exporter.id)])
        stakes = {row.market_id.code: (row.duty_known, row.duty_at_stake) for row in rows}
        self.assertEqual(stakes["TH"], (True, 500.0))
        self.assertFalse(stakes["VN"][0])
        unknown = {row.market_id.code: row.value_unknown for row in rows}
        self.assertEqual(unknown["TH"], 0)
        self.assertTrue(unknown["VN"])
        plan = self.env["rcep.market.plan"]
        own = [("company_id", "=", self.exporter.id), ("duty_known", "=", False)]
        [(_count, stake)] = plan._read_group(own, [], ["__count", "duty_at_stake:max"])
        self.assertFalse(stake, "what is not known is in no sum")
        self.assertEqual(max(row.duty_share for row in rows), 100)

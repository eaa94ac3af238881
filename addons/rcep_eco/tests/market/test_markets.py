"""Markets: what the importing customs want steers the certificate, the mail and the list of what is missing."""

import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged

from ..common import OutboxCommon, place

SEVEN = {"VN", "TH", "MY", "ID", "PH", "KH", "LA"}


@tagged("post_install", "-at_install")
class TestMarkets(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.engineer = cls.person("clerk"), cls.person("engineer")
        cls.markets = cls.env["rcep.market"]
        cls.vietnam, cls.cambodia = (cls.env.ref(f"rcep_eco.market_{code}") for code in ("vn", "kh"))

    def issued(self, certificate, number="26C3302A0001/00042", environment="production"):
        """The platform issued it, as its event says."""
        certificate.with_user(self.person("signer", login="m.signer")).action_approve()
        place(certificate, state="submitted", environment=environment)
        certificate._move("issued", "platform", certificate_no=number, issued_at="2026-05-04 08:00:00",
                          valid_until="2027-05-04")  # fmt: skip
        return certificate

    def to_cambodia(self):
        return self.certify(partner_id=self.make_customer("Phnom Penh Light", "kh").id)

    def test_before_the_platform_and_at_other_parties_it_is_the_ordinary_certificate(self):
        self.assertEqual(self.certificate.taken_as, "eco")
        issued = self.issued(self.certificate)
        self.assertEqual(issued.taken_as, "eco")
        place(issued, issued_at="2026-04-27 08:00:00")
        self.assertEqual(issued.taken_as, "ordinary")
        japan = self.certify(partner_id=self.make_customer("Tokyo Light", "jp").id)
        self.assertEqual(japan.taken_as, "ordinary")

    # --- the table ---------------------------------------------------------------------------------------
    def test_each_party_but_china_is_a_market_with_a_source_and_a_day(self):
        parties = self.env["rcep.party"].search([("code", "!=", "CN")])
        self.assertEqual(self.markets.search([]).party_id, parties)
        for market in self.markets.search([]):
            with self.subTest(market.code):
                self.assertTrue(market.source and market.as_of and market.channel and market.languages)

    def test_the_seven_members_say_what_is_typed_and_what_is_refused(self):
        members = self.markets.search([("stage", "!=", "not_yet")])
        self.assertEqual(set(members.mapped("code")), SEVEN)
        self.assertTrue(all(market.eco_platform and market.refusal_causes for market in members))

    def test_what_changes_is_in_the_history_with_who_and_when(self):
        market = self.cambodia.with_user(self.engineer).with_context(tracking_disable=False, mail_notrack=False)
        market.write({"print_mode": "self_printed", "print_from": "2027-01-01", "as_of": "2027-01-02"})
        self.env.flush_all()
        self.cr.precommit.run()
        changed = self.cambodia.message_ids.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertLessEqual({"print_mode", "print_from", "as_of"}, set(changed))

    def test_what_is_no_language_is_refused_by_name(self):
        with self.assertRaisesRegex(ValidationError, "“Vietnamese” of the market"):
            self.vietnam.languages = "Vietnamese"
        with self.assertRaisesRegex(ValidationError, "has no language"):
            self.vietnam.languages = False

    # --- roll-out ----------------------------------------------------------------------------------------
    def test_a_market_that_is_off_is_named_on_invoice_and_certificate(self):
        invoice = self.make_invoice()
        self.assertNotIn("market", invoice.with_user(self.clerk).rcep_missing or "")
        self.env["rcep.market.rollout"].create({"market_id": self.vietnam.id, "state": "off"})
        invoice.invalidate_recordset()
        self.assertIn("the market Vietnam is off", invoice.with_user(self.clerk).rcep_missing)
        self.assertIn("The market Vietnam is off for this company", self.certificate_of(invoice).market_note)

    def test_another_company_s_decision_is_its_own(self):
        other = self.make_company("宁波另家有限公司", "91330200144060844D")
        self.env["rcep.market.rollout"].create(
            {"market_id": self.vietnam.id, "state": "off", "company_id": other.id}
        )
        self.assertFalse(self.vietnam._is_off(self.exporter))
        self.assertTrue(self.vietnam._is_off(other))

    def test_the_checklist_follows_the_firms_records(self):
        rollout = self.env["rcep.market.rollout"].create({"market_id": self.vietnam.id})
        left = rollout.open_steps
        rollout.specimen_read_on = datetime.date(2026, 5, 4)
        self.assertEqual(rollout.open_steps, left - 1)
        self.assertIn("A first specimen read", str(rollout.checklist))

    # --- the paper original ------------------------------------------------------------------------------
    def test_where_customs_take_paper_the_original_is_collected_signed_and_sent(self):
        certificate = self.issued(self.to_cambodia())
        self.assertEqual(certificate.original_state, "to_collect")
        self.assertTrue(certificate.activity_ids.filtered(lambda task: "sign and send the original" in task.summary))
        clerks = certificate.with_user(self.clerk)
        clerks.action_original_next()
        clerks.action_original_next()
        self.assertEqual(certificate.original_state, "to_send")
        with self.assertRaisesRegex(UserError, "has no courier number"):
            clerks.action_original_next()
        clerks.courier_number = "SF1234567890"
        clerks.action_original_next()
        self.assertEqual((certificate.original_state, bool(certificate.original_sent_on)), ("sent", True))
        with self.assertRaises(UserError):
            clerks.action_original_next()

    def test_where_a_print_is_taken_there_is_no_original_to_send(self):
        certificate = self.issued(self.certify())
        self.assertFalse(certificate.original_state)
        with self.assertRaises(UserError):
            certificate.with_user(self.clerk).action_original_next()

    def test_of_a_specimen_there_is_no_original(self):
        self.assertFalse(self.issued(self.to_cambodia(), environment="sandbox").original_state)

    def test_nobody_writes_the_original_s_state(self):
        certificate = self.issued(self.to_cambodia())
        with self.assertRaises(UserError):
            certificate.with_user(self.clerk).original_state = "sent"

    def test_a_draft_for_a_paper_market_says_so_and_what_is_refused_there(self):
        note = self.to_cambodia().market_note
        self.assertIn("takes an original signed by hand", note)
        self.assertIn("Electronic seal not accepted", note)

    # --- what the importer types -------------------------------------------------------------------------
    def test_the_block_to_copy_has_number_day_and_invoices(self):
        certificate = self.issued(self.certify())
        block = certificate._copy_block("en")
        self.assertIn("26C3302A0001/00042", block)
        self.assertIn("2026-05-04 (04/05/2026)", block)
        self.assertIn(certificate._box_13_numbers(), block)
        self.assertEqual(self.certify()._copy_block("en"), "")

    def test_the_thai_year_stands_beside_the_other_and_never_alone(self):
        certificate = self.issued(self.certify(partner_id=self.make_customer("Bangkok Light", "th").id))
        self.assertIn("2026-05-04 (04/05/2026, พ.ศ. 2569)", certificate._copy_block("th"))

    def test_the_mail_to_the_customer_has_the_block(self):
        certificate = self.issued(self.certify())
        template = self.env.ref("rcep_eco.mail_template_certificate")
        self.assertIn("2026-05-04 (04/05/2026)", template._render_field("body_html", certificate.ids)[certificate.id])

    # --- what is known -----------------------------------------------------------------------------------
    def test_what_is_known_has_a_source(self):
        fact = self.env.ref("rcep_eco.known_interface")
        with self.assertRaisesRegex(ValidationError, "enter what is known"):
            fact.is_known = True
        fact.write({"is_known": True, "answer": "Yes", "source": "CCPIT, 2027-01-05", "as_of": "2027-01-06"})
        self.assertEqual(fact._quote("interface"), "Yes (CCPIT, 2027-01-05, as of 2027-01-06)")

    def test_what_is_not_known_is_quoted_as_that(self):
        self.assertIn("Nothing was published as of 2026-11-01", self.env["rcep.known.fact"]._quote("interface"))
        self.assertEqual(self.env["rcep.known.fact"]._quote("no such question"), "")

    def test_a_review_that_is_due_is_a_task_once(self):
        fact = self.env.ref("rcep_eco.known_interface")
        fact.write({"user_id": self.engineer.id, "review_on": self.today})
        for _day in range(2):
            self.env["rcep.known.fact"]._cron_review()
        self.assertEqual(len(fact.activity_ids), 1)
        self.assertIn("Look again", fact.activity_ids.summary)

    # --- the plan ----------------------------------------------------------------------------------------
    def plan(self):
        """{(country, product): (value, invoices)} as the clerk sees it."""
        self.env.flush_all()
        self.env.invalidate_all()  # a row keeps its id while its sum grows
        rows = self.env["rcep.market.plan"].with_user(self.clerk).search([])
        return {(row.market_id.code, row.product_tmpl_id): (row.value, row.invoice_count) for row in rows}

    def test_the_plan_ranks_by_what_was_exported_less_credit_notes(self):
        lamp = self.lamp.product_tmpl_id
        before = self.plan().get(("VN", lamp), (0, 0))
        invoice = self.make_invoice((self.lamp, 10, 50.0, {}))
        self.make_invoice((self.lamp, 4, 50.0, {}))
        self.assertEqual(self.plan()["VN", lamp], (before[0] + 700, before[1] + 2))
        credit = self.env["account.move.reversal"].create(
            {"move_ids": invoice.ids, "journal_id": invoice.journal_id.id, "date": Date.context_today(invoice)}
        )
        self.env["account.move"].browse(credit.refund_moves()["res_id"]).action_post()
        self.assertEqual(self.plan()["VN", lamp][0], before[0] + 200)

    def test_what_was_sold_more_than_a_year_ago_or_at_home_is_no_export(self):
        before = self.plan()
        self.make_invoice(invoice_date=self.today - datetime.timedelta(days=400))
        self.make_invoice(partner_id=self.make_customer("Ningbo Shop", "cn").id)
        self.make_invoice((self.freight, 1, 90.0, {}))
        self.assertEqual(self.plan(), before)

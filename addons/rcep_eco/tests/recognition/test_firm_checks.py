"""What customs of a market refused once stops the next approval there, and nowhere else."""

import itertools

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .recognition_common import RecognitionCommon

NUMBERS = itertools.count(100)


@tagged("post_install", "-at_install")
class TestFirmChecks(RecognitionCommon):
    def refused(self, code):
        return self.report("refused", cause_id=self.cause(code).id).with_user(self.manager)

    def odd_draft(self, customer=None, number="NB2O26-{}"):
        """A draft with a letter O among the digits of its invoice: a warning, which somebody may accept."""
        values = {"partner_id": customer.id} if customer else {}
        draft = self.certify(name=number.format(next(NUMBERS)), **values)
        draft.write({"departure_date": self.today, "vessel": "V", "port_discharge": "HAI PHONG"})
        draft.action_check()
        return draft

    def accepted(self, draft):
        draft._accept({fingerprint: "As agreed" for _finding, fingerprint in draft._open_warnings()})
        return draft

    def test_a_warning_that_was_accepted_before_stops_the_approval_now(self):
        self.accepted(self.odd_draft()).with_user(self.signer).action_approve()
        self.refused("invoice").action_make_check()
        draft = self.accepted(self.odd_draft())
        self.assertIn("letter O", str(draft.problems))
        self.assertIn("the firm made it a check", str(draft.problems))
        with self.assertRaisesRegex(UserError, "Customs of Vietnam refused this before"):
            draft.with_user(self.signer).action_approve()
        mended = self.accepted(self.odd_draft(number="NB2026-{}"))
        mended.with_user(self.signer).action_approve()
        self.assertEqual(mended.state, "ready")

    def test_another_market_and_another_firm_are_not_concerned(self):
        self.refused("invoice").action_make_check()
        there = self.accepted(self.odd_draft(self.make_customer("Bangkok Light", "th")))
        there.with_user(self.signer).action_approve()
        self.assertEqual(there.state, "ready")

    def test_an_empty_departure_stops_where_the_retroactive_box_was_refused(self):
        self.refused("retroactive").action_make_check()
        draft = self.odd_draft()
        self.assertNotIn("departure is empty", str(draft.problems))
        draft.departure_date = False
        draft.invalidate_recordset(["problems"])
        self.assertIn("The day of departure is empty", str(draft.problems))

    def test_the_way_of_the_goods_stops_where_direct_consignment_was_doubted(self):
        self.refused("direct").action_make_check()
        draft = self.odd_draft()
        draft.port_discharge = False
        draft.invalidate_recordset(["problems"])
        self.assertIn("Vessel or port of discharge is empty", str(draft.problems))

    def test_another_code_of_the_importer_stops_where_codes_were_refused(self):
        self.refused("hs").action_make_check()
        self.env["rcep.national.code"].create(
            {"product_tmpl_id": self.lamp.product_tmpl_id.id, "party_id": self.env.ref("rcep_eco.party_vn").id,
             "code": "94054290"}
        )  # fmt: skip
        self.assertIn("the importer&#39;s code is 94054290", str(self.odd_draft().problems))

    def test_one_press_is_one_check(self):
        report = self.refused("value")
        self.assertFalse(report.has_check)
        report.action_make_check()
        report.action_make_check()
        self.assertTrue(report.has_check)
        check = self.env["rcep.firm.check"].search([("company_id", "=", self.exporter.id)])
        self.assertEqual((len(check), check.market_id, check.note), (1, self.vietnam, "26C3302A0001/00042"))

    def test_what_nothing_of_ours_sees_is_no_check(self):
        for code in ("signature", "other"):
            with self.subTest(code), self.assertRaisesRegex(ValidationError, "cannot become a check"):
                self.refused(code).action_make_check()
        with self.assertRaisesRegex(ValidationError, "names no cause"):
            self.report("refused").with_user(self.manager).action_make_check()

    def test_a_check_that_is_switched_off_stops_nothing(self):
        self.refused("invoice").action_make_check()
        self.env["rcep.firm.check"].search([]).active = False
        self.accepted(self.odd_draft()).with_user(self.signer).action_approve()

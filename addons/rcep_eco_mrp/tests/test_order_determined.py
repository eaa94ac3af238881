"""When orders are determined, for whom, and at what price in queries."""

from unittest.mock import patch

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..bills.consumption import Consumption
from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestOrderDetermined(ConsumedCommon):
    # --- when --------------------------------------------------------------------------------------------
    def test_the_shop_floor_does_not_wait(self):
        self.bom.operation_ids.unlink()  # mrp_account asks for rights of accounting where there are work orders
        operator = self.person("employee")
        operator.group_ids += self.env.ref("mrp.group_mrp_user")
        order = self.order()
        order.qty_producing = order.product_qty
        with patch.object(Consumption, "__init__", side_effect=AssertionError("determined while it was marked done")):
            order.with_user(operator).with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(order.state, "done")
        self.assertTrue(order.rcep_origin_id.stale)

    def test_the_job_determines_what_waits(self):
        order = self.finish(self.order())
        self.run_job("_cron_determine", "rcep.production.origin")
        self.env.invalidate_all()
        self.assertEqual((order.rcep_verdict, order.rcep_stale), ("originating", False))

    def test_an_order_that_fails_says_why_and_holds_up_no_other(self):
        nameless = self.make_good("Nameless", "NAMELESS", list_price=100.0)
        self.make_bom(nameless, (self.steel, 1))
        failing, other = self.finish(self.order(nameless)), self.finish(self.order())
        self.assertEqual(failing.state, "done")
        self.run_job("_cron_determine", "rcep.production.origin")
        self.env.invalidate_all()
        self.assertIn("Nameless has no HS code: enter its 6 to 10 digits on the product.", failing.rcep_problem)
        self.assertEqual((failing.rcep_verdict, failing.rcep_stale, other.rcep_verdict), (False, False, "originating"))

    def test_a_fault_of_ours_is_a_sentence_too(self):
        order = self.finish(self.order())
        with (
            patch.object(Consumption, "_read_work", side_effect=ZeroDivisionError),
            mute_logger("odoo.addons.rcep_eco_mrp.models.rcep_production_origin"),
        ):
            verdict = self.verdict(order)
        self.assertIn("could not be determined for a reason that is in the server's log", verdict.problem)
        self.assertEqual(self.verdict(order).stale, False)

    def test_a_verdict_gives_way_to_a_problem_and_comes_back(self):
        order = self.finish(self.order())
        self.assertEqual(self.verdict(order).verdict, "originating")
        code, self.motor.hs_code = self.motor.hs_code, False
        order.action_rcep_determine()
        self.assertFalse(order.rcep_verdict)
        self.assertIn("has no HS code", order.rcep_problem)
        self.motor.hs_code = code
        order.action_rcep_determine()
        self.assertEqual((order.rcep_verdict, order.rcep_problem), ("originating", False))

    def test_an_order_that_is_not_done_cannot_be_determined(self):
        order = self.order()
        with self.assertRaisesRegex(UserError, f"Order {order.name} is not done: what it consumes is known"):
            order.action_rcep_determine()

    def test_a_firm_that_keeps_no_verdicts_notes_no_orders(self):
        self.exporter.rcep_uscc = False
        order = self.finish(self.order())
        self.assertFalse(order.rcep_origin_id)
        with self.assertRaisesRegex(UserError, "keeps no verdicts: enter its unified social credit code"):
            order.action_rcep_determine()

    def test_a_good_without_a_bill_is_determined_by_what_was_consumed_alone(self):
        self.bom.active = False
        order = self.order(bom_id=False)
        self.consume(order, self.steel, 10)
        verdict = self.verdict(self.finish(order))
        self.assertEqual((verdict.verdict, verdict.criterion, verdict.bom_verdict), ("originating", "CTC", False))
        self.assertIn("has no bill of materials to compare with", verdict.bom_problem)

    def test_a_part_that_is_not_sold_is_decided_at_its_cost(self):
        self.motor.list_price = 0
        verdict = self.verdict(self.finish(self.order()))
        self.assertEqual((verdict.fob, verdict.verdict), (61.0, "not_originating"))

    # --- for whom ----------------------------------------------------------------------------------------
    def test_each_sees_what_is_theirs(self):
        verdict = self.verdict(self.finish(self.order()))
        auditor, engineer = self.person("auditor"), self.person("engineer")
        (seen,) = verdict.with_user(auditor).read(["verdict", "difference", "lots"])
        self.assertEqual(seen["verdict"], "originating")
        shown = Form(verdict.with_user(auditor))  # who may not see orders opens the verdict of one
        self.assertEqual(shown.name, verdict.production_id.name)
        self.assertEqual(verdict.with_user(auditor).display_name, verdict.production_id.name)
        for secret in ("dossier", "explanation"):
            with self.assertRaises(AccessError):
                verdict.with_user(auditor).read([secret])
        self.assertIn("Small motor", verdict.with_user(engineer).explanation)
        for name in ("employee", "auditor", "clerk", "signer", "engineer", "manager"):
            with self.subTest(name):
                known = {"auditor": auditor, "engineer": engineer}
                own = verdict.with_user(known.get(name) or self.person(name))
                self.assertEqual(own.has_access("read"), name != "employee")
                self.assertFalse(own.has_access("write") or own.has_access("create") or own.has_access("unlink"))

    def test_an_auditor_may_ask_for_it_again(self):
        verdict = self.verdict(self.finish(self.order()))
        self.dear.seller_ids.price = self.rotor.seller_ids.price = 10.0
        verdict.with_user(self.person("auditor")).action_determine()
        self.assertEqual(verdict.rvc, "70.00")

    def test_other_companies_do_not_see_it(self):
        verdict = self.verdict(self.finish(self.order()))
        other = self.make_company("宁波他厂有限公司", OTHER_USCC)
        theirs = verdict.with_user(self.person("engineer", other)).with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.has_access("read"))
        self.assertFalse(theirs.search([]))

    def test_the_order_shows_each_person_their_part(self):
        order = self.finish(self.order())
        self.verdict(order)
        for name, sees, reasons in (("employee", False, False), ("auditor", True, False), ("engineer", True, True)):
            with self.subTest(name):
                person = self.person(name)
                person.group_ids += self.env.ref("mrp.group_mrp_user")
                shown = Form(order.with_user(person))._view["fields"]
                self.assertEqual(("rcep_verdict" in shown, "rcep_explanation" in shown), (sees, reasons))

    # --- at scale ----------------------------------------------------------------------------------------
    def count_queries(self, lines):
        good = self.make_good(f"Good of {lines}", f"G{lines}", hs_code="850131", list_price=100.0)
        parts = [self.make_material(f"Part {lines}-{number}", "731815", "cn", 0.5) for number in range(lines)]
        self.track(*parts)
        self.make_bom(good, *((part, 2) for part in parts))
        order = self.order(good)
        for part in parts:
            lots = [self.lot(part, f"{part.name}-{number}") for number in range(2)]
            for lot in lots:
                self.receive(lot, 10)
            self.consume(order, part, 20, *((lot, 10) for lot in lots))
        self.finish(order)
        self.env.flush_all()
        self.env.invalidate_all()
        order = self.env["mrp.production"].browse(order.id)
        date, company = order._rcep_day(), order.company_id
        before = self.env.cr.sql_log_count
        production = Consumption(self.env, company, date, order.ids).of(order.id)
        self.assertEqual(len(production.materials), lines)
        return self.env.cr.sql_log_count - before

    def test_ten_times_the_lines_take_no_more_queries(self):
        self.count_queries(2)  # what is read once for all
        self.assertEqual(self.count_queries(20), self.count_queries(3))

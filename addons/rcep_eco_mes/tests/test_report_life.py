"""A report from its receipt on: once, whole, unmatched, mended and replayed, corrected, set aside."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..reports import canonical
from ..reports.problem import ReportError
from .common import MesCommon, item


@tagged("post_install", "-at_install")
class TestReportLife(MesCommon):
    def test_the_same_again_is_the_same_answer(self):
        first = self.apply(self.told("R-1"))
        again = canonical.read(self.told("R-1"))
        self.assertEqual(self.reports._receive(self.exporter, again, {}, "http"), (first, False))
        self.assertEqual(self.made.rcep_report_count, 1)

    def test_the_same_id_with_another_body_is_refused(self):
        first = self.apply(self.told("R-1"))
        with self.assertRaises(ReportError) as caught:
            self.receive_report(self.told("R-1", self.usual[0]))
        self.assertEqual(caught.exception.code, "other_body")
        self.assertEqual(len(first.line_ids), 3)

    def test_another_company_s_id_is_another_report(self):
        self.apply(self.told("R-1"))
        other = self.make_company("宁波另一有限公司", "91330200MA00000012")
        report = self.reports._receive(other, canonical.read(self.told("R-1")), {}, "http")[0]
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual(self.codes(report)[0], "order_unknown")  # the order is the exporter's

    def test_what_is_unknown_is_named_mended_and_replayed(self):
        report = self.apply(
            self.told("R-1", item("consumed", "SPOOL", "10"), item("consumed", "MAGNET", "20", uom="KGM"),
                      item("consumed", "MAGNET", "1", uom="XYZ"), item("produced", "MAGNET", "10"))
        )  # fmt: skip
        self.assertEqual(report.state, "unmatched")
        self.assertEqual(self.codes(report), ["product_unknown", "unit_other", "unit_unknown", "product_other"])
        self.assertIn("items[0].product: no product has the internal reference or barcode SPOOL.", report.problem)
        self.assertIn("items[1].uom: KGM does not convert into Units, in which MAGNET is counted.", report.problem)
        simple = self.apply(self.told("R-2", item("consumed", "SPOOL", "10")))
        self.assertEqual(self.codes(simple), ["product_unknown"])
        self.make_material("Spool", "853990", "cn", 1.0)
        engineer = self.person("engineer")
        simple.with_user(engineer).action_replay()
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((simple.state, simple.problem), ("applied", False))

    def test_a_tracked_material_without_its_lot_or_of_an_unknown_one_is_unmatched(self):
        self.track(self.magnet)
        nameless = self.apply(self.told("R-1"))
        self.assertEqual(self.codes(nameless), ["lot_missing"])
        unknown = self.apply(self.told("R-2", item("consumed", "MAGNET", "20", lot="M-1")))
        self.assertEqual(self.codes(unknown), ["lot_unknown"])

    def test_a_dozen_is_twelve(self):
        self.env.ref("uom.product_uom_dozen").active = True
        report = self.apply(self.told("R-1", item("consumed", "MAGNET", "1.5", uom="DZN")))
        self.assertEqual(report.line_ids.own_quantity, "18")

    def test_a_correction_before_what_it_corrects_waits_for_it(self):
        correction = self.apply(self.told("R-2", kind="correction", corrects="R-1"))
        self.assertEqual(self.codes(correction), ["corrects_unknown"])
        wrong = self.apply(self.told("R-1", item("consumed", "MAGNET", "500")))
        self.assertEqual((wrong.state, correction.state), ("corrected", "applied"))

    def test_a_report_is_corrected_once(self):
        self.apply(self.told("R-1"), self.told("R-2", kind="correction", corrects="R-1"))
        second = self.apply(self.told("R-3", kind="correction", corrects="R-1"))
        self.assertEqual(self.codes(second), ["corrects_again"])
        third = self.apply(self.told("R-4", kind="correction", corrects="R-2"))
        self.assertEqual(third.state, "applied")
        self.assertEqual(self.came().mapped("state").count("applied"), 1)

    def test_a_correction_of_a_correction_that_never_counted_replaces_both(self):
        last = self.apply(self.told("R-3", kind="correction", corrects="R-2"))
        middle = self.apply(self.told("R-2", item("consumed", "MAGNET", "7"), kind="correction", corrects="R-1"))
        self.assertEqual((last.state, middle.state), ("unmatched", "unmatched"))  # both wait for the first
        first = self.apply(self.told("R-1", item("consumed", "MAGNET", "500")))
        self.assertEqual((first.state, middle.state, last.state), ("corrected", "corrected", "applied"))
        self.assertEqual((first.corrected_by_id, middle.corrected_by_id), (middle, last))

    def test_a_correction_that_names_nothing_known_is_itself_corrected(self):
        first = self.apply(self.told("R-1", item("consumed", "MAGNET", "500")))
        ghost = self.apply(self.told("R-2", item("consumed", "GHOST", "7"), kind="correction", corrects="R-1"))
        self.assertEqual((first.state, ghost.state), ("applied", "unmatched"))
        mended = self.apply(self.told("R-3", kind="correction", corrects="R-2"))
        self.assertEqual((first.state, ghost.state, mended.state), ("corrected", "corrected", "applied"))

    def test_two_ways_from_one_report_do_not_both_count(self):
        self.apply(self.told("R-1"))
        self.apply(self.told("R-2", item("consumed", "GHOST", "7"), kind="correction", corrects="R-1"))
        self.apply(self.told("R-3", kind="correction", corrects="R-1"))
        other = self.apply(self.told("R-4", kind="correction", corrects="R-2"))
        self.assertEqual(self.codes(other), ["corrects_again"])
        self.assertEqual(self.came().filtered(lambda each: each.state == "applied").report_id, "R-3")

    def test_corrections_of_each_other_do_not_count(self):
        both = self.apply(
            self.told("R-1", kind="correction", corrects="R-2"), self.told("R-2", kind="correction", corrects="R-1")
        )
        self.assertEqual(both.mapped("state"), ["unmatched"] * 2)
        self.assertEqual({code for each in both for code in self.codes(each)}, {"corrects_circle"})

    def test_a_correction_that_is_compared_while_its_report_comes_is_looked_at_again(self):
        correction = self.apply(self.told("R-2", kind="correction", corrects="R-1"))
        with patch.object(type(self.reports), "_wake_corrections"):  # the other transaction did not see it wait
            wrong = self.receive_report(self.told("R-1"))
        self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((wrong.state, correction.state), ("corrected", "applied"))

    def test_what_was_set_aside_does_not_count_and_says_who_did_that(self):
        report = self.apply(self.told("R-1", item("consumed", "GHOST", "1")))
        self.assertNotEqual(self.verdict(self.made).verdict, "originating")
        engineer = self.person("engineer")
        report.with_user(engineer).action_set_aside()
        self.assertIn(engineer.name, report.reason_aside)
        self.assertEqual(self.verdict(self.made).verdict, "originating")

    def test_what_is_applied_is_not_replayed_nor_set_aside(self):
        report = self.apply(self.told("R-1")).with_user(self.person("engineer"))
        for action in (report.action_replay, report.action_set_aside):
            with self.assertRaises(UserError):
                action()

    def test_what_came_is_never_changed(self):
        report = self.apply(self.told("R-1"))
        for values in ({"body": "{}"}, {"content": {}}, {"state": "received"}, {"digest": "0"}):
            with self.assertRaises(UserError):
                report.write(values)
        with self.assertRaises(UserError):
            report.unlink()

    def test_one_that_breaks_holds_up_no_other(self):
        broken, whole = self.receive_report(self.told("R-1")), self.receive_report(self.told("R-2"))
        self.env.flush_all()
        self.env.cr.execute("UPDATE rcep_production_report SET content = '{}' WHERE id = %s", (broken.id,))
        broken.invalidate_recordset()
        with self.assertLogs("odoo.addons.rcep_eco.tools.isolated", "ERROR"):
            self.run_job("_cron_apply", "rcep.production.report")
        self.assertEqual((broken.state, self.codes(broken), whole.state), ("unmatched", ["fault"], "applied"))

    def test_items_are_compared_all_at_once(self):
        items = [item("consumed", "MAGNET", "0.002") for _number in range(1000)]
        one = self.receive_report(self.told("R-1", *items[:10]))
        many = self.receive_report(self.told("R-2", *items))
        counts = []
        for report in (one, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            report._apply()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 20)  # lines are written a hundred at a time

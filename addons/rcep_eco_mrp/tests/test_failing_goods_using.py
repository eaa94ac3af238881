"""How many verdicts hang on a material: those of everything that holds it, however deep."""

from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestHanging(MadeCommon):
    def judge(self, *goods):
        """Verdicts of goods; what was set up here does not originate."""
        for good in goods:
            good.action_rcep_determine()
            self.assertEqual(good.rcep_verdict, "not_originating")

    def test_each_good_above_counts_once_by_whatever_way_it_is_reached(self):
        rotor = self.make_material("Small motor", "850110", "cn", 70.0)
        drive = self.make_material("Drive", "850140", "cn", None, list_price=80.0)
        self.make_bom(drive, (rotor, 1))
        self.make_bom(self.motor, (drive, 1), (rotor, 0.1), (self.magnet, 1))
        self.judge(self.motor, drive)
        dependent = (rotor | self.magnet | self.steel | self.motor)._failing_goods_using(self.exporter)
        self.assertEqual(dependent, {rotor.id: 2, self.magnet.id: 1, self.motor.id: 1})

    def test_only_the_bill_that_decides_counts(self):
        """The second bill, with the rotor, is what manufacturing does not take."""
        rotor = self.make_material("Small motor", "850110", "cn", 70.0)
        dear = self.make_material("Dear motor", "850110", "cn", 80.0)
        self.make_bom(self.motor, (dear, 1), sequence=1)
        self.make_bom(self.motor, (rotor, 1), sequence=2)
        self.judge(self.motor)
        self.assertEqual((rotor | dear)._failing_goods_using(self.exporter), {dear.id: 1})

    def test_what_originates_hangs_on_nothing(self):
        self.make_bom(self.motor, (self.steel, 3))
        self.motor.action_rcep_determine()
        self.assertEqual(self.motor.rcep_verdict, "originating")
        self.assertEqual(self.steel._failing_goods_using(self.exporter), {})

    def test_a_bill_that_contains_itself_ends_too(self):
        rotor = self.make_material("Small motor", "850110", "cn", 70.0)
        self.make_bom(self.motor, (rotor, 1))
        self.judge(self.motor)
        bom = self.make_bom(rotor, (self.steel, 1))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_bom_line SET product_id = %s WHERE bom_id = %s", (self.motor.id, bom.id)
        )
        self.env.invalidate_all()
        self.assertEqual(rotor._failing_goods_using(self.exporter), {rotor.id: 1})

    def test_the_number_of_queries_depends_on_nothing(self):
        def queries(materials):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            materials._failing_goods_using(self.exporter)
            return self.env.cr.sql_log_count - before

        self.make_bom(self.motor, (self.steel, 1), (self.magnet, 1))
        queries(self.steel)  # once for what Odoo keeps in memory
        few = queries(self.steel)
        parts = [self.make_material(f"Part {number}", "731815", "cn", 1.0) for number in range(20)]
        for number in range(10):
            good = self.make_good(f"Good {number}", f"G-{number}", hs_code="85013100")
            self.make_bom(good, *((part, 1) for part in parts))
        materials = self.steel.union(*parts)
        queries(materials)
        self.assertEqual(queries(materials), few)

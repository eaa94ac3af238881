"""Bills of materials that are wrong: one sentence, and the verdict before stays as it was."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestBadBill(MadeCommon):
    def make_cycle(self):
        """Motor → drive → motor; the last line only by SQL, since Odoo refuses it."""
        drive = self.make_good("Drive", "DRIVE", hs_code="850140")
        self.make_bom(self.motor, (drive, 1), (self.steel, 1))
        bom = self.make_bom(drive, (self.steel, 1))
        self.motor.action_rcep_determine()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mrp_bom_line SET product_id = %s, product_tmpl_id = %s WHERE bom_id = %s",
            (self.motor.id, self.motor.product_tmpl_id.id, bom.id),
        )
        self.env.invalidate_all()

    def test_a_bill_that_contains_itself(self):
        self.make_cycle()
        before = self.motor.rcep_origin_id.dossier_sha256
        with self.assertRaises(UserError) as caught:
            self.motor.action_rcep_determine()
        result = str(caught.exception)
        self.assertIn("The bill of materials of [MOTOR] Curtain motor contains itself", result)
        self.assertIn("[MOTOR] Curtain motor → [DRIVE] Drive → [MOTOR] Curtain motor", result)
        self.assertIn("remove it from one of them", result)
        self.assertEqual(self.motor.rcep_origin_id.dossier_sha256, before)

    def test_a_bill_that_contains_itself_stands_on_the_certificate_and_nothing_else_fails(self):
        self.make_cycle()
        motor, lamp = self.certify((self.motor, 1, 100.0), (self.lamp, 1, 50.0)).line_ids
        self.assertIn("contains itself", motor.problem)
        self.assertFalse(motor.verdict or motor.dossier)
        self.assertEqual(lamp.verdict, "originating")

    def test_several_mistakes_are_reported_together_each_once(self):
        bom = self.make_bom(self.motor, (self.steel, 1), (self.steel, 1), (self.magnet, 1))
        kilo = self.env.ref("uom.product_uom_kgm")
        self.env.cr.execute("UPDATE mrp_bom_line SET product_uom_id = %s WHERE bom_id = %s", (kilo.id, bom.id))
        self.env.invalidate_all()
        with self.assertRaises(UserError) as caught:
            self.motor.action_rcep_determine()
        self.assertEqual(len(str(caught.exception).split("\n")), 2)

    def test_a_bill_in_a_unit_that_does_not_convert(self):
        kit = self.make_good("Screw set", "KIT")
        kit_bom = self.make_bom(kit, (self.magnet, 1), type="phantom", work=None)
        bom = self.make_bom(self.motor, (kit, 1), (self.steel, 1))
        kilo = self.env.ref("uom.product_uom_kgm")
        for wrong, named in ((bom, "Curtain motor"), (kit_bom, "Screw set")):
            with self.subTest(named), self.cr.savepoint(flush=False) as savepoint:
                self.env.cr.execute("UPDATE mrp_bom SET product_uom_id = %s WHERE id = %s", (kilo.id, wrong.id))
                self.env.invalidate_all()
                with self.assertRaisesRegex(UserError, f"{named} is made in kg by its bill of materials"):
                    self.motor.action_rcep_determine()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_bill_without_lines_is_a_fact_that_is_missing(self):
        self.make_bom(self.motor)
        self.motor.action_rcep_determine()
        self.assertEqual(self.motor.rcep_verdict, "unresolved")
        self.assertIn("What is missing", self.motor.rcep_origin_id.summary)

    def test_a_kit_that_is_sold_is_packed_and_not_made(self):
        kit = self.make_good("Repair kit", "KIT", hs_code="85013100")
        self.make_bom(kit, (self.steel, 8), (self.magnet, 1), type="phantom", work=None)
        with self.assertRaisesRegex(UserError, "Repair kit is a kit: its parts are packed together, nothing is made"):
            self.determine(kit)

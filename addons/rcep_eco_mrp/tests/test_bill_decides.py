"""A bill of materials decides: by tariff change, by regional value, by what a sub-assembly is, or not at all."""

from odoo.tests import Form, tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestBillDecides(MadeCommon):
    def test_foreign_materials_of_other_headings_change_into_a_motor(self):
        self.make_bom(self.motor, (self.steel, 3), (self.magnet, 2))
        verdict = self.determine()
        self.assertEqual((verdict.verdict, verdict.criterion, verdict.modifiers), ("originating", "CTC", ()))

    def test_without_a_change_the_regional_value_decides(self):
        rotor = self.make_material("Small motor", "850110", "de", 55.0)
        self.make_bom(self.motor, (rotor, 1), (self.magnet, 1))
        self.declare(self.magnet)
        verdict = self.determine()
        self.assertEqual((verdict.verdict, verdict.criterion), ("originating", "RVC"))
        self.assertEqual(verdict.regional_value.build_down, "45.00")

    def test_the_same_bill_fails_at_a_lower_price_and_says_from_where_it_would_not(self):
        rotor = self.make_material("Small motor", "850110", "de", 55.0)
        self.make_bom(self.motor, (rotor, 1), (self.magnet, 1))
        self.declare(self.magnet)
        self.motor.list_price = 90.0
        self.motor.action_rcep_determine()
        verdict = self.motor.rcep_origin_id
        self.assertEqual((verdict.verdict, verdict.rvc), ("not_originating", "38.89"))
        self.assertEqual(
            verdict.summary,
            "Not originating: regional value 38.89 per cent, 40 required; 40 is reached from 91.67 CNY a unit.",
        )
        self.assertEqual(self.determine(fob="91.67").criterion, "RVC")

    def test_a_tenth_that_does_not_change_is_de_minimis(self):
        brush = self.make_material("Small motor", "850110", "de", 10.0)
        self.make_bom(self.motor, (brush, 1), (self.steel, 3.5))
        verdict = self.determine()
        self.assertEqual((verdict.criterion, verdict.modifiers), ("CTC", ("DMI",)))
        self.assertEqual(self.determine(fob="99.99").verdict, "not_originating")

    def test_material_of_another_party_counts_by_cumulation(self):
        rotor = self.make_material("Small motor", "850110", "th", 70.0)
        self.make_bom(self.motor, (rotor, 1), (self.steel, 1))
        self.assertEqual(self.determine().verdict, "not_originating")
        self.declare(rotor, party="th")
        verdict = self.determine()
        self.assertEqual((verdict.criterion, verdict.modifiers), ("CTC", ("ACU",)))
        self.assertEqual(verdict.country_of_origin.party, "CN")

    def test_origin_without_evidence_counts_as_non_originating(self):
        rotor = self.make_material("Small motor", "850110", "cn", 70.0)
        self.make_bom(self.motor, (rotor, 1))
        verdict = self.determine()
        self.assertEqual(verdict.verdict, "not_originating")
        self.assertIn("material_undetermined", [step.code for step in verdict.trace])
        self.declare(rotor)
        self.assertEqual(self.determine().verdict, "originating")

    def test_a_sub_assembly_made_here_decides(self):
        drive = self.make_material("Drive", "850140", "cn", 70.0)
        self.make_bom(self.motor, (drive, 1), (self.magnet, 1))
        self.assertEqual(self.determine().verdict, "not_originating")
        self.make_bom(drive, (self.steel, 3))  # 722519 → 850140 changes its heading
        verdict = self.determine()
        self.assertEqual((verdict.verdict, verdict.criterion), ("originating", "CTC"))
        self.assertIn("intermediate_originates", [step.code for step in verdict.trace])

    def test_a_sub_assembly_that_does_not_originate_is_looked_through(self):
        drive = self.make_material("Drive", "850140", "cn", None)
        core = self.make_material("Foreign drive", "850140", "de", 70.0)
        self.make_bom(drive, (core, 1))
        self.make_bom(self.motor, (drive, 1), (self.magnet, 1))
        verdict = self.determine()
        self.assertEqual(verdict.verdict, "not_originating")
        self.assertIn("intermediate_looked_through", [step.code for step in verdict.trace])
        self.assertEqual(str(verdict.regional_value.vnm.normalize()), "8E+1")

    def test_packing_alone_makes_no_origin(self):
        self.make_bom(self.motor, (self.steel, 3), work="packaging")
        verdict = self.determine()
        self.assertEqual(verdict.verdict, "not_originating")
        self.assertIn("work_minimal", [step.code for step in verdict.trace])

    def test_a_missing_price_is_asked_for_where_it_matters(self):
        rotor = self.make_material("Small motor", "850110", "de", None)
        self.make_bom(self.motor, (rotor, 1))
        self.motor.action_rcep_determine()
        verdict = self.motor.rcep_origin_id
        self.assertEqual(verdict.verdict, "unresolved")
        self.assertEqual(verdict.summary, "What is missing: the value of [SMALL MOTOR] Small motor.")

    def test_a_missing_price_is_not_asked_for_where_the_headings_change(self):
        unpriced = self.make_material("Wire", "854411", "de", None)
        self.make_bom(self.motor, (unpriced, 1), (self.steel, 1))
        self.assertEqual(self.determine().criterion, "CTC")

    def test_a_material_without_a_code_is_asked_for(self):
        nameless = self.make_material("Glue", False, "de", 65.0)
        self.make_bom(self.motor, (nameless, 1))
        self.motor.action_rcep_determine()
        self.assertEqual(self.motor.rcep_verdict, "unresolved")
        self.assertIn("the HS code of [GLUE] Glue", self.motor.rcep_origin_id.summary)

    def test_packing_for_transport_is_left_out(self):
        crate = self.make_material("Crate", "850140", "de", 65.0, rcep_role="transport_packing")
        self.make_bom(self.motor, (self.steel, 1), (crate, 1))
        verdict = self.determine()
        self.assertEqual((verdict.criterion, verdict.modifiers), ("CTC", ()))
        self.assertEqual(str(verdict.regional_value.build_down), "80.00")

    def test_the_bill_shows_what_it_decides(self):
        bom = self.make_bom(self.motor, (self.steel, 3))
        self.assertFalse(bom.rcep_verdict)
        bom.action_rcep_determine()
        self.assertEqual((bom.rcep_verdict, bom.rcep_summary), ("originating", "Originating by CTC."))
        self.assertIn("Steel sheet", bom.rcep_explanation)

    def test_the_reasons_on_the_bill_are_the_cost_engineers(self):
        bom = self.make_bom(self.motor, (self.steel, 3))
        bom.action_rcep_determine()
        planner = self.person("clerk")
        planner.group_ids += self.env.ref("mrp.group_mrp_user")
        form = Form(bom.with_user(planner))
        self.assertEqual(form.rcep_verdict, "originating")
        self.assertNotIn("rcep_explanation", form._view["fields"])

    def test_a_planner_without_certificates_still_opens_the_bill(self):
        bom = self.make_bom(self.motor, (self.steel, 3))
        bom.action_rcep_determine()
        planner = self.person("employee")
        planner.group_ids += self.env.ref("mrp.group_mrp_user")
        self.assertEqual(Form(bom.with_user(planner)).product_tmpl_id, self.motor.product_tmpl_id)

    def test_each_line_of_an_invoice_is_decided_at_its_own_price(self):
        rotor = self.make_material("Small motor", "850110", "de", 55.0)
        self.make_bom(self.motor, (rotor, 1))
        self.motor.rcep_package_qty = 10
        dear, cheap = self.certify((self.motor, 100, 100.0), (self.motor, 100, 90.0)).line_ids
        self.assertEqual((dear.verdict, dear.criterion, dear.rvc), ("originating", "RVC", "45.00"))
        self.assertEqual((cheap.verdict, cheap.rvc), ("not_originating", "38.89"))
        self.assertIn("40 is reached from 91.67 CNY a unit", cheap.summary)

    def test_the_fob_value_stands_in_box_12_only_under_regional_value(self):
        rotor = self.make_material("Small motor", "850110", "de", 55.0)
        self.make_bom(self.motor, (rotor, 1))
        self.motor.rcep_package_qty = 10
        certificate = self.certify((self.motor, 100, 100.0), (self.lamp, 20, 50.0))
        motor, lamp = certificate._application().items
        self.assertEqual((str(motor.fob_value), str(motor.rvc)), ("10000.00", "45.00"))
        self.assertEqual((lamp.fob_value, lamp.rvc), (None, None))
        self.assertEqual(certificate._problems(), [])

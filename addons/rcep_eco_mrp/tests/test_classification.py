"""A good that is made, under another code in box 9 than the product has: its materials are held against that one."""

import json

from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestClassification(MadeCommon):
    def test_the_rule_is_that_of_box_9_and_the_other_verdict_stays_in_sight(self):
        stator = self.make_material("Stator", "850300", "jp", 90.0)  # of another heading than the motor
        self.make_bom(self.motor, (stator, 1))
        self.env["rcep.national.code"].create(
            {
                "product_tmpl_id": self.motor.product_tmpl_id.id,
                "party_id": self.env.ref("rcep_eco.party_vn").id,
                "code": "85030090",
            }
        )
        certificate = self.certify((self.motor, 10, 100.0))
        line = certificate.line_ids
        self.assertEqual((line.hs6, line.verdict, line.criterion), ("850131", "originating", "CTC"))
        self.assertIn("under 850300: Not originating", line.other_verdict_text)
        line.write({"box_9": "850300", "box_9_reason": "as the importer classifies it"})
        certificate.action_check()
        self.assertEqual((line.hs6, line.verdict), ("850300", "not_originating"))
        self.assertIn("under 850131: Originating CTC", line.other_verdict_text)
        self.assertEqual(json.loads(line.dossier)["case"]["good"]["hs"], "850300")
        self.assertIn("Item 1, [MOTOR] Curtain motor", certificate.problems)

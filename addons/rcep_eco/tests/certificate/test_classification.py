"""Box 9 beside the importer's own code of a good: a warning, another box 9 with a reason, both verdicts."""

import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestClassification(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vietnam = cls.env.ref("rcep_eco.party_vn")

    def reported(self, code, **values):
        return self.env["rcep.national.code"].create(
            {"product_tmpl_id": self.lamp.product_tmpl_id.id, "party_id": self.vietnam.id, "code": code, **values}
        )

    def certified(self):
        certificate = self.certify((self.lamp, 10, 50.0))
        certificate.action_check()
        return certificate, certificate.line_ids

    def test_the_same_first_six_digits_are_no_matter(self):
        self.reported("94051190")
        certificate, line = self.certified()
        self.assertEqual((line.importer_code, line.hs6, line.other_verdict), ("94051190", "940511", False))
        self.assertNotIn("importer's code", certificate.advice or "")

    def test_other_first_six_digits_warn_with_both_verdicts(self):
        self.reported("94054290")
        certificate, line = self.certified()
        self.assertIn("box 9 bears 940511, but the importer's code is 94054290", certificate.advice)
        self.assertIn("Under 940511: Originating CTC", line.other_verdict_text)
        self.assertIn("under 940542: Originating", line.other_verdict_text)
        self.assertFalse(certificate.problems, "a warning keeps nobody")

    def test_a_code_of_another_party_or_of_other_days_says_nothing(self):
        self.reported("94054290", party_id=self.env.ref("rcep_eco.party_th").id)
        self.reported("94054291", date_to="2020-12-31")
        certificate, line = self.certified()
        self.assertFalse(line.importer_code)
        self.assertNotIn("importer's code", certificate.advice or "")

    def test_another_box_9_needs_a_reason_and_is_what_is_determined_and_sent(self):
        self.reported("94054290")
        certificate, line = self.certified()
        line.box_9 = "9405.42"
        certificate.action_check()
        self.assertEqual(line.hs6, "940542")
        self.assertIn("box 9 bears 940542, the product 94051", certificate.problems.replace("940511", "94051"))
        line.box_9_reason = "Advance ruling 12/2026 of Viet Nam's customs"
        certificate.action_check()
        self.assertFalse(certificate.problems)
        self.assertNotIn("importer's code", certificate.advice or "")
        self.assertEqual(certificate._application().items[0].hs6, "940542")
        self.assertEqual(
            line.other_verdict[0], "940511", "what it would be under the product's own code stays in sight"
        )
        self.assertEqual(json.loads(line.dossier)["evidence"]["good"]["hs"], "940542")

    def test_what_is_no_subheading_is_refused_in_words(self):
        _certificate, line = self.certified()
        for code in ("94054", "94054290", "123456", "LED"):
            with self.subTest(code=code), self.assertRaisesRegex(UserError, "is no subheading of HS 2022"):
                line.box_9 = code

    def test_nobody_writes_what_follows_from_the_other_code(self):
        _certificate, line = self.certified()
        with self.assertRaisesRegex(UserError, "cannot be written"):
            line.with_user(self.person("clerk")).write({"other_verdict": ["940542", "originating", "PE"]})

    def test_the_importers_line_in_its_appendix_is_certain(self):
        self.vietnam.tariff_differential = True
        self.env["rcep.tariff.differential"].create({"party_id": self.vietnam.id, "code": "94051190"})
        _certificate, line = self.certified()
        self.assertEqual(line.appendix, "perhaps")
        self.reported("94051190")
        line.invalidate_recordset()
        self.assertEqual(line.appendix, "yes")

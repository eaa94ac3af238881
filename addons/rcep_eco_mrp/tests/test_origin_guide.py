"""The guide where goods are made: what the bill of materials lacks is asked, and what materials cost of nobody else."""

from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestOriginGuideMade(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer = cls.person("engineer")
        cls.engineer.group_ids |= cls.env.ref("product.group_product_manager") | cls.env.ref("mrp.group_mrp_manager")
        cls.glue = cls.make_material("Glue", False, "de", 0)

    def page(self, user=None):
        return self.motor.with_user(user or self.engineer).get_rcep_guide()

    def test_the_bill_is_made_from_the_page(self):
        source = next(each for each in self.page()["questions"] if each["code"] == "source")
        self.assertEqual([place for place, _words in source["places"]], ["bill", "supplier"])
        action = self.motor.with_user(self.engineer).open_rcep_guide_place("source", "bill")
        self.assertEqual(action["context"]["default_product_tmpl_id"], self.motor.product_tmpl_id.id)
        self.make_bom(self.motor, (self.steel, 1), (self.magnet, 1))
        page = self.page()
        self.assertEqual(page["verdict"]["code"], self.determine().verdict)
        self.assertEqual([each["code"] for each in page["questions"] if each["state"] == "open"], [])

    def test_what_a_material_lacks_is_asked_and_written_to_the_material(self):
        self.make_bom(self.motor, (self.glue, 1))
        page = self.page()
        self.assertEqual(page["verdict"]["code"], "unresolved")
        code = f"hs_code:{self.glue.id}"
        self.assertIn(code, [each["code"] for each in page["questions"]])
        self.assertIn(f"value:{self.glue.id}", [each["code"] for each in page["questions"]])
        page = self.motor.with_user(self.engineer).answer_rcep_guide(code, "350610")
        self.assertEqual(self.glue.hs_code, "350610")
        self.assertEqual(page["verdict"]["code"], self.determine().verdict)

    def test_who_sees_no_costs_is_asked_nothing_about_materials(self):
        self.make_bom(self.motor, (self.glue, 1))
        page = self.page(self.person("clerk"))
        self.assertIn("more questions", page["hidden"])
        self.assertFalse([each for each in page["questions"] if ":" in each["code"]])
        self.assertEqual(page["verdict"]["steps"], [])

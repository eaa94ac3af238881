"""What is on file of a good is compared with its certificate before anybody approves it: its work, codes and weight."""

from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestOnFile(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.motor.rcep_package_qty = 10

    def findings(self, *lines, work="manufacturing"):
        """What stands in the way of a certificate of a motor that is made in this way."""
        self.make_bom(self.motor, *lines, work=work)
        return "\n".join(self.certify((self.motor, 10, 100.0))._problems())

    def test_a_good_that_is_made_of_what_is_on_file_is_complete(self):
        self.assertEqual(self.findings((self.steel, 1), (self.magnet, 1)), "")

    def test_a_bill_without_operations_is_asked_for_them(self):
        self.assertIn("by what operations the good is made", self.findings((self.steel, 1), work=None))

    def test_a_material_without_a_code_is_named(self):
        plain = self.make_material("Sleeve", False, "cn", 1.0)
        self.declare(plain)
        result = self.findings((self.steel, 1), (plain, 1))
        self.assertIn("Sleeve", result)
        self.assertIn("HS code", result)

    def test_a_gross_weight_below_the_goods_own_is_a_warning(self):
        self.motor.weight = 2.0
        self.make_bom(self.motor, (self.steel, 1))
        certificate = self.certify((self.motor, 10, 100.0))
        certificate.line_ids.gross_weight = 19.0
        self.assertIn("the gross weight of 19 kg is below the net weight of 20.00 kg", certificate.advice)
        certificate.line_ids.gross_weight = 21.0
        self.assertNotIn("below the net weight", certificate.advice or "")

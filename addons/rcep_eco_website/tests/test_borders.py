"""Who sees what of the website: the public record and the proof for the platform hold what their lists name."""

from odoo.addons.rcep_eco.tests.border.test_borders import paths_of
from odoo.addons.rcep_eco.tests.common import EcoCommon, place
from odoo.tests import tagged

from ..models.origin_data import PARTS

OF_PARTS = tuple(f"goods.{part}." for part in (*PARTS, "invoice"))


@tagged("post_install", "-at_install")
class TestBordersOfTheWebsite(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate = cls.certify()
        place(cls.certificate, state="issued", environment="production", issued_at="2026-05-01 08:00:00",
              valid_until="2027-05-01")  # fmt: skip
        cls.borders = cls.env["rcep.borders"]._borders()

    def test_the_public_record_holds_what_the_list_names(self):
        facts = set(paths_of(self.certificate._public_facts())) - {"goods"}
        self.assertGreater(len(facts), 12)
        self.assertEqual(facts - self.borders["public"].leaves, set())

    def test_the_proof_for_the_platform_holds_what_the_list_names(self):
        proof = {path for path in paths_of(self.certificate._origin_data(PARTS)) if not path.startswith(OF_PARTS)}
        self.assertGreater(len(proof), 12)
        self.assertEqual(proof - self.borders["platform_reads"].leaves - {"goods", "goods.invoice"}, set())

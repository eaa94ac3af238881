"""One good, one road: catalogue, certificate line, production order and overview decide by the same case."""

import datetime
import json

from odoo.addons.rcep_eco import origin
from odoo.fields import Command
from odoo.tests import tagged

from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestFourDoors(ConsumedCommon):
    """The motor is sold at 100 yuan to Viet Nam, on the day on which it was made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.noon = datetime.datetime.combine(cls.today, datetime.time(4))  # of China
        cls.engineer = cls.person("engineer")
        cls.overview = cls.env["report.rcep_eco_mrp.report_origin_overview"].with_user(cls.engineer)

    def doors(self, good):
        """The dossier hash that each door gives a good at its list price, for nobody in particular."""
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, good)
        order = self.finish(self.order(good, 20), self.noon)
        return {
            "catalogue": good.rcep_origin_id.dossier_sha256,
            "certificate": self.for_nobody(self.certify((good, 10, good.list_price)).line_ids),
            "production order": self.verdict(order).dossier_sha256,
            "overview": self.overview.get_data(good.id)["dossier_sha256"],
        }

    def for_nobody(self, line):
        """The hash of a certificate line's dossier without the Party that it is for."""
        dossier = json.loads(line.dossier)
        self.assertEqual(dossier["case"].pop("importing_party"), "VN")
        dossier["verdict"].pop("importing_party", None)
        return origin.sha256_of(dossier)

    def assert_one_road(self, good):
        doors = self.doors(good)
        self.assertEqual(len(set(doors.values())), 1, doors)
        self.assertEqual(len(doors["overview"]), 64)

    def test_a_good_of_bought_materials_has_one_dossier_through_all_four_doors(self):
        self.assert_one_road(self.motor)

    def test_a_good_of_own_parts_that_originate_has_one_dossier_through_all_four_doors(self):
        fan = self.make_good("Fan", "FAN", hs_code="84145100", list_price=260.0)
        self.make_bom(fan, (self.motor, 2), (self.steel, 0.5), product_qty=4)
        self.assert_one_road(fan)

    def test_a_good_of_own_parts_that_are_looked_through_has_one_dossier_through_all_four_doors(self):
        self.rotor.hs_code = "850131"
        drive = self.make_good("Drive", "DRIVE", hs_code="850132", list_price=260.0, weight=2.5)
        scrap = self.make_good("Scrap", "SCRAP", hs_code="720449")
        self.make_bom(drive, (self.motor, 3), (self.steel, 1))
        drive.bom_ids.byproduct_ids = [Command.create({"product_id": scrap.id, "product_qty": 1, "cost_share": 25.0})]
        self.assert_one_road(drive)

    def test_a_good_with_a_kit_and_a_loss_in_it_has_one_dossier_through_all_four_doors(self):
        kit = self.make_good("Kit", "KIT", hs_code="850300")
        self.make_bom(kit, (self.magnet, 2), work=None, type="phantom")
        fan = self.make_good("Fan", "FAN", hs_code="84145100", list_price=260.0)
        self.make_bom(fan, (kit, 1), (self.rotor, 1))
        self.assert_one_road(fan)

    def test_what_stands_in_a_certificates_dossier_by_its_hash_is_kept_for_as_long_as_the_certificate(self):
        fan = self.make_good("Fan", "FAN", hs_code="84145100", list_price=260.0)
        self.make_bom(fan, (self.motor, 2))
        line = self.certify((fan, 10, 260.0)).line_ids
        self.env["rcep.origin"].search([]).sudo().unlink()
        self.env["rcep.dossier"]._gc_unused()
        self.env.invalidate_all()
        self.assertIn("Small motor", line.with_user(self.engineer).explanation)

    def test_a_material_is_found_by_its_ref_whatever_it_is_called(self):
        self.bom.bom_line_ids.unlink()
        twins = [self.make_material("Rotor", "850110", "de", None, default_code=False) for _ in range(2)]
        self.bom.bom_line_ids = [Command.create({"product_id": each.id, "product_qty": 1}) for each in twins]
        data = self.overview.get_data(self.motor.id)
        self.assertEqual([line["product_id"] for line in data["lines"]], [each.id for each in twins])
        self.assertCountEqual({need["product_id"] for need in data["needs"]}, {each.id for each in twins})

"""What freight and customs added to a receipt is part of what a material is worth."""

from odoo.addons.rcep_eco_purchase_stock.tests.bought import BoughtCommon
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestLandedCosts(BoughtCommon):
    """The motor is sold at 100 yuan and takes a rotor, the better part of it, and 20 yuan of magnets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env["product.category"].create({"name": "Parts"})
        category.with_company(cls.exporter).property_cost_method = "average"
        (cls.rotor | cls.magnet).categ_id = category
        cls.sea = cls.env["product.product"].create(
            {"name": "Sea freight", "type": "service", "landed_cost_ok": True, "rcep_charge": "freight"}
        )
        cls.customs = cls.env["product.product"].create(
            {"name": "Customs duty", "type": "service", "landed_cost_ok": True, "rcep_charge": "duty"}
        )
        cls.journal = cls.env["account.journal"].create(
            {"name": "Stock", "code": "STJ", "type": "general", "company_id": cls.exporter.id}
        )
        cls.abroad = cls.make_customer("Hamburg Rotors GmbH", "de")

    def land(self, lot, amount, post=True, **values):
        """What was spent on the delivery of a lot, beside its price."""
        line = {"product_id": self.sea.id, "price_unit": amount, "split_method": "by_quantity", **values}
        cost = self.env["stock.landed.cost"].create(
            {
                "company_id": self.exporter.id,
                "account_journal_id": self.journal.id,
                "picking_ids": [Command.set(self.purchase_of(lot).picking_ids[-1:].ids)],
                "cost_lines": [Command.create(line)],
            }
        )
        cost.compute_landed_cost()
        if post:
            cost.button_validate()
        return cost

    def test_landed_costs_of_a_lot_are_part_of_its_value(self):
        lot = self.buy("R1", 40.0)
        self.assertEqual(self.made_of(lot).rvc, "40.00")
        self.land(lot, 50.0)  # 5 yuan a rotor
        self.assertEqual(self.made_of(lot).rvc, "35.00")

    def test_each_lot_bears_what_was_spent_on_its_own_delivery(self):
        dear, cheap = self.buy("R-DEAR", 40.0, ago=30), self.buy("R-CHEAP", 40.0, ago=20)
        self.land(dear, 100.0)
        self.assertEqual(self.made_of(dear).rvc, "30.00")
        self.assertEqual(self.made_of(cheap).rvc, "40.00")

    def test_the_last_receipt_of_what_has_no_lot_counts_with_its_landed_costs(self):
        lot = self.buy("R1", 40.0)
        self.assertEqual(self.material("Small motor").value, 40)
        self.land(lot, 50.0)
        self.assertEqual(self.material("Small motor").value, 45)

    def test_costs_that_are_not_posted_do_not_count(self):
        lot = self.buy("R1", 40.0)
        self.land(lot, 50.0, post=False)
        self.assertEqual(self.made_of(lot).rvc, "40.00")

    def test_an_import_without_freight_in_its_price_has_its_value_by_what_was_spent(self):
        lot = self.buy("R1", 40.0, partner_id=self.abroad.id, incoterm_id=self.fob.id)
        self.assertEqual(self.made_of(lot).verdict, "unresolved")  # FOB: its CIF value is not known
        self.land(lot, 50.0)
        verdict = self.made_of(lot)
        self.assertEqual((verdict.rvc, verdict.notes), ("35.00", False))

    def test_landed_costs_of_which_none_is_freight_do_not_make_a_cif_value(self):
        lot = self.buy("R1", 40.0, partner_id=self.abroad.id, incoterm_id=self.fob.id)
        self.land(lot, 10.0, product_id=self.customs.id)
        verdict = self.made_of(lot)
        self.assertEqual(verdict.verdict, "unresolved")
        self.assertIn(f"None of the landed costs of {self.rotor.display_name} from Hamburg Rotors GmbH", verdict.notes)
        self.land(lot, 50.0)
        verdict = self.made_of(lot)
        self.assertEqual((verdict.rvc, verdict.notes), ("34.00", False))

    def test_a_percentage_for_freight_counts_beside_landed_costs_that_are_none(self):
        lot = self.buy("R1", 40.0, partner_id=self.abroad.id, incoterm_id=self.fob.id)
        seller = {"partner_id": self.abroad.id, "price": 40.0, "rcep_freight_percent": 10.0, "sequence": 99}
        self.rotor.seller_ids = [Command.create({**seller, "company_id": self.exporter.id})]
        self.land(lot, 10.0, product_id=self.customs.id)
        self.assertEqual(self.made_of(lot).rvc, "35.00")

    def test_what_a_cost_charges_can_be_stated_afterwards(self):
        lot = self.buy("R1", 40.0, partner_id=self.abroad.id, incoterm_id=self.fob.id)
        self.sea.rcep_charge = False
        self.land(lot, 50.0)
        verdict = self.made_of(lot)
        self.assertEqual(verdict.verdict, "unresolved")
        self.motor.action_rcep_determine()
        self.env.cr.precommit.run()
        self.sea.rcep_charge = "freight"
        self.env.cr.precommit.run()
        self.assertTrue(verdict.stale and self.motor.rcep_origin_id.stale)

    def test_a_landed_cost_with_its_document_is_left_out_of_the_value(self):
        for evidence, rvc in (("Waybill 7", "40.00"), (" ", "35.00"), (False, "35.00")):
            with self.subTest(evidence=evidence):
                lot = self.buy(f"R-{evidence}", 40.0)
                self.land(lot, 50.0, rcep_deduction_kind="transport", rcep_evidence=evidence)
                self.assertEqual(self.made_of(lot).rvc, rvc)

    def test_a_document_that_is_filed_later_has_verdicts_recomputed(self):
        lot = self.buy("R1", 40.0)
        cost = self.land(lot, 50.0, rcep_deduction_kind="duties")
        verdict = self.made_of(lot)
        self.env.cr.precommit.run()
        self.assertFalse(verdict.stale)
        cost.cost_lines.rcep_evidence = "Duty receipt 12"
        self.env.cr.precommit.run()
        self.assertTrue(verdict.stale)
        self.assertEqual(self.made_of(lot).rvc, "40.00")

    def test_what_was_really_spent_counts_in_place_of_a_percentage(self):
        lot = self.buy("R1", 40.0, partner_id=self.abroad.id, incoterm_id=self.fob.id)
        seller = {"partner_id": self.abroad.id, "price": 40.0, "rcep_freight_percent": 10.0, "sequence": 99}
        self.rotor.seller_ids = [Command.create({**seller, "company_id": self.exporter.id})]
        self.assertEqual(self.made_of(lot).rvc, "36.00")
        self.land(lot, 50.0)
        self.assertEqual(self.made_of(lot).rvc, "35.00")

    def test_posting_marks_the_verdicts_that_rest_on_it(self):
        lot = self.buy("R1", 40.0)
        verdict = self.made_of(lot)
        self.motor.action_rcep_determine()
        self.env.cr.precommit.run()
        cost = self.land(lot, 50.0, post=False)
        self.env.cr.precommit.run()
        self.assertFalse(verdict.stale or self.motor.rcep_origin_id.stale)
        cost.button_validate()
        self.env.cr.precommit.run()
        self.assertTrue(verdict.stale and self.motor.rcep_origin_id.stale)

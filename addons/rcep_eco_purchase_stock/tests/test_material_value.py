"""What was received last says what a material of a bill is worth and whose declaration counts."""

import datetime

from odoo.addons.rcep_eco_mrp.tests.common import MadeCommon
from odoo.addons.rcep_eco_purchase.tests.received import Receives
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestMaterialValue(Receives, MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rotor = cls.make_material("Rotor", "850110", "cn", 50.0)
        cls.make_bom(cls.motor, (cls.rotor, 1))
        cls.bought = cls.rotor
        cls.rival = cls.make_customer("Cixi Rotor Works", "cn")
        cls.abroad = cls.make_customer("Hamburg Rotors GmbH", "de")

    def value(self, name="Rotor"):
        material = self.material(name)
        return material.value_source, material.value

    def test_what_was_paid_counts_before_what_is_asked(self):
        self.assertEqual(self.value(), ("supplier_price", 50))
        self.receive(60.0)
        self.assertEqual(self.value(), ("receipt", 60))

    def test_the_last_receipt_counts(self):
        self.receive(61.0, ago=5)
        self.receive(62.0, ago=20)
        self.assertEqual(self.value(), ("receipt", 61))

    def test_only_what_came_in_counts(self):
        self.receive(61.0, received=0)
        self.receive(62.0).button_cancel()
        self.receive(0.0)
        self.assertEqual(self.value(), ("supplier_price", 50))

    def test_a_discount_was_not_paid(self):
        self.receive(80.0, line={"discount": 25.0})
        self.assertEqual(self.value(), ("receipt", 60))

    def test_a_price_by_the_dozen(self):
        self.receive(600.0, line={"product_uom_id": self.env.ref("uom.product_uom_dozen").id})
        self.assertEqual(self.value(), ("receipt", 50))

    def test_a_receipt_in_dollars_counts_at_the_rate_of_its_own_day(self):
        today = self.rate_values(self.usd, 0.2) | {"name": self.today - datetime.timedelta(days=2)}
        self.env["res.currency.rate"].create(today)
        self.receive(8.0, ago=10, currency_id=self.usd.id)  # 6.25 yuan a dollar on that day, 5 today
        self.assertEqual(self.value(), ("receipt", 50))

    def test_a_receipt_in_a_currency_without_a_rate_says_so(self):
        self.env["res.currency.rate"].search([("currency_id", "=", self.jpy.id)]).unlink()
        self.receive(800.0, currency_id=self.jpy.id)
        (problem,) = self.production().problems
        self.assertRegex(problem, "JPY has no rate on .*: enter the rate of that day")

    # --- whose declaration counts ------------------------------------------------------------------------
    def test_another_vendor_s_declaration_does_not_count_for_what_came_from_this_one(self):
        self.declare(self.rotor)
        self.assertTrue(self.material("Rotor").originating)
        self.receive(60.0, supplier=self.rival)
        material = self.material("Rotor")
        self.assertFalse(material.originating)
        self.assertRegex(material.notes[0], "comes from Cixi Rotor Works, but declaration .* is another supplier's")
        self.assertIn(self.rival, self.rotor._rcep_suppliers(self.exporter))

    def test_a_contact_of_the_firm_is_the_firm(self):
        clerk = self.env["res.partner"].create({"name": "Ms Sun", "parent_id": self.supplier.id})
        self.declare(self.rotor)
        self.receive(60.0, supplier=clerk)
        material = self.material("Rotor")
        self.assertEqual((material.originating, material.supplier), (True, self.supplier.name))

    # --- imports count at their CIF value ----------------------------------------------------------------
    def import_rotor(self, term="FOB", freight=0):
        seller = {"partner_id": self.abroad.id, "price": 1.0, "rcep_freight_percent": freight, "sequence": 99}
        self.rotor.seller_ids = [Command.create({**seller, "company_id": self.exporter.id})]
        self.receive(50.0, supplier=self.abroad, incoterm_id=self.env.ref(f"account.incoterm_{term}").id)
        return self.material("Rotor")

    def test_an_import_without_freight_has_no_value_yet(self):
        material = self.import_rotor()
        self.assertIsNone(material.value)
        self.assertRegex(material.notes[0], "from Hamburg Rotors GmbH is FOB, without freight .*: enter freight")
        self.assertEqual(self.determine().verdict, "unresolved")

    def test_an_import_with_freight_counts_at_cif(self):
        self.assertEqual(self.import_rotor(freight=4).value, 52)

    def test_a_price_that_holds_freight_is_the_value(self):
        self.assertEqual(self.import_rotor("CIF").value, 50)

    # --- verdicts follow ---------------------------------------------------------------------------------
    def judged(self):
        self.motor.action_rcep_determine()
        return self.motor.rcep_origin_id

    def test_a_verdict_turns_with_the_price_that_was_paid(self):
        self.assertEqual(self.judged().verdict, "originating")  # 50 of 100
        self.receive(70.0)
        self.assertEqual((self.judged().verdict, self.judged().rvc), ("not_originating", "30.00"))

"""What the records say of a product: quantities, units, kits, prices and work, for one unit of it."""

import datetime
from decimal import Decimal

from odoo.addons.rcep_eco_mrp.bills.catalogue import Catalogue
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestProductionReader(MadeCommon):
    # --- quantities --------------------------------------------------------------------------------------
    def test_a_bill_for_a_batch_is_read_for_one_unit(self):
        self.make_bom(self.motor, (self.steel, 500), product_qty=200)
        steel = self.material("Steel")
        self.assertEqual((steel.quantity, steel.value), (Decimal("2.5"), Decimal("50")))

    def test_grams_of_what_is_kept_in_kilograms(self):
        kilo, gram, tonne = (self.env.ref(f"uom.product_uom_{name}") for name in ("kgm", "gram", "ton"))
        copper = self.make_material(
            "Copper", "740811", "cl", 70000.0, uom_id=kilo.id, seller={"product_uom_id": tonne.id}
        )
        self.make_bom(self.motor, (copper, 500, {"product_uom_id": gram.id}))
        copper = self.material("Copper")
        self.assertEqual((copper.quantity, copper.unit, copper.value), (Decimal("0.5"), "kg", Decimal("35")))

    def test_a_dozen_in_the_bill_of_what_is_made_in_dozens(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.make_bom(self.motor, (self.steel, 24), product_uom_id=dozen.id)
        self.assertEqual(self.material("Steel").quantity, 2)

    def test_units_that_do_not_convert_are_reported(self):
        bom = self.make_bom(self.motor, (self.steel, 1))
        kilo = self.env.ref("uom.product_uom_kgm")
        self.env.cr.execute("UPDATE mrp_bom_line SET product_uom_id = %s WHERE bom_id = %s", (kilo.id, bom.id))
        self.env.invalidate_all()
        (result,) = self.production().problems
        self.assertIn(
            "Steel sheet is used in kg, which does not convert to its own unit Units: correct the bill", result
        )

    # --- levels ------------------------------------------------------------------------------------------
    def test_what_is_in_a_kit_are_materials(self):
        kit = self.make_good("Screw set", "KIT")
        screw = self.make_material("Screw", "731815", "cn", 0.1)
        self.make_bom(kit, (screw, 8), (self.magnet, 1), type="phantom", product_qty=2, work=None)
        self.make_bom(self.motor, (kit, 3), (self.steel, 1))
        self.assertEqual(
            {item.name: item.quantity for item in self.production().materials},
            {"[SCREW] Screw": 12, "[MAGNET] Magnet": Decimal("1.5"), "[STEEL SHEET] Steel sheet": 1},
        )

    def test_a_kit_of_none_holds_nothing(self):
        kit = self.make_good("Screw set", "KIT")
        self.make_bom(kit, (self.magnet, 1), type="phantom", work=None)
        self.make_bom(self.motor, (kit, 0), (self.steel, 1))
        self.assertEqual([item.name for item in self.production().materials], ["[STEEL SHEET] Steel sheet"])

    def test_a_line_of_none_is_no_material(self):
        self.make_bom(self.motor, (self.magnet, 0), (self.steel, 1))
        self.assertEqual([item.name for item in self.production().materials], ["[STEEL SHEET] Steel sheet"])

    def test_a_sub_assembly_costs_what_went_into_it(self):
        drive = self.make_good("Drive", "DRIVE", hs_code="850140")
        self.make_bom(drive, (self.steel, 2))
        self.make_bom(self.motor, (drive, 2))
        drive = self.material("Drive")
        self.assertEqual(drive.value, Decimal("82"))  # twice two sheets at 20 and one minute at 60 an hour
        self.assertEqual([(item.quantity, item.value) for item in drive.made_of.materials], [(4, Decimal("80"))])

    def test_steps_of_the_parts_stand_before_those_of_the_whole(self):
        drive = self.make_good("Drive", "DRIVE", hs_code="850140")
        self.make_bom(drive, (self.steel, 2), work="chemical_reaction")
        self.make_bom(self.motor, (drive, 1))
        self.assertEqual([step.kind for step in self.production().steps], ["chemical_reaction", "manufacturing"])

    def test_a_bought_good_has_no_production(self):
        self.assertIsNone(self.production(self.lamp))

    def test_another_companys_bill_is_not_ours(self):
        other = self.env["res.company"].create({"name": "Other", "currency_id": self.cny.id})
        self.motor.company_id = False
        self.steel.company_id = False
        self.make_bom(self.motor, (self.steel, 1), work=None, company_id=other.id)
        self.assertIsNone(self.production())

    def test_lines_of_another_variant_are_left_out(self):
        colour = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [Command.create({"name": "white"}), Command.create({"name": "black"})]}
        )
        # A product that was just created keeps a context in which its template makes no variants.
        template = self.env["product.template"].browse(self.motor.product_tmpl_id.id)
        template.attribute_line_ids = [
            Command.create({"attribute_id": colour.id, "value_ids": [Command.set(colour.value_ids.ids)]})
        ]
        white, black = template.product_variant_ids
        only = {
            "bom_product_template_attribute_value_ids": [Command.set(white.product_template_attribute_value_ids.ids)]
        }
        bom = self.make_bom(white, (self.steel, 1), (self.magnet, 1, only))
        bom.operation_ids.write(only)
        self.assertEqual(len(self.production(white).materials), 2)
        self.assertEqual(len(self.production(black).materials), 1)
        self.assertEqual((len(self.production(white).steps), len(self.production(black).steps)), (1, 0))
        self.assertEqual(self.production(black).costs.labour, 0)

    # --- prices ------------------------------------------------------------------------------------------
    def test_a_price_in_dollars_is_at_the_rate_of_the_day_less_its_discount(self):
        chip = self.make_material("Chip", "854231", "tw", 8.0, seller={"currency_id": self.usd.id, "discount": 10.0})
        self.make_bom(self.motor, (chip, 1))
        self.assertEqual(self.material("Chip").value, Decimal("45"))  # 8 × 0.9 / 0.16

    def test_a_cost_that_does_not_divide_is_rounded_up(self):
        self.make_bom(self.motor, (self.steel, 1), product_qty=3)
        self.assertEqual(self.material("Steel").value, Decimal("6.666667"))

    def test_a_price_without_a_rate_is_reported(self):
        chip = self.make_material("Chip", "854231", "jp", 800.0, seller={"currency_id": self.jpy.id})
        self.make_bom(self.motor, (chip, 1))
        (result,) = self.production().problems
        self.assertIn(f"JPY has no rate on {self.today}", result)

    def test_of_the_suppliers_prices_the_one_that_holds_and_stands_first_counts(self):
        day = datetime.timedelta(days=1)
        ended = {"price": 1.0, "sequence": 1, "date_end": self.today - day}
        coming = {"price": 2.0, "sequence": 2, "date_start": self.today + day}
        second = {"price": 3.0, "sequence": 9}
        first = {"price": 4.0, "sequence": 5}
        chip = self.make_material("Chip", "854231", "tw", None)
        seller = {"partner_id": self.supplier.id, "currency_id": self.cny.id}
        chip.seller_ids = [Command.create({**seller, **terms}) for terms in (ended, coming, second, first)]
        self.make_bom(self.motor, (chip, 1))
        self.assertEqual(self.material("Chip").value, Decimal("4"))

    def test_without_a_supplier_the_products_cost_counts(self):
        chip = self.make_material("Chip", "854231", "tw", None, standard_price=7.5)
        self.make_bom(self.motor, (chip, 2))
        self.assertEqual(self.material("Chip").value, Decimal("15"))

    def test_without_either_the_value_is_not_known(self):
        chip = self.make_material("Chip", "854231", "tw", None)
        self.make_bom(self.motor, (chip, 1))
        self.assertIsNone(self.material("Chip").value)

    def test_an_import_counts_with_freight_and_insurance_to_the_port(self):
        china = self.supplier.country_id
        self.supplier.country_id = self.env.ref("base.tw")
        fob = {"rcep_incoterm_id": self.env.ref("account.incoterm_FOB").id}
        chip = self.make_material("Chip", "854231", "tw", 10.0, seller={**fob, "rcep_freight_percent": 4.5})
        self.make_bom(self.motor, (chip, 2))
        self.assertEqual(self.material("Chip").value, Decimal("20.9"))
        self.supplier.country_id = china  # what is bought at home has no port of entry
        self.assertEqual(self.material("Chip").value, Decimal("20"))

    def test_an_import_whose_price_leaves_freight_out_has_no_value_until_it_is_stated(self):
        self.supplier.country_id = self.env.ref("base.tw")
        chip = self.make_material(
            "Chip", "854231", "tw", 10.0, seller={"rcep_incoterm_id": self.env.ref("account.incoterm_FOB").id}
        )
        self.make_bom(self.motor, (chip, 2))
        result = self.material("Chip")
        self.assertIsNone(result.value)
        self.assertIn("enter freight and insurance on the supplier's price line", result.notes[0])

    def test_a_standard_cost_is_marked_as_one(self):
        chip = self.make_material("Chip", "854231", "tw", None, standard_price=7.5)
        self.make_bom(self.motor, (chip, 1), (self.steel, 1))
        self.assertEqual(self.material("Chip").value_source, "standard_cost")
        self.assertIn("its standard cost stands in for it", self.material("Chip").notes[0])
        self.assertEqual(self.material("Steel").value_source, "supplier_price")

    def test_planned_loss_was_bought_too(self):
        self.make_bom(self.motor, (self.steel, 2, {"rcep_loss_percent": 5.0}))
        steel = self.material("Steel")
        self.assertEqual((steel.quantity, steel.value), (Decimal("2.1"), Decimal("42")))

    def test_a_by_product_bears_its_share_of_the_cost(self):
        bom = self.make_bom(self.motor, (self.steel, 1))
        bom.byproduct_ids = [Command.create({"product_id": self.magnet.id, "product_qty": 1, "cost_share": 25.0})]
        self.assertEqual(self.material("Steel").value, Decimal("15"))
        self.assertEqual(self.production().costs.labour, Decimal("0.5625"))

    def test_an_archived_component_is_still_what_the_good_is_made_of(self):
        self.make_bom(self.motor, (self.steel, 1))
        self.steel.active = False
        self.assertEqual(self.material("Steel").value, Decimal("20"))

    # --- evidence ----------------------------------------------------------------------------------------
    def test_a_declaration_of_the_firm_that_supplies_is_evidence(self):
        self.make_bom(self.motor, (self.magnet, 1))
        self.declare(self.magnet)
        magnet = self.material("Magnet")
        self.assertEqual((magnet.origin, magnet.originating, magnet.origin_source), ("CN", True, "declaration"))

    def test_a_declaration_of_another_firm_is_none_for_what_this_one_supplies(self):
        self.make_bom(self.motor, (self.magnet, 1))
        other = self.env["res.partner"].create({"name": "Another Magnet Works", "is_company": True})
        self.declare(self.magnet, partner_id=other.id)
        magnet = self.material("Magnet")
        self.assertIsNone(magnet.originating)
        self.assertIn("is another supplier's: it does not count", magnet.notes[0])

    def test_where_declaration_and_product_disagree_neither_counts(self):
        self.make_bom(self.motor, (self.steel, 1))
        self.declare(self.steel)  # China, while the product is Korea's
        steel = self.material("Steel")
        self.assertEqual((steel.origin, steel.originating), ("KR", None))
        self.assertIn("disagree on where it originates (CN, KR)", steel.notes[0])

    def test_each_role_reaches_the_engine(self):
        self.make_bom(self.motor, (self.magnet, 1))
        for role in ("material", "retail_packing", "transport_packing", "accessory", "indirect"):
            with self.subTest(role):
                self.magnet.rcep_role = role
                self.assertEqual(self.production().materials[0].role, role)

    # --- work of others ----------------------------------------------------------------------------------
    def make_subcontracted(self, country):
        self.make_bom(self.motor, (self.steel, 1), work=None)
        works = self.env["res.partner"].create(
            {"name": "Winding Works", "is_company": True, "country_id": self.env.ref(f"base.{country}").id}
        )
        self.motor.seller_ids = [
            Command.create(
                {"partner_id": works.id, "price": 12.0, "currency_id": self.cny.id, "company_id": self.exporter.id}
            )
        ]
        self.motor.bom_ids.write({"type": "subcontract", "subcontractor_ids": [Command.set(works.ids)]})

    def test_what_a_subcontractor_here_makes_of_our_materials_is_made_here_for_its_fee(self):
        self.make_subcontracted("cn")
        made = self.production()
        self.assertEqual([item.value for item in made.materials], [Decimal("20")])
        self.assertEqual([(step.place, step.country) for step in made.steps], [("Winding Works", "CN")])
        self.assertEqual((made.costs.other, made.cost()), (Decimal("12"), Decimal("32")))

    def test_what_a_subcontractor_abroad_makes_is_not_made_here(self):
        self.make_subcontracted("vn")
        self.assertIsNone(self.production())

    def test_a_fee_in_a_currency_without_a_rate_or_by_a_unit_that_does_not_convert_is_reported(self):
        self.make_subcontracted("cn")
        fee = self.motor.seller_ids
        self.env["res.currency.rate"].search([("currency_id", "=", self.jpy.id)]).unlink()
        wrong = {
            "^JPY has no rate on .*: enter the rate of that day": {"currency_id": self.jpy.id},
            "Curtain motor is bought of .* by the kg, which does not convert": {
                "currency_id": self.cny.id,
                "product_uom_id": self.env.ref("uom.product_uom_kgm").id,
            },
        }
        for words, values in wrong.items():
            with self.subTest(words):
                for field, value in values.items():  # the ORM refuses a unit that does not convert
                    column = SQL.identifier(field)
                    changed = SQL("UPDATE product_supplierinfo SET %s = %s WHERE id = %s", column, value, fee.id)
                    self.env.cr.execute(changed)
                self.env.invalidate_all()
                (problem,) = self.production().problems
                self.assertRegex(problem, words)
                (stored,) = Catalogue(self.env, self.exporter, self.today, self.motor.ids).determined()
                self.assertEqual(stored.problem, problem)

    # --- work --------------------------------------------------------------------------------------------
    def test_the_hourly_cost_is_split_into_labour_and_overhead(self):
        self.make_bom(self.motor, (self.steel, 1))
        costs = self.production().costs
        self.assertEqual((costs.labour, costs.overhead), (Decimal("0.75"), Decimal("0.25")))

    def test_work_is_done_at_home_unless_stated(self):
        bom = self.make_bom(self.motor, (self.steel, 1))
        self.assertEqual(self.production().steps[0].country, "CN")
        self.hours.rcep_country_id = self.env.ref("base.th")
        self.assertEqual(self.production().steps[0].country, "TH")
        bom.operation_ids.rcep_country_id = self.env.ref("base.vn")
        self.assertEqual(self.production().steps[0].country, "VN")

    # --- at scale ----------------------------------------------------------------------------------------
    def count_queries(self, lines):
        good = self.make_good(f"Good of {lines}", f"G{lines}", hs_code="850131")
        parts = [self.make_material(f"Part {lines}-{number}", "731815", "cn", 0.5) for number in range(lines)]
        for part in parts:
            self.declare(part)
        self.make_bom(good, *((part, 2) for part in parts))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(self.production(good).materials), lines)
        return self.env.cr.sql_log_count - before

    def test_ten_times_the_lines_take_no_more_queries(self):
        self.count_queries(3)  # what is read once for all
        self.assertEqual(self.count_queries(50), self.count_queries(5))

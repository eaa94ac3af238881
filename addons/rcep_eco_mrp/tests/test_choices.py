"""Lines that hang on what a customer chooses without its being a variant, and lines of which Odoo keeps no quantity."""

from odoo.fields import Command
from odoo.tests import tagged

from .consumed import ConsumedCommon


class ChoiceCommon(ConsumedCommon):
    """A blind at 100; its motor is a Japanese one at 90 or a Chinese one at 20, as its customer chooses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.japanese = cls.make_material("Japanese motor", "830242", "jp", 90.0)
        cls.chinese = cls.make_material("Chinese motor", "830242", "cn", 20.0)
        cls.attribute = cls.env["product.attribute"].create(
            {
                "name": "Drive",
                "create_variant": "no_variant",
                "value_ids": [Command.create({"name": name}) for name in ("Tokyo", "Ningbo")],
            }
        )
        cls.blind, cls.values = cls.make_chosen("Blind", "830241", 100.0)
        cls.tokyo, cls.ningbo = cls.values
        cls.make_bom(
            cls.blind, (cls.magnet, 1), (cls.japanese, 1, cls.only(cls.tokyo)), (cls.chinese, 1, cls.only(cls.ningbo))
        )

    @classmethod
    def make_chosen(cls, name, hs_code, price, **values):
        made = cls.make_good(name, name.upper(), hs_code=hs_code, list_price=price, **values)
        template = cls.env["product.template"].browse(made.product_tmpl_id.id)  # with no trace of how it was made
        template.attribute_line_ids = [
            Command.create({"attribute_id": cls.attribute.id, "value_ids": [Command.set(cls.attribute.value_ids.ids)]})
        ]
        return template.product_variant_id, template.attribute_line_ids.product_template_value_ids

    @staticmethod
    def only(value):
        return {"bom_product_template_attribute_value_ids": [Command.set(value.ids)]}

    def forecast(self, good):
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, good)
        return good.rcep_origin_id


@tagged("post_install", "-at_install")
class TestChoices(ChoiceCommon):
    def test_a_choice_that_makes_a_difference_is_asked_for_and_no_line_vanishes(self):
        for verdict in (self.determine(self.blind), self.forecast(self.blind)):
            self.assertEqual(verdict.verdict, "unresolved")
        self.assertIn("Drive (Tokyo / Ningbo)", self.blind.rcep_origin_id.needed)
        overview = self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(self.person("engineer"))
        data = overview.get_data(self.blind.id)
        self.assertEqual(data["verdict"]["verdict"], "unresolved")
        self.assertIn("Drive (Tokyo / Ningbo)", data["needs"][0]["text"])

    def test_a_choice_that_is_known_decides_as_in_odoo(self):
        for value, verdict, vnm in ((self.tokyo, "not_originating", 100), (self.ningbo, "originating", 30)):
            with self.subTest(value.name):
                good = self.blind.with_context(rcep_chosen=tuple(value.ids))
                result = self.determine(good)
                self.assertEqual((result.verdict, result.regional_value.vnm), (verdict, vnm))

    def test_where_every_choice_gives_the_same_that_is_the_verdict(self):
        for price, verdict in ((15.0, "originating"), (80.0, "not_originating")):
            with self.subTest(verdict):
                self.japanese.seller_ids.price = price
                self.chinese.seller_ids.price = price + 1
                self.assertEqual(self.forecast(self.blind).verdict, verdict)
                self.assertEqual(self.determine(self.blind).regional_value.vnm, price + 11)  # the worst of them

    def test_a_part_that_hangs_on_a_choice_is_asked_for_in_the_good_above(self):
        part, (tokyo, ningbo) = self.make_chosen("Part", "830242", 0.0, sale_ok=False)
        self.make_bom(part, (self.japanese, 1, self.only(tokyo)), (self.chinese, 1, self.only(ningbo)))
        good = self.make_good("Window", "WINDOW", hs_code="830241", list_price=100.0)
        self.make_bom(good, (part, 1))
        for verdict in (self.determine(good), self.forecast(good)):
            self.assertEqual(verdict.verdict, "unresolved")
        self.assertIn("Drive (Tokyo / Ningbo)", good.rcep_origin_id.needed)

    def test_a_part_that_originates_whatever_is_chosen_counts_at_its_least_cost(self):
        part, (tokyo, ningbo) = self.make_chosen("Part", "850131", 0.0, sale_ok=False)
        self.make_bom(part, (self.japanese, 1, self.only(tokyo)), (self.chinese, 1, self.only(ningbo)))
        good = self.make_good("Window", "WINDOW", hs_code="830241", list_price=100.0)
        self.make_bom(good, (part, 1))
        for verdict in (self.determine(good), self.forecast(good)):
            self.assertEqual((verdict.verdict, verdict.criterion), ("originating", "PE"))
        self.assertEqual(self.production(good).materials[0].value, 21)

    def test_a_kit_that_hangs_on_a_choice_is_asked_for(self):
        kit, (tokyo, ningbo) = self.make_chosen("Kit", "830242", 0.0, sale_ok=False)
        lines = (self.japanese, 1, self.only(tokyo)), (self.chinese, 1, self.only(ningbo))
        self.make_bom(kit, *lines, type="phantom", work=None)
        good = self.make_good("Window", "WINDOW", hs_code="830241", list_price=100.0)
        self.make_bom(good, (kit, 1))
        for verdict in (self.determine(good), self.forecast(good)):
            self.assertEqual(verdict.verdict, "unresolved")

    def test_work_that_hangs_on_a_choice_is_asked_for(self):
        good, (tokyo, ningbo) = self.make_chosen("Packed", "830241", 100.0)
        bill = self.make_bom(good, (self.steel, 1), work="packaging")
        bill.operation_ids = [
            Command.create({"name": "Making", "workcenter_id": self.hours.id, "rcep_kind": "manufacturing",
                            **self.only(ningbo)})
        ]  # fmt: skip
        self.assertEqual(self.forecast(good).verdict, "unresolved")
        result = self.determine(good.with_context(rcep_chosen=tuple(tokyo.ids)))
        self.assertEqual(result.verdict, "not_originating")

    def test_an_order_is_by_what_it_consumed(self):
        for value, verdict in ((self.tokyo, "not_originating"), (self.ningbo, "originating")):
            order = self.finish(self.order(self.blind, 1, never_product_template_attribute_value_ids=value.ids))
            self.assertEqual(self.verdict(order).verdict, verdict)
            self.assertEqual(self.verdict(order).bom_verdict, verdict)


@tagged("post_install", "-at_install")
class TestNoQuantity(ChoiceCommon):
    """A line whose quantity Odoo keeps as 0."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.make_good("Mounting", "MOUNT", hs_code="830241", list_price=100.0)
        cls.bill = cls.make_bom(cls.good, (cls.magnet, 1), (cls.japanese, 0.004))
        cls.line = cls.bill.bom_line_ids[1]

    def test_how_much_goes_in_is_asked_for_naming_bill_and_line(self):
        self.assertEqual(self.line.product_qty, 0)
        for verdict in (self.determine(self.good), self.forecast(self.good)):
            self.assertEqual(verdict.verdict, "unresolved")
        needed = self.good.rcep_origin_id.needed
        self.assertIn(f"{self.bill.display_name}, 2", needed)
        self.assertIn("Japanese motor", needed)

    def test_a_line_that_somebody_marks_as_optional_is_left_out(self):
        self.forecast(self.good)
        self.line.rcep_optional = True
        self.env.cr.precommit.run()
        self.assertTrue(self.good.rcep_origin_id.stale)
        self.assertEqual(self.forecast(self.good).verdict, "originating")
        self.assertEqual(self.determine(self.good).regional_value.vnm, 10)

    def test_a_quantity_that_is_lost_in_a_large_batch_or_in_a_kit_is_asked_for_too(self):
        kit = self.make_good("Kit", "KIT", hs_code="830242")
        self.make_bom(kit, (self.japanese, 0), type="phantom", work=None)
        good = self.make_good("Other", "OTHER", hs_code="830241", list_price=100.0)
        self.make_bom(good, (self.magnet, 1), (kit, 2))
        self.assertEqual(self.forecast(good).verdict, "unresolved")
        part = self.make_good("Part", "PART", hs_code="830242", list_price=0.0, sale_ok=False)
        self.make_bom(part, (self.magnet, 1), (self.japanese, 0))
        above = self.make_good("Above", "ABOVE", hs_code="830241", list_price=100.0)
        self.make_bom(above, (part, 1))
        self.assertEqual(self.forecast(above).verdict, "unresolved")

    def test_an_order_that_did_not_consume_it_asks_too_and_one_that_did_does_not(self):
        order = self.finish(self.order(self.good, 1))
        self.assertEqual(self.verdict(order).verdict, "unresolved")
        order = self.order(self.good, 1)
        self.consume(order, self.japanese, 1)
        self.finish(order)
        self.assertEqual(self.verdict(order).verdict, "not_originating")

    def test_a_part_whose_bill_has_no_usable_line_is_of_unknown_content_at_any_depth(self):
        service = self.env["product.product"].create({"name": "Service", "type": "service"})
        for lines in ([], [(service, 1)]):
            part = self.make_good("Bare", "BARE", hs_code="840734", list_price=0.0, sale_ok=False)
            self.make_bom(part, *lines)
            middle = self.make_good("Middle", "MIDDLE", hs_code="840820", list_price=0.0, sale_ok=False)
            self.make_bom(middle, (part, 1), (self.magnet, 1))
            for inside in (part, middle):
                with self.subTest(lines=len(lines), inside=inside.name):
                    car = self.make_good("Car", "CAR", hs_code="870323", list_price=1000.0)
                    self.make_bom(car, (inside, 1))
                    for verdict in (self.determine(car, 1000), self.forecast(car)):
                        self.assertEqual(verdict.verdict, "unresolved")
                    self.assertIn("materials", {need.fact for need in self.determine(car, 1000).needed})

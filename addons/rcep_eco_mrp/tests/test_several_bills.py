"""Several bills of one product: the one that manufacturing takes decides, and the others say what they would give."""

import random

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..bills import queries
from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestSeveralBills(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rotor = cls.make_material("Small motor", "850110", "de", 70.0)
        cls.first = cls.make_bom(cls.motor, (cls.steel, 3), sequence=1)
        cls.second = cls.make_bom(cls.motor, (cls.rotor, 1), sequence=2)

    def reported(self, bom):
        return bom.rcep_would_verdict, bom.rcep_would_criterion, bom.rcep_would_rvc, bom.rcep_would_fob_floor

    def test_the_first_decides_and_the_other_says_what_it_would_give(self):
        self.motor.action_rcep_determine()
        self.assertFalse(self.first.rcep_deciding_id)
        self.assertEqual(self.reported(self.first), (False, False, False, False))
        self.assertEqual(self.second.rcep_deciding_id, self.first)
        self.assertEqual(self.reported(self.second), ("not_originating", False, "30.00", "116.67"))
        self.assertEqual(self.second.rcep_verdict, "originating")  # the product's

    def test_what_it_would_give_is_what_it_gives_once_it_decides(self):
        would = self.reported(self.second)
        (self.first.sequence, self.second.sequence) = (2, 1)
        self.motor.action_rcep_determine()
        verdict = self.motor.rcep_origin_id
        self.assertEqual((verdict.verdict, verdict.criterion, verdict.rvc, verdict.fob_floor), would)
        self.assertEqual(self.reported(self.first)[:2], ("originating", "CTC"))

    def test_a_bill_that_cannot_decide_says_why(self):
        empty = self.make_bom(self.motor, sequence=3)
        self.assertEqual(empty.rcep_would_verdict, "unresolved")
        self.assertIn("What is missing", empty.rcep_would_note)
        kit = self.make_bom(self.motor, (self.steel, 1), type="phantom", work=None, sequence=4)
        self.assertIn("is a kit", kit.rcep_would_note)
        self.second.active = False
        self.assertEqual(self.reported(self.second), (False, False, False, False))

    def test_nothing_is_kept_and_costs_stay_with_cost_engineers(self):
        planner = self.person("clerk")
        planner.group_ids += self.env.ref("mrp.group_mrp_user")
        form = Form(self.second.with_user(planner))
        self.assertEqual((form.rcep_would_verdict, form.rcep_would_rvc), ("not_originating", "30.00"))
        self.assertFalse(self.motor.rcep_verdict_ids)
        stranger = self.person("employee")
        stranger.group_ids += self.env.ref("mrp.group_mrp_user")
        self.assertNotIn("rcep_would_rvc", Form(self.second.with_user(stranger))._view["fields"])

    def test_the_deciding_bill_is_the_one_that_odoo_finds(self):
        """A mix of bills: of variants and of all, in any order, archived, of another company and of none, kits."""
        chance = random.Random(20260429)
        other = self.make_company("另一家有限公司", OTHER_USCC)
        colours = [Command.create({"name": name}) for name in ("Red", "Green", "Blue")]
        colour = self.env["product.attribute"].create({"name": "Colour", "value_ids": colours})
        line = {"attribute_id": colour.id, "value_ids": [Command.set(colour.value_ids.ids)]}
        templates = self.env["product.template"].create(
            [
                {"name": f"Good {number}", "attribute_line_ids": [Command.create(line)] if number % 2 else []}
                for number in range(30)
            ]
        )
        self.env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": template.id,
                    "product_id": chance.choice((False, *template.product_variant_ids.ids)),
                    "company_id": chance.choice((False, self.exporter.id, other.id)),
                    "sequence": chance.choice((0, 1, 1, 2)),
                    "active": chance.random() > 0.2,
                    "type": chance.choice(("normal", "normal", "phantom")),
                    "product_qty": chance.choice((1, 12)),
                }
                for template in templates
                for _each in range(chance.randint(0, 6))
            ]
        )
        self.env.flush_all()
        products = templates.product_variant_ids
        for company in (self.exporter, other):
            found = self.env["mrp.bom"].sudo()._bom_find(products, company_id=company.id)
            odoo = {product.id: bom.id for product, bom in found.items() if bom}
            ours = queries.bills(self.env, company, products.ids)
            self.assertGreater(len(odoo), 30)
            self.assertEqual({product_id: bill.id for product_id, bill in ours.items()}, odoo)
            self.assertEqual({bill.kind for bill in ours.values()}, {"normal", "phantom"})

"""Figures from which a cost can be computed are costs: whoever may not see costs cannot solve for one."""

import json
import re

from odoo.addons.rcep_eco.tests.common import PEOPLE
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MadeCommon

COST = 12.01  # of the one material that fails
TENTH = re.compile(r"120[.,]1")  # the price of which it is ten per cent


@tagged("post_install", "-at_install")
class TestFigures(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in PEOPLE if name not in ("bookkeeper", "employee")}

    def sent(self, name):
        report = self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(self.people[name])
        return json.dumps(report.with_context(allowed_company_ids=self.exporter.ids).get_data(self.motor.id))

    def test_nobody_but_who_sees_costs_is_shown_the_price_of_which_a_material_is_a_tenth(self):
        fails = self.make_material("Stator", "850140", "us", COST)
        self.make_bom(self.motor, (fails, 1))
        self.assertRegex(self.sent("engineer"), TENTH)
        for name in set(self.people) - {"engineer"}:
            with self.subTest(name):
                self.assertNotRegex(self.sent(name), TENTH)

    def test_the_lowest_price_by_any_rule_is_read_by_cost_engineers_only(self):
        self.make_bom(self.motor, (self.make_material("Stator", "850140", "us", COST), 1))
        self.motor.action_rcep_determine()
        record = self.env["rcep.origin"].search([("product_id", "=", self.motor.id)], limit=1)
        for name in self.people:
            mine = record.with_user(self.people[name])
            if name == "engineer":
                mine.read(["lowest_fob"])
                continue
            for attempt in (lambda mine=mine: mine.read(["lowest_fob"]),
                            lambda mine=mine: mine.search([("lowest_fob", "<", "9")])):  # fmt: skip
                with self.subTest(name), self.assertRaises(AccessError):
                    attempt()

    # --- solving for it by many tries --------------------------------------------------------------------
    def floor_by_tries(self, good):
        """The lowest price without a warning, as a clerk finds it on an invoice that is never posted."""
        clerk = self.people["clerk"]
        invoice = self.make_invoice((good, 1, 1.0), post=False).with_user(clerk)
        low, high = 0.0, 1000.0
        while high - low > 0.01:
            middle = (low + high) / 2
            invoice.invoice_line_ids.price_unit = middle
            low, high = (middle, high) if invoice.invoice_line_ids.rcep_price_warning else (low, middle)
        return high

    def test_no_number_of_tries_tells_what_a_material_costs(self):
        """Costs that differ by a tenth have one floor: who solves for it by halves learns no more than that."""
        candy = self.make_good("Candy", "CANDY", hs_code="17049000", list_price=150.0)
        found, result = set(), set()
        for cost in (11.3, 11.9, COST, 12.4):
            mass = self.make_material(f"Mass {cost}", "170490", "us", cost)
            self.make_bom(candy, (mass, 1))
            candy.action_rcep_determine()
            forecast = self.env["rcep.origin"].search([("product_id", "=", candy.id)])
            self.assertNotEqual(forecast.lowest_fob, forecast.fob_floor)  # by de minimis alone
            found.add(round(self.floor_by_tries(candy), 1))
            too_low = self.make_invoice((candy, 1, 50.0), post=False).with_user(self.people["clerk"])
            result.add(too_low.invoice_line_ids.rcep_price_warning)
            candy.bom_ids.action_archive()
        self.assertEqual((found, len(result)), ({125.0}, 1))
        self.assertIn("125", result.pop())

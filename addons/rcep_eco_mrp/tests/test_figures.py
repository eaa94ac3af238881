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

    def test_nobody_but_who_sees_costs_is_told_the_price_of_which_a_material_is_a_tenth(self):
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

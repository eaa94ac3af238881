"""The table of facts in the documents: each field that it names is there, and each test that holds a row is too."""

import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).parents[3]
FIELD = re.compile(r"`([a-z_]+(?:\.[a-z_]+)+)`")
TEST = re.compile(r"`(test_\w+)`")
# Of add-ons that need not be there.
ELSEWHERE = {"sale.order.line": "sale", "stock.landed.cost.lines": "stock_landed_costs"}


@tagged("post_install", "-at_install")
class TestFactsTable(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = (ROOT / "docs/facts.md").read_text(encoding="utf-8").splitlines()
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
        cls.rows = rows[2:]
        files = sorted((ROOT / "addons").glob("*/tests/**/test_*.py"))
        cls.tests = "\n".join(path.read_text(encoding="utf-8") for path in files)

    def test_each_row_says_what_is_read_and_what_is_done_without_it(self):
        self.assertGreater(len(self.rows), 25)
        for row in self.rows:
            with self.subTest(row[0]):
                self.assertEqual(len(row), 4)
                self.assertTrue(all(row))
                self.assertTrue(FIELD.findall(row[1]))

    def test_each_field_that_a_row_reads_is_there(self):
        for fact, sources, *_rest in self.rows:
            for name in FIELD.findall(sources):
                model, _dot, field = name.rpartition(".")
                if model in ELSEWHERE and model not in self.env:
                    continue
                with self.subTest(fact=fact, field=name):
                    self.assertIn(model, self.env)
                    self.assertIn(field, self.env[model]._fields)

    def test_each_row_is_held_by_a_test(self):
        for fact, *_between, existing in self.rows:
            names = TEST.findall(existing)
            with self.subTest(fact):
                self.assertTrue(names)
                for name in names:
                    self.assertIn(f"def {name}(", self.tests)

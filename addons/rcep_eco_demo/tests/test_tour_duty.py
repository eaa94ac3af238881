"""The cost engineer at the screen: rates from a file, duties compared on an invoice, and the ledger."""

from odoo.tests import HttpCase, tagged

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourDuty(DemoCommon, HttpCase):
    def test_from_a_file_of_rates_over_an_invoice_to_the_ledger(self):
        invoice = self.sell((("YJ-H110", 8000, 0.74),), "th")
        self.engineer.group_ids += self.env.ref("account.group_account_invoice")
        path = f"/odoo/action-account.action_move_out_invoice_type/{invoice.id}"
        self.start_tour(path, "rcep_eco_duty_comparison", login=self.engineer.login)
        self.env["rcep.duty.ledger"]._refresh(invoice)
        row = self.env["rcep.duty.ledger"].search([("move_id", "=", invoice.id)])
        self.assertEqual((row.kind, row.amount), ("open", 0.0))  # of examples nothing is certain
        self.assertTrue(row.amount_to_check)
        self.start_tour("/odoo/origin-rates", "rcep_eco_duty_rates", login=self.engineer.login)
        loaded = self.env["rcep.rate"].search([("party_id", "=", self.env.ref("rcep_eco.party_my").id)])
        self.assertEqual(loaded.sorted("rate").mapped("rate"), ["20", "7.5"])
        self.assertEqual(loaded.layer_id.create_uid, self.engineer)

    def test_the_examples_say_that_they_are_examples(self):
        examples = self.env.ref("rcep_eco_demo.rate_layer_examples").rate_ids
        self.assertEqual(len(examples), self.env.ref("rcep_eco_demo.rate_layer_examples").line_count)
        self.assertEqual(set(examples.mapped("source")), {"EXAMPLE ONLY"})
        self.assertEqual(set(examples.mapped("confidence")), {"example"})

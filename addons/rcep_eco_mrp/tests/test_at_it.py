"""Somebody asks for a verdict while the job is at it: it says so, and no broken transaction is left behind."""

from unittest.mock import patch

import psycopg2
from odoo.addons.rcep_eco_mrp.bills.consumption import Consumption
from odoo.exceptions import UserError
from odoo.tests import tagged

from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestAtIt(ConsumedCommon):
    def busy(self, model):
        """The job holds every record of a model."""
        return patch.object(type(self.env[model]), "try_lock_for_update", lambda records, **_more: records.browse())

    def test_a_product_whose_verdict_the_job_holds_is_shown_as_recomputed(self):
        self.motor.action_rcep_determine()
        for ask in (self.motor.action_rcep_determine, self.motor.rcep_origin_id.action_determine,
                    self.motor.bom_ids.action_rcep_determine):  # fmt: skip
            with self.busy("rcep.origin"), self.assertRaisesRegex(UserError, "being recomputed by the job"):
                ask()
        self.motor.action_rcep_determine()

    def test_an_order_whose_verdict_the_job_holds_is_shown_as_determined(self):
        order = self.finish(self.order())
        stored = self.verdict(order)
        for ask in (order.action_rcep_determine, stored.action_determine):
            with self.busy("rcep.production.origin"), self.assertRaisesRegex(UserError, "determined by the job"):
                ask()
        stored.action_determine()
        self.assertTrue(stored.verdict)

    def test_what_breaks_the_transaction_is_not_caught(self):
        stored = self.verdict(self.finish(self.order()))
        for fault in (
            psycopg2.errors.SerializationFailure,
            psycopg2.errors.LockNotAvailable,
            psycopg2.errors.DeadlockDetected,
            psycopg2.errors.InFailedSqlTransaction,
        ):
            with patch.object(Consumption, "_read_work", side_effect=fault), self.assertRaises(fault):
                stored._determine()
        stored._determine()
        self.assertTrue(stored.verdict)

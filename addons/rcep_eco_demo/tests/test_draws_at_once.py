"""Two clerks draw on one certificate received at the same time: the item is locked, whoever comes first."""

from odoo import api
from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestDrawsAtOnce(DemoCommon):
    def test_two_clerks_at_once_one_wins_and_the_other_is_told(self):
        """With two real transactions, on the demo firm's committed original."""
        known = self.of("received_acdc_item")
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one, other = (known.with_env(api.Environment(cr, 1, {"lang": "en_US"})) for cr in (first, second))
            self.assertEqual(other.quantity, one.quantity)
            one._claim()
            with mute_logger("odoo.sql_db"), self.assertRaisesRegex(LockError, "Somebody else is drawing"):
                other._claim()
            first.rollback()
            second.rollback()
            other._claim()
            second.rollback()
